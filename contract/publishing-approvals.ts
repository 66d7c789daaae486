import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'
import { judgementSchema } from './publishing-policy.ts'

/**
 * open: waits · approved: it went into the outbox · declined: back with its author, with a reason · edited: another text
 * took its place · withdrawn: by its author · stale: somebody spoke since · expired: nobody said anything in time.
 */
export const APPROVAL_STATES = ['open', 'approved', 'declined', 'edited', 'withdrawn', 'stale', 'expired'] as const
export const APPROVAL_NEWS = ['asked', 'edited', 'approved', 'declined', 'stale', 'expired'] as const
export const GUEST_DAYS_MAX = 30

const text = z.string().max(10_000)
const remark = z.string().trim().min(1).max(2_000)
const writer = z.object({ kind: z.enum(['member', 'bot']), id })
const approvalPath = z.object({ approvalId: id })

export const approvalSchema = z.object({
  approvalId: id,
  state: z.enum(APPROVAL_STATES),
  sourceId: id,
  sourceName: z.string(),
  network: z.string(),
  replyTo: z
    .object({
      postId: id,
      text: z.string(),
      language: z.string().nullable(),
      author: z.string().nullable(),
      url: z.string().nullable(),
      publishedAt: z.date(),
    })
    .nullable()
    .describe('null: a post of our own accord'),
  conversationIds: z.array(id),
  written: z.string().describe('Without the sign-off'),
  text: z.string().describe('As it will stand on the network'),
  language: z.string().nullable(),
  attachments: z.array(z.object({ attachmentId: id, alt: z.string() })),
  closes: z.boolean(),
  author: writer.describe('In whose name it goes'),
  writtenBy: id.describe('Who wrote the words as they are, and cannot approve them'),
  askedMemberId: id.nullable(),
  standInId: id.nullable().describe('Who is asked instead while that member is away'),
  editedFrom: id.nullable(),
  judgement: judgementSchema.omit({ confirm: true }),
  askedAt: z.date(),
  expiresAt: z.date(),
  decidedAt: z.date().nullable(),
  decidedBy: z
    .object({ kind: z.enum(['member', 'guest', 'system']), id: id.nullable(), name: z.string().nullable() })
    .nullable(),
  deliveryId: id.nullable(),
  mayApprove: z.boolean().describe('Whether I may, now'),
  mayEdit: z.boolean(),
  mayWithdraw: z.boolean(),
})
export type Approval = z.infer<typeof approvalSchema>

const guest = z.object({
  guestId: id,
  name: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  openedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
})

const opened = approvalSchema.extend({
  before: z.string().nullable().describe('The text that was edited into this one'),
  remarks: z.array(
    z.object({
      remarkId: id,
      text: z.string(),
      by: z.object({ kind: z.enum(['member', 'bot', 'guest']), id, name: z.string().nullable() }),
      at: z.date(),
    }),
  ),
  guests: z.array(guest),
})

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
/** What a guest sees: the text, what it answers, and by whom it will be said. Nothing of staff, nothing else of the customer. */
const forGuest = z.object({
  guest: z.string(),
  brand: z.string(),
  account: z.string(),
  network: z.string(),
  state: z.enum(['open', 'approved', 'declined', 'ended']),
  text: z.string(),
  language: z.string().nullable(),
  pictures: z.array(z.object({ index: z.number().int(), alt: z.string() })),
  answers: z.object({ text: z.string(), author: z.string().nullable(), language: z.string().nullable() }).nullable(),
  expiresAt: z.date(),
  version: z.string().describe('Given back with the decision: a text that changed since is not approved'),
})

export const approvals = {
  list: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/approvals',
    summary: 'Open ones by when they end, the next first; others newest first.',
    input: page.extend({
      show: z.enum(['open', 'mine', 'done']).default('open').describe('mine: what I wrote, in any state'),
    }),
    output: pageOf(approvalSchema),
  }),
  count: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/approvals/count',
    summary: 'How many wait for me, counted up to 100.',
    input: nothing,
    output: z.object({ waiting: z.number().int() }),
  }),
  ofConversation: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations/{conversationId}/approvals',
    summary: 'Open ones of a conversation, and the last that came back.',
    input: z.object({ conversationId: id }),
    output: z.object({ items: z.array(approvalSchema) }),
  }),
  get: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/approvals/{approvalId}',
    summary: 'One with its remarks, guests and the text before.',
    input: approvalPath,
    output: opened,
  }),
  submit: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'POST',
    path: '/approvals',
    summary: 'Asks for approval of a post of our own accord. Answers: POST /answers/approval.',
    input: z.object({
      sourceId: id,
      text,
      language: z.string().max(35).nullable().default(null),
      attachmentIds: z.array(id).max(10).default([]),
      note: z.string().trim().max(2_000).default(''),
      askedMemberId: id.nullable().default(null),
    }),
    output: approvalSchema,
  }),
  approve: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'POST',
    path: '/approvals/{approvalId}/approval',
    summary:
      'Lets exactly this text go; answers.approve, or being the author of what an approver edited. Forbidden `own-text`; conflict `approval-decided`. Where somebody spoke since it becomes stale and goes back.',
    input: approvalPath.extend({ remark: remark.optional() }),
    output: approvalSchema,
  }),
  decline: procedure({
    allow: 'answers.approve',
    atSource: true,
    method: 'POST',
    path: '/approvals/{approvalId}/refusal',
    summary: 'Gives it back with a reason.',
    input: approvalPath.extend({ remark }),
    output: approvalSchema,
  }),
  edit: procedure({
    allow: 'answers.approve',
    atSource: true,
    method: 'POST',
    path: '/approvals/{approvalId}/edit',
    summary: 'Makes a new text of it, which whoever edited cannot approve. Conflict `policy-refused`.',
    input: approvalPath.extend({ text, remark: remark.optional() }),
    output: approvalSchema,
  }),
  withdraw: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'POST',
    path: '/approvals/{approvalId}/withdrawal',
    summary: 'Takes back what one asked for; the text becomes a draft again.',
    input: approvalPath,
    output: approvalSchema,
  }),
  remark: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'POST',
    path: '/approvals/{approvalId}/remarks',
    summary: 'Says something without deciding.',
    input: approvalPath.extend({ text: remark }),
    output: nothing,
  }),
  inviteGuest: procedure({
    allow: 'answers.approve',
    atSource: true,
    method: 'POST',
    path: '/approvals/{approvalId}/guests',
    summary: 'A link for somebody of another house. Shown once; not for one’s own text.',
    input: approvalPath.extend({
      name: z.string().trim().min(1).max(100),
      days: z.number().int().min(1).max(GUEST_DAYS_MAX).default(3),
    }),
    output: z.object({ guestId: id, link: z.string() }),
  }),
  revokeGuest: procedure({
    allow: 'answers.approve',
    atSource: true,
    method: 'DELETE',
    path: '/approvals/guests/{guestId}',
    summary: 'The link opens nothing any more.',
    input: z.object({ guestId: id }),
    output: nothing,
  }),
  standIn: procedure({
    allow: 'answers.approve',
    method: 'GET',
    path: '/approvals/stand-in',
    summary: 'Who is asked instead of me.',
    input: nothing,
    output: z.object({ standIn: z.object({ memberId: id, until: z.date() }).nullable() }),
  }),
  setStandIn: procedure({
    allow: 'answers.approve',
    method: 'PUT',
    path: '/approvals/stand-in',
    summary: 'Who is asked instead of me until a time; null: nobody.',
    input: z.object({ standIn: z.object({ memberId: id, until: z.coerce.date() }).nullable() }),
    output: nothing,
  }),
  guestRead: procedure({
    allow: 'public',
    method: 'POST',
    path: '/guest/approval',
    summary: 'What the holder of a link may look at.',
    input: z.object({ token }),
    output: forGuest,
  }),
  guestDecide: procedure({
    allow: 'public',
    method: 'POST',
    path: '/guest/approval/decision',
    summary: 'The guest says yes, or no with a reason.',
    input: z.object({
      token,
      version: z.string().max(100),
      decision: z.enum(['approve', 'decline']),
      remark: z.string().trim().max(2_000).default(''),
    }),
    output: forGuest,
  }),
}
