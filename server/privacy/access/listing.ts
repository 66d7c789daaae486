import { type SqlBool, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import type { Language } from './labels.ts'

/** Newest first. Served by access_archive_newest, or by access_archive_person. */
export async function listArchives(
  tx: WorkspaceTransaction,
  { personId, after, limit }: { personId?: string | undefined; after?: string | undefined; limit: number },
) {
  const cursor = readCursor(after, 2)
  let query = tx.sql
    .selectFrom('access_archive as a')
    .leftJoin('person as p', (join) =>
      join.onRef('p.workspace_id', '=', 'a.workspace_id').onRef('p.person_id', '=', 'a.person_id'),
    )
    .leftJoin('person as n', (join) =>
      join.onRef('n.workspace_id', '=', 'p.workspace_id').onRef('n.person_id', '=', 'p.current_id'),
    )
    .selectAll('a')
    .select(['p.current_id', 'p.erased_at', 'n.name'])
    .where('a.workspace_id', '=', tx.workspaceId)
  if (personId)
    query = query.where(sql<SqlBool>`a.person_id in (select m.person_id from person m join person o
      on o.workspace_id = m.workspace_id and o.current_id = m.current_id
      where m.workspace_id = ${tx.workspaceId} and o.person_id = ${personId})`)
  if (cursor)
    query = query.where(sql<SqlBool>`(a.created_at, a.archive_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const rows = await query
    .orderBy('a.created_at', 'desc')
    .orderBy('a.archive_id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageOf(rows, limit, (row) => writeCursor(row.created_at, row.archive_id))
  const items = page.items.map((row) => ({
    archiveId: row.archive_id,
    person: row.current_id && !row.erased_at ? { personId: row.current_id, name: row.name ?? '' } : null,
    language: row.language as Language,
    state: row.state,
    steps: row.steps,
    stepsExpected: row.steps_expected,
    bytes: row.bytes,
    downloads: row.downloads,
    failure: row.failure,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }))
  return { items, nextCursor: page.nextCursor }
}
