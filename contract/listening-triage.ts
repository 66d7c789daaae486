import { z } from 'zod'
import { postSchema } from './listening-posts.ts'
import { spanSchema } from './listening-topics.ts'
import { cursor, id, nothing, page } from './pages.ts'
import { procedure } from './procedure.ts'

/** Why a post is not for us; a word of one's own may be added. */
export const VERDICT_REASONS = ['other-meaning', 'other-place', 'advertising', 'press', 'job', 'spam', 'other'] as const
export const QUEUE_ORDERS = ['unsure', 'newest', 'most-useful', 'least-useful'] as const
/** What happens to probable noise: nothing; sorted below; sorted below and kept out of the inbox. */
export const NOISE_EFFECTS = ['shown', 'below', 'kept-out'] as const
export const SORTED_AT_ONCE_MAX = 100
export const QUEUE_MAX = 50

const sideSchema = z.enum(['for-us', 'not-for-us'])
const topicPath = z.object({ topicId: id })

const reasonSchema = z.object({
  kind: z.enum(['word', 'pair', 'author', 'source', 'site', 'link']),
  text: z.string().describe('As it is written in the post; … stands for what the query found'),
  weight: z.number().describe('Log-odds: above zero it speaks for "for us"'),
})

const judgementSchema = z.object({
  side: z.enum(['for-us', 'unsure', 'not-for-us']),
  probability: z.number().describe('That the post is for us'),
  reasons: z.array(reasonSchema).describe('The strongest first'),
})

const verdictSchema = z.object({
  verdictId: id,
  side: sideSchema,
  reason: z.enum(VERDICT_REASONS).nullable(),
  words: z.string().nullable(),
  by: z.object({ kind: z.string(), id: id.nullable() }),
  at: z.date(),
})

const countSchema = z.object({
  count: z.number().int(),
  atLeast: z.boolean().describe('True when counting stopped at its limit'),
})

export const triage = {
  state: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/topics/{topicId}/triage',
    summary:
      'What a topic has learned from sorted posts: labels, how often it was right, what it sets aside, what speaks loudest',
    input: topicPath,
    output: z.object({
      begun: z.boolean().describe('False until somebody sorts: then nothing is judged'),
      on: z.boolean(),
      noise: z.enum(NOISE_EFFECTS),
      labels: z.object({
        forUs: z.number().int(),
        notForUs: z.number().int(),
        counting: z.number().int().describe('The latest; older ones no longer count'),
        toDecide: z.number().int().describe('So many more until anything is decided'),
        hints: z.number().int().describe('Posts answered, or closed without an answer, in the inbox'),
      }),
      record: z
        .object({
          asked: z
            .number()
            .int()
            .describe('Posts of which the model thought something before they were sorted; the latest 100'),
          right: z.number().int(),
          wrong: z.number().int(),
          unsure: z.number().int(),
          bins: z
            .array(
              z.object({
                from: z.number(),
                to: z.number(),
                posts: z.number().int(),
                mean: z.number(),
                forUs: z.number(),
              }),
            )
            .describe('How probable it said they were, and which share was'),
        })
        .describe(
          'Judged before anybody sorted. Unsure posts are asked first, so it is right more often on the others',
        ),
      background: z.object({ posts: z.number().int(), learnedAt: z.date().nullable(), needed: z.number().int() }),
      judging: z.object({ left: z.number().int().describe('Posts that the last change has not reached yet') }),
      today: z.object({ forUs: countSchema, unsure: countSchema, aside: countSchema }),
      week: z.object({ forUs: countSchema, unsure: countSchema, aside: countSchema }),
      strongest: z.object({ forUs: z.array(reasonSchema), notForUs: z.array(reasonSchema) }),
    }),
  }),
  effect: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/topics/{topicId}/triage/effect',
    summary:
      'Whether a topic orders its posts, what happens to probable noise, and how much of the last seven days it set aside',
    input: topicPath,
    output: z.object({ judges: z.boolean(), noise: z.enum(NOISE_EFFECTS), aside: countSchema }),
  }),
  queue: procedure({
    allow: 'posts.read',
    method: 'POST',
    path: '/topics/{topicId}/triage/queue',
    summary:
      'Posts of a topic that nobody has sorted: those whose verdict would teach most, the newest, the most or the least useful',
    input: topicPath.extend({
      order: z.enum(QUEUE_ORDERS).default('unsure'),
      without: z.array(id).max(500).default([]).describe('Shown already, or passed over'),
      limit: z.coerce.number().int().min(1).max(QUEUE_MAX).default(10),
    }),
    output: z.object({
      items: z.array(postSchema.extend({ spans: z.array(spanSchema), judgement: judgementSchema.nullable() })),
      more: z.boolean(),
    }),
  }),
  verdicts: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/topics/{topicId}/triage/verdicts',
    summary: 'Sorted posts, the latest verdict first',
    input: topicPath.extend({ side: sideSchema.optional(), ...page.shape }),
    output: z.object({
      items: z.array(verdictSchema.extend({ post: postSchema.nullable().describe('Null: the post is gone') })),
      nextCursor: cursor.nullable(),
    }),
  }),
  judgements: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/posts/{postId}/judgements',
    summary: 'What each topic that matched a post thinks of it, with reasons, and what people said',
    input: z.object({ postId: id }),
    output: z.object({
      items: z.array(
        z.object({ topicId: id, judgement: judgementSchema.nullable(), verdict: verdictSchema.nullable() }),
      ),
    }),
  }),
  begin: procedure({
    allow: 'posts.sort',
    method: 'POST',
    path: '/topics/{topicId}/triage/begin',
    summary: 'Lets a topic read its newest posts, so that the first question is a good one; again changes nothing',
    input: topicPath,
    output: nothing,
  }),
  sort: procedure({
    allow: 'posts.sort',
    atSource: true,
    method: 'POST',
    path: '/topics/{topicId}/triage/verdicts',
    summary: 'Says of posts whether they are for us; the topic learns at once',
    input: topicPath.extend({
      posts: z
        .array(
          z.object({
            postId: id,
            side: sideSchema,
            reason: z.enum(VERDICT_REASONS).nullable().default(null).describe('Why it is not for us'),
            words: z.string().trim().max(500).nullable().default(null),
            against: id
              .nullable()
              .optional()
              .describe('The verdict that one saw, null for none: refused where a colleague said the opposite since'),
          }),
        )
        .min(1)
        .max(SORTED_AT_ONCE_MAX),
      shown: z.array(id).max(QUEUE_MAX).default([]).describe('Posts to judge again in the answer'),
    }),
    output: z.object({
      items: z.array(
        z.object({
          postId: id,
          outcome: z.enum(['sorted', 'unchanged', 'conflict', 'unknown']),
          verdict: verdictSchema.nullable().describe('The one that stands now'),
        }),
      ),
      judged: z.array(z.object({ postId: id, judgement: judgementSchema })),
    }),
  }),
  takeBack: procedure({
    allow: 'posts.sort',
    atSource: true,
    method: 'POST',
    path: '/topics/{topicId}/triage/take-back',
    summary: 'Takes verdicts back: what stood before stands again, and the topic unlearns them',
    input: topicPath.extend({ verdictIds: z.array(id).min(1).max(SORTED_AT_ONCE_MAX) }),
    output: z.object({ takenBack: z.number().int() }),
  }),
  change: procedure({
    allow: 'topics.manage',
    method: 'PATCH',
    path: '/topics/{topicId}/triage',
    summary: 'Switches judging on or off, and says what happens to probable noise',
    input: topicPath.extend({ on: z.boolean().optional(), noise: z.enum(NOISE_EFFECTS).optional() }),
    output: nothing,
  }),
  retrain: procedure({
    allow: 'topics.manage',
    method: 'POST',
    path: '/topics/{topicId}/triage/retrain',
    summary: 'Learns everything anew from the posts and verdicts that are here now',
    input: topicPath,
    output: nothing,
  }),
  forget: procedure({
    allow: 'topics.manage',
    method: 'DELETE',
    path: '/topics/{topicId}/triage',
    summary: 'Deletes every verdict and hint of a topic, and what was learned from them',
    input: topicPath,
    output: z.object({ verdicts: z.number().int() }),
  }),
}
