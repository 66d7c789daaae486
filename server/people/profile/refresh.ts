import { sql } from 'kysely'
import { everyWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import { sendSignal } from '../../platform/live.ts'
import type { Loop } from '../../platform/module.ts'
import type { Services } from '../../platform/services.ts'
import type { FigureSource } from '../scores/figures.ts'
import { purchaseFigures } from '../scores/purchase-figures.ts'
import { scoreAnew, writeSummaries } from '../scores/summaries.ts'
import { writeNameKeys } from '../search/name-keys.ts'
import { markDue } from './due.ts'

const EVERY_MS = 1_000
/** Persons in one transaction: short ones, because names of a workspace are keyed one transaction at a time. */
const BATCH_PERSONS = 50
/** A signal is short (live.ts). */
const NAMED_MAX = 40
const BATCH_SCORED_ANEW = 1_000
/** Of one workspace before the next one has its turn. */
const BATCHES_MAX = 40
/** What only time changes is exact to this. */
const STALE_MS = 24 * 3_600_000

/** Makes summaries and keys anew for whoever is due, some at a time, for as long as a worker runs. */
export const summaryLoop = (sources: readonly FigureSource[]): Loop =>
  everyWorkspace(
    { name: 'person-summaries', everyMs: EVERY_MS, failed: 'could not make summaries of persons' },
    (services, workspaceId, signal) => refreshSummaries(services, workspaceId, sources, signal),
  )

/** Everything that is due now, up to the bound of one turn. Returns how many persons were made anew. */
export async function refreshSummaries(
  services: Services,
  workspaceId: string,
  sources: readonly FigureSource[],
  signal?: AbortSignal,
): Promise<number> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  let made = 0
  for (let batch = 0; batch < BATCHES_MAX && !signal?.aborted; batch++) {
    const now = services.clock.now()
    const some = await inWorkspace(async (tx) => {
      const due = await takeDue(tx)
      await writeSummaries(tx, due, [purchaseFigures, ...sources], now)
      await writeNameKeys(tx, due)
      await tellSummaries(tx, due)
      return due.length
    })
    made += some
    if (some < BATCH_PERSONS) break
  }
  for (let batch = 0; batch < BATCHES_MAX && !signal?.aborted; batch++)
    if ((await inWorkspace((tx) => scoreAnew(tx, BATCH_SCORED_ANEW))) < BATCH_SCORED_ANEW) break
  await inWorkspace((tx) => markStale(tx, new Date(services.clock.now().getTime() - STALE_MS)))
  return made
}

/** So that whoever looks at one of them reads the new figures. Of many nobody is named: their page is asked for anyway. */
async function tellSummaries(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  const subjects: Record<string, string> = personIds.length <= NAMED_MAX ? { persons: personIds.join(' ') } : {}
  await sendSignal(tx, { kind: 'person-summaries', permission: 'people.read', subjects })
}

async function takeDue(tx: WorkspaceTransaction): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    delete from person_due where workspace_id = ${tx.workspaceId} and person_id in (
      select person_id from person_due where workspace_id = ${tx.workspaceId}
      order by due_at, person_id limit ${BATCH_PERSONS} for update skip locked)
    returning person_id`.execute(tx.sql)
  return rows.map((row) => row.person_id)
}

/** Served by person_summary_made. */
async function markStale(tx: WorkspaceTransaction, before: Date): Promise<void> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from person_summary where workspace_id = ${tx.workspaceId} and made_at < ${before}
    order by made_at, person_id limit ${BATCH_PERSONS}`.execute(tx.sql)
  await markDue(
    tx,
    rows.map((row) => row.person_id),
  )
}
