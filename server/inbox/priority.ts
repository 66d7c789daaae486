import type { Priority } from '../../contract/routing-words.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { ConversationRow } from './conversation.ts'

/** How soon somebody should look at it; the caller holds the rows. Returns the ids of those that had another. */
export async function prioritise(
  tx: WorkspaceTransaction,
  rows: readonly Pick<ConversationRow, 'conversation_id' | 'priority'>[],
  priority: Priority,
): Promise<string[]> {
  const changed = rows.filter((row) => row.priority !== priority)
  if (changed.length === 0) return []
  const ids = changed.map((row) => row.conversation_id)
  await tx.sql
    .updateTable('conversation')
    .set({ priority })
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', 'in', ids)
    .execute()
  for (const row of changed)
    tx.record({
      type: 'conversation.prioritised',
      subjects: { conversationId: row.conversation_id },
      codes: { priority, was: row.priority },
    })
  return ids
}
