import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import type { Database, Sql, WorkspaceTransaction } from './database.ts'
import { DueWorkspaces } from './due-workspaces.ts'
import { readEvents, type StoredEvent } from './event-log.ts'
import { EVENTS_CHANNEL, SYSTEM } from './events.ts'
import { listen } from './listen.ts'
import type { Log } from './log.ts'

/** Events read at a time; those of other types count too. */
const BATCH_MAX = 200
/** What a lost NOTIFY, a new workspace or a due retry waits at most. */
const POLL_MS = 2_000
/** Workspaces worked on at once by a process. Inside a workspace the subscribers take turns, in their order. */
const LANES = 4
const RETRY_MS_MIN = 1_000
const RETRY_MS_MAX = 5 * 60_000
const ERROR_CHARACTERS_MAX = 500
const OUTAGE_PAUSE_MS = 1_000
/** A test that publishes for ever has a loop between subscribers. */
const DRAIN_ROUNDS_MAX = 1_000

/**
 * Someone who must not miss an event. `handle` gets the events of its types, oldest first, in one transaction with the
 * move of its cursor: what it writes happens exactly once. What it does outside the database may happen again.
 * An error is retried with back-off and holds up this subscriber in this workspace, nobody else.
 */
export interface Subscription {
  /** Names the cursor: rename it and it begins again. */
  name: string
  types: readonly string[]
  handle(transaction: WorkspaceTransaction, events: StoredEvent[]): Promise<void>
}

export interface SubscriptionOptions {
  database: Database
  subscriptions: readonly Subscription[]
  clock: Clock
  log: Log
  signal: AbortSignal
  /** How often to look for what no commit announced. */
  pollMs?: number
}

/** Where a subscriber lags behind, in one workspace. */
export interface Lag {
  workspaceId: string
  subscriber: string
  pending: number
  /** Failed in a row; 0 when all is well. */
  attempts: number
  retryAt: Date | null
  lastError: string | null
}

/** Runs until the signal aborts, and finishes the transactions that it is in. Any number of processes may run it. */
export async function runSubscriptions(options: SubscriptionOptions): Promise<void> {
  const { database, subscriptions, log, signal } = options
  if (subscriptions.length === 0) return
  const names = subscriptions.map((subscription) => subscription.name)
  const due = new DueWorkspaces(signal)
  const poll = async () => {
    const now = options.clock.now()
    for (const lag of await readLags(database.system, names))
      if (!lag.retryAt || lag.retryAt <= now) due.add(lag.workspaceId)
  }
  const pollAgainAndAgain = async () => {
    while (!signal.aborted) {
      await survive(log, signal, poll)
      await delay(options.pollMs ?? POLL_MS, undefined, { signal }).catch(() => {})
    }
  }
  const lane = async () => {
    for (let workspaceId = await due.take(); workspaceId; workspaceId = await due.take()) {
      const taken = workspaceId
      await survive(log, signal, () => catchUp(options, taken))
      due.release(taken)
    }
  }
  await Promise.all([
    listen({
      database,
      channels: [EVENTS_CHANNEL],
      onMessage: (_, workspaceId) => due.add(workspaceId),
      onConnected: () => void survive(log, signal, poll),
      log,
      signal,
    }),
    pollAgainAndAgain(),
    ...Array.from({ length: LANES }, lane),
  ])
}

/** For tests: handles everything that is pending now, and what follows from it. Throws what a subscriber throws. */
export async function drainSubscriptions(
  database: Database,
  subscriptions: readonly Subscription[],
  clock: Clock = systemClock,
): Promise<void> {
  const names = subscriptions.map((subscription) => subscription.name)
  for (let round = 0; round < DRAIN_ROUNDS_MAX; round++) {
    const lags = await readLags(database.system, names)
    if (lags.length === 0) return
    for (const lag of lags) {
      const subscription = subscriptions.find(({ name }) => name === lag.subscriber)
      if (subscription) await advance(database, subscription, lag.workspaceId, clock)
    }
  }
  throw new Error(`subscribers still had events after ${DRAIN_ROUNDS_MAX} rounds: they seem to answer each other`)
}

/** Everyone who has something before them, over all workspaces. */
export async function readLags(system: Sql, names: readonly string[]): Promise<Lag[]> {
  const { rows } = await sql<{
    workspace_id: string
    subscriber: string
    pending: string
    attempts: number
    retry_at: Date | null
    last_error: string | null
  }>`
    select * from system.pending_subscriptions(${[...names]}::text[])`.execute(system)
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    subscriber: row.subscriber,
    pending: Number(row.pending),
    attempts: row.attempts,
    retryAt: row.retry_at,
    lastError: row.last_error,
  }))
}

/** All subscribers of a workspace, one after the other, until each has nothing left, waits, or is in other hands. */
async function catchUp(
  { database, subscriptions, clock, log, signal }: SubscriptionOptions,
  workspaceId: string,
): Promise<void> {
  for (const subscription of subscriptions) {
    try {
      while (!signal.aborted && (await advance(database, subscription, workspaceId, clock)) === 'moved');
    } catch (error) {
      const attempts = await recordFailure(database, subscription, workspaceId, clock, error)
      log.error(
        { err: error, subscriber: subscription.name, workspaceId, attempts },
        'subscriber failed, will be tried again',
      )
    }
  }
}

/** One batch of one subscriber. 'idle': nothing to do, not yet to be retried, or another process is at it. */
async function advance(
  database: Database,
  subscription: Subscription,
  workspaceId: string,
  clock: Clock,
): Promise<'moved' | 'idle'> {
  return database.inWorkspace(workspaceId, SYSTEM, async (transaction) => {
    const position = await lockCursor(transaction, subscription.name, clock.now())
    if (position === null) return 'idle'
    const events = await readEvents(transaction, position, BATCH_MAX)
    const last = events.at(-1)
    if (!last) return 'idle'
    const wanted = events.filter((event) => subscription.types.includes(event.type))
    if (wanted.length > 0) await subscription.handle(transaction, wanted)
    await transaction.sql
      .updateTable('subscription')
      .set({ position: last.position, attempts: 0, retry_at: null, last_error: null })
      .where('workspace_id', '=', workspaceId)
      .where('subscriber', '=', subscription.name)
      .execute()
    return 'moved'
  })
}

async function lockCursor(transaction: WorkspaceTransaction, name: string, now: Date): Promise<string | null> {
  const { workspaceId } = transaction
  const select = () =>
    transaction.sql
      .selectFrom('subscription')
      .select(['position', 'retry_at'])
      .where('workspace_id', '=', workspaceId)
      .where('subscriber', '=', name)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
  let row = await select()
  if (!row) {
    // Either another process holds it, or it does not exist yet.
    await transaction.sql
      .insertInto('subscription')
      .values({ workspace_id: workspaceId, subscriber: name })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    row = await select()
  }
  return row && (!row.retry_at || row.retry_at <= now) ? row.position : null
}

/** In a transaction of its own, as the failed one took everything back. Returns how often it failed in a row. */
async function recordFailure(
  database: Database,
  subscription: Subscription,
  workspaceId: string,
  clock: Clock,
  error: unknown,
): Promise<number> {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, ERROR_CHARACTERS_MAX)
  return database.inWorkspace(workspaceId, SYSTEM, async (transaction) => {
    const { rows } = await sql<{ attempts: number }>`
      insert into subscription as s (workspace_id, subscriber, attempts, last_error) values (${workspaceId}, ${subscription.name}, 1, ${message})
      on conflict (workspace_id, subscriber) do update set attempts = least(s.attempts + 1, 1000000), last_error = ${message}
      returning attempts`.execute(transaction.sql)
    const attempts = rows[0]?.attempts ?? 1
    await transaction.sql
      .updateTable('subscription')
      .set({ retry_at: new Date(clock.now().getTime() + retryDelayMs(attempts)) })
      .where('workspace_id', '=', workspaceId)
      .where('subscriber', '=', subscription.name)
      .execute()
    return attempts
  })
}

export const retryDelayMs = (attempts: number): number =>
  Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(attempts - 1, 20))

/** The database may be away for a while; nothing is lost meanwhile, so say it and go on. */
async function survive(log: Log, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (signal.aborted) return
    log.error({ err: error }, 'could not work on subscriptions')
    await delay(OUTAGE_PAUSE_MS, undefined, { signal }).catch(() => {})
  }
}
