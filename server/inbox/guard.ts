import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { SendGuard } from '../publishing/index.ts'
import { bringUpToDate } from './continuation.ts'
import { lockConversations } from './conversation.ts'

/**
 * The last word before an answer goes. Its turn: answers to one conversation go out in the order in which they were
 * written, and not without the one before; only what a crisis holds back is passed, and then goes no more. Its truth: nobody
 * said anything since, and what was just read from the network counts.
 */
export const answerGuard: SendGuard = {
  turn: async (tx, deliveryId) => {
    const { rows } = await sql<{ waits: boolean; stranded: boolean; passed: boolean }>`
      select coalesce(bool_or(other.version < mine.version and (d.state in ('sending', 'unknown')
          or (d.state = 'queued' and d.failure is distinct from 'frozen'))), false) as waits,
        coalesce(bool_or(other.version < mine.version and d.state = 'refused'
          and (other.failed_at is null or other.failed_at > mine.created_at)), false) as stranded,
        coalesce(bool_or(other.version > mine.version and d.state in ('sending', 'sent', 'unknown')), false) as passed
      from answer mine
        join answer other on other.workspace_id = mine.workspace_id and other.conversation_id = mine.conversation_id
          and other.delivery_id <> mine.delivery_id
        join delivery d on d.workspace_id = other.workspace_id and d.delivery_id = other.delivery_id
      where mine.workspace_id = ${tx.workspaceId} and mine.delivery_id = ${deliveryId}`.execute(tx.sql)
    const [turn] = rows
    if (turn?.passed) return 'newer-post'
    if (turn?.waits) return 'wait'
    return turn?.stranded ? 'earlier-answer' : 'go'
  },
  truth: async (services, tx, deliveryId) => {
    const answers = await answersOf(tx, deliveryId)
    const ids = answers.map((answer) => answer.conversation_id)
    if (ids.length === 0) return 'go'
    await bringUpToDate(services, tx, ids)
    const conversations = await lockConversations(tx, ids)
    const isCurrent = answers.every(
      (answer) => conversations.get(answer.conversation_id)?.heard_version === answer.heard_version,
    )
    return isCurrent ? 'go' : 'newer-post'
  },
}

export const answersOf = (tx: WorkspaceTransaction, deliveryId: string) =>
  tx.sql
    .selectFrom('answer')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', deliveryId)
    .orderBy('conversation_id')
    .execute()
