import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Cursor, Failure, HeardBatch, Outcome } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import { servicesOf } from '../platform/fence.ts'
import type { Loop } from '../platform/module.ts'
import type { Services } from '../platform/services.ts'
import { type Taken, takeFromSource } from './intake.ts'
import { paceNow } from './ledger/budgets.ts'
import { addToDay } from './ledger/days.ts'
import { closeGap, noteLostGap } from './ledger/gaps.ts'
import { notePublished } from './ledger/silence.ts'
import { connectorOf } from './networks.ts'
import { connectionOf, noteFailure, readSource, type SourceRow } from './source-rows.ts'

/** Sources are rows with a due time, taken under a lease: any number of workers share them, and none outlives kill -9. */
const IDLE_MS = 1_000
const AT_ONCE_MAX = 4
const POLL_TIMEOUT_MS = 60_000
/** Longer than a poll and the storing of what it brings. */
const LEASE_SECONDS = 180
const JITTER = 0.1

export const pollLoop: Loop = {
  name: 'listening.polls',
  async run(services, signal) {
    const running = new Set<Promise<void>>()
    while (!signal.aborted) {
      const due = await takeDue(services, AT_ONCE_MAX - running.size).catch((error) => {
        services.log.error({ err: error }, 'could not look for due sources')
        return []
      })
      for (const source of due) {
        const poll = pollSource(services, source.workspaceId, source.sourceId, signal)
          .catch((error) =>
            services.log.error({ err: error, ...source }, 'poll failed, the source will be taken again'),
          )
          .finally(() => running.delete(poll))
        running.add(poll)
      }
      if (running.size >= AT_ONCE_MAX) await Promise.race(running)
      else if (due.length === 0) await delay(IDLE_MS, undefined, { signal }).catch(() => {})
    }
    await Promise.all(running)
  },
}

async function takeDue(services: Services, atMost: number): Promise<{ workspaceId: string; sourceId: string }[]> {
  const { rows } = await sql<{ workspace_id: string; source_id: string }>`
    select * from system.take_due_sources(${LEASE_SECONDS}, ${atMost})`.execute(services.database.system)
  return rows.map((row) => ({ workspaceId: row.workspace_id, sourceId: row.source_id }))
}

/** One poll: ask, take in, move the cursor. What was taken in before a crash is asked for again and changes nothing. */
export async function pollSource(
  everybodys: Services,
  workspaceId: string,
  sourceId: string,
  signal: AbortSignal,
): Promise<void> {
  const services = await servicesOf(everybodys, workspaceId)
  const source = await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
    readSource(tx, sourceId).catch(() => null),
  )
  const connector = source && connectorOf(services, source.network)
  if (!source || !connector?.poll) return
  const outcome = await ask(services, source, signal)
  if (signal.aborted && !outcome.ok) return
  if (!outcome.ok) {
    await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
      noteFailure(services, tx, sourceId, outcome.failure),
    )
    return
  }
  const taken = await takeFromSource(services, outcome.value.items, {
    workspaceId,
    sourceId,
    name: source.name,
    keepsEverything: source.keeps === 'everything',
    tellsEdits: connector.capabilities.tellsEdits,
  })
  await noteSuccess(services, source, outcome.value, taken)
}

async function ask(services: Services, source: SourceRow, signal: AbortSignal): Promise<Outcome<HeardBatch>> {
  const connector = connectorOf(services, source.network)
  const limited = AbortSignal.any([signal, AbortSignal.timeout(POLL_TIMEOUT_MS)])
  const timedOut: Failure = { name: 'unreachable', detail: 'timed-out: no answer within the time of a poll' }
  try {
    const asked = connector?.poll?.(connectionOf(services.secrets, source), source.cursor as Cursor, limited)
    // A connector that does not listen to the signal must not hold the worker.
    const patience = new Promise<null>((resolve) =>
      limited.addEventListener('abort', () => resolve(null), { once: true }),
    )
    return (await Promise.race([asked, patience])) ?? { ok: false, failure: timedOut }
  } catch (error) {
    if (limited.aborted) return { ok: false, failure: timedOut }
    services.log.error({ err: error, sourceId: source.source_id, network: source.network }, 'connector threw')
    return { ok: false, failure: { name: 'upstream', detail: 'internal: see the log' } }
  }
}

async function noteSuccess(services: Services, polled: SourceRow, batch: HeardBatch, taken: Taken): Promise<void> {
  await services.database.inWorkspace(polled.workspace_id, SYSTEM, async (tx) => {
    const source = await readSource(tx, polled.source_id, { lock: true }).catch(() => null)
    if (!source) return
    const now = services.clock.now()
    const { pollEverySeconds = 60, resumes = false } = connectorOf(services, source.network)?.capabilities ?? {}
    const everyMs = pollEverySeconds * 1_000
    const { published, kept } = taken
    await addToDay(tx, source.source_id, now, { asked: 1, heard: taken.heard })
    await closeGap(tx, source, { batch, published, kept, resumes, everyMs, now })
    if (batch.gap) await noteLostGap(tx, source.source_id, batch.gap)
    await writeSuccess(tx, source, batch, taken, now)
    await notePublished(tx, source, published)
    if (['failing', 'needs-credentials', 'gone'].includes(source.state))
      tx.record({ type: 'source.recovered', subjects: { source: source.source_id } })
    const pace = await paceNow(tx, source, everyMs, now)
    const dueAt =
      pace.pace === 'spent' ? pace.until : afterWait(now, batch.more && pace.pace === 'free' ? 0 : pace.waitMs)
    await sql`update source set due_at = case when state = 'paused' then null else ${dueAt}::timestamptz end
      where workspace_id = ${tx.workspaceId} and source_id = ${source.source_id}`.execute(tx.sql)
  })
}

const afterWait = (now: Date, waitMs: number): Date =>
  new Date(now.getTime() + waitMs * (1 + (Math.random() - 0.5) * 2 * JITTER))

async function writeSuccess(
  tx: WorkspaceTransaction,
  source: SourceRow,
  { cursor, quota }: HeardBatch,
  { heard, kept }: Taken,
  now: Date,
): Promise<void> {
  await sql`
    update source set cursor = ${JSON.stringify(cursor)}::jsonb, failures = 0, last_failure = null,
      last_failure_detail = null, last_failure_at = null, failure_until = null, lease_until = null,
      last_success_at = ${now}, last_heard_at = case when ${heard} > 0 then ${now}::timestamptz else last_heard_at end,
      heard_count = heard_count + ${heard}, kept_count = kept_count + ${kept},
      quota_limit = ${quota?.limit ?? null}, quota_left = ${quota?.left ?? null}, quota_resets_at = ${quota?.resetsAt ?? null},
      state = case when state in ('failing', 'needs-credentials', 'gone') then 'active' else state end
    where workspace_id = ${tx.workspaceId} and source_id = ${source.source_id}`.execute(tx.sql)
}
