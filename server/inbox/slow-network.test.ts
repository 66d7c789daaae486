import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './testing/desk.ts'

const SLOW_MS = 1_000
const ACCOUNT = '/xrpc/'
const DELETE = 'com.atproto.repo.deleteRecord'
const FEED = '/rss.xml'
const credentials = { identifier: 'nordwind.test', appPassword: 'twin-nordwind-2222' }

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
afterEach(() => desk.twin.control.clearFaults())

/** Transactions that the application has open at this moment. */
async function openTransactions(): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from pg_stat_activity
    where datname = current_database() and application_name = 'rapport' and xact_start is not null
      and pid <> pg_backend_pid()`.execute(desk.services.database.system)
  return rows[0]?.open ?? 0
}

/** Calls while the network takes its time, and says how many transactions were open while it did. */
async function whileSlow(path: string, call: () => Promise<{ status: number }>, meanwhile = async () => {}) {
  const before = desk.twin.faults.met()
  desk.twin.control.fault({ kind: 'slow', path, delayMs: SLOW_MS })
  const answered = call()
  await expect.poll(() => desk.twin.faults.met(), { interval: 5, timeout: SLOW_MS }).toBe(before + 1)
  const open = await openTransactions()
  await meanwhile()
  return { open, status: (await answered).status }
}

const owner = () => desk.app.workspace.owner
const feed = () => ({ network: 'feed', settings: { address: desk.twin.urls.feed('netzgeplauder', 'rss.xml') } })

async function sentDelivery(text: string): Promise<string> {
  const input = { sourceId: desk.sourceId, text, undoSeconds: 0 }
  const { deliveryId } = await desk.ask<{ deliveryId: string }>('publishing.deliveries.create', input, desk.lead)
  await desk.deliver()
  return deliveryId
}

describe('a network that takes its time', () => {
  it('is measured by a question that does see an open transaction', async () => {
    expect(await desk.inWorkspace(() => openTransactions())).toBe(1)
  })

  it('holds no transaction while a source is tried', async () => {
    expect(await whileSlow(FEED, () => desk.tell('listening.sources.check', feed(), owner()))).toEqual({
      open: 0,
      status: 200,
    })
  })

  it('holds no transaction while a source is made, which is there afterwards', async () => {
    const made = await whileSlow(FEED, () => desk.tell('listening.sources.create', feed(), owner()))
    expect(made).toEqual({ open: 0, status: 200 })
    const networks = await desk.rows(sql<{ network: string }>`select network from source order by created_at`)
    expect(networks).toEqual([{ network: 'bluesky' }, { network: 'feed' }])
  })

  it('holds no transaction while new credentials are tried, and a pause made meanwhile stays', async () => {
    const { sourceId } = desk
    const renewed = await whileSlow(
      ACCOUNT,
      () => desk.tell('listening.sources.update', { sourceId, credentials, name: 'Renewed' }, owner()),
      () => desk.ask('listening.sources.pause', { sourceId }),
    )
    expect(renewed).toEqual({ open: 0, status: 200 })
    const source = await desk.ask<{ state: string; name: string }>('listening.sources.get', { sourceId })
    expect(source).toMatchObject({ state: 'paused', name: 'Renewed' })
    await desk.ask('listening.sources.resume', { sourceId })
  })

  it('holds no transaction while a post is taken off it', async () => {
    const deliveryId = await sentDelivery('Too loud')
    const input = { deliveryId, reason: 'it was too loud' }
    expect(await whileSlow(DELETE, () => desk.tell('publishing.deliveries.remove', input, desk.lead))).toEqual({
      open: 0,
      status: 200,
    })
    expect(desk.published()).not.toContain('Too loud')
  })

  it('holds no transaction while an invitation is mailed, which stands although the mail server hangs up', async () => {
    const met = Promise.withResolvers<Socket>()
    const mailServer = createServer((socket) => met.resolve(socket)).listen(0, '127.0.0.1')
    await once(mailServer, 'listening')
    const { port } = mailServer.address() as AddressInfo
    const settings = { host: '127.0.0.1', port, security: 'none', user: '', from: 'desk@example.org' }
    await desk.ask('accounts.installation.updateMail', settings)
    const invited = desk.tell('accounts.members.invite', { email: 'nele@example.org', role: 'agent' }, owner())
    const socket = await met.promise
    expect(await openTransactions()).toBe(0)
    socket.destroy()
    expect(await invited).toMatchObject({ status: 200, body: { mailed: false, link: expect.any(String) } })
    mailServer.close()
  })

  it('is told once in the trail when two people take the same post off it', async () => {
    const deliveryId = await sentDelivery('Twice regretted')
    desk.twin.control.fault({ kind: 'slow', path: DELETE, delayMs: 200, times: 2 })
    const remove = (reason: string) => desk.ask('publishing.deliveries.remove', { deliveryId, reason }, desk.lead)
    await Promise.all([remove('the first reason'), remove('the second reason')])
    const events = await desk.rows(sql`select from event where type = 'delivery.removed'
      and subjects ->> 'deliveryId' = ${deliveryId}`)
    expect(events).toHaveLength(1)
  })

  it('leaves a post as sent when it refuses to take it off', async () => {
    const deliveryId = await sentDelivery('Here to stay')
    desk.twin.control.fault({ kind: 'server-error', path: DELETE, times: 10 })
    const answer = await desk.tell('publishing.deliveries.remove', { deliveryId, reason: 'it was wrong' }, desk.lead)
    expect(answer).toMatchObject({ status: 502, body: { data: { code: 'removal-failed' } } })
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'sent', removedAt: null })
  })
})

describe('a caller without the permission', () => {
  const refused = async (path: string, procedure: string, input: unknown) => {
    const before = desk.twin.faults.met()
    desk.twin.control.fault({ kind: 'slow', path, delayMs: 0, times: 100 })
    const { status } = await desk.tell(procedure, input, desk.anna)
    return { status, asked: desk.twin.faults.met() - before }
  }

  it('is refused before the network is asked', async () => {
    const deliveryId = await sentDelivery('Not hers to remove')
    const no = { status: 403, asked: 0 }
    expect(await refused('/', 'listening.sources.check', feed())).toEqual(no)
    expect(await refused('/', 'listening.sources.create', feed())).toEqual(no)
    expect(await refused('/', 'listening.sources.update', { sourceId: desk.sourceId, credentials })).toEqual(no)
    expect(await refused('/', 'publishing.deliveries.remove', { deliveryId, reason: 'because' })).toEqual(no)
  })

  it('of another workspace finds neither the source nor the delivery, and no network is asked', async () => {
    const deliveryId = await sentDelivery('Ours alone')
    const elsewhere = await desk.app.createWorkspace('Elsewhere')
    const before = desk.twin.faults.met()
    desk.twin.control.fault({ kind: 'slow', path: '/', delayMs: 0, times: 100 })
    const as = { cookie: elsewhere.owner.cookie, workspaceId: elsewhere.workspaceId }
    const update = { sourceId: desk.sourceId, credentials }
    expect((await desk.app.call('listening.sources.update', update, as)).status).toBe(404)
    const removal = { deliveryId, reason: 'not ours' }
    expect((await desk.app.call('publishing.deliveries.remove', removal, as)).status).toBe(404)
    expect(desk.twin.faults.met()).toBe(before)
  })
})
