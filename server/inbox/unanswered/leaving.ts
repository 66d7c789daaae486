/**
 * A negative post that nobody answered is on a list, and leaves it in five ways: an answer, a reason that somebody gave, a
 * rule, a person who says that it is not negative, or its author who took it back. Whoever clears `negative_since` says
 * which; the trail keeps it.
 */
import type { CloseReason } from '../../../contract/close-reasons.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Actor } from '../../platform/events.ts'

export type Leaving =
  | { how: 'answer' | 'not-negative' | 'withdrawn' }
  | { how: 'reason'; reason: CloseReason; note: string }
  | { how: 'rule'; ruleId: string }

export function recordLeaving(
  tx: WorkspaceTransaction,
  conversationIds: readonly string[],
  leaving: Leaving,
  actor?: Actor,
): void {
  for (const conversationId of conversationIds)
    tx.record({
      type: 'conversation.left-unanswered',
      subjects: { conversationId, ...(leaving.how === 'rule' ? { ruleId: leaving.ruleId } : {}) },
      codes: { how: leaving.how, ...(leaving.how === 'reason' ? { reason: leaving.reason } : {}) },
      ...(leaving.how === 'reason' && leaving.note !== '' ? { content: { reason: leaving.note } } : {}),
      ...(actor ? { actor } : {}),
    })
}
