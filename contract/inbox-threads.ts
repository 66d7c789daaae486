import { z } from 'zod'
import { postSchema } from './listening-posts.ts'
import { id } from './pages.ts'
import { actor, delivery } from './publishing.ts'

/** Counts what was said, as text: a version never passes through a JS number. */
export const version = z.string().regex(/^\d{1,18}$/)

export const conversationPath = z.object({ conversationId: id })

export const threadPost = postSchema.extend({
  parentPostId: id.nullable().describe('null: the root, or what it answers is not stored'),
  depth: z.number().int(),
  ofThisConversation: z.boolean(),
  conversationId: id.nullable().describe('The conversation of its author in this thread, where there is one'),
  version: version.nullable().describe('Version of this conversation that it made; null: belongs to another'),
  deliveryId: id.nullable().describe('Set where it was sent from here'),
})

export const timelineEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('note'),
    at: z.date(),
    noteId: id,
    memberId: id,
    text: z.string(),
    mentions: z.array(id),
    editedAt: z.date().nullable(),
  }),
  z.object({
    kind: z.literal('answer'),
    at: z.date(),
    delivery,
    closes: z.boolean(),
    version: version.describe('Version of this conversation that it made'),
    alsoAnswers: z.array(id).describe('Other conversations of the thread'),
  }),
  z.object({
    kind: z.literal('event'),
    at: z.date(),
    position: z.string(),
    type: z.string(),
    actor,
    subjects: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    codes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    reason: z.string().nullable(),
  }),
])

export const conversationNews = z.object({
  conversationId: id,
  version: version.describe('What it is now: write against this one'),
  posts: z.array(threadPost).describe('Said, edited or deleted since; ours from the network’s own app included'),
  answers: z.array(delivery).describe('Answers of colleagues since'),
})
/** Carried by the conflict `newer-post` as `error.data.news`. */
export const newsOfSend = z.array(conversationNews)
