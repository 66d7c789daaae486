import { sql } from 'kysely'
import type { WorkspaceTransaction } from './database.ts'

/** Rows of one table; a workspace that is set up by more than this is no rehearsal room. */
const ROWS_MAX = 20_000

/** How a workspace is set up, as rows of the tables that its modules name (Module.configuration). */
export interface CopiedTable {
  table: string
  rows: Record<string, unknown>[]
}

export async function readConfiguration(tx: WorkspaceTransaction, tables: readonly string[]): Promise<CopiedTable[]> {
  const copied: CopiedTable[] = []
  for (const table of tables) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t) as row from ${sql.table(table)} t where workspace_id = ${tx.workspaceId}
      limit ${ROWS_MAX}`.execute(tx.sql)
    copied.push({ table, rows: rows.map(({ row }) => row) })
  }
  return copied
}

/** Ids stay as they are: they are unique within a workspace, so what points at them still does. */
export async function writeConfiguration(tx: WorkspaceTransaction, copied: readonly CopiedTable[]): Promise<void> {
  for (const { table, rows } of copied) {
    if (rows.length === 0) continue
    const { rows: columns } = await sql<{ name: string }>`
      select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0
        and not attisdropped and attgenerated = ''`.execute(tx.sql)
    const names = sql.join(columns.map(({ name }) => sql.ref(name)))
    const moved = JSON.stringify(rows.map((row) => ({ ...row, workspace_id: tx.workspaceId })))
    await sql`insert into ${sql.table(table)} (${names})
      select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${moved}::jsonb)`.execute(tx.sql)
  }
}

/**
 * Deletes everything that the workspace holds, whatever points at what: a table that something still
 * points at waits for the next round. Only for what practises: the database refuses to forget anything else.
 */
export async function forgetWorkspace(tx: WorkspaceTransaction): Promise<void> {
  await sql`select system.forget_sandbox()`.execute(tx.sql)
  // What nobody may delete from is append-only: the trail, which is gone by now, and logs that go with whom they are about.
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and has_table_privilege(c.oid, 'delete')`.execute(tx.sql)
  let left = rows.map(({ name }) => name)
  while (left.length > 0) {
    const still: string[] = []
    for (const table of left) {
      await sql`savepoint forgetting`.execute(tx.sql)
      try {
        await sql`delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
        await sql`release savepoint forgetting`.execute(tx.sql)
      } catch (error) {
        if (!isPointedAt(error)) throw error
        await sql`rollback to savepoint forgetting`.execute(tx.sql)
        still.push(table)
      }
    }
    if (still.length === left.length) throw new Error(`tables point at each other: ${still.join(', ')}`)
    left = still
  }
}

const FOREIGN_KEY_VIOLATION = '23503'
const isPointedAt = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === FOREIGN_KEY_VIOLATION
