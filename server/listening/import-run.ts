import { setTimeout as delay } from 'node:timers/promises'
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
import type { WorkspaceTransaction } from '../platform/database.ts'
import { type Actor, SYSTEM } from '../platform/events.ts'
import type { Loop } from '../platform/module.ts'
import type { Services } from '../platform/services.ts'
import { removeUpload } from './import-files.ts'
import { joinThreads } from './import-threads.ts'
import { createImport, describeFile, type ImportRow, type ImportSettings, readImport } from './imports.ts'
import { takeFromImport } from './intake.ts'

/**
 * A file is read in batches; each one's posts, rejections, counts and position are written in one transaction. A process
 * that dies leaves the position of the last whole batch, and whoever takes the import next goes on there: no row is
 * counted twice and none is left out, also when two processes believe to hold it.
 */
const BATCH_ROWS = 500
const LEASE_SECONDS = 60
const LOOK_MS = 1_000
const IMPORTS_AT_ONCE = 3
/** More are counted, but not kept to be read. */
const REJECTIONS_KEPT_MAX = 100_000

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
    const id = await createImport(tx, file, services.clock.now())
    await sql`update import set state = 'running', settings = ${JSON.stringify(settings)}::jsonb,
      lease_until = now() + make_interval(secs => ${LEASE_SECONDS}) where workspace_id = ${workspaceId} and import_id = ${id}`.execute(
      tx.sql,
    )
    tx.record({ type: 'import.started', subjects: { import: id } })
    return id
  })
  return runImport(services, workspaceId, importId, signal)
}

/** Several beside each other, each of another workspace: one long file does not keep the others waiting. */
export const importLoop: Loop = {
  name: 'listening.imports',
  async run(services, signal) {
    await Promise.all(Array.from({ length: IMPORTS_AT_ONCE }, () => takeImports(services, signal)))
  },
}

async function takeImports(services: Services, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const { rows } = await sql<{ workspace_id: string; import_id: string }>`
        select * from system.take_waiting_import(${LEASE_SECONDS}, array['posts'])`.execute(services.database.system)
      const [taken] = rows
      if (taken) await runImport(services, taken.workspace_id, taken.import_id, signal)
      else await delay(LOOK_MS, undefined, { signal }).catch(() => {})
    } catch (error) {
      services.log.error({ err: error }, 'import stopped, will be taken up again')
      await delay(LOOK_MS, undefined, { signal }).catch(() => {})
    }
  }
}

/** From the stored position to the end, to a cancellation, or to the abort of the process. */
export async function runImport(
  services: Services,
  workspaceId: string,
  importId: string,
  signal: AbortSignal,
): Promise<ImportOutcome> {
  const run = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const row = await run((tx) => readImport(tx, importId))
  const settings = await prepareSettings(run, row)
  let position = (row.position as Position | null) ?? FILE_START
  let batch: ReadRow[] = []
  const store = async () => {
    const goesOn = await run((tx) => storeBatch(services, tx, row, position, batch))
    position = batch.at(-1)?.position ?? position
    batch = []
    return goesOn
  }
  for await (const read of readRows(row.file_path, { ...settings, from: position })) {
    if (read.row.kind === 'refused') {
      const { problem } = read.row
      if (batch.length > 0) await store()
      await run((tx) => endImport(services, tx, importId, 'failed', problem))
      return outcomeOf(await run((tx) => readImport(tx, importId)))
    }
    batch.push(read)
    if (batch.length < BATCH_ROWS) continue
    if (!(await store()) || signal.aborted) return outcomeOf(await run((tx) => readImport(tx, importId)))
  }
  if (await store()) {
    while ((await run((tx) => joinThreads(tx, importId))) > 0);
    await run((tx) => endImport(services, tx, importId, 'done', null))
    // What was uploaded has become posts and rejections.
    await removeUpload(services, row)
  }
  return outcomeOf(await run((tx) => readImport(tx, importId)))
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
  const current = await readImport(tx, importId, { lock: true })
  const stored = (current.position as Position | null) ?? FILE_START
  if (current.state !== 'running' || stored.row !== from.row) return false
  const items: HeardItem[] = batch.flatMap(({ row }) => (row.kind === 'post' ? [{ kind: 'post', post: row.post }] : []))
  const taken = await takeFromImport(services, tx, items, { importId, fileName })
  const refused = batch.length - items.length
  await storeRejections(tx, importId, batch, Number(current.rejected))
  const rejected = refused + taken.malformed.length + taken.suppressed
  const position = batch.at(-1)?.position ?? from
  await sql`
    update import set rows = rows + ${batch.length}, posts = posts + ${taken.posts}, authors = authors + ${taken.authors},
      rejected = rejected + ${rejected}, duplicates = duplicates + ${batch.length - rejected - taken.posts},
      position = ${JSON.stringify(position)}::jsonb, bytes_read = ${position.byte},
      lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where workspace_id = ${tx.workspaceId} and import_id = ${importId}`.execute(tx.sql)
  if (!current.cancel_requested) return true
  await endImport(services, tx, importId, 'cancelled', null)
  return false
}

async function storeRejections(
  tx: WorkspaceTransaction,
  importId: string,
  batch: ReadRow[],
  before: number,
): Promise<void> {
  const rejected = batch.flatMap(({ line, row }) =>
    row.kind === 'rejected' && line !== null ? [{ line, ...row }] : [],
  )
  const few = rejected.slice(0, Math.max(0, REJECTIONS_KEPT_MAX - before))
  if (few.length === 0) return
  await sql`
    insert into import_rejection (workspace_id, import_id, line, code, params, message, "column", raw)
    select ${tx.workspaceId}, ${importId}, * from unnest(${few.map((r) => r.line)}::bigint[],
      ${few.map((r) => r.problem.code)}::text[], ${few.map((r) => JSON.stringify(r.problem.params))}::jsonb[],
      ${few.map((r) => r.problem.message)}::text[], ${few.map((r) => r.column)}::text[],
      ${few.map((r) => r.raw.replaceAll('\0', '').toWellFormed())}::text[])
    on conflict do nothing`.execute(tx.sql)
}

async function endImport(
  services: Services,
  tx: WorkspaceTransaction,
  importId: string,
  state: 'done' | 'failed' | 'cancelled',
  problem: Problem | null,
): Promise<void> {
  const { rows } = await sql`
    update import set state = ${state}, failure = ${problem && JSON.stringify(problem)}::jsonb, lease_until = null,
      cancel_requested = false, finished_at = ${services.clock.now()}
    where workspace_id = ${tx.workspaceId} and import_id = ${importId} and state = 'running' returning 1`.execute(
    tx.sql,
  )
  if (rows.length > 0)
    tx.record({
      type: 'import.ended',
      subjects: { import: importId },
      codes: { state, problem: problem?.code ?? null },
    })
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
