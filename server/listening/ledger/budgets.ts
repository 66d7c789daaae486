import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { listeningChanged } from '../listeners.ts'
import { connectorOf } from '../networks.ts'
import { readSource, type SourceRow } from '../source-rows.ts'
import { monthUse } from './days.ts'
import { beginGap } from './gaps.ts'
import { type Budget, nextMonth, type Pace, paceOf, usedShare } from './pace.ts'

export const budgetOf = ({ budget_posts, budget_micros }: SourceRow): Budget => ({
  posts: budget_posts === null ? null : Number(budget_posts),
  micros: budget_micros === null ? null : Number(budget_micros),
})

/** The pace that the budget leaves, after what was just used up. A source whose budget is spent rests. */
export async function paceNow(tx: WorkspaceTransaction, source: SourceRow, everyMs: number, now: Date): Promise<Pace> {
  const budget = budgetOf(source)
  if (budget.posts === null && budget.micros === null) return { pace: 'free', waitMs: everyMs }
  const pace = paceOf(everyMs, await monthUse(tx, source.source_id, now), budget, now)
  if (pace.pace === 'spent') await rest(tx, source.source_id)
  return pace
}

async function rest(tx: WorkspaceTransaction, sourceId: string): Promise<void> {
  const { rows } = await sql<{ hears_stream: boolean }>`
    update source set state = 'over-budget' where workspace_id = ${tx.workspaceId} and source_id = ${sourceId}
      and state not in ('paused', 'over-budget') returning hears_stream`.execute(tx.sql)
  const [rested] = rows
  if (!rested) return
  await beginGap(tx, sourceId, 'over-budget')
  tx.record({ type: 'source.over-budget', subjects: { source: sourceId } })
  if (rested.hears_stream) await listeningChanged(tx)
}

/** Another budget holds at once: a resting source that may hear again does. */
export async function setBudget(
  tx: WorkspaceTransaction,
  services: Services,
  sourceId: string,
  budget: Budget,
): Promise<void> {
  await readSource(tx, sourceId, { lock: true })
  await sql`update source set budget_posts = ${budget.posts}, budget_micros = ${budget.micros}
    where workspace_id = ${tx.workspaceId} and source_id = ${sourceId}`.execute(tx.sql)
  tx.record({ type: 'source.changed', subjects: { source: sourceId }, codes: { budget: true } })
  const source = await readSource(tx, sourceId)
  const now = services.clock.now()
  const spent = usedShare(await monthUse(tx, sourceId, now), budget) >= 1
  if (spent && source.state === 'active') await rest(tx, sourceId)
  else if (!spent && source.state === 'over-budget') await wake(tx, services, source, now)
  if (spent)
    await sql`update source set due_at = ${nextMonth(now)} where workspace_id = ${tx.workspaceId}
      and source_id = ${sourceId} and due_at is not null`.execute(tx.sql)
}

/** A stream is not asked, so its budget is looked at on a clock: what was kept of it counts. */
export async function restSpentStreams(tx: WorkspaceTransaction, services: Services): Promise<void> {
  const { rows } = await sql<SourceRow>`
    select * from source where workspace_id = ${tx.workspaceId} and hears_stream and state = 'active'
      and removed_at is null and (budget_posts is not null or budget_micros is not null)
    order by source_id`.execute(tx.sql)
  for (const source of rows) await paceNow(tx, source, 0, services.clock.now())
}

/** Streams are not due: what rests in them is woken when the month turns. */
export async function wakeRested(tx: WorkspaceTransaction, services: Services): Promise<void> {
  const { rows } = await sql<{ source_id: string }>`
    select source_id from source where workspace_id = ${tx.workspaceId} and state = 'over-budget' and removed_at is null
    order by source_id`.execute(tx.sql)
  const now = services.clock.now()
  for (const { source_id } of rows) {
    const source = await readSource(tx, source_id, { lock: true })
    if (usedShare(await monthUse(tx, source_id, now), budgetOf(source)) < 1) await wake(tx, services, source, now)
  }
}

async function wake(tx: WorkspaceTransaction, services: Services, source: SourceRow, now: Date): Promise<void> {
  const polled = connectorOf(services, source.network)?.capabilities.hears === 'poll'
  await sql`update source set state = 'active', due_at = ${polled ? now : null} where workspace_id = ${tx.workspaceId}
    and source_id = ${source.source_id}`.execute(tx.sql)
  tx.record({ type: 'source.resumed', subjects: { source: source.source_id } })
  if (source.hears_stream) await listeningChanged(tx)
}
