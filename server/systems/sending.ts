import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { readEvents, type StoredEvent } from '../platform/event-log.ts'
import { SYSTEM } from '../platform/events.ts'
import { servicesOf } from '../platform/fence.ts'
import { newId } from '../platform/ids.ts'
import type { Loop } from '../platform/module.ts'
import type { Services } from '../platform/services.ts'
import { postWebhook, type WebhookOutcome, webhookRetrySeconds } from '../platform/webhook.ts'
import { messageOf } from './message.ts'
import { secretContext } from './webhooks.ts'

/**
 * A webhook reads the trail from its position on, one event after the other: the next one is sent when the one before was
 * taken, so that a merge never arrives after its undo. A try is a lease on the webhook's row: a worker that dies while
 * sending leaves it to the next one, and the message may come twice, with the same id. Never inside a transaction.
 */
const POLL_MS = 1_000
/** Longer than a try may take: nobody sends beside it. */
const LEASE_SECONDS = 30
/** Workspaces that are sent to at once, so that a slow receiver holds nobody else up. */
const LANES = 8
const EVENTS_READ_MAX = 500
/** Messages of one webhook, or stretches that hold none, before another workspace has the lane. */
const IN_A_ROW_MAX = 50
const STOPPED_AFTER_SECONDS = 3 * 86_400
const DELIVERY_DAYS = 30
const FORGOTTEN_AT_ONCE_MAX = 5_000
const FAILURE_CHARACTERS_MAX = 200

export const webhookLoop: Loop = {
  name: 'systems.webhooks',
  async run(services, signal) {
    const busy = new Map<string, Promise<void>>()
    while (!signal.aborted) {
      const due = await dueWorkspaces(services).catch((error: unknown) => {
        services.log.error({ err: error }, 'could not look for webhooks that are due')
        return []
      })
      for (const workspaceId of due) {
        if (busy.size >= LANES || signal.aborted) break
        if (busy.has(workspaceId)) continue
        const work = sendOfWorkspace(services, workspaceId, signal)
          .catch((error: unknown) => services.log.error({ err: error, workspaceId }, 'could not send to webhooks'))
          .finally(() => busy.delete(workspaceId))
        busy.set(workspaceId, work as Promise<void>)
      }
      await delay(POLL_MS, undefined, { signal }).catch(() => {})
    }
    await Promise.all(busy.values())
  },
}

/** For tests, and for a look at once: everything that is due now. Returns how many messages were taken. */
export async function sendDueWebhooks(services: Services): Promise<number> {
  let sent = 0
  for (const workspaceId of await dueWorkspaces(services)) sent += await sendOfWorkspace(services, workspaceId)
  return sent
}

async function dueWorkspaces(services: Services): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_due_webhooks() as w(workspace_id)`.execute(services.database.system)
  return rows.map(({ workspace_id }) => workspace_id)
}

async function sendOfWorkspace(services: Services, workspaceId: string, signal?: AbortSignal): Promise<number> {
  const webhookIds = await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const { rows } = await sql<{ webhook_id: string }>`
      select webhook_id from webhook where workspace_id = ${workspaceId} and due_at <= now() order by due_at`.execute(
      tx.sql,
    )
    return rows.map(({ webhook_id }) => webhook_id)
  })
  const sent = await Promise.all(webhookIds.map((webhookId) => sendSome(services, { workspaceId, webhookId }, signal)))
  return sent.reduce((sum, some) => sum + some, 0)
}

interface Place {
  workspaceId: string
  webhookId: string
}

async function sendSome(services: Services, place: Place, signal?: AbortSignal): Promise<number> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(place.workspaceId, SYSTEM, work)
  let sent = 0
  for (let turn = 0; turn < IN_A_ROW_MAX; turn++) {
    const taken = signal?.aborted ? null : await inWorkspace((tx) => takeNext(tx, place.webhookId))
    if (!taken) return sent
    if (taken === 'passed-over') continue
    const outcome = await postWebhook(await servicesOf(services, place.workspaceId), {
      url: taken.url,
      secret: services.secrets.decrypt(taken.secret, secretContext(place.workspaceId, place.webhookId)),
      messageId: taken.event.eventId,
      body: messageOf(place.workspaceId, taken.event),
      ...(signal ? { signal } : {}),
    })
    // A stop of ours is no failure of theirs: the lease runs out, and the next worker sends it.
    if (signal?.aborted && !outcome.ok && outcome.failure === 'aborted') return sent
    const settled = await inWorkspace((tx) => settle(tx, place.webhookId, taken, outcome))
    if (!settled || !outcome.ok) return sent
    sent++
  }
  return sent
}

interface Taken {
  leaseId: string
  url: string
  secret: string
  attempts: number
  failingSince: Date | null
  event: StoredEvent
}

/**
 * The next event that it is told of, and the lease to send it; the position moves over what is of no interest to it. Some
 * events at a time: whoever was switched off for months has many to pass over, and no row is held that long.
 */
async function takeNext(tx: WorkspaceTransaction, webhookId: string): Promise<Taken | 'passed-over' | null> {
  const row = await tx.sql
    .selectFrom('webhook')
    .select(['url', 'secret', 'types', 'position', 'attempts', 'failing_since'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('webhook_id', '=', webhookId)
    .where('due_at', '<=', sql<Date>`now()`)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!row) return null
  const read = await readEvents(tx, row.position, EVENTS_READ_MAX)
  const event = read.find((each) => isFor(each, webhookId, row.types))
  const leaseId = event ? newId() : null
  await sql`
    update webhook set position = ${event ? row.position : (read.at(-1)?.position ?? row.position)}, lease_id = ${leaseId},
      due_at = ${event ? sql`now() + make_interval(secs => ${LEASE_SECONDS})` : sql`due_at`}
    where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId}`.execute(tx.sql)
  if (!event || !leaseId) return read.length === EVENTS_READ_MAX ? 'passed-over' : null
  const { url, secret, attempts, failing_since: failingSince } = row
  return { leaseId, url, secret, attempts, failingSince, event }
}

/** What somebody sends to one webhook goes to that one, whatever it asked for, and to no other. */
const isFor = ({ type, subjects }: StoredEvent, webhookId: string, types: readonly string[]): boolean =>
  typeof subjects.webhookId === 'string' ? subjects.webhookId === webhookId : types.includes(type)

/** False: somebody changed or switched off the webhook meanwhile, or took over after the lease had run out. */
async function settle(
  tx: WorkspaceTransaction,
  webhookId: string,
  { leaseId, attempts, event }: Taken,
  outcome: WebhookOutcome,
): Promise<boolean> {
  const tries = attempts + 1
  const { rows } = await sql<{ state: string }>`
    update webhook set ${outcome.ok ? passed(event) : failed(outcome, tries)}, lease_id = null
    where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId} and lease_id = ${leaseId}
    returning state`.execute(tx.sql)
  const [row] = rows
  if (!row) return false
  await sql`
    insert into webhook_delivery as d (workspace_id, webhook_id, event_id, type, state, attempts, status, failure, first_at, last_at)
    values (${tx.workspaceId}, ${webhookId}, ${event.eventId}, ${event.type}, ${outcome.ok ? 'sent' : 'waiting'}, ${tries},
      ${outcome.status}, ${outcome.ok ? null : outcome.failure.slice(0, FAILURE_CHARACTERS_MAX)}, now(), clock_timestamp())
    on conflict (workspace_id, webhook_id, event_id) do update set (state, attempts, status, failure, last_at)
      = (excluded.state, excluded.attempts, excluded.status, excluded.failure, excluded.last_at)`.execute(tx.sql)
  if (row.state === 'stopped')
    tx.record({ type: 'webhook.stopped', subjects: { webhook: webhookId }, codes: { attempts: tries } })
  return true
}

const passed = ({ position }: StoredEvent) =>
  sql`position = ${position}, attempts = 0, failing_since = null, due_at = now()`

/** Gone is gone; whoever refuses for days, or lies where we may not go, is asked no more until somebody here says so. */
function failed({ again }: { again: boolean }, tries: number) {
  const stops = again
    ? sql`coalesce(failing_since, now()) <= now() - make_interval(secs => ${STOPPED_AFTER_SECONDS})`
    : sql`true`
  return sql`attempts = ${tries}, failing_since = coalesce(failing_since, now()),
    state = case when ${stops} then 'stopped' else state end,
    due_at = case when ${stops} then null else now() + make_interval(secs => ${webhookRetrySeconds(tries)}) end`
}

/** webhook_delivery_oldest. */
export async function forgetDeliveries(tx: WorkspaceTransaction, now: Date): Promise<void> {
  const before = new Date(now.getTime() - DELIVERY_DAYS * 86_400_000)
  await sql`delete from webhook_delivery where workspace_id = ${tx.workspaceId} and (webhook_id, event_id) in (
    select webhook_id, event_id from webhook_delivery where workspace_id = ${tx.workspaceId} and last_at < ${before}
    order by last_at limit ${FORGOTTEN_AT_ONCE_MAX})`.execute(tx.sql)
}
