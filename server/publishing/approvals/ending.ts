import { sql } from 'kysely'
import { notify, settle as settleNotification } from '../../notifications/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type Actor, SYSTEM } from '../../platform/events.ts'
import type { Answering } from './answering.ts'
import { type ApprovalRow, attachmentsOf, conversationsOf } from './approval.ts'
import { subjectsOf } from './asking.ts'
import { APPROVAL } from './notification-kind.ts'

export type EndState = Exclude<ApprovalRow['state'], 'open'>
export type Decider = { kind: 'member' | 'guest'; id: string } | { kind: 'system'; id: null }

/** After these the words are their author's again. */
const COMES_BACK: readonly EndState[] = ['declined', 'withdrawn', 'stale', 'expired']
const NEWS: Partial<Record<EndState, string>> = {
  approved: 'approved',
  declined: 'declined',
  edited: 'edited',
  stale: 'stale',
  expired: 'expired',
}

/** The one way in which an approval ends. The caller holds the row, and it is open. */
export async function endApproval(
  answering: Answering,
  tx: WorkspaceTransaction,
  row: ApprovalRow,
  end: { state: EndState; by: Decider; deliveryId?: string },
): Promise<void> {
  const { state, by, deliveryId = null } = end
  await tx.sql
    .updateTable('approval')
    .set({
      state,
      decided_at: sql<Date>`clock_timestamp()`,
      decided_by_kind: by.kind,
      decided_by: by.id,
      delivery_id: deliveryId,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('approval_id', '=', row.approval_id)
    .execute()
  const conversations = await conversationsOf(tx, row.approval_id)
  tx.record({
    type: `approval.${state}`,
    subjects: {
      ...subjectsOf(row.approval_id, row.source_id, conversations),
      ...(deliveryId ? { deliveryId } : {}),
      ...(by.kind === 'guest' ? { guestId: by.id } : {}),
    },
    codes: { guest: by.kind === 'guest' },
    ...actorOf(by),
  })
  await settleNotification(tx, APPROVAL, [row.approval_id])
  const news = NEWS[state]
  if (row.author_kind !== 'member') return
  if (news) await notify(tx, APPROVAL, [{ memberId: row.author_id, id: row.approval_id, news }])
  const [conversation] = conversations
  if (conversation && COMES_BACK.includes(state))
    await answering.giveBack(tx, {
      memberId: row.author_id,
      written: row.written,
      attachmentIds: attachmentsOf(row).map(({ attachmentId }) => attachmentId),
      visibility: row.kind === 'private' ? 'private' : 'public',
      conversation,
    })
}

/** A guest is no member and no customer: the system notes what they said, and the subjects say who it was. */
const actorOf = (by: Decider): { actor?: Actor } => (by.kind === 'member' ? {} : { actor: SYSTEM })
