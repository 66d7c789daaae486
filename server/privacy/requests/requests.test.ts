import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { requestErasure } from '../index.ts'
import { dueAt, extendedDueAt } from './deadline.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())

const mine = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const call = (path: string, input: unknown) => app.call(`privacy.requests.${path}`, input, mine())
const code = (answer: { body: unknown }) => (answer.body as { data?: { code?: string } }).data?.code
const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const create = async (change: Record<string, unknown> = {}) => {
  const asked = { kind: 'access', requester: 'Frieda', channel: 'mail', language: 'de', receivedAt: new Date() }
  return ((await call('create', { ...asked, ...change })).body as { requestId: string }).requestId
}
const read = async (requestId: string) => (await call('get', { requestId })).body as { log: { what: string }[] }

describe('the deadline', () => {
  it.each([
    ['2026-01-15T10:00:00Z', '2026-02-15T22:59:59.000Z', '2026-04-15T21:59:59.000Z'],
    ['2026-01-31T10:00:00Z', '2026-02-28T22:59:59.000Z', '2026-04-30T21:59:59.000Z'],
    ['2027-11-30T23:30:00Z', '2028-01-01T22:59:59.000Z', '2028-03-01T22:59:59.000Z'],
  ])(
    'of what came at %s ends with the whole day a month later, where the workspace is',
    async (came, due, extended) => {
      expect((await inWorkspace((tx) => dueAt(tx, new Date(came)))).toISOString()).toBe(due)
      expect((await inWorkspace((tx) => extendedDueAt(tx, new Date(came)))).toISOString()).toBe(extended)
    },
  )
})

describe('a request', () => {
  it('is fulfilled only once it is certain who asked, and logs every step', async () => {
    const requestId = await create()
    expect(code(await call('close', { requestId, outcome: 'fulfilled', reason: 'sent' }))).toBe('identity-unconfirmed')
    await call('change', { requestId, identity: { confirmed: true, how: 'rang back' } })
    await call('change', { requestId, assignedMemberId: app.workspace.owner.memberId, note: 'is in a hurry' })
    expect((await call('close', { requestId, outcome: 'fulfilled', reason: 'sent' })).status).toBe(200)
    const request = await read(requestId)
    expect(request).toMatchObject({ state: 'closed', outcome: 'fulfilled', overdue: false })
    expect(request.log.map(({ what }) => what)).toEqual([
      'received',
      'identity-confirmed',
      'assigned',
      'noted',
      'closed',
    ])
    expect(code(await call('change', { requestId, note: 'late' }))).toBe('request-closed')
  })

  it('is extended once, for a reason, and not after the month is over', async () => {
    const requestId = await create()
    expect((await call('change', { requestId, extension: { reason: ' ' } })).status).toBe(400)
    await call('change', { requestId, extension: { reason: 'many accounts' } })
    expect(code(await call('change', { requestId, extension: { reason: 'again' } }))).toBe('request-extended')
    const late = await create({ receivedAt: new Date(Date.now() - 40 * 86_400_000) })
    expect(await read(late)).toMatchObject({ overdue: true })
    expect(code(await call('change', { requestId: late, extension: { reason: 'too late' } }))).toBe('request-overdue')
  })

  it('cannot have come tomorrow, and stands first when it is overdue', async () => {
    const tomorrow = await call('create', {
      ...{ kind: 'erasure', requester: 'F', channel: 'phone', language: 'nl' },
      receivedAt: new Date(Date.now() + 86_400_000),
    })
    expect(code(tomorrow)).toBe('received-in-future')
    const { items } = (await call('list', { state: 'open' })).body as { items: { overdue: boolean }[] }
    expect(items[0]?.overdue).toBe(true)
  })

  it('of the portal is certain who asked, and asked twice at once it is one', async () => {
    const personId = newId()
    await inWorkspace((tx) =>
      sql`insert into person (workspace_id, person_id, current_id, name, name_key, began_because, created_by_kind)
        values (${tx.workspaceId}, ${personId}, ${personId}, 'Paula', 'paula', 'wrote-to-us', 'system')`.execute(
        tx.sql,
      ),
    )
    const via = { channel: 'portal', language: 'nl' } as const
    const [one, two] = await Promise.all(
      [1, 2].map(() => inWorkspace((tx) => requestErasure(tx, personId, via, new Date()))),
    )
    expect(one).toBe(two)
    expect(await read(one ?? '')).toMatchObject({ kind: 'erasure', identity: 'confirmed', person: { name: 'Paula' } })
  })

  it('is nobody else’s business', async () => {
    const requestId = await create()
    const lead = await app.join(app.workspace.workspaceId, 'lead', 'Lea Lind')
    const asLead = { cookie: lead.cookie, workspaceId: app.workspace.workspaceId }
    expect((await app.call('privacy.requests.get', { requestId }, asLead)).status).toBe(403)
    const other = await app.createWorkspace('Südwind')
    const theirs = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    expect((await app.call('privacy.requests.get', { requestId }, theirs)).status).toBe(404)
  })
})
