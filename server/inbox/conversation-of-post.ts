import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'

/** Where a post is a matter of: the conversation with whoever wrote it, else the newest of its thread. Served by conversation_post_post. */
export async function conversationOfPost(tx: WorkspaceTransaction, postId: string): Promise<string | null> {
  const { rows } = await sql<{ conversation_id: string }>`
    select c.conversation_id from conversation_post cp
      join conversation c on c.workspace_id = cp.workspace_id and c.conversation_id = cp.conversation_id
      join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
    where cp.workspace_id = ${tx.workspaceId} and cp.post_id = ${postId}
    order by c.author_id = p.author_id desc, c.last_post_at desc limit 1`.execute(tx.sql)
  return rows[0]?.conversation_id ?? null
}
