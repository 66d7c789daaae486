import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'

/**
 * Files name what a post answers, not where its thread begins. Hands the root down one step: a post takes the root of what
 * it answers, or what it answers itself when that begins a thread or is not stored. Called until it returns 0; posts that
 * answer each other in a circle keep none. Served by post_import and the unique key.
 */
export async function joinThreads(tx: WorkspaceTransaction, importId: string): Promise<number> {
  const result = await sql`
    update post p set root_external_id = coalesce(above.root_external_id, p.parent_external_id),
      root_reference = coalesce(above.root_reference, p.parent_reference)
    from post c left join post above on above.workspace_id = c.workspace_id and above.network = c.network
      and above.scope = c.scope and above.external_id = c.parent_external_id
    where c.workspace_id = ${tx.workspaceId} and c.import_id = ${importId} and c.root_external_id is null
      and c.parent_external_id is not null and (above.post_id is null or above.parent_external_id is null
        or above.root_external_id is not null)
      and p.workspace_id = c.workspace_id and p.post_id = c.post_id`.execute(tx.sql)
  return Number(result.numAffectedRows ?? 0n)
}
