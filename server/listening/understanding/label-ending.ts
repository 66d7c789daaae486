import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { releasePosts } from '../triage/label-keeping.ts'

/** The text that they were said of is gone. The posts are held by the caller. */
export async function endLabels(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0) return
  const { rows } = await sql<{ post_id: string }>`
    delete from post_label where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[])
    returning post_id`.execute(tx.sql)
  await releasePosts(
    tx,
    rows.map((row) => row.post_id),
  )
}
