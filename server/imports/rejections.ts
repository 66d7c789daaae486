import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { type ImportKind, type ImportProblem, readImport } from './states.ts'

/** More are counted, but not kept to be read. */
const REJECTIONS_KEPT_MAX = 100_000

export interface Rejection {
  line: number
  problem: ImportProblem
  column: string | null
  raw: string
}

export interface RejectionPage {
  importId: string
  after?: string | undefined
  limit: number
}

/** `before`: how many the import had at most already. */
export async function storeRejections(
  tx: WorkspaceTransaction,
  importId: string,
  rejected: Rejection[],
  before: number,
): Promise<void> {
  const few = rejected.slice(0, Math.max(0, REJECTIONS_KEPT_MAX - before))
  if (few.length === 0) return
  await sql`
    insert into import_rejection (workspace_id, import_id, line, code, params, message, "column", raw)
    select ${tx.workspaceId}, ${importId}, * from unnest(${few.map((r) => r.line)}::bigint[],
      ${few.map((r) => r.problem.code)}::text[], ${few.map((r) => JSON.stringify(r.problem.params))}::jsonb[],
      ${few.map((r) => r.problem.message)}::text[], ${few.map((r) => r.column)}::text[],
      ${few.map(rawOf)}::text[])
    on conflict do nothing`.execute(tx.sql)
}

/** Of who asked to be forgotten the line is told, and nothing of what stands in it. */
const rawOf = ({ problem, raw }: Rejection): string =>
  problem.code === 'suppressed' ? '' : raw.replaceAll('\0', '').toWellFormed()

export async function listRejections(
  tx: WorkspaceTransaction,
  kind: ImportKind,
  { importId, after, limit }: RejectionPage,
) {
  await readImport(tx, importId, kind)
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
    items: page.items.map((row) => ({ ...row, params: row.params as ImportProblem['params'] })),
    nextCursor: page.nextCursor,
  }
}
