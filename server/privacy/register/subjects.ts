import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { DataSubject } from '../../platform/personal-data.ts'

/** Names that others can mention are few; more of them are not looked for. */
const NAMES_MAX = 500

/** Everyone who is the same as this person, with all identities. Empty when nobody is there, or was erased. */
export async function subjectOf(tx: WorkspaceTransaction, personId: string): Promise<DataSubject> {
  const { rows } = await sql<{ person_ids: string[]; author_ids: string[] }>`
    select array(select p.person_id from person p where p.workspace_id = n.workspace_id and p.current_id = n.current_id
        order by p.person_id) as person_ids,
      array(select a.author_id from author a where a.workspace_id = n.workspace_id and a.person_id = n.current_id and not a.own
        order by a.author_id) as author_ids
    from person n where n.workspace_id = ${tx.workspaceId} and n.person_id = ${personId} and n.erased_at is null`.execute(
    tx.sql,
  )
  const [found] = rows
  if (!found) return { personIds: [], authorIds: [], names: [] }
  return withNames(tx, { personIds: found.person_ids, authorIds: found.author_ids })
}

/**
 * Words by which others mention them; read while identities still carry them. Whoever calls themselves like the brand is
 * not whom others mean by it: it would go out of everybody's notes.
 */
export async function withNames(
  tx: WorkspaceTransaction,
  { personIds, authorIds }: Omit<DataSubject, 'names'>,
): Promise<DataSubject> {
  const { rows } = await sql<{ name: string }>`
    select distinct name from (
      select unnest(array[handle, name, network_id]) as name from author
      where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[]) and network_id <> 'erased:' || author_id
      union all select unnest(array[handle, name]) from author_handle
      where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[])
      union all select value from author_past
      where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[]) and attribute = 'name'
      union all select name from person
      where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])
      union all select value from person_override
      where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]) and field = 'name') known
    where name <> '' and lower(btrim(name, '@ ')) not in (select lower(btrim(own, '@ ')) from workspace w
        cross join lateral unnest(array[w.name, w.brand]) own where w.workspace_id = ${tx.workspaceId} and own is not null)
    order by name limit ${NAMES_MAX}`.execute(tx.sql)
  return { personIds, authorIds, names: rows.map((row) => row.name) }
}
