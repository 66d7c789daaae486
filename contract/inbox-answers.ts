import { z } from 'zod'
import { ANSWERED_AT_ONCE_MAX } from './inbox-conversations.ts'
import { strandSchema, TITLE_CHARACTERS_MAX } from './inbox-handover.ts'
import { version } from './inbox-threads.ts'
import { id } from './pages.ts'
import { procedure } from './procedure.ts'
import { ANSWER_CHARACTERS_MAX, ATTACHMENTS_MAX, delivery, UNDO_SECONDS_MAX } from './publishing.ts'
import { approvalSchema } from './publishing-approvals.ts'

const text = z.string().max(ANSWER_CHARACTERS_MAX)
const macroId = id
  .optional()
  .describe('The macro whose text was taken, changed or not: refused (`frozen`) while a crisis holds that macro back')

/** Where an answer stands. */
const place = {
  strand: strandSchema
    .optional()
    .describe('In public, or to the customer alone; absent: where the post stands that is answered, their newest'),
  replyToPostId: id.optional().describe('Another post of the thread, or of the private strand, to reply to'),
  begin: z
    .object({ sourceId: id, title: z.string().trim().max(TITLE_CHARACTERS_MAX).optional().describe('Of a letter') })
    .optional()
    .describe('Writes to the customer alone although they have not done so yet, through that account of ours'),
}

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
      strand: strandSchema.default('public'),
      macroId: id.nullable().default(null).describe('The macro whose text was taken'),
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
   * `attachments-too-many`, `several-in-private`, `other-strand`, `no-private-way`. Conflict: `reply-window-over` (hours),
   * `frozen` (crisis).
   * The policy's conflicts carry what it says as data.news (publishing-policy.ts, judgementSchema): `policy-confirm` (send
   * again with `confirmed`), `policy-four-eyes` (ask for approval), `policy-refused`.
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
      ...place,
      text: text.describe('Without the sign-off, which is appended'),
      language: z.string().max(35).nullable().default(null),
      attachmentIds: z.array(id).max(ATTACHMENTS_MAX).default([]),
      macroId,
      close: z.boolean().default(false),
      undoSeconds: z
        .number()
        .int()
        .min(0)
        .max(UNDO_SECONDS_MAX)
        .default(5)
        .describe('The workspace may want it longer'),
      confirmed: z.string().max(64).optional().describe('From the conflict `policy-confirm`'),
    }),
    output: z.object({
      delivery,
      conversations: z.array(z.object({ conversationId: id, version })),
    }),
  }),
  /** The same conflicts as `send`, but for those that an approval settles. */
  submit: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'POST',
    path: '/answers/approval',
    summary: 'Asks for approval of an answer. It goes when somebody else approves exactly this text.',
    input: z.object({
      conversations: z
        .array(z.object({ conversationId: id, againstVersion: version }))
        .min(1)
        .max(ANSWERED_AT_ONCE_MAX),
      ...place,
      text,
      language: z.string().max(35).nullable().default(null),
      attachmentIds: z.array(id).max(ATTACHMENTS_MAX).default([]),
      macroId,
      close: z.boolean().default(false),
      note: z.string().trim().max(2_000).default('').describe('To whoever approves'),
      askedMemberId: id.nullable().default(null).describe('null: whoever may'),
    }),
    output: approvalSchema,
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
