import { z } from 'zod'
import { ANSWERED_AT_ONCE_MAX } from './inbox-conversations.ts'
import { version } from './inbox-threads.ts'
import { id } from './pages.ts'
import { procedure } from './procedure.ts'
import { ANSWER_CHARACTERS_MAX, ATTACHMENTS_MAX, delivery, UNDO_SECONDS_MAX } from './publishing.ts'

const text = z.string().max(ANSWER_CHARACTERS_MAX)

export const drafts = {
  save: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'PUT',
    path: '/conversations/{conversationId}/draft',
    summary: 'Keeps what one is writing, with the version it is written against.',
    input: z.object({
      conversationId: id,
      text,
      againstVersion: version,
      attachmentIds: z.array(id).max(ATTACHMENTS_MAX).default([]),
    }),
    output: z.object({ savedAt: z.date(), stale: z.boolean().describe('Somebody spoke since that version') }),
  }),
  discard: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'DELETE',
    path: '/conversations/{conversationId}/draft',
    summary: 'Throws one’s own draft away.',
    input: z.object({ conversationId: id }),
    output: z.object({ discarded: z.boolean() }),
  }),
}

export const answers = {
  /**
   * Conflicts: `newer-post` (data.news says what is new, see newsOfSend), `lease-held` (holderName, until), `post-deleted`.
   * Invalid: `answer-empty`, `answer-too-long` (characters, charactersMax), `several-threads`, `no-account`,
   * `attachments-too-many`.
   */
  send: procedure({
    allow: 'answers.speak',
    atSource: true,
    method: 'POST',
    path: '/answers',
    summary:
      'Answers one or several conversations of one thread with one post. Refused when somebody spoke since the version it was written against, or when a colleague holds one of them.',
    input: z.object({
      conversations: z
        .array(z.object({ conversationId: id, againstVersion: version }))
        .min(1)
        .max(ANSWERED_AT_ONCE_MAX)
        .describe('All in one thread; the post replies to the newest post of the first'),
      replyToPostId: id.optional().describe('Another post of the thread to reply to'),
      text: text.describe('Without the sign-off, which is appended'),
      language: z.string().max(35).nullable().default(null),
      attachmentIds: z.array(id).max(ATTACHMENTS_MAX).default([]),
      close: z.boolean().default(false),
      undoSeconds: z.number().int().min(0).max(UNDO_SECONDS_MAX).default(5),
    }),
    output: z.object({
      delivery,
      conversations: z.array(z.object({ conversationId: id, version })),
    }),
  }),
  undelivered: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/answers/undelivered',
    summary: 'Answers that did not go out or whose outcome is unknown, with their conversations.',
    input: z.object({}),
    output: z.object({
      items: z.array(z.object({ delivery, conversationIds: z.array(id) })).describe('Newest first, at most 100'),
    }),
  }),
}
