import { z } from 'zod'
import { INTENTS, SENTIMENTS } from './listening-facts.ts'
import { understoodSchema } from './listening-labels.ts'
import { QUERY_CHARACTERS_MAX, spanSchema } from './listening-topics.ts'
import { cursor, id, page } from './pages.ts'
import { authorBriefSchema } from './people.ts'
import { procedure } from './procedure.ts'

export const postSchema = z.object({
  postId: id,
  network: z.string(),
  externalId: z.string(),
  url: z.string().nullable().describe('Where the original stands'),
  site: z.string().nullable(),
  author: authorBriefSchema,
  direction: z.enum(['in', 'out']).describe('out: said by us'),
  addressed: z.boolean().describe('Said to one of our accounts'),
  visibility: z
    .enum(['public', 'private'])
    .describe('private: said to us alone; seen by whoever may read the inbox, and in no list of listening'),
  title: z.string().nullable(),
  text: z.string().describe('Empty for a tombstone'),
  language: z.string().nullable(),
  publishedAt: z.date(),
  heardAt: z.date(),
  editedAt: z.date().nullable(),
  deleted: z
    .object({ at: z.date(), because: z.enum(['upstream', 'author-gone', 'erasure', 'retention']) })
    .nullable()
    .describe('Set for a tombstone: the post was here, its content is gone'),
  parentExternalId: z.string().nullable(),
  rootExternalId: z.string().nullable(),
  media: z.array(
    z.object({
      kind: z.enum(['image', 'video', 'audio', 'file']),
      url: z
        .string()
        .describe('At the network, or mid: for what is attached to a letter; screens show both through the proxy only'),
      previewUrl: z.string().nullable(),
      alt: z.string(),
      mediaType: z.string().nullable(),
      bytes: z.number().int().nullish().describe('Where the network says it'),
    }),
  ),
  links: z.array(z.string()),
  topicIds: z.array(id).describe('Topics that it matches'),
  understood: understoodSchema.nullable().describe('Null: said by us, gone, or not read yet'),
  groupId: id.describe('The first post of its group of near-duplicates; its own id when it is alone or the first'),
})

export const postFilters = z.object({
  query: z
    .string()
    .trim()
    .max(QUERY_CHARACTERS_MAX)
    .optional()
    .describe('In the listening language; absent: every post'),
  topicId: id.optional(),
  network: z.string().max(50).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional(),
  direction: z.enum(['in', 'out']).optional(),
  from: z.coerce.date().optional().describe('Published at or after'),
  until: z.coerce.date().optional().describe('Published before'),
  sentiment: z.enum(SENTIMENTS).optional(),
  intent: z.enum(INTENTS).optional(),
  offensive: z.stringbool().or(z.boolean()).optional(),
  noise: z
    .enum(['only', 'without'])
    .optional()
    .describe('Posts that a topic sets aside as noise, or those that none does; of one topic, where topicId is given'),
  segmentId: id.optional().describe('Whose author is a person in this segment now'),
  groupId: id.optional().describe('Only what says the same as the post that names this group'),
  personId: id.optional().describe('By any account that is linked to this person now'),
  addressed: z.stringbool().or(z.boolean()).optional().describe('Said to one of our accounts, or not'),
})

export const posts = {
  search: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/posts',
    summary:
      'Stored posts, newest or most useful first, by the same language as topics; a faulty query answers 400 with query-invalid',
    input: postFilters.extend({
      ...page.shape,
      order: z
        .enum(['newest', 'useful'])
        .default('newest')
        .describe(
          'useful: by the probability that they are for us; needs topicId, and is newest while that is switched off',
        ),
      folded: z
        .stringbool()
        .or(z.boolean())
        .default(false)
        .describe('Shows each group of near-duplicates once, by its newest post that passes the filters'),
    }),
    output: z.object({
      items: z.array(
        postSchema.extend({
          spans: z.array(spanSchema).describe('Why it matched'),
          alike: z
            .object({ count: z.number().int(), more: z.boolean().describe('True when there are more than count') })
            .describe('When folded: others of its group that pass the same filters'),
        }),
      ),
      nextCursor: cursor.nullable(),
      searchedBackTo: z
        .date()
        .nullable()
        .describe('Set when the search stopped at its time limit there, before the page was full; nextCursor goes on'),
      scan: z.boolean().describe('True when the query names no word that an index could find: slower, in steps'),
    }),
  }),
  get: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/posts/{postId}',
    summary: 'One post',
    input: z.object({ postId: id }),
    output: postSchema,
  }),
  thread: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/posts/{postId}/thread',
    summary: 'Every stored post of the same thread, each after what it answers',
    input: z.object({ postId: id }),
    output: z.object({
      items: z.array(
        postSchema.extend({
          depth: z.number().int().describe('0 for the root'),
          parentPostId: id.nullable().describe('Null: the root, or what it answers is not stored'),
          parentMissing: z.boolean(),
        }),
      ),
      more: z.boolean().describe('True when the thread is longer than 500 posts'),
    }),
  }),
}
