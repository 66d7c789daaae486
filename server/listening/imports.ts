import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { imports as contract } from '../../contract/listening-imports.ts'
import { IMPORT_FIELDS, type ImportChoices, inspectFile, type Problem, REQUIRED_FIELDS } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Import } from '../platform/database-types.generated.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'

export type ImportRow = Selectable<Import>
type ImportView = z.infer<(typeof contract.get)['~orpc']['outputSchema'] & z.ZodType>

export interface ImportSettings extends ImportChoices {
  rowsEstimated?: number
}

export interface ImportedFile {
  name: string
  path: string
  bytes: number
  hash: string
}

export async function describeFile(file: string): Promise<ImportedFile> {
  const absolute = path.resolve(file)
  const { size } = await stat(absolute)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(absolute)) hash.update(chunk as Buffer)
  return { name: path.basename(absolute), path: absolute, bytes: size, hash: hash.digest('hex') }
}

export async function createImport(
  tx: WorkspaceTransaction,
  file: ImportedFile,
  at: Date,
  importId = newId(),
): Promise<string> {
  await tx.sql
    .insertInto('import')
    .values({
      workspace_id: tx.workspaceId,
      import_id: importId,
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
  { lock = false } = {},
): Promise<ImportRow> {
  const query = tx.sql
    .selectFrom('import')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new NotFound('import-unknown')
  return row
}

/** What a file would become, and what stands in the way. */
export async function inspectImport(tx: WorkspaceTransaction, importId: string, given: ImportChoices) {
  const row = await readImport(tx, importId)
  if (row.state === 'done') throw new Conflict('import-done')
  const inspection = await inspectFile(row.file_path, choicesOf(row, given))
  return {
    format: inspection.format,
    encoding: inspection.encoding,
    rowsEstimated: inspection.rowsEstimated,
    preset: inspection.preset,
    columns: inspection.columns,
    fields: IMPORT_FIELDS.map((name) => ({ name, required: REQUIRED_FIELDS.includes(name) })),
    mapping: inspection.mapping,
    problems: inspection.problems,
    preview: inspection.preview.map(({ line, row: read }) =>
      read.kind === 'post'
        ? {
            line,
            author: read.post.author.handle ?? read.post.author.name,
            text: read.post.text,
            publishedAt: read.post.publishedAt,
            problem: null,
          }
        : { line, author: null, text: '', publishedAt: null, problem: read.problem },
    ),
  }
}

export function choicesOf(row: ImportRow, given: ImportChoices): ImportChoices {
  const { mapping, network, timeZone } = row.settings as ImportSettings
  return { mapping: given.mapping ?? mapping, network: given.network ?? network, timeZone: given.timeZone ?? timeZone }
}

/** A worker takes it from here. A cancelled or failed import goes on where it stopped; its choices then stay. */
export async function startImport(tx: WorkspaceTransaction, importId: string, given: ImportChoices): Promise<void> {
  const row = await readImport(tx, importId, { lock: true })
  if (row.state === 'running') return
  if (row.state === 'done') throw new Conflict('import-done')
  const settings: ImportSettings = row.position === null ? choicesOf(row, given) : (row.settings as ImportSettings)
  await tx.sql
    .updateTable('import')
    .set({
      state: 'running',
      settings: JSON.stringify(settings),
      failure: null,
      cancel_requested: false,
      lease_until: null,
      started_at: sql`now()`,
      finished_at: null,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
    .execute()
  tx.record({ type: 'import.started', subjects: { import: importId } })
}

export async function cancelImport(tx: WorkspaceTransaction, importId: string): Promise<void> {
  const row = await readImport(tx, importId, { lock: true })
  if (row.state !== 'running') throw new Conflict('import-not-running', { state: row.state })
  await tx.sql
    .updateTable('import')
    .set({ cancel_requested: true })
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
    .execute()
}

/** Takes what waits or stopped off the list; posts that came of it stay. Its file is the caller's to remove. */
export async function removeImport(tx: WorkspaceTransaction, importId: string): Promise<ImportRow> {
  const row = await readImport(tx, importId, { lock: true })
  if (row.state === 'done') throw new Conflict('import-done')
  if (row.state === 'running') throw new Conflict('import-running')
  await tx.sql
    .deleteFrom('import')
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
    .execute()
  return row
}

export async function listImports(
  tx: WorkspaceTransaction,
  { after, limit }: { after?: string | undefined; limit: number },
) {
  const cursor = readCursor(after, 2)
  let query = tx.sql.selectFrom('import').selectAll().where('workspace_id', '=', tx.workspaceId)
  if (cursor)
    query = query.where(sql<boolean>`(created_at, import_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('import_id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageOf(rows, limit, (row) => writeCursor(row.created_at, row.import_id))
  return { items: page.items.map(presentImport), nextCursor: page.nextCursor }
}

export function presentImport(row: ImportRow): ImportView {
  return {
    importId: row.import_id,
    fileName: row.file_name,
    fileBytes: row.file_bytes,
    state: row.state,
    problem: row.failure as Problem | null,
    waiting: row.state === 'running' && row.lease_until === null,
    progress: progressOf(row),
    rows: Number(row.rows),
    posts: Number(row.posts),
    duplicates: Number(row.duplicates),
    rejected: Number(row.rejected),
    authors: Number(row.authors),
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }
}

/** By bytes where the format tells them, else by the number of rows that the inspection estimated. */
function progressOf(row: ImportRow): number {
  if (row.state === 'done') return 1
  const byBytes = Number(row.bytes_read) / Math.max(1, Number(row.file_bytes))
  const byRows = Number(row.rows) / ((row.settings as ImportSettings).rowsEstimated || Number.POSITIVE_INFINITY)
  return Math.min(0.99, Math.max(byBytes, byRows))
}

export interface RejectionPage {
  importId: string
  after?: string | undefined
  limit: number
}

export async function listRejections(tx: WorkspaceTransaction, { importId, after, limit }: RejectionPage) {
  await readImport(tx, importId)
  const cursor = readCursor(after, 1)
  let query = tx.sql
    .selectFrom('import_rejection')
    .select(['line', 'code', 'params', 'message', 'column', 'raw'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('import_id', '=', importId)
  if (cursor) query = query.where('line', '>', cursor[0] as string)
  const rows = await query
    .orderBy('line')
    .limit(limit + 1)
    .execute()
  const page = pageOf(rows, limit, (row) => writeCursor(row.line))
  return {
    items: page.items.map((row) => ({ ...row, params: row.params as Problem['params'] })),
    nextCursor: page.nextCursor,
  }
}
