import { type SqlBool, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import type { DataRegister } from '../../platform/personal-data.ts'
import { erasureOrder } from '../register/register.ts'

/** Newest first, with what became of every table. Served by erasure_newest. */
export async function listErasures(
  tx: WorkspaceTransaction,
  register: DataRegister,
  { after, limit }: { after?: string | undefined; limit: number },
) {
  const tables = erasureOrder(register)
  const byName = new Map(tables.map((table) => [table.table, table]))
  const cursor = readCursor(after, 2)
  let query = tx.sql
    .selectFrom('erasure as e')
    .leftJoin('person as p', (join) =>
      join.onRef('p.workspace_id', '=', 'e.workspace_id').onRef('p.person_id', '=', 'e.person_id'),
    )
    .selectAll('e')
    .select(['p.name', 'p.erased_at'])
    .where('e.workspace_id', '=', tx.workspaceId)
  if (cursor)
    query = query.where(sql<SqlBool>`(e.requested_at, e.erasure_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const rows = await query
    .orderBy('e.requested_at', 'desc')
    .orderBy('e.erasure_id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageOf(rows, limit, (row) => writeCursor(row.requested_at, row.erasure_id))
  const items = page.items.map((row) => ({
    erasureId: row.erasure_id,
    state: row.state,
    via: row.via,
    person: row.person_id && !row.erased_at ? { personId: row.person_id, name: row.name ?? '' } : null,
    requestedAt: row.requested_at,
    finishedAt: row.finished_at,
    identities: row.author_ids.length,
    stepsDone: row.state === 'done' ? tables.length : row.steps_done.length,
    steps: tables.length,
    tables: Object.entries(row.report as Record<string, number>).flatMap(([table, count]) => {
      const erase = byName.get(table)?.erase
      return erase ? [{ table, how: erase.how, rows: count, because: erase.because ?? null }] : []
    }),
  }))
  return { items, nextCursor: page.nextCursor }
}
