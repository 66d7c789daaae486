import { z } from 'zod'
import { conversationState } from './inbox-conversations.ts'
import { postSchema } from './listening-posts.ts'
import { id, page, pageOf } from './pages.ts'
import { authorBriefSchema, linkSchema } from './people.ts'
import { operationSchema } from './people-graph.ts'
import { purchaseSchema } from './people-purchases.ts'
import { procedure } from './procedure.ts'
import { actor } from './publishing.ts'

const conversation = z.object({
  conversationId: id,
  network: z.string(),
  author: authorBriefSchema.describe('Whose matter it is'),
  state: conversationState.describe('Today, not then'),
  opening: z.string().nullable().describe('The first words of the first post that still stands'),
})

export const timelineEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('post'), at: z.date(), post: postSchema }),
  z.object({
    kind: z.literal('handle'),
    at: z.date(),
    author: authorBriefSchema,
    handle: z.string(),
    name: z.string().nullable(),
  }),
  z.object({ kind: z.literal('linked'), at: z.date(), link: linkSchema }),
  z.object({ kind: z.literal('withdrawn'), at: z.date(), link: linkSchema }),
  z.object({
    kind: z.literal('operation'),
    at: z.date(),
    operation: operationSchema.describe('An act on the persons'),
  }),
  z.object({ kind: z.literal('undone'), at: z.date(), operation: operationSchema.describe('Taken back then') }),
  z.object({ kind: z.literal('purchase'), at: z.date(), purchase: purchaseSchema }),
  z.object({
    kind: z.literal('conversation'),
    at: z.date(),
    position: z.string().describe('Of its event in the trail'),
    turn: z.enum(['opened', 'closed', 'reopened']),
    because: z.string().nullable(),
    actor,
    conversation,
  }),
  z.object({
    kind: z.literal('answer'),
    at: z.date(),
    post: postSchema.describe('Ours'),
    writtenBy: actor.nullable().describe('Null: written in the network’s own app'),
    conversation,
  }),
])

/** What entries of a timeline are filtered by, beside network and period. */
export const TIMELINE_KINDS = ['posts', 'conversations', 'answers', 'identity', 'purchases'] as const

const asked = page.extend({
  only: z
    .enum(TIMELINE_KINDS)
    .optional()
    .describe(
      'posts; conversations: opened, closed; answers: ours; identity: handles and links; purchases: orders and contracts. Absent: all',
    ),
  network: z.string().max(50).optional().describe('Of accounts on this network alone'),
  from: z.coerce.date().optional(),
  until: z.coerce.date().optional().describe('Before this moment'),
  text: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe('Posts in which all of these words stand; other entries have no words and are left out'),
})

const mood = z.object({
  month: z.iso.date().describe('Its first day'),
  posts: z.number().int(),
  negative: z.number().int(),
  neutral: z.number().int(),
  positive: z.number().int(),
})

export const timelines = {
  ofAuthor: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/authors/{authorId}/timeline',
    summary:
      'Everything known of an account, newest first: posts, handles, links, and, for those who may read the inbox, conversations and our answers',
    input: asked.extend({ authorId: id }),
    output: pageOf(timelineEntry),
  }),
  ofPerson: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/persons/{personId}/timeline',
    summary: 'The same over all accounts linked to a person now',
    input: asked.extend({ personId: id }),
    output: pageOf(timelineEntry),
  }),
  moodOfPerson: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/persons/{personId}/mood',
    summary:
      'How a person spoke in the last 12 months, by the sentiment of their own posts, and in which languages; months in the workspace’s time zone',
    input: z.object({ personId: id }),
    output: z.object({
      months: z.array(mood).describe('Oldest first; months without posts are there with 0'),
      languages: z.array(z.object({ language: z.string(), posts: z.number().int() })).describe('The commonest first'),
      more: z.boolean().describe('Only the newest posts were read, because there are so many'),
    }),
  }),
}
