import { sql } from 'kysely'
import { FILE_START, type Position } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { againAfterDeadlock } from '../platform/deadlock.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { Pace } from './pace.ts'
import { type Rejection, storeRejections } from './rejections.ts'
import { LEASE_SECONDS, readInBatches } from './run.ts'
import { endImport, type ImportKind, type ImportProblem, type ImportRow, readImport } from './states.ts'
import { removeUpload } from './uploads.ts'

/** What came of a batch. Rows that were taken in with something left out are kept to be read, and are not rejected. */
export interface BatchOutcome {
  /** How many of its rows, from the first on; the others come in the next transaction. */
  taken: number
  /** In the measure of `room`. */
  work: number
  rejected: number
  kept: Rejection[]
  counts: Record<string, number>
}

export interface FileRun<Row extends { position: Position }> {
  kind: ImportKind
  rowsMax: number
  read(row: ImportRow, from: Position): AsyncIterable<Row>
  /** Why a row ends the reading of the whole file; null: it does not. */
  refusal(row: Row): ImportProblem | null
  /** `room`: how much work there is time for (pace.ts), in a measure of its own. At least one row is taken. */
  take(tx: WorkspaceTransaction, row: ImportRow, batch: Row[], room: number): Promise<BatchOutcome>
}

/** From the stored position to the end, to a cancellation, or to the abort of the process. Returns how it stands then. */
export async function runFile<Row extends { position: Position }>(
  services: Services,
  { workspaceId, importId }: { workspaceId: string; importId: string },
  file: FileRun<Row>,
  signal: AbortSignal,
): Promise<ImportRow> {
  const run = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const read = () => run((tx) => readImport(tx, importId, file.kind))
  const row = await read()
  const from = (row.position as Position | null) ?? FILE_START
  const pace = new Pace()
  const store = async (at: Position, batch: Row[]): Promise<boolean> => {
    let [begins, left] = [at, batch]
    do {
      const begun = performance.now()
      // A batch may meet what is heard meanwhile: both write rows of the same authors.
      const stored = await againAfterDeadlock(() =>
        run((tx) => storeBatch(services, tx, importId, file, begins, left, pace.room)),
      )
      if (!stored) return false
      pace.measured(stored.work, performance.now() - begun)
      begins = left[stored.taken - 1]?.position ?? begins
      left = left.slice(stored.taken)
    } while (left.length > 0 && !signal.aborted)
    return left.length === 0
  }
  const whole = await readInBatches(file.read(row, from), {
    from,
    rowsMax: file.rowsMax,
    signal,
    store,
    ends: file.refusal,
    fail: (problem) => run((tx) => endImport(tx, importId, 'failed', problem, services.clock.now())),
  })
  if (whole) {
    await run((tx) => endImport(tx, importId, 'done', null, services.clock.now()))
    await removeUpload(services, row)
  }
  return read()
}

/** Null: cancelled, or another process has gone on with it. */
async function storeBatch<Row extends { position: Position }>(
  services: Services,
  tx: WorkspaceTransaction,
  importId: string,
  file: FileRun<Row>,
  from: Position,
  batch: Row[],
  room: number,
): Promise<Pick<BatchOutcome, 'taken' | 'work'> | null> {
  const current = await readImport(tx, importId, file.kind, { lock: true })
  const stored = (current.position as Position | null) ?? FILE_START
  if (current.state !== 'running' || current.rehearsed || stored.row !== from.row) return null
  const { taken, work, rejected, kept, counts } = await file.take(tx, current, batch, room)
  await storeRejections(tx, importId, kept, Number(current.rows))
  const position = batch[taken - 1]?.position ?? from
  await sql`
    update import set rows = rows + ${taken}, rejected = rejected + ${rejected},
      counts = ${JSON.stringify(counts)}::jsonb, position = ${JSON.stringify(position)}::jsonb,
      bytes_read = ${position.byte}, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where workspace_id = ${tx.workspaceId} and import_id = ${importId}`.execute(tx.sql)
  if (!current.cancel_requested) return { taken, work }
  await endImport(tx, importId, 'cancelled', null, services.clock.now())
  return null
}
