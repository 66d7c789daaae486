import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HeardAuthor } from '../connectors/index.ts'
import { erasePerson, rememberAuthors } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { explain } from '../platform/testing/explain.ts'
import { webhookSignature } from '../platform/webhook.ts'
import { createTestApp, type TestApp, type TestMember } from '../testing/app.ts'
import { forgetDeliveries, sendDueWebhooks, webhookLoop } from './sending.ts'

interface Received {
  id: string
  headers: IncomingMessage['headers']
  body: string
  told: { id: string; type: string; position: string; subjects: Record<string, string>; codes: Record<string, unknown> }
}
interface Webhook {
  webhookId: string
  state: string
  waiting: number
  failingSince: string | null
  deliveries: { eventId: string; type: string; state: string; attempts: number; status: number; failure: string }[]
}

let app: TestApp
let agent: TestMember
let receiver: Server
const received: Received[] = []
let answer: (request: Received, response: ServerResponse) => void

beforeAll(async () => {
  app = await createTestApp()
  agent = await app.join(app.workspace.workspaceId, 'agent')
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      const one = { id: String(request.headers['webhook-id']), headers: request.headers, body, told: JSON.parse(body) }
      received.push(one)
      answer(one, response)
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await app.close()
})
beforeEach(async () => {
  await rows(sql`delete from webhook`)
  received.length = 0
  answer = says(204)
})

const says = (status: number) => (_: unknown, response: ServerResponse) => void response.writeHead(status).end('unread')
const url = (path = '') => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/${path}`
const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const rows = <Row>(query: ReturnType<typeof sql<Row>>) => inWorkspace(async (tx) => (await query.execute(tx.sql)).rows)
const call = (path: string, input: unknown, as: TestMember = app.workspace.owner) =>
  app.call(path, input, { cookie: as.cookie, workspaceId: app.workspace.workspaceId })
const ask = async <Answer>(path: string, input: unknown): Promise<Answer> => {
  const { status, body } = await call(path, input)
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  return body as Answer
}
const listen = (change: object = {}) =>
  ask<{ webhookId: string; secret: string }>('systems.webhooks.create', {
    name: 'Warehouse',
    url: url(),
    types: ['person.begun', 'persons.merged', 'operation.undone'],
    ...change,
  })
const list = async () => (await ask<{ items: Webhook[] }>('systems.webhooks.list', {})).items
const only = async () => (await list())[0] as Webhook
/** What waits for its next try is due now. */
const send = async () => {
  await rows(sql`update webhook set due_at = now() where due_at is not null`)
  return sendDueWebhooks(app.services)
}

let accounts = 0
const begin = async () => {
  const number = accounts++
  const account: HeardAuthor = {
    network: 'pond',
    scope: '',
    networkId: `id-${number}`,
    handle: `handle-${number}.example`,
    name: `Geheimname ${number}`,
    avatarUrl: null,
    bio: null,
    url: null,
    followers: null,
    stable: true,
  }
  const { byKey } = await inWorkspace((tx) => rememberAuthors(tx, [account], new Date()))
  const authorId = [...byKey.values()][0]?.authorId
  return ask<{ personId: string }>('people.persons.begin', { authorId, reason: 'rang' })
}
const merge = async () => {
  const personIds = [(await begin()).personId, (await begin()).personId]
  const said = { evidence: 'said so', method: 'agent-confirmed', legalBasis: 'consent' }
  return ask<{ operationId: string }>('people.graph.merge', { personIds, ...said })
}

describe('what a routing rule tells one webhook', () => {
  it('goes to that one, whatever it asked for, and to no other', async () => {
    const told = await listen({ url: url('told') })
    await listen({ url: url('other') })
    await inWorkspace(async (tx) =>
      tx.record({ type: 'routing.called', subjects: { ruleId: newId(), webhookId: told.webhookId } }),
    )
    expect(await sendDueWebhooks(app.services)).toBe(1)
    expect(received.map((one) => one.told)).toMatchObject([
      { type: 'routing.called', subjects: { webhookId: told.webhookId } },
    ])
  })
})

describe('what a webhook is told', () => {
  it('is ids and codes of the events that it asked for, signed, in their order', async () => {
    await begin()
    const { secret } = await listen()
    const { operationId } = await merge()
    await ask('people.graph.undo', { operationId, reason: 'two sisters' })
    expect(await send()).toBe(4)
    expect(received.map(({ told }) => told.type)).toEqual([
      'person.begun',
      'person.begun',
      'persons.merged',
      'operation.undone',
    ])
    const positions = received.map(({ told }) => BigInt(told.position))
    expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)))
    for (const { id, headers, body, told } of received) {
      expect(id).toBe(told.id)
      const seconds = Number(headers['webhook-timestamp'])
      expect(headers['webhook-signature']).toBe(webhookSignature(secret, id, seconds, body))
      expect(body).not.toMatch(/Geheimname|handle-|sisters|said so/)
    }
    expect(received[2]?.told).toMatchObject({ subjects: { operation: operationId }, codes: { count: 2 } })
    expect(await send()).toBe(0)
    expect((await only()).deliveries.map(({ state, status }) => [state, status])).toEqual(Array(4).fill(['sent', 204]))
  })

  it('is found behind any number of events that it did not ask for, and only once', async () => {
    await listen()
    await inWorkspace(async (tx) => {
      for (let number = 0; number < 1_100; number++) tx.record({ type: 'tag.created', subjects: { tagId: newId() } })
    })
    await begin()
    expect(await send()).toBe(1)
    expect(received.map(({ told }) => told.type)).toEqual(['person.begun'])
    expect(await send()).toBe(0)
  })

  it('is nothing of another workspace, and erasures by id alone', async () => {
    await listen({ types: ['person.erased'] })
    const { personId } = await begin()
    await app.createWorkspace('Südwind')
    await inWorkspace((tx) => erasePerson(tx, personId, new Date()))
    await send()
    expect(received.map(({ told }) => [told.type, told.subjects.person])).toEqual([['person.erased', personId]])
  })
})

describe('a message that a receiver lost', () => {
  const resend = (webhookId: string, eventId: string | undefined) =>
    call('systems.webhooks.resend', { webhookId, eventId })

  it('is sent once more under the same id, and moves nothing of what is still to be told', async () => {
    const { webhookId, secret } = await listen()
    await begin()
    await begin()
    await send()
    const [first] = received
    expect(await resend(webhookId, first?.id)).toMatchObject({ status: 200, body: { ok: true, status: 204 } })
    expect(received).toHaveLength(3)
    expect(received[2]).toMatchObject({ id: first?.id, body: first?.body })
    const { headers, body, id } = received[2] as Received
    const signature = webhookSignature(secret, id, Number(headers['webhook-timestamp']), body)
    expect(headers['webhook-signature']).toBe(signature)
    answer = says(503)
    expect(await resend(webhookId, first?.id)).toMatchObject({ body: { ok: false, status: 503, failure: 'refused' } })
    const of = (await only()).deliveries.find(({ eventId }) => eventId === first?.id)
    expect(of).toMatchObject({ state: 'sent', attempts: 3, status: 503, failure: 'refused' })
    expect(await only()).toMatchObject({ state: 'on', waiting: 0, failingSince: null })
  })

  it('is refused while it waits its turn, and where it was never sent', async () => {
    const { webhookId } = await listen()
    await begin()
    answer = says(500)
    await send()
    const { eventId } = (await only()).deliveries[0] ?? {}
    expect(await resend(webhookId, eventId)).toMatchObject({ status: 409, body: { data: { code: 'delivery-waits' } } })
    expect(await resend(webhookId, webhookId)).toMatchObject({ status: 404 })
    expect(received).toHaveLength(1)
  })
})

describe('a receiver that does not take it', () => {
  it('with 500 is tried again, with the same id, and nothing overtakes', async () => {
    await listen()
    await begin()
    await begin()
    answer = says(500)
    expect(await send()).toBe(0)
    expect(received).toHaveLength(1)
    expect(await only()).toMatchObject({
      state: 'on',
      waiting: 2,
      failingSince: expect.any(String),
      deliveries: [{ state: 'waiting', attempts: 1, status: 500, failure: 'refused' }],
    })
    expect(await sendDueWebhooks(app.services), 'waits before it tries again').toBe(0)
    answer = says(200)
    expect(await send()).toBe(2)
    expect(received[1]?.id).toBe(received[0]?.id)
    expect(await only()).toMatchObject({ waiting: 0, failingSince: null })
    expect((await only()).deliveries.map(({ attempts }) => attempts)).toEqual([1, 2])
  })

  it('that waits longer each time, and for days, is asked no more until somebody says so; nothing is lost', async () => {
    const { webhookId } = await listen()
    await begin()
    answer = says(503)
    const pauses: number[] = []
    for (let attempt = 0; attempt < 6; attempt++) {
      await send()
      const [row] = await rows(sql<{ s: number }>`select extract(epoch from due_at - now())::int as s from webhook`)
      pauses.push(row?.s ?? 0)
    }
    expect(pauses.map((seconds) => Math.round(seconds / 20))).toEqual([1, 4, 16, 64, 180, 180])
    await rows(sql`update webhook set failing_since = now() - interval '73 hours'`)
    await send()
    expect(await only()).toMatchObject({ state: 'stopped', waiting: 1 })
    const { webhooks } = await ask<{ webhooks: unknown[] }>('health.overview', {})
    expect(webhooks).toMatchObject([{ webhookId, name: 'Warehouse', state: 'stopped', lastFailure: 'HTTP 503' }])
    await begin()
    const before = received.length
    expect(await send()).toBe(0)
    expect(received).toHaveLength(before)
    const trail = await rows(sql<{ type: string }>`select type from event where type = 'webhook.stopped'`)
    expect(trail).toHaveLength(1)
    answer = says(200)
    await ask('systems.webhooks.change', { webhookId, on: true })
    expect(await send()).toBe(2)
  })

  it('that says it is gone is asked no more; what it missed can be left out', async () => {
    const { webhookId } = await listen()
    await begin()
    answer = says(410)
    await send()
    expect(await only()).toMatchObject({ state: 'stopped', deliveries: [{ status: 410 }] })
    await begin()
    answer = says(200)
    await ask('systems.webhooks.change', { webhookId, on: true, skipWaiting: true })
    expect(await only()).toMatchObject({ state: 'on', waiting: 0, deliveries: [{ state: 'skipped' }] })
    expect(await send()).toBe(0)
    await begin()
    expect(await send()).toBe(1)
  })

  it('is tried again when nobody listens there, or the line is cut', async () => {
    await listen({ url: 'http://127.0.0.1:9/' })
    await listen({ url: url('cut') })
    answer = (_, response) => response.destroy()
    await begin()
    expect(await send()).toBe(0)
    for (const { state, deliveries } of await list()) {
      expect(state).toBe('on')
      expect(deliveries).toMatchObject([{ state: 'waiting', status: null, failure: expect.any(String) }])
    }
  })

  it('in a private place that the operator did not allow is never reached', async () => {
    await listen({ url: 'http://192.168.7.7/hook' })
    await begin()
    await send()
    expect(await only()).toMatchObject({ state: 'stopped', deliveries: [{ failure: 'forbidden-address' }] })
    for (const bad of ['https://me:secret@example.org/', 'ftp://example.org/', 'nowhere'])
      expect((await call('systems.webhooks.create', { name: 'x', url: bad, types: ['person.begun'] })).status).toBe(400)
  })

  it('and is slow holds up no other', async () => {
    await listen({ url: url('slow') })
    await listen({ url: url('quick') })
    await begin()
    const order: string[] = []
    answer = (_, response) => {
      const path = response.req.url ?? ''
      setTimeout(() => response.writeHead(204).end(() => order.push(path)), path === '/slow' ? 400 : 0)
    }
    expect(await send()).toBe(2)
    expect(order).toEqual(['/quick', '/slow'])
  })
})

describe('a worker', () => {
  it('that died while sending leaves the message to the next one, which sends it again with the same id', async () => {
    await listen()
    await begin()
    const stopping = new AbortController()
    let arrived = () => {}
    const first = new Promise<void>((resolve) => {
      arrived = resolve
    })
    // It arrives, and the worker ends before the answer does.
    answer = () => arrived()
    const running = webhookLoop.run(app.services, stopping.signal)
    await first
    stopping.abort()
    await running
    expect(await sendDueWebhooks(app.services), 'the lease still stands').toBe(0)
    answer = says(204)
    expect(await send()).toBe(1)
    expect(received.map(({ id }) => id)).toEqual([received[0]?.id, received[0]?.id])
  })

  it('sends by itself what happens, one message at a time, also beside another worker', async () => {
    await listen()
    const stopping = new AbortController()
    const workers = [1, 2].map(() => webhookLoop.run(app.services, stopping.signal))
    let open = 0
    answer = (_, response) => {
      expect(++open).toBe(1)
      setTimeout(() => {
        open--
        response.writeHead(204).end()
      }, 20)
    }
    for (let person = 0; person < 5; person++) await begin()
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(5)
    await expect.poll(async () => (await only()).waiting, { timeout: 20_000 }).toBe(0)
    stopping.abort()
    await Promise.all(workers)
    expect(new Set(received.map(({ id }) => id)).size).toBe(5)
  })

  it('whose answer comes after the address was changed counts for nothing: the new one is told', async () => {
    const { webhookId } = await listen({ url: url('old') })
    await begin()
    let release = () => {}
    const asked = new Promise<void>((resolve) => {
      answer = (_, response) => {
        release = () => void response.writeHead(204).end()
        resolve()
      }
    })
    const sending = send()
    await asked
    const { secret } = await ask<{ secret: string }>('systems.webhooks.change', { webhookId, url: url('new') })
    expect(secret).toMatch(/^whsec_/)
    release()
    await sending
    answer = says(204)
    expect(await send()).toBe(1)
    expect(received).toHaveLength(2)
  })
})

describe('whoever looks after it', () => {
  it('is an administrator; sends a test at once, and sees what was answered', async () => {
    const { webhookId } = await listen()
    for (const path of ['list', 'test', 'remove', 'renewSecret'])
      expect((await call(`systems.webhooks.${path}`, { webhookId }, agent)).status).toBe(403)
    const test = () => ask('systems.webhooks.test', { webhookId })
    expect(await test()).toEqual({ ok: true, status: 204, failure: null })
    expect(received[0]?.told.type).toBe('webhook.test')
    answer = says(404)
    expect(await test()).toEqual({ ok: false, status: 404, failure: 'refused' })
  })

  it('sees a secret once, renews it, and has at most ten of them', async () => {
    const { webhookId, secret } = await listen()
    expect(JSON.stringify(await list())).not.toContain('whsec_')
    const renewed = await ask<{ secret: string }>('systems.webhooks.renewSecret', { webhookId })
    expect(renewed.secret).not.toBe(secret)
    await begin()
    await send()
    const { id, headers, body } = received[0] as Received
    const seconds = Number(headers['webhook-timestamp'])
    expect(headers['webhook-signature']).toBe(webhookSignature(renewed.secret, id, seconds, body))
    const makes = await Promise.all(
      Array.from({ length: 11 }, () =>
        call('systems.webhooks.create', { name: 'x', url: url(), types: ['link.made'] }),
      ),
    )
    expect(makes.map(({ status }) => status).toSorted()).toEqual([...Array(9).fill(200), 409, 409])
  })

  it('switches it off and on, and removes it', async () => {
    const { webhookId } = await listen()
    await ask('systems.webhooks.change', { webhookId, on: false })
    await begin()
    expect(await send()).toBe(0)
    await ask('systems.webhooks.change', { webhookId, on: true })
    expect(await send()).toBe(1)
    await ask('systems.webhooks.remove', { webhookId })
    expect(await list()).toEqual([])
    expect((await call('systems.webhooks.remove', { webhookId })).status).toBe(404)
  })

  it('finds what became of messages for some weeks', async () => {
    await listen()
    await begin()
    await send()
    await inWorkspace((tx) => forgetDeliveries(tx, new Date(Date.now() + 29 * 86_400_000)))
    expect((await only()).deliveries).toHaveLength(1)
    await inWorkspace((tx) => forgetDeliveries(tx, new Date(Date.now() + 31 * 86_400_000)))
    expect((await only()).deliveries).toEqual([])
  })
})

it('what waits is counted by an index, and so is what is shown and forgotten', async () => {
  const { workspaceId } = app.workspace
  const plans = await explain({ inWorkspace }, [
    [
      sql`select from event where workspace_id = ${workspaceId} and type = any(array['persons.merged']) and position > 5 limit 9`,
      '(event_type|event_pkey)',
    ],
    [
      sql`select * from webhook_delivery where workspace_id = ${workspaceId} and webhook_id = ${workspaceId}
        order by last_at desc limit 20`,
      'webhook_delivery_newest',
    ],
    [
      sql`select event_id from webhook_delivery where workspace_id = ${workspaceId} and last_at < now() order by last_at limit 9`,
      'webhook_delivery_oldest',
    ],
  ])
  for (const { usesIndex, plan } of plans) expect(usesIndex, plan).toBe(true)
})
