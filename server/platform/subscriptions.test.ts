import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clock, systemClock } from './clock.ts'
import { openDatabase } from './database.ts'
import { type NewEvent, SYSTEM } from './events.ts'
import { createLog } from './log.ts'
import { drainSubscriptions, readLags, retryDelayMs, runSubscriptions, type Subscription } from './subscriptions.ts'
import { createTestDatabase, queryAsAdmin, type TestDatabase } from './testing/database.ts'

let db: TestDatabase
const log = createLog('silent')
const stops: (() => Promise<void>)[] = []

beforeEach(async () => {
  db = await createTestDatabase()
  await queryAsAdmin(db.admin, 'create table seen (workspace_id uuid, subscriber text, position bigint, type text)')
  await queryAsAdmin(db.admin, 'grant select, insert on seen to rapport_app')
})
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()))
  await db.close()
})

const record = (workspaceId: string, ...types: string[]) =>
  db.database.inWorkspace(workspaceId, SYSTEM, async (transaction) => {
    for (const type of types) transaction.record({ type, subjects: {} } satisfies NewEvent)
  })

/** Writes down what it was given, in the transaction that it was given. */
const witness = (name: string, types: string[], after?: () => void | Promise<void>): Subscription => ({
  name,
  types,
  handle: async (transaction, events) => {
    for (const event of events)
      await sql`insert into seen values (${transaction.workspaceId}, ${name}, ${event.position}, ${event.type})`.execute(
        transaction.sql,
      )
    await after?.()
  },
})

function start(
  subscriptions: Subscription[],
  clock: Clock = systemClock,
  { database = db.database, pollMs }: { database?: typeof db.database; pollMs?: number } = {},
): void {
  const stop = new AbortController()
  const polling = pollMs === undefined ? {} : { pollMs }
  const running = runSubscriptions({ database, subscriptions, clock, log, signal: stop.signal, ...polling })
  stops.push(async () => {
    stop.abort()
    await running
  })
}

const seen = async (subscriber: string): Promise<string[]> => {
  const rows = await queryAsAdmin<{ type: string }>(
    db.admin,
    'select type from seen where subscriber = $1 order by position',
    [subscriber],
  )
  return rows.map((row) => row.type)
}

const lagsOf = async (...names: string[]) =>
  (await readLags(db.database.system, names)).map(({ subscriber, pending, attempts, lastError }) => ({
    subscriber,
    pending,
    attempts,
    lastError,
  }))

test('a subscriber gets the events of its types, in order, each once, also those from before it existed', async () => {
  await record(db.workspaceId, 'post.heard', 'other', 'post.edited')
  start([witness('timeline', ['post.heard', 'post.edited'])])
  await expect.poll(() => seen('timeline')).toEqual(['post.heard', 'post.edited'])
  await record(db.workspaceId, 'post.heard')
  await expect.poll(() => seen('timeline')).toEqual(['post.heard', 'post.edited', 'post.heard'])
  expect(await lagsOf('timeline')).toEqual([])
})

test('a commit wakes the subscriber without waiting for the poll', async () => {
  await record(db.workspaceId, 'a')
  start([witness('woken', ['a'])], systemClock, { pollMs: 3_600_000 })
  await expect.poll(() => seen('woken')).toEqual(['a'])
  await record(db.workspaceId, 'a')
  await expect.poll(() => seen('woken'), { timeout: 20_000 }).toEqual(['a', 'a'])
})

test('a workspace that is made while the worker runs is served too', async () => {
  start([witness('timeline', ['a'])])
  const later = await db.createWorkspace('Later')
  await record(later, 'a')
  await expect.poll(() => seen('timeline')).toEqual(['a'])
})

test('a failing subscriber takes its writes back, waits longer each time, and holds up nobody else', async () => {
  let now = new Date('2026-01-01T00:00:00Z')
  let healed = false
  const broken = witness('broken', ['a'], () => {
    if (!healed) throw new Error('no such column')
  })
  start([broken, witness('sound', ['a'])], { now: () => now })
  await record(db.workspaceId, 'a')
  await expect.poll(() => seen('sound')).toEqual(['a'])
  await expect
    .poll(() => lagsOf('broken', 'sound'))
    .toEqual([{ subscriber: 'broken', pending: 1, attempts: 1, lastError: 'no such column' }])
  // Not yet due: a further event does not make it try.
  await record(db.workspaceId, 'a')
  await expect.poll(() => seen('sound')).toEqual(['a', 'a'])
  expect(await lagsOf('broken')).toMatchObject([{ attempts: 1 }])
  now = new Date(now.getTime() + retryDelayMs(1))
  await expect.poll(() => lagsOf('broken'), { timeout: 20_000 }).toMatchObject([{ attempts: 2 }])
  healed = true
  now = new Date(now.getTime() + retryDelayMs(2))
  await expect.poll(() => lagsOf('broken'), { timeout: 20_000 }).toEqual([])
  expect(await seen('broken')).toEqual(['a', 'a'])
})

test('the wait between attempts doubles and is capped at five minutes', () => {
  expect([1, 2, 3, 4].map(retryDelayMs)).toEqual([1_000, 2_000, 4_000, 8_000])
  expect(retryDelayMs(1_000_000)).toBe(300_000)
})

test('three workers and many writers: every event exactly once', async () => {
  const others = await Promise.all([db.createWorkspace(), db.createWorkspace()])
  const workspaces = [db.workspaceId, ...others]
  const second = await openDatabase(db.database.connection, 4)
  for (const database of [db.database, second, second])
    start([witness('one', ['a']), witness('two', ['a', 'b'])], systemClock, { database })
  await Promise.all(Array.from({ length: 90 }, (_, index) => record(workspaces[index % 3] as string, 'a', 'b')))
  await expect.poll(() => lagsOf('one', 'two'), { timeout: 10_000 }).toEqual([])
  expect((await seen('one')).length).toBe(90)
  expect((await seen('two')).length).toBe(180)
  const [doubles] = await queryAsAdmin<{ count: string }>(
    db.admin,
    'select count(*) - count(distinct (workspace_id, subscriber, position)) as count from seen',
  )
  expect(doubles?.count).toBe('0')
  await Promise.all(stops.splice(0).map((stop) => stop()))
  await second.close()
})

test('when PostgreSQL ends the listening connection, the worker listens again', async () => {
  start([witness('timeline', ['a'])])
  await record(db.workspaceId, 'a')
  await expect.poll(() => seen('timeline')).toEqual(['a'])
  const ended = await queryAsAdmin(
    db.admin,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'`,
  )
  expect(ended.length).toBe(1)
  await expect
    .poll(
      () =>
        queryAsAdmin(
          db.admin,
          `select from pg_stat_activity where datname = current_database() and query like 'listen%'`,
        ),
      { timeout: 20_000 },
    )
    .toHaveLength(1)
  await record(db.workspaceId, 'a')
  await expect.poll(() => seen('timeline'), { timeout: 20_000 }).toEqual(['a', 'a'])
})

test('a handler records events that other subscribers then get', async () => {
  const chain: Subscription = {
    name: 'chain',
    types: ['a'],
    handle: async (transaction, events) => {
      for (const event of events) transaction.record({ type: 'b', subjects: { cause: event.eventId } })
    },
  }
  await record(db.workspaceId, 'a', 'a')
  await drainSubscriptions(db.database, [chain, witness('end', ['b'])])
  expect(await seen('end')).toEqual(['b', 'b'])
})

test('draining throws what a subscriber throws, and refuses subscribers that answer each other for ever', async () => {
  await record(db.workspaceId, 'a')
  const failing = witness('failing', ['a'], () => {
    throw new Error('on purpose')
  })
  await expect(drainSubscriptions(db.database, [failing])).rejects.toThrow('on purpose')
  const echo: Subscription = {
    name: 'echo',
    types: ['a'],
    handle: async (transaction) => transaction.record({ type: 'a', subjects: {} }),
  }
  await expect(drainSubscriptions(db.database, [echo])).rejects.toThrow('answer each other')
})
