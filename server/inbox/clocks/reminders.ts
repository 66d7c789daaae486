import { REMINDER_DAYS_MAX } from '../../../contract/clock-words.ts'
import { notify } from '../../notifications/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid } from '../../platform/errors.ts'
import { requireConversation } from '../conversation.ts'
import { REMINDER } from './notification-kinds.ts'

const AT_ONCE = 500
const DAY_MS = 86_400_000

/** One's own, one for each conversation: a later one takes the place of the earlier. `at` null takes it away. */
export async function setReminder(
  tx: WorkspaceTransaction,
  conversationId: string,
  at: Date | null,
  now: Date,
): Promise<void> {
  await requireConversation(tx, conversationId)
  const memberId = memberOf(tx)
  if (!at) {
    await tx.sql
      .deleteFrom('reminder')
      .where('workspace_id', '=', tx.workspaceId)
      .where('conversation_id', '=', conversationId)
      .where('member_id', '=', memberId)
      .execute()
    return
  }
  const days = (at.getTime() - now.getTime()) / DAY_MS
  if (!(days > 0 && days <= REMINDER_DAYS_MAX)) throw new Invalid('reminder-time', { daysMax: REMINDER_DAYS_MAX })
  await tx.sql
    .insertInto('reminder')
    .values({ workspace_id: tx.workspaceId, conversation_id: conversationId, member_id: memberId, due_at: at })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'conversation_id', 'member_id']).doUpdateSet({ due_at: at }),
    )
    .execute()
}

export async function reminderOf(tx: WorkspaceTransaction, conversationId: string): Promise<Date | null> {
  const { kind, id } = tx.actor
  if (kind !== 'member' || !id) return null
  const row = await tx.sql
    .selectFrom('reminder')
    .select('due_at')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('member_id', '=', id)
    .executeTakeFirst()
  return row?.due_at ?? null
}

/** Tells of what is due and forgets it in the same transaction. Returns how many. */
export async function remindSome(tx: WorkspaceTransaction, now: Date): Promise<number> {
  const due = await tx.sql
    .selectFrom('reminder')
    .select(['conversation_id', 'member_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('due_at', '<=', now)
    .limit(AT_ONCE)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { conversation_id, member_id } of due)
    await tx.sql
      .deleteFrom('reminder')
      .where('workspace_id', '=', tx.workspaceId)
      .where('conversation_id', '=', conversation_id)
      .where('member_id', '=', member_id)
      .execute()
  await notify(
    tx,
    REMINDER,
    due.map((row) => ({ memberId: row.member_id, id: row.conversation_id })),
  )
  return due.length
}

function memberOf({ actor }: WorkspaceTransaction): string {
  if (actor.kind === 'member' && actor.id) return actor.id
  throw new Invalid('needs-member')
}
