import type { Selectable } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { DB } from '../platform/database-types.generated.ts'
import { NotFound } from '../platform/errors.ts'
import { requireAtSource } from '../platform/reach.ts'

export type ConversationRow = Selectable<DB['conversation']>

/** Whoever changes conversations holds their rows first, in the order of their ids: nobody waits in a circle. */
export async function lockConversations(
  tx: WorkspaceTransaction,
  conversationIds: string[],
): Promise<Map<string, ConversationRow>> {
  if (conversationIds.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('conversation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', 'in', conversationIds)
    .orderBy('conversation_id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.conversation_id, row]))
}

/** Locks nothing. Refuses who may not do at its source what they were let in for. */
export async function requireConversation(tx: WorkspaceTransaction, conversationId: string): Promise<ConversationRow> {
  const row = await tx.sql
    .selectFrom('conversation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst()
  if (!row) throw new NotFound('conversation-unknown')
  requireAtSource(tx, row.source_id)
  return row
}
