import { type Selectable, sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Import } from '../platform/database-types.generated.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import type { ImportedFile } from './uploads.ts'

export type ImportRow = Selectable<Import>
export type ImportKind = 'posts' | 'contacts' | 'purchases'

/** What is wrong with a file or a row, as data; `message` is for the command line and the API. */
export interface ImportProblem {
  code: string
  params: Record<string, string | number>
  message: string
}

export async function createImport(
  tx: WorkspaceTransaction,
  kind: ImportKind,
  file: ImportedFile,
  at: Date,
  importId = newId(),
): Promise<string> {
  await tx.sql
    .insertInto('import')
    .values({
      workspace_id: tx.workspaceId,
      import_id: importId,
      kind,
      file_name: file.name.slice(0, 200),
      file_path: file.path,
      file_bytes: file.bytes,
      file_hash: file.hash,
      created_by: tx.actor.kind === 'member' ? tx.actor.id : null,
      created_at: at,
    })
    .execute()
  tx.record({ type: 'import.uploaded', subjects: { import: importId } })
  return importId
}

export async function readImport(
  tx: WorkspaceTransaction,
  importId: string,
  kind: ImportKind,
  { lock = false } = {},
): Promise<ImportRow> {
  const query = tx.sql
    .selectFrom('import')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
    .where('kind', '=', kind)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new NotFound('import-unknown')
  return row
}

export interface Start {
  settings: Record<string, unknown>
  /** It is only looked at what would become of it; afterwards it can be started in earnest. */
  rehearsed?: boolean
  /** Held by this process from the beginning, for the command line. */
  leaseSeconds?: number
}

/**
 * A worker takes it from here. A cancelled or failed import goes on where it stopped; its choices then stay. False: it
 * runs already.
 */
export async function startImport(
  tx: WorkspaceTransaction,
  importId: string,
  kind: ImportKind,
  { settings, rehearsed = false, leaseSeconds }: Start,
): Promise<boolean> {
  const row = await readImport(tx, importId, kind, { lock: true })
  if (row.state === 'running') return false
  if (row.state === 'done') throw new Conflict('import-done')
  await tx.sql
    .updateTable('import')
    .set({
      state: 'running',
      settings: JSON.stringify(row.position === null ? settings : row.settings),
      rehearsed,
      failure: null,
      cancel_requested: false,
      lease_until: leaseSeconds === undefined ? null : sql`now() + make_interval(secs => ${leaseSeconds})`,
      started_at: sql`now()`,
      finished_at: null,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
    .execute()
  if (!rehearsed) tx.record({ type: 'import.started', subjects: { import: importId } })
  return true
}

export async function cancelImport(tx: WorkspaceTransaction, importId: string, kind: ImportKind): Promise<void> {
  const row = await readImport(tx, importId, kind, { lock: true })
  if (row.state !== 'running') throw new Conflict('import-not-running', { state: row.state })
  await tx.sql
    .updateTable('import')
    .set({ cancel_requested: true })
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
    .execute()
}

/** Takes what waits or stopped off the list; what came of it stays. Its file is the caller's to remove. */
export async function removeImport(tx: WorkspaceTransaction, importId: string, kind: ImportKind): Promise<ImportRow> {
  const row = await readImport(tx, importId, kind, { lock: true })
  if (row.state === 'done') throw new Conflict('import-done')
  if (row.state === 'running') throw new Conflict('import-running')
  await tx.sql
    .deleteFrom('import')
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
    .execute()
  return row
}

/** Nothing happens to one that does not run any more. What was looked at before names people: it goes once they are taken in. */
export async function endImport(
  tx: WorkspaceTransaction,
  importId: string,
  state: 'done' | 'failed' | 'cancelled',
  problem: ImportProblem | null,
  at: Date,
): Promise<void> {
  const { rows } = await sql`
    update import set state = ${state}, failure = ${problem && JSON.stringify(problem)}::jsonb, lease_until = null,
      cancel_requested = false, finished_at = ${at},
      rehearsal = case when ${state} = 'done' and rehearsal is not null then jsonb_set(rehearsal, '{samples}', '[]')
        else rehearsal end
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

/** Newest first, by import_newest. */
export async function listImports(
  tx: WorkspaceTransaction,
  kind: ImportKind,
  { after, limit }: { after?: string | undefined; limit: number },
) {
  const cursor = readCursor(after, 2)
  let query = tx.sql
    .selectFrom('import')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', kind)
  if (cursor)
    query = query.where(sql<boolean>`(created_at, import_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('import_id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => writeCursor(row.created_at, row.import_id))
}

/** What every kind of import shows of itself. */
export const presentState = (row: ImportRow) => ({
  importId: row.import_id,
  fileName: row.file_name,
  fileBytes: row.file_bytes,
  state: row.state,
  problem: row.failure as ImportProblem | null,
  waiting: row.state === 'running' && row.lease_until === null,
  progress: progressOf(row),
  rows: Number(row.rows),
  rejected: Number(row.rejected),
  createdAt: row.created_at,
  finishedAt: row.finished_at,
})

/** By bytes where the format tells them, else by the number of rows that the inspection estimated. */
function progressOf(row: ImportRow): number {
  if (row.state === 'done') return 1
  const { rowsEstimated } = row.settings as { rowsEstimated?: number }
  const byBytes = Number(row.bytes_read) / Math.max(1, Number(row.file_bytes))
  const byRows = Number(row.rows) / (rowsEstimated || Number.POSITIVE_INFINITY)
  return Math.min(0.99, Math.max(byBytes, byRows))
}
