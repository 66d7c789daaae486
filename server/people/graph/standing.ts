import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/**
 * Writes anew to whom these authors belong: the person of the topmost link that is not withdrawn, as merged now. The
 * caller holds the authors' rows, or is the only one who knows them. Persons are read under a shared lock, so that a merge
 * of the same moment either has ended or waits for this.
 */
export async function placeAuthors(tx: WorkspaceTransaction, authorIds: string[]): Promise<void> {
  if (authorIds.length === 0) return
  await sql`select from person where workspace_id = ${tx.workspaceId} and person_id = any(
      select person_id from person_link where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[])
        and withdrawn_at is null and person_id is not null)
    order by person_id for share`.execute(tx.sql)
  await sql`
    update author a set person_id = now.person_id
    from unnest(${authorIds}::uuid[]) as g(author_id)
      left join lateral (
        select p.current_id as person_id from person_link l
          left join person p on p.workspace_id = l.workspace_id and p.person_id = l.person_id
        where l.workspace_id = ${tx.workspaceId} and l.author_id = g.author_id and l.withdrawn_at is null and not l.shared
        order by l.position desc limit 1) now on true
    where a.workspace_id = ${tx.workspaceId} and a.author_id = g.author_id
      and a.person_id is distinct from now.person_id`.execute(tx.sql)
}
