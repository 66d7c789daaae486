import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'

/**
 * Deletes authors who were heard only: not ours, never linked to a person (a withdrawn link is history that stays), not
 * heard since `before`, and who said nothing about the use of their data. The caller knows that none of its rows points at them. Returns how many went.
 */
export async function forgetAuthors(tx: WorkspaceTransaction, authorIds: string[], before: Date): Promise<number> {
  if (authorIds.length === 0) return 0
  const { rows } = await sql<{ gone: string }>`
    with gone as (
      delete from author a where a.workspace_id = ${tx.workspaceId} and a.author_id = any(${authorIds}::uuid[])
        and not a.own and a.last_heard_at < ${before}
        and not exists (select from person_link l where l.workspace_id = a.workspace_id and l.author_id = a.author_id)
        and not exists (select from consent c where c.workspace_id = a.workspace_id and c.author_id = a.author_id)
        and not exists (select from objection o where o.workspace_id = a.workspace_id and o.author_id = a.author_id)
      returning 1)
    select count(*) as gone from gone`.execute(tx.sql)
  return Number(rows[0]?.gone ?? 0)
}
