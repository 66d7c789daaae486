import { sql } from 'kysely'
import {
  FILE_START,
  type HeardItem,
  inspectFile,
  type Position,
  type Problem,
  type ReadRow,
  readRows,
} from '../connectors/index.ts'
import {
  createImport,
  describeFile,
  endImport,
  type ImportRow,
  importsLoop,
  LEASE_SECONDS,
  readImport,
  readInBatches,
  removeUpload,
  startImport,
  storeRejections,
} from '../imports/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { type Actor, SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { joinThreads } from './import-threads.ts'
import type { ImportSettings } from './imports.ts'
import { takeFromImport } from './intake.ts'

const BATCH_ROWS = 500

export interface ImportOutcome {
  state: ImportRow['state']
  problem: Problem | null
  rows: number
  posts: number
  duplicates: number
  rejected: number
  authors: number
}

/** For the command line: reads the file where it lies, to the end, in this process. */
export async function importFile(
  services: Services,
  request: { workspaceId: string; file: string; actor: Actor; settings?: ImportSettings },
  signal: AbortSignal = new AbortController().signal,
): Promise<ImportOutcome> {
  const { workspaceId, actor, settings = {} } = request
  const file = await describeFile(request.file)
  const importId = await services.database.inWorkspace(workspaceId, actor, async (tx) => {
    const id = await createImport(tx, 'posts', file, services.clock.now())
    await startImport(tx, id, 'posts', { settings: { ...settings }, leaseSeconds: LEASE_SECONDS })
    return id
  })
  return runImport(services, workspaceId, importId, signal)
}

export const importLoop = importsLoop('listening.imports', ['posts'], (services, { workspaceId, importId }, signal) =>
  runImport(services, workspaceId, importId, signal),
)

/** From the stored position to the end, to a cancellation, or to the abort of the process. */
export async function runImport(
  services: Services,
  workspaceId: string,
  importId: string,
  signal: AbortSignal,
): Promise<ImportOutcome> {
  const run = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const read = () => run((tx) => readImport(tx, importId, 'posts'))
  const row = await read()
  const settings = await prepareSettings(run, row)
  const from = (row.position as Position | null) ?? FILE_START
  const whole = await readInBatches(readRows(row.file_path, { ...settings, from }), {
    from,
    rowsMax: BATCH_ROWS,
    signal,
    store: (at, batch) => run((tx) => storeBatch(services, tx, row, at, batch)),
    ends: ({ row: last }: ReadRow) => (last.kind === 'refused' ? last.problem : null),
    fail: (problem) => run((tx) => endImport(tx, importId, 'failed', problem, services.clock.now())),
  })
  if (whole) {
    while ((await run((tx) => joinThreads(tx, importId))) > 0);
    await run((tx) => endImport(tx, importId, 'done', null, services.clock.now()))
    // What was uploaded has become posts and rejections.
    await removeUpload(services, row)
  }
  return outcomeOf(await read())
}

/** A guess is written down, so that an import that goes on later reads the file as it began. */
async function prepareSettings(
  run: <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>,
  row: ImportRow,
): Promise<ImportSettings> {
  const settings = row.settings as ImportSettings
  if (settings.mapping && settings.rowsEstimated !== undefined) return settings
  const inspection = await inspectFile(row.file_path, settings).catch(() => null)
  // What cannot be read says so as a refusal when it is read.
  if (!inspection || inspection.problems.some((problem) => problem.refuses)) return settings
  const known = { ...settings, rowsEstimated: inspection.rowsEstimated }
  await run((tx) =>
    tx.sql
      .updateTable('import')
      .set({ settings: JSON.stringify(known) })
      .where('workspace_id', '=', tx.workspaceId)
      .where('import_id', '=', row.import_id)
      .execute(),
  )
  return known
}

/** False: cancelled, or another process has gone on with it. */
async function storeBatch(
  services: Services,
  tx: WorkspaceTransaction,
  { import_id: importId, file_name: fileName }: ImportRow,
  from: Position,
  batch: ReadRow[],
): Promise<boolean> {
  const current = await readImport(tx, importId, 'posts', { lock: true })
  const stored = (current.position as Position | null) ?? FILE_START
  if (current.state !== 'running' || stored.row !== from.row) return false
  const items: HeardItem[] = batch.flatMap(({ row }) => (row.kind === 'post' ? [{ kind: 'post', post: row.post }] : []))
  const taken = await takeFromImport(services, tx, items, { importId, fileName })
  const refused = batch.length - items.length
  const rejections = batch.flatMap(({ line, row }) =>
    row.kind === 'rejected' && line !== null ? [{ line, ...row }] : [],
  )
  await storeRejections(tx, importId, rejections, Number(current.rejected))
  const rejected = refused + taken.malformed.length + taken.suppressed
  const position = batch.at(-1)?.position ?? from
  await sql`
    update import set rows = rows + ${batch.length}, posts = posts + ${taken.posts}, authors = authors + ${taken.authors},
      rejected = rejected + ${rejected}, duplicates = duplicates + ${batch.length - rejected - taken.posts},
      position = ${JSON.stringify(position)}::jsonb, bytes_read = ${position.byte},
      lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where workspace_id = ${tx.workspaceId} and import_id = ${importId}`.execute(tx.sql)
  if (!current.cancel_requested) return true
  await endImport(tx, importId, 'cancelled', null, services.clock.now())
  return false
}

const outcomeOf = (row: ImportRow): ImportOutcome => ({
  state: row.state,
  problem: row.failure as Problem | null,
  rows: Number(row.rows),
  posts: Number(row.posts),
  duplicates: Number(row.duplicates),
  rejected: Number(row.rejected),
  authors: Number(row.authors),
})
