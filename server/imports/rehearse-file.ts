import { sql } from 'kysely'
import { REHEARSED_ROWS_MAX } from '../../contract/import-limits.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { LEASE_SECONDS } from './run.ts'
import type { ImportProblem, ImportRow } from './states.ts'

const BATCH_ROWS = 200

export interface Rehearsing<Row> {
  /** How many were looked at. */
  rows(): number
  /** Why a row ends the reading of the whole file; null: it does not. */
  refusal(row: Row): ImportProblem | null
  /** Says what would become of rows as if those before had been taken in; writes nothing. */
  look(tx: WorkspaceTransaction, batch: readonly Row[]): Promise<void>
  /** What is kept of it; `whole`: the file was looked at to its end. */
  result(whole: boolean): Promise<object>
}

/**
 * Reads a file to say what would become of each row. Nothing is written but that; whoever dies over it begins anew. In the
 * end it is an upload again, which can be started in earnest or looked at with other choices.
 */
export async function rehearseFile<Row>(
  services: Services,
  row: ImportRow,
  rows: AsyncIterable<Row>,
  rehearsing: Rehearsing<Row>,
  signal: AbortSignal,
): Promise<void> {
  const run = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(row.workspace_id, SYSTEM, work)
  let batch: Row[] = []
  const look = async () => {
    const isWanted = await run(async (tx) => {
      await rehearsing.look(tx, batch)
      return goesOn(tx, row.import_id, rehearsing.rows())
    })
    batch = []
    return isWanted
  }
  let problem: ImportProblem | null = null
  let isWhole = true
  for await (const read of rows) {
    problem = rehearsing.refusal(read)
    if (problem) break
    batch.push(read)
    if (rehearsing.rows() + batch.length >= REHEARSED_ROWS_MAX) {
      isWhole = false
      break
    }
    if (batch.length < BATCH_ROWS) continue
    if (!(await look()) || signal.aborted) return
  }
  if (!(await look())) return
  const result = await rehearsing.result(isWhole)
  await run((tx) => end(tx, row.import_id, result, problem))
}

/** Holds on to the import while it is looked at; false when somebody cancelled. */
async function goesOn(tx: WorkspaceTransaction, importId: string, rows: number): Promise<boolean> {
  const { rows: left } = await sql<{ cancel_requested: boolean }>`
    update import set lease_until = now() + make_interval(secs => ${LEASE_SECONDS}), rows = ${rows}
    where workspace_id = ${tx.workspaceId} and import_id = ${importId} and state = 'running' and rehearsed
    returning cancel_requested`.execute(tx.sql)
  if (left[0]?.cancel_requested === false) return true
  if (left[0]) await end(tx, importId, null, null)
  return false
}

async function end(
  tx: WorkspaceTransaction,
  importId: string,
  rehearsal: object | null,
  problem: ImportProblem | null,
): Promise<void> {
  await sql`
    update import set state = ${problem ? 'failed' : 'uploaded'}, failure = ${problem && JSON.stringify(problem)}::jsonb,
      rehearsal = coalesce(${rehearsal && JSON.stringify(rehearsal)}::jsonb, rehearsal), rehearsed = false, rows = 0,
      lease_until = null, cancel_requested = false
    where workspace_id = ${tx.workspaceId} and import_id = ${importId} and state = 'running' and rehearsed`.execute(
    tx.sql,
  )
}
