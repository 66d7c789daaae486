import { sql } from 'kysely'
import type { ConversationFilters } from '../../contract/inbox-conversations.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { allOf, conditionsOf } from './filters.ts'
import { NARROWED_BY, type Order } from './list.ts'

/** A list that somebody has open. */
export interface OpenQueue {
  listId: string
  filters: ConversationFilters
  order: Order
}

/** In which of several open lists conversations stand now, with the conditions of the lists themselves, in one statement. */
export async function whichQueues(
  tx: WorkspaceTransaction,
  conversationIds: readonly string[],
  lists: readonly OpenQueue[],
): Promise<{ listId: string; conversationId: string }[]> {
  if (conversationIds.length === 0 || lists.length === 0) return []
  const tests = []
  for (const { filters, order } of lists)
    tests.push(sql`(${allOf(await conditionsOf(tx, { ...NARROWED_BY[order], ...filters }))})`)
  const { rows } = await sql<{ conversation_id: string; passes: boolean[] }>`
    select c.conversation_id, array[${sql.join(tests)}] as passes from conversation c
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${conversationIds}::uuid[])`.execute(tx.sql)
  return rows.flatMap(({ conversation_id, passes }) =>
    lists.filter((_, index) => passes[index]).map(({ listId }) => ({ listId, conversationId: conversation_id })),
  )
}
