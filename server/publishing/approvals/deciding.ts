import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Forbidden } from '../../platform/errors.ts'
import { requireAtSource } from '../../platform/reach.ts'
import type { Services } from '../../platform/services.ts'
import { approveJudgement, loadJudgements, refuseRefused } from '../policy/judgements.ts'
import { judge } from '../policy/judging.ts'
import { saidHash } from '../policy/saying.ts'
import { type ApprovedDelivery, queueApproved } from '../queue.ts'
import type { Answering } from './answering.ts'
import {
  type ApprovalRow,
  attachmentsOf,
  authorOf,
  conversationsOf,
  type Looker,
  lockApproval,
  mayApprove,
} from './approval.ts'
import { type InsertedText, insertApproval, writerOf } from './asking.ts'
import { type Decider, endApproval } from './ending.ts'
import { addRemark } from './remarks.ts'

/**
 * Approves exactly what was judged: one transaction locks the approval, looks whether anybody spoke since, judges once more
 * under the policy of now, and puts it into the outbox. A process killed anywhere in between has done nothing.
 */
export async function approve(
  services: Services,
  tx: WorkspaceTransaction,
  answering: Answering,
  { approvalId, remark }: { approvalId: string; remark?: string | undefined },
  looker: Looker,
): Promise<void> {
  const row = await lockApproval(tx, approvalId)
  requireOpen(row)
  if (looker.id !== null && row.written_by === looker.id) throw new Forbidden('own-text')
  if (!mayApprove(row, looker)) throw new Forbidden('permission-missing', { permission: 'answers.approve' })
  const { kind, id } = writerOf(tx)
  if (kind === 'bot') throw new Forbidden('people-only')
  if (remark) await addRemark(tx, approvalId, remark, { kind, id })
  await approveLocked(services, tx, answering, row, { kind: 'member', id })
}

/** By whoever was let do it: a member, or a guest of theirs. The caller holds the row, and it is open. */
export async function approveLocked(
  services: Services,
  tx: WorkspaceTransaction,
  answering: Answering,
  row: ApprovalRow,
  by: Decider,
): Promise<void> {
  const end = (state: 'stale' | 'expired') =>
    endApproval(answering, tx, row, { state, by: { kind: 'system', id: null } })
  if (row.expires_at <= services.clock.now()) return end('expired')
  const conversations = await conversationsOf(tx, row.approval_id)
  if (!(await answering.isCurrent(tx, conversations))) return end('stale')
  await requireAsJudged(services, tx, row)
  await approveJudgement(tx, row.judgement_id)
  const delivery: ApprovedDelivery = { ...deliveryOf(row), judgementId: row.judgement_id, author: authorOf(row) }
  const answer = { delivery, written: row.written, closes: row.closes, conversations }
  const deliveryId =
    conversations.length > 0 ? await answering.queue(services, tx, answer) : await queueApproved(services, tx, delivery)
  await endApproval(answering, tx, row, { state: 'approved', by, deliveryId })
}

/** What was private stays so: it is part of what was approved. */
const deliveryOf = (row: ApprovalRow): InsertedText => ({
  sourceId: row.source_id,
  replyToPostId: row.reply_to_post_id,
  kind: row.kind,
  recipientAuthorId: row.recipient_author_id ?? undefined,
  title: row.title ?? undefined,
  text: row.text,
  language: row.language,
  attachments: attachmentsOf(row),
  undoSeconds: row.undo_seconds,
})

/** The very text that was judged; and what the policy has come to refuse since goes no more. */
async function requireAsJudged(services: Services, tx: WorkspaceTransaction, row: ApprovalRow): Promise<void> {
  const kept = (await loadJudgements(tx, [row.judgement_id])).get(row.judgement_id)
  const delivery = deliveryOf(row)
  if (kept?.saidHash !== saidHash(delivery)) throw new Conflict('approval-changed')
  const memberId = row.author_kind === 'member' ? row.author_id : null
  refuseRefused(await judge(services, tx, { ...delivery, kind: row.kind, origin: kept.origin, memberId }))
}

export function requireOpen(row: ApprovalRow): void {
  if (row.state !== 'open') throw new Conflict('approval-decided', { state: row.state })
}

/** Back to its author, with a reason. One's own text is withdrawn instead. */
export async function decline(
  tx: WorkspaceTransaction,
  answering: Answering,
  { approvalId, remark }: { approvalId: string; remark: string },
): Promise<void> {
  const row = await lockApproval(tx, approvalId)
  requireAtSource(tx, row.source_id)
  requireOpen(row)
  const { kind, id } = writerOf(tx)
  if (kind === 'bot') throw new Forbidden('people-only')
  await addRemark(tx, approvalId, remark, { kind, id })
  await endApproval(answering, tx, row, { state: 'declined', by: { kind: 'member', id } })
}

export async function withdraw(tx: WorkspaceTransaction, answering: Answering, approvalId: string): Promise<void> {
  const row = await lockApproval(tx, approvalId)
  requireAtSource(tx, row.source_id)
  requireOpen(row)
  const { id } = writerOf(tx)
  if (row.author_id !== id) throw new Forbidden('approval-of-another')
  await endApproval(answering, tx, row, { state: 'withdrawn', by: { kind: 'member', id } })
}

/**
 * Another text takes its place: judged anew, in its author's name still, and not to be approved by whoever edited. What was
 * remarked goes with it; links of guests were for the text that is no more.
 */
export async function edit(
  services: Services,
  tx: WorkspaceTransaction,
  answering: Answering,
  { approvalId, text, remark }: { approvalId: string; text: string; remark?: string | undefined },
): Promise<string> {
  const row = await lockApproval(tx, approvalId)
  requireAtSource(tx, row.source_id)
  requireOpen(row)
  const { kind, id } = writerOf(tx)
  if (kind === 'bot') throw new Forbidden('people-only')
  const written = text.trim()
  if (written === row.written.trim()) throw new Conflict('text-unchanged')
  const kept = (await loadJudgements(tx, [row.judgement_id])).get(row.judgement_id)
  const delivery = { ...deliveryOf(row), text: withEndingOf(row, written) }
  const memberId = row.author_kind === 'member' ? row.author_id : null
  const edited = await insertApproval(
    services,
    tx,
    { ...delivery, kind: row.kind, origin: kept?.origin ?? 'typed', memberId },
    {
      delivery,
      written,
      conversations: await conversationsOf(tx, approvalId),
      closes: row.closes,
      askedMemberId: row.asked_member_id === id ? null : row.asked_member_id,
      author: authorOf(row),
      writtenBy: id,
      editedFrom: approvalId,
    },
  )
  await tx.sql
    .updateTable('approval_remark')
    .set({ approval_id: edited })
    .where('workspace_id', '=', tx.workspaceId)
    .where('approval_id', '=', approvalId)
    .execute()
  if (remark) await addRemark(tx, edited, remark, { kind, id })
  await endApproval(answering, tx, row, { state: 'edited', by: { kind: 'member', id } })
  return edited
}

/** The sign-off stays the author's. */
function withEndingOf(row: ApprovalRow, written: string): string {
  const before = row.written.trim()
  return row.text.startsWith(before) ? written + row.text.slice(before.length) : written
}
