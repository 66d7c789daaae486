import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'
import { WEBHOOK_EVENTS } from './webhook-events.ts'

export const WEBHOOK_STATES = ['on', 'off', 'stopped'] as const

const name = z.string().trim().min(1).max(100)
const url = z.string().trim().min(1).max(2_000).describe('Where messages are sent by POST')
const types = z.array(z.enum(WEBHOOK_EVENTS)).min(1, 'a webhook needs an event').max(WEBHOOK_EVENTS.length)
const path = z.object({ webhookId: id })

const deliverySchema = z.object({
  eventId: id,
  type: z.string(),
  state: z
    .enum(['waiting', 'sent', 'skipped'])
    .describe('waiting: is tried again, and what came later waits behind it. skipped: left out by somebody here'),
  attempts: z.number().int(),
  status: z.number().int().nullable().describe('Of the last answer'),
  failure: z.string().nullable(),
  at: z.date().describe('Of the last try'),
})

const answerSchema = z.object({
  ok: z.boolean(),
  status: z.number().int().nullable(),
  failure: z.string().nullable(),
})

const webhookSchema = path.extend({
  name: z.string(),
  url: z.string(),
  types: z.array(z.enum(WEBHOOK_EVENTS)),
  state: z
    .enum(WEBHOOK_STATES)
    .describe(
      'stopped: it said that it is gone, or refused for three days. Nothing is lost: it goes on where it stood',
    ),
  waiting: z.number().int().describe('Messages that are still to be sent, counted up to 1,000'),
  failingSince: z.date().nullable(),
  createdAt: z.date(),
  deliveries: z.array(deliverySchema).describe('The last 20 that were tried'),
})

export const webhooks = {
  list: procedure({
    allow: 'keys.manage',
    method: 'GET',
    path: '/webhooks',
    summary: 'Programs that are told of events, with what became of the last messages',
    input: nothing,
    output: z.object({ items: z.array(webhookSchema) }),
  }),
  create: procedure({
    allow: 'keys.manage',
    method: 'POST',
    path: '/webhooks',
    summary:
      'Tells an address of every event of these types from now on: ids and codes, signed as standardwebhooks.com says, in their order, at least once. The secret is shown once',
    input: z.object({ name, url, types }),
    output: path.extend({ secret: z.string() }),
  }),
  change: procedure({
    allow: 'keys.manage',
    method: 'PATCH',
    path: '/webhooks/{webhookId}',
    summary: 'Changes name, address or types of a webhook, or switches it off and on; a new address has a new secret',
    input: path.extend({
      name: name.optional(),
      url: url.optional(),
      types: types.optional(),
      on: z.boolean().optional(),
      skipWaiting: z
        .boolean()
        .optional()
        .describe(
          'With on: leaves out everything that happened since it was last told. Otherwise it is told of it now',
        ),
    }),
    output: z.object({ secret: z.string().nullable().describe('Null: the one from before still holds') }),
  }),
  renewSecret: procedure({
    allow: 'keys.manage',
    method: 'POST',
    path: '/webhooks/{webhookId}/secret',
    summary: 'A new secret; the one from before signs nothing from now on',
    input: path,
    output: z.object({ secret: z.string() }),
  }),
  test: procedure({
    allow: 'keys.manage',
    reachesOut: true,
    method: 'POST',
    path: '/webhooks/{webhookId}/test',
    summary: 'Sends a message of type webhook.test at once and says what was answered',
    input: path,
    output: answerSchema,
  }),
  resend: procedure({
    allow: 'keys.manage',
    reachesOut: true,
    method: 'POST',
    path: '/webhooks/{webhookId}/deliveries/{eventId}/resend',
    summary:
      'Sends a message once more, at once and under the same id: for a receiver that lost it. Refused while it waits its turn',
    input: path.extend({ eventId: id }),
    output: answerSchema,
  }),
  remove: procedure({
    allow: 'keys.manage',
    method: 'DELETE',
    path: '/webhooks/{webhookId}',
    summary: 'Removes a webhook; what it was not told yet is not sent',
    input: path,
    output: nothing,
  }),
}

export const systems = { webhooks }
