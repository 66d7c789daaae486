import { z } from 'zod'
import { CLOSE_NOTE_CHARACTERS_MAX, CLOSE_REASONS } from './close-reasons.ts'
import { strandSchema } from './inbox-handover.ts'
import { leaseSchema } from './inbox-leases.ts'
import { conversationNews, conversationPath, threadPost, timelineEntry, version } from './inbox-threads.ts'
import { id, nothing, page, pageOf } from './pages.ts'
import { authorBriefSchema, personBriefSchema } from './people.ts'
import { procedure } from './procedure.ts'
import { PRIORITIES } from './routing-words.ts'

/** Longer lists are counted as "more than": `{ count: 1000, more: true }`. */
export const COUNT_MAX = 1000
/** One bulk action touches at most so many conversations; the report says when there were more. */
export const BULK_MAX = 1000
/** What is due by then is due soon. */
export const DUE_SOON_MINUTES = 60
export const ANSWERED_AT_ONCE_MAX = 100

export const closeReason = z
  .object({ code: z.enum(CLOSE_REASONS), note: z.string().trim().max(CLOSE_NOTE_CHARACTERS_MAX).default('') })
  .refine(({ code, note }) => code !== 'other' || note.length >= 3, { error: 'another reason needs words' })

export const conversationState = z.enum(['open', 'snoozed', 'closed'])

/**
 * What a list of conversations may be narrowed by. `memberId` finds the work of a colleague who is away, as far as it is
 * still to be done; nothing counts by it (staff protection, docs/decisions/0007-no-figures-per-member.md).
 */
export const conversationFilters = z.object({
  state: conversationState.optional(),
  assignee: z.enum(['me', 'nobody']).optional().describe('nobody: neither a member nor a team'),
  memberId: id.optional().describe('Another than oneself: without what is closed'),
  teamId: id.optional(),
  tagId: id.optional(),
  topicId: id.optional(),
  authorId: id.optional(),
  personId: id.optional().describe('Of every account that is linked to this person now'),
  segmentId: id.optional().describe('Whose author is a person in this segment now'),
  network: z.string().max(50).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional(),
  priority: z.enum(PRIORITIES).optional(),
  waiting: z.enum(['yes', 'no']).optional().describe('yes: the customer has no answer yet'),
  unanswered: z.enum(['negative']).optional().describe('negative: an unanswered post is negative, in whatever state'),
  due: z
    .enum(['any', 'late', 'soon'])
    .optional()
    .describe(
      `An answer is due; late: is overdue; soon: within ${DUE_SOON_MINUTES} minutes. Late and soon of no colleague`,
    ),
  text: z.string().trim().max(200).optional().describe('Words of its posts, or the beginning of a @handle'),
})
export type ConversationFilters = z.infer<typeof conversationFilters>

export const tagSchema = z.object({ tagId: id, name: z.string(), colour: z.string() })

export const conversationItem = z.object({
  conversationId: id,
  threadId: id,
  version,
  state: conversationState,
  priority: z.enum(PRIORITIES),
  snoozedUntil: z.date().nullable(),
  network: z.string(),
  sourceId: id.nullable().describe('Through what it came; roles for single sources go by it'),
  language: z.string().nullable(),
  author: authorBriefSchema,
  person: personBriefSchema.nullable(),
  lastPost: z
    .object({
      postId: id,
      direction: z.enum(['in', 'out']),
      snippet: z.string().describe('At most 200 characters; empty for a tombstone'),
      deleted: z.boolean(),
      hasMedia: z.boolean(),
      visibility: strandSchema,
    })
    .nullable(),
  lastPostAt: z.date(),
  postCount: z.number().int(),
  waitingSince: z.date().nullable().describe('Oldest post without an answer; null: the ball is with the customer'),
  negativeSince: z
    .date()
    .nullable()
    .describe('Oldest negative post without an answer: it is closed with an answer, a reason, or by a rule'),
  dueAt: z.date().nullable().describe('When its soonest clock is due, or was; null: nothing is due'),
  answeredAt: z.date().nullable(),
  openedAt: z.date(),
  openedBecause: z.enum(['addressed', 'mention', 'agent']),
  closedAt: z.date().nullable(),
  assignedMemberId: id.nullable(),
  assignedTeamId: id.nullable(),
  topicIds: z.array(id),
  tags: z.array(tagSchema),
  lease: leaseSchema.nullable(),
  undelivered: z
    .enum(['on-its-way', 'refused', 'unknown'])
    .nullable()
    .describe('An answer that does not stand on the network yet'),
})
export type ConversationItem = z.infer<typeof conversationItem>

const answeringSchema = z.object({
  sourceId: id,
  sourceName: z.string(),
  network: z.string(),
  charactersMax: z.number().int().nullable().describe('Grapheme clusters, sign-off included'),
  attachmentsMax: z.number().int(),
  signOff: z.string().describe('Appended to what you write; counts'),
})

const change = z.discriminatedUnion('change', [
  z.object({ change: z.literal('assign'), memberId: id.nullable(), teamId: id.nullable() }),
  z.object({ change: z.literal('tag'), add: z.array(id).max(20).default([]), remove: z.array(id).max(20).default([]) }),
  z.object({
    change: z.literal('close'),
    reason: closeReason.optional().describe('Needed where a negative post has no answer; kept in the trail'),
  }),
  z.object({ change: z.literal('snooze'), until: z.coerce.date() }),
  z.object({ change: z.literal('reopen') }),
  z.object({ change: z.literal('prioritise'), priority: z.enum(PRIORITIES) }),
])
export type ConversationChange = z.infer<typeof change>

export const conversations = {
  list: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations',
    summary: 'Conversations; newest post first, the longest waiting first, or the longest negative without an answer.',
    input: page.extend(conversationFilters.shape).extend({
      order: z
        .enum(['newest', 'oldest', 'waiting', 'negative', 'due'])
        .default('newest')
        .describe(
          'waiting: only those that wait; negative: only those that are negative and unanswered; due: only those with something due, the soonest first',
        ),
    }),
    output: pageOf(conversationItem),
  }),
  count: procedure({
    allow: 'inbox.read',
    method: 'POST',
    path: '/conversations/counts',
    summary: `How many there are per filter, counted up to ${COUNT_MAX}. Never per colleague.`,
    input: z.object({ filters: z.array(conversationFilters).min(1).max(20) }),
    output: z.object({
      counts: z
        .array(z.object({ count: z.number().int(), more: z.boolean() }).nullable())
        .describe('null: not counted, because it would be a figure about one colleague'),
    }),
  }),
  keptOut: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations/kept-out',
    summary: `Posts of the last seven days that began no conversation because their topics take them for noise, counted up to ${COUNT_MAX}`,
    input: nothing,
    output: z.object({
      count: z.number().int(),
      more: z.boolean(),
      days: z.number().int(),
      topicIds: z.array(id).describe('Topics that kept some out'),
    }),
  }),
  get: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations/{conversationId}',
    summary: 'One conversation with the newest part of its thread, its timeline and its author’s history.',
    input: conversationPath,
    output: z.object({
      conversation: conversationItem,
      thread: z.object({
        rootExternalId: z.string(),
        posts: z.array(threadPost).describe('Oldest first: the root, this author’s posts, and the newest others'),
        more: z.boolean().describe('There are more: conversations.thread'),
        participants: z.array(
          z.object({
            author: authorBriefSchema,
            posts: z.number().int(),
            conversationId: id.nullable(),
            state: conversationState.nullable(),
          }),
        ),
      }),
      timeline: z.array(timelineEntry).describe('Oldest first, the newest 300'),
      myDraft: z
        .object({
          text: z.string(),
          againstVersion: version,
          attachmentIds: z.array(id),
          savedAt: z.date(),
          strand: strandSchema,
          macroId: id.nullable().describe('The macro whose text was taken'),
          stale: z.boolean().describe('Somebody spoke since it was written'),
        })
        .nullable(),
      history: z.object({
        personId: id.nullable(),
        postCount: z.number().int().describe('Stored posts of this author, counted up to 1000'),
        firstHeardAt: z.date(),
        otherConversations: z.array(
          z.object({
            conversationId: id,
            network: z.string(),
            state: conversationState,
            openedAt: z.date(),
            lastPostAt: z.date(),
            snippet: z.string(),
          }),
        ),
      }),
      answer: answeringSchema.nullable().describe('Null: no account of ours can answer there in public'),
      privateAnswer: answeringSchema
        .extend({
          answerableUntil: z.date().nullable().describe('The network takes no private answer afterwards; null: always'),
        })
        .nullable()
        .describe('Null: they have not written to us alone, or nothing of ours reaches them there'),
      mayContact: z
        .boolean()
        .describe('False: they objected, so they are answered while the conversation is open, and not afterwards'),
    }),
  }),
  thread: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations/{conversationId}/thread',
    summary: 'All stored posts of the thread, oldest first.',
    input: page.extend(conversationPath.shape),
    output: pageOf(threadPost),
  }),
  news: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations/{conversationId}/news',
    summary: 'What was said since a version.',
    input: conversationPath.extend({ sinceVersion: version }),
    output: conversationNews,
  }),
  open: procedure({
    allow: 'inbox.work',
    atSource: true,
    method: 'POST',
    path: '/conversations',
    summary: 'Makes a stored post a matter of the inbox, or finds the conversation it belongs to.',
    input: z.object({ postId: id }),
    output: z.object({ conversationId: id, opened: z.boolean() }),
  }),
  change: procedure({
    allow: 'inbox.work',
    atSource: true,
    method: 'POST',
    path: '/conversations/changes',
    summary: 'Assigns, tags, closes, snoozes or reopens one or many.',
    input: z.object({
      which: z.union([
        z.object({ conversationIds: z.array(id).min(1).max(BULK_MAX) }),
        z.object({ filters: conversationFilters }),
      ]),
      change,
    }),
    output: z.object({
      changed: z.array(id),
      unchanged: z
        .number()
        .int()
        .describe('Were so already; 0 where the filter names a colleague, whose work is not counted'),
      refused: z.array(
        z.object({
          conversationId: id,
          because: z.enum(['not-found', 'lease-held', 'not-at-this-source', 'needs-reason']),
        }),
      ),
      more: z.boolean().describe(`The filter matched more than ${BULK_MAX}; run it again`),
    }),
  }),
}
