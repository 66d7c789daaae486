import { z } from 'zod'
import {
  MODERATED_AT_ONCE_MAX,
  MODERATION_ACTIONS,
  MODERATION_NOTE_CHARACTERS_MAX,
  MODERATION_REASONS,
  MODERATION_WHO,
  NOT_BEGUN,
} from './moderation-words.ts'
import { id, nothing, page, pageOf } from './pages.ts'
import { authorBriefSchema } from './people.ts'
import { procedure } from './procedure.ts'
import { actor } from './publishing.ts'

const action = z.enum(MODERATION_ACTIONS)
const why = {
  reason: z.enum(MODERATION_REASONS),
  note: z
    .string()
    .trim()
    .max(MODERATION_NOTE_CHARACTERS_MAX)
    .default('')
    .describe('For us; of a report it goes to the network'),
}

export const moderationAct = z.object({
  moderationId: id,
  batchId: id,
  action,
  state: z
    .enum(['queued', 'doing', 'done', 'refused', 'unknown', 'undoing', 'undone'])
    .describe('unknown: a report that may have arrived; it is not sent again by itself'),
  failure: z
    .string()
    .nullable()
    .describe('Of the last try: a failure of the network, drill, listen-only or no-account'),
  postId: id.nullable().describe('What it is about, or what led to it'),
  snippet: z.string().nullable().describe('null: the post is gone'),
  conversationId: id.nullable(),
  author: authorBriefSchema,
  sourceId: id,
  sourceName: z.string(),
  reason: z.enum(MODERATION_REASONS),
  note: z.string(),
  askedBy: actor,
  askedAt: z.date(),
  doneAt: z.date().nullable(),
  undoneAt: z.date().nullable(),
  undoable: z.boolean(),
})
export type ModerationActView = z.infer<typeof moderationAct>

const outcome = z.object({
  moderationId: id.nullable(),
  because: z.enum(NOT_BEGUN).nullable().describe('null: it was begun'),
})

export const moderation = {
  act: procedure({
    allow: 'posts.moderate',
    atSource: true,
    method: 'POST',
    path: '/moderation',
    summary:
      'Likes, hides, deletes, reports posts, or blocks and mutes who wrote them. It is done one after the other; each says what became of it.',
    input: z
      .object({
        action,
        targets: z.union([
          z.object({ postIds: z.array(id).min(1).max(MODERATED_AT_ONCE_MAX) }),
          z
            .object({ conversationIds: z.array(id).min(1).max(MODERATED_AT_ONCE_MAX) })
            .describe('The newest post of the customer in each'),
        ]),
        ...why,
      })
      .refine(({ reason, note }) => reason !== 'other' || note.length >= 3, { error: 'another reason needs words' }),
    output: z.object({
      batchId: id,
      items: z.array(outcome.extend({ postId: id.nullable(), conversationId: id.nullable() })),
    }),
  }),
  undo: procedure({
    allow: 'posts.moderate',
    atSource: true,
    method: 'POST',
    path: '/moderation/undo',
    summary: 'Takes acts back: no longer liked, hidden, blocked or muted. What is still waiting is not done.',
    input: z.object({ moderationIds: z.array(id).min(1).max(MODERATED_AT_ONCE_MAX) }),
    output: z.object({
      items: z.array(
        z.object({
          moderationId: id,
          because: z
            .enum(['not-found', 'not-undoable', 'not-at-this-source', 'policy'])
            .nullable()
            .describe('null: being undone'),
        }),
      ),
    }),
  }),
  list: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/moderation',
    summary: 'What was done, newest first.',
    input: page.extend({
      standing: z
        .enum(['yes', 'no'])
        .optional()
        .describe('yes: holds or is on its way; no: refused, unknown or taken back'),
      authorId: id.optional(),
      batchId: id.optional(),
    }),
    output: pageOf(moderationAct),
  }),
  ofPosts: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/moderation/of-posts',
    summary: 'What stands of some posts and their authors, and what may be done with each.',
    input: z.object({ postIds: z.array(id).min(1).max(MODERATED_AT_ONCE_MAX) }),
    output: z.object({
      items: z.array(
        z.object({
          postId: id,
          possible: z
            .array(z.object({ action, because: z.enum(NOT_BEGUN).nullable() }))
            .describe('null: can be done now'),
          standing: z.array(moderationAct),
        }),
      ),
    }),
  }),
  policy: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/moderation/policy',
    summary: 'Whom each action is open to.',
    input: nothing,
    output: z.object({ items: z.array(z.object({ action, who: z.enum(MODERATION_WHO) })) }),
  }),
  setPolicy: procedure({
    allow: 'policy.manage',
    method: 'PUT',
    path: '/moderation/policy/{action}',
    summary: 'Opens an action to moderators, to leads or to nobody.',
    input: z.object({ action, who: z.enum(MODERATION_WHO) }),
    output: z.object({ action, who: z.enum(MODERATION_WHO) }),
  }),
}
