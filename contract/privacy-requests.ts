import { z } from 'zod'
import { cursor, id, nothing, page, pageOf } from './pages.ts'
import { STATEMENT_CHANNELS } from './people-consent.ts'
import { procedure } from './procedure.ts'

export const REQUEST_KINDS = ['access', 'erasure', 'rectification', 'objection', 'portability'] as const
export const REQUEST_OUTCOMES = ['fulfilled', 'partly', 'refused', 'withdrawn', 'not-found'] as const
const reason = z.string().trim().min(1, 'say why').max(500)
const language = z.enum(['de', 'nl', 'en'])

const requestItem = z.object({
  requestId: id,
  kind: z.enum(REQUEST_KINDS),
  person: z.object({ personId: id, name: z.string() }).nullable().describe('Null: nobody was found for it, or erased'),
  requester: z.string(),
  channel: z.enum(STATEMENT_CHANNELS),
  receivedAt: z.date(),
  dueAt: z.date().describe('One month after it came in; three when it was extended (Art. 12(3) GDPR)'),
  extended: z.boolean(),
  overdue: z.boolean(),
  identity: z.enum(['open', 'confirmed', 'failed']),
  state: z.enum(['open', 'closed']),
  outcome: z.enum(REQUEST_OUTCOMES).nullable(),
  assignedMemberId: id.nullable(),
})

const requestSchema = requestItem.extend({
  details: z.string(),
  language: z.string(),
  identityHow: z.string(),
  extendedBecause: z.string().nullable(),
  outcomeBecause: z.string().nullable(),
  closedAt: z.date().nullable(),
  log: z.array(
    z.object({
      at: z.date(),
      what: z.enum([
        'received',
        'noted',
        'identity-confirmed',
        'identity-failed',
        'extended',
        'assigned',
        'matched',
        'closed',
      ]),
      note: z.string(),
      by: z.object({ kind: z.string(), id: id.nullable(), name: z.string().nullable() }),
    }),
  ),
})

const requestPath = z.object({ requestId: id })

export const requests = {
  list: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/requests',
    summary: 'What persons asked for about their data: open ones by deadline, closed ones newest first',
    input: page.extend({ state: z.enum(['open', 'closed']).default('open'), after: cursor.optional() }),
    output: pageOf(requestItem),
  }),
  get: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/requests/{requestId}',
    summary: 'One request with its log',
    input: requestPath,
    output: requestSchema,
  }),
  create: procedure({
    allow: 'privacy.manage',
    method: 'POST',
    path: '/privacy/requests',
    summary:
      'Writes down a request that came by mail, phone, letter or on a network; the deadline runs from when it came',
    input: z.object({
      kind: z.enum(REQUEST_KINDS),
      personId: id.optional(),
      requester: z.string().trim().min(1).max(300).describe('Who asks, as they named themselves'),
      details: z.string().trim().max(5000).default(''),
      channel: z.enum(STATEMENT_CHANNELS).exclude(['portal']),
      language,
      receivedAt: z.coerce.date(),
    }),
    output: requestPath,
  }),
  change: procedure({
    allow: 'privacy.manage',
    method: 'PATCH',
    path: '/privacy/requests/{requestId}',
    summary: 'Who asks was checked, who works on it, for whom it is, a note, or the one extension by two months',
    input: requestPath.extend({
      personId: id.optional(),
      identity: z.object({ confirmed: z.boolean(), how: reason }).optional(),
      assignedMemberId: id.nullable().optional(),
      note: reason.optional(),
      extension: z.object({ reason }).optional(),
    }),
    output: nothing,
  }),
  close: procedure({
    allow: 'privacy.manage',
    method: 'POST',
    path: '/privacy/requests/{requestId}/outcome',
    summary: 'Ends a request with what became of it; fulfilled only once it is certain who asked',
    input: requestPath.extend({ outcome: z.enum(REQUEST_OUTCOMES), reason }),
    output: nothing,
  }),
}
