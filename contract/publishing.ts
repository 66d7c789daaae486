import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'
import { approvals } from './publishing-approvals.ts'
import { policy } from './publishing-policy.ts'

/** The longest text that any network takes; each connector has a limit of its own below it. */
export const ANSWER_CHARACTERS_MAX = 10_000
export const ATTACHMENTS_MAX = 10
/** How long "Undo send" may be offered at most. */
export const UNDO_SECONDS_MAX = 60

/**
 * queued: may still be undone · sending: frozen, on its way · sent: it stands on the network · refused: it does not,
 * `failure` says why · unknown: nobody knows yet; looked for, or waiting for a person · cancelled: undone in time.
 */
export const deliveryState = z.enum(['queued', 'sending', 'sent', 'refused', 'unknown', 'cancelled'])
export type DeliveryState = z.infer<typeof deliveryState>

/**
 * Why a delivery is not (yet) on the network. The first eight are the network's answers; `newer-post`: somebody spoke
 * since it was written; `post-deleted`: what it answers is gone; `earlier-answer`: the answer before it did not go out;
 * `lost-answer`: the network took the request and no answer came back; `drill`: the workspace only practises,
 * and its twin is gone; `frozen`: a crisis holds it back until it is released or over;
 * `source-removed`, `source-paused`: the account is no longer connected or rests; `attachment-missing`,
 * `attachment-unreadable`: what was attached is gone or cannot be made to fit the network; `policy`:
 * it is not the text that was judged; `dropped`: a person decided so.
 */
export const deliveryFailure = z.enum([
  'rate-limited',
  'credentials-expired',
  'refused',
  'gone',
  'malformed',
  'forbidden-address',
  'unreachable',
  'upstream',
  'newer-post',
  'post-deleted',
  'earlier-answer',
  'lost-answer',
  'drill',
  'frozen',
  'listen-only',
  'source-removed',
  'source-paused',
  'attachment-missing',
  'attachment-unreadable',
  'policy',
  'dropped',
])
export type DeliveryFailure = z.infer<typeof deliveryFailure>

export const actor = z.object({ kind: z.enum(['member', 'rule', 'bot', 'system', 'customer']), id: id.nullable() })

export const delivery = z.object({
  deliveryId: id,
  sourceId: id,
  sourceName: z.string(),
  network: z.string(),
  replyToPostId: id.nullable().describe('null: a post of our own accord'),
  visibility: z.enum(['public', 'private']).describe('private: to the customer alone'),
  text: z.string(),
  language: z.string().nullable(),
  attachments: z.array(z.object({ attachmentId: id, alt: z.string() })),
  state: deliveryState,
  createdAt: z.date(),
  createdBy: actor,
  undoUntil: z.date().nullable().describe('while queued: until when it can be undone; null: not any more'),
  nextTryAt: z.date().nullable(),
  attempts: z.number().int(),
  failure: deliveryFailure.nullable(),
  failureDetail: z.string().nullable().describe('For operators: never content'),
  needsDecision: z.boolean().describe('unknown, and the network cannot be asked: a person has to look'),
  sentAt: z.date().nullable(),
  url: z.string().nullable(),
  postId: id.nullable().describe('The post it became'),
  removedAt: z.date().nullable(),
  removedBecause: z.string().nullable(),
})
export type Delivery = z.infer<typeof delivery>

const decision = z.discriminatedUnion('decision', [
  z.object({
    deliveryId: id,
    decision: z.literal('it-is-there'),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .describe('Address of the post as a browser shows it'),
  }),
  z.object({ deliveryId: id, decision: z.literal('send-again') }),
  z.object({ deliveryId: id, decision: z.literal('drop') }),
])

export const publishing = {
  policy,
  approvals,
  deliveries: {
    list: procedure({
      allow: 'inbox.read',
      method: 'GET',
      path: '/deliveries',
      summary: 'What goes out and went out, newest first.',
      input: page.extend({
        state: deliveryState.optional(),
        needsDecision: z.enum(['yes']).optional().describe('Only those that wait for a person'),
        sourceId: id.optional(),
      }),
      output: pageOf(delivery),
    }),
    get: procedure({
      allow: 'inbox.read',
      method: 'GET',
      path: '/deliveries/{deliveryId}',
      summary: 'One delivery.',
      input: z.object({ deliveryId: id }),
      output: delivery,
    }),
    create: procedure({
      allow: 'answers.speak',
      atSource: true,
      method: 'POST',
      path: '/deliveries',
      summary:
        'Publishes a post of our own accord. Answers to customers go through POST /answers. Conflicts of the policy: see there.',
      input: z.object({
        sourceId: id,
        text: z.string().max(ANSWER_CHARACTERS_MAX),
        language: z.string().max(35).nullable().default(null),
        attachments: z
          .array(z.object({ attachmentId: id, alt: z.string().max(2_000).default('') }))
          .max(ATTACHMENTS_MAX)
          .default([]),
        undoSeconds: z.number().int().min(0).max(UNDO_SECONDS_MAX).default(5),
        confirmed: z.string().max(64).optional().describe('From the conflict `policy-confirm`'),
      }),
      output: delivery,
    }),
    cancel: procedure({
      allow: 'answers.draft',
      atSource: true,
      method: 'POST',
      path: '/deliveries/{deliveryId}/cancellation',
      summary: 'Undoes a delivery of one’s own while it is queued. Too late: conflict `delivery-on-its-way`.',
      input: z.object({ deliveryId: id }),
      output: delivery,
    }),
    decide: procedure({
      allow: 'deliveries.decide',
      atSource: true,
      method: 'POST',
      path: '/deliveries/{deliveryId}/decision',
      summary: 'Says what became of a delivery whose outcome is unknown and cannot be looked up.',
      input: decision,
      output: delivery,
    }),
    remove: procedure({
      allow: 'deliveries.decide',
      atSource: true,
      reachesOut: true,
      method: 'POST',
      path: '/deliveries/{deliveryId}/removal',
      summary: 'Takes an own post off the network, with a reason that the trail keeps.',
      input: z.object({ deliveryId: id, reason: z.string().trim().min(3).max(500) }),
      output: delivery,
    }),
  },
  attachments: {
    get: procedure({
      allow: 'inbox.read',
      method: 'GET',
      path: '/attachments/{attachmentId}',
      summary:
        'What is known of an attachment. Bytes: GET /files/attachments/{attachmentId}; upload: POST /files/attachments (JPEG, PNG or WebP; kept upright and without metadata).',
      input: z.object({ attachmentId: id }),
      output: z.object({
        attachmentId: id,
        name: z.string(),
        mediaType: z.string(),
        bytes: z.number().int(),
        alt: z.string(),
      }),
    }),
    describe: procedure({
      allow: 'answers.draft',
      atSource: true,
      method: 'PATCH',
      path: '/attachments/{attachmentId}',
      summary: 'Sets the text for those who do not see the image.',
      input: z.object({ attachmentId: id, alt: z.string().trim().max(2_000) }),
      output: nothing,
    }),
  },
}
