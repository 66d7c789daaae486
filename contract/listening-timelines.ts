import { z } from 'zod'
import { conversationState } from './inbox-conversations.ts'
import { postSchema } from './listening-posts.ts'
import { id, page, pageOf } from './pages.ts'
import { authorBriefSchema, linkSchema } from './people.ts'
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

const asked = page.extend({
  only: z.enum(['posts']).optional().describe('posts: without handles, links, conversations and answers'),
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
}
