import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Permission } from '../../contract/permissions.ts'
import { isKnownError } from './errors.ts'
import { type NewEvent, SYSTEM } from './events.ts'
import { newId } from './ids.ts'
import { type Live, mountLive, openLive, sendSignal } from './live.ts'
import { createLog } from './log.ts'
import type { HttpApp, HttpVariables } from './module.ts'
import type { Caller } from './procedures.ts'
import { createTestDatabase, queryAsAdmin, type TestDatabase } from './testing/database.ts'

interface Message {
  id: string | undefined
  event: string | undefined
  data: string
}

const CONVERSATION = newId()
let db: TestDatabase
let live: Live
let url: string
let stopping: AbortController
/** What the caller may do now; null: signed out. */
let permissions: Set<Permission> | null
const closing: (() => void | Promise<void>)[] = []

const PERMISSION_OF: Record<string, Permission> = {
  'conversation.opened': 'inbox.read',
  'member.invited': 'members.manage',
}

beforeEach(async () => {
  db = await createTestDatabase()
  stopping = new AbortController()
  permissions = new Set(['workspace.read', 'inbox.read'])
  live = openLive({
    database: db.database,
    log: createLog('silent'),
    permissionOf: (type) => PERMISSION_OF[type] ?? null,
    callerOf: async (_headers, _address, workspace) => callerIn(workspace),
    signal: stopping.signal,
    recheckMs: 100,
  })
  const app: HttpApp = new Hono<HttpVariables>()
  mountLive(app, live)
  app.onError((error, context) => context.text(error.message, isKnownError(error) ? 418 : 500))
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`
  closing.push(() => new Promise((resolve) => void server.close(() => resolve())))
})

afterEach(async () => {
  stopping.abort()
  for (const close of closing.splice(0).reverse()) await close()
  await db.close()
})

const callerIn = (workspaceId: string): Caller | null =>
  permissions && {
    userId: 'user',
    installationAdmin: false,
    provedSecondFactor: false,
    workspace: { workspaceId, memberId: null, role: null, permissions: new Set(permissions), actor: SYSTEM },
  }

const record = (type: string, count = 1, workspaceId = db.workspaceId) =>
  db.database.inWorkspace(workspaceId, SYSTEM, async (transaction) => {
    for (let index = 0; index < count; index++)
      transaction.record({
        type,
        subjects: { conversationId: CONVERSATION },
        content: { name: 'Ada' },
      } satisfies NewEvent)
  })

/** Reads the stream as a browser does. */
async function watch(query = '', headers: Record<string, string> = {}) {
  const abort = new AbortController()
  closing.push(() => abort.abort())
  const response = await fetch(`${url}?workspace=${db.workspaceId}${query}`, { headers, signal: abort.signal })
  expect(response.status).toBe(200)
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let buffer = ''
  const next = async (): Promise<Message | null> => {
    for (;;) {
      const end = buffer.indexOf('\n\n')
      if (end >= 0) {
        const lines = buffer.slice(0, end).split('\n')
        buffer = buffer.slice(end + 2)
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
        return { id: field('id'), event: field('event'), data: field('data') ?? '' }
      }
      const { done, value } = await reader.read()
      if (done) return null
      buffer += decoder.decode(value, { stream: true })
    }
  }
  return { next, leave: () => abort.abort() }
}

test('a fresh stream says where it stands, then what happens, without content', async () => {
  await record('conversation.opened')
  const { next } = await watch()
  expect(await next()).toEqual({ id: '1', event: 'position', data: '1' })
  await record('conversation.opened')
  const message = await next()
  expect(message).toMatchObject({ id: '2', event: 'event' })
  expect(JSON.parse(message?.data ?? '')).toEqual({
    position: '2',
    type: 'conversation.opened',
    subjects: { conversationId: CONVERSATION },
    codes: {},
    actorKind: 'system',
    actorId: null,
  })
})

test('sends only types that the caller may see, and nothing of another workspace', async () => {
  const { next } = await watch()
  await next()
  const other = await db.createWorkspace()
  await record('conversation.opened', 1, other)
  await record('member.invited')
  await record('nobody.knows')
  await record('conversation.opened')
  expect(await next()).toMatchObject({ id: '3', event: 'event' })
})

test('goes on after the position that the browser knows, by header or by address', async () => {
  await record('conversation.opened', 5)
  for (const stream of [await watch('', { 'last-event-id': '3' }), await watch('&after=3')]) {
    expect(await stream.next()).toMatchObject({ event: 'position', data: '3' })
    expect((await stream.next())?.id).toBe('4')
    expect((await stream.next())?.id).toBe('5')
  }
})

test.each(['99', 'not-a-number', '-1'])(
  'a position that was never given out (%s) makes the browser load anew',
  async (after) => {
    await record('conversation.opened', 2)
    const { next } = await watch(`&after=${after}`)
    expect(await next()).toMatchObject({ event: 'reset', data: '2' })
    await record('conversation.opened')
    expect((await next())?.id).toBe('3')
  },
)

test('who missed more than the limit loads anew', async () => {
  await record('conversation.opened', 1_100)
  const { next } = await watch('&after=10')
  expect(await next()).toMatchObject({ event: 'position' })
  expect(await next()).toMatchObject({ event: 'reset', data: '1100' })
})

test('a reader that stalls costs nothing while others go on, and loads anew when it wakes', async () => {
  const stalled = await watch()
  const quick = await watch()
  await stalled.next()
  await quick.next()
  // Far more than the buffers of the connection hold.
  for (let batch = 0; batch < 60; batch++) {
    await record('conversation.opened', 500)
    for (let read = 0; read < 500; ) if ((await quick.next())?.event === 'event') read++
  }
  let message = await stalled.next()
  let read = 0
  for (; message?.event === 'event'; message = await stalled.next()) read++
  expect(read).toBeLessThan(30_000)
  expect(message).toMatchObject({ event: 'reset', data: '30000' })
})

test('signals reach those who may see them, when the transaction commits', async () => {
  const { next } = await watch()
  await next()
  // Signals are not kept: none may go out before somebody listens, which the arrival of an event proves.
  await record('conversation.opened')
  expect((await next())?.event).toBe('event')
  const send = (permission: Permission, kind: string) =>
    db.database.inWorkspace(db.workspaceId, SYSTEM, (transaction) =>
      sendSignal(transaction, { kind, permission, subjects: { memberId: 'm' } }),
    )
  await send('members.manage', 'hidden')
  await expect(
    db.database.inWorkspace(db.workspaceId, SYSTEM, async (transaction) => {
      await sendSignal(transaction, { kind: 'taken-back', permission: 'inbox.read', subjects: {} })
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  await send('inbox.read', 'typing')
  expect(await next()).toEqual({
    id: undefined,
    event: 'signal',
    data: JSON.stringify({ kind: 'typing', subjects: { memberId: 'm' } }),
  })
})

test('ends soon after the session does', async () => {
  const { next } = await watch()
  await next()
  permissions = null
  expect(await next()).toMatchObject({ event: 'end', data: 'signed-out' })
  expect(await next()).toBeNull()
  expect(live.connectionCount).toBe(0)
})

test('a permission taken away no longer shows its events', async () => {
  const { next } = await watch()
  await next()
  permissions = new Set(['workspace.read', 'members.manage'])
  await delay(300)
  await record('conversation.opened')
  await record('member.invited')
  expect(await next()).toMatchObject({ id: '2' })
})

test('refuses strangers, and the twenty-first connection of one caller', async () => {
  for (let count = 0; count < 20; count++) await watch()
  const again = await fetch(`${url}?workspace=${db.workspaceId}`)
  expect([again.status, await again.text()]).toEqual([418, 'too-many-live-connections'])
  permissions = null
  const stranger = await fetch(`${url}?workspace=${db.workspaceId}`)
  expect([stranger.status, await stranger.text()]).toEqual([418, 'sign-in-first'])
})

test('a reader that leaves is forgotten, and stopping ends the others', async () => {
  const leaving = await watch()
  const staying = await watch()
  await staying.next()
  leaving.leave()
  await expect.poll(() => live.connectionCount).toBe(1)
  stopping.abort()
  expect(await staying.next()).toMatchObject({ event: 'end', data: 'stopping' })
})

test('when PostgreSQL ends the listening connection, nothing is missed', async () => {
  const { next } = await watch()
  await next()
  await queryAsAdmin(
    db.admin,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'`,
  )
  await record('conversation.opened')
  expect(await next()).toMatchObject({ id: '1', event: 'event' })
})

test('a hundred commits are each on the other screen', async () => {
  const { next } = await watch()
  await next()
  for (let count = 0; count < 100; count++) {
    await record('conversation.opened')
    expect(await next()).toMatchObject({ event: 'event' })
  }
})
