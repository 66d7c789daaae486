import { sql } from 'kysely'
import type { SettledConversation } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'

/**
 * How conversations stand: listening takes it as a hint at what is for us. Answered counts as long as an answer stands;
 * laid aside is what was closed by hand and never answered. Served by the primary keys of conversation_post and answer_conversation.
 */
export async function settledConversations(
  tx: WorkspaceTransaction,
  conversationIds: string[],
): Promise<SettledConversation[]> {
  const { rows } = await sql<SettledConversation>`
    select array_agg(cp.post_id::text order by cp.post_id) as "postIds",
      case when c.answered_at is not null or exists (select from answer a where a.workspace_id = c.workspace_id
          and a.conversation_id = c.conversation_id and a.failed_at is null) then 'answered'
        when c.state = 'closed' and bool_or(cp.settled_at is not null) then 'laid-aside' else 'open' end as outcome
    from conversation c join conversation_post cp on cp.workspace_id = c.workspace_id
      and cp.conversation_id = c.conversation_id and cp.direction = 'in' and not cp.deleted
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${conversationIds}::uuid[])
    group by c.workspace_id, c.conversation_id, c.answered_at, c.state
    order by c.conversation_id`.execute(tx.sql)
  return rows
}
