import { sql } from 'kysely'
import { membersWhoAt, presenceAt } from '../../accounts/index.ts'
import { notify } from '../../notifications/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Forbidden, Invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { requireAtSource } from '../../platform/reach.ts'
import type { Services } from '../../platform/services.ts'
import { keepJudgement, refuseRefused } from '../policy/judgements.ts'
import { judge } from '../policy/judging.ts'
import type { Saying } from '../policy/saying.ts'
import { readTimes } from '../policy/versions.ts'
import { type NewDelivery, requireSayable, sayingOf } from '../queue.ts'
import type { AgainstVersion } from './approval.ts'
import { APPROVAL } from './notification-kind.ts'
import { addRemark } from './remarks.ts'

export interface AskedApproval {
  delivery: NewDelivery
  /** Without the sign-off. */
  written: string
  conversations: readonly AgainstVersion[]
  closes: boolean
  note: string
  askedMemberId: string | null
}

type Writer = { kind: 'member' | 'bot'; id: string }

export function writerOf({ actor }: WorkspaceTransaction): Writer {
  if ((actor.kind === 'member' || actor.kind === 'bot') && actor.id) return { kind: actor.kind, id: actor.id }
  throw new Forbidden('writers-only')
}

/** Judges the text and keeps it until somebody else lets it go. What the policy refuses, nobody can let go. */
export async function askApproval(services: Services, tx: WorkspaceTransaction, asked: AskedApproval): Promise<string> {
  const { delivery } = asked
  requireAtSource(tx, delivery.sourceId)
  const writer = writerOf(tx)
  await requireSayable(services, tx, delivery)
  if (asked.askedMemberId) await requireApprover(tx, asked.askedMemberId, delivery.sourceId, writer)
  const approvalId = await insertApproval(services, tx, sayingOf(tx, delivery), {
    ...asked,
    author: writer,
    writtenBy: writer.id,
    editedFrom: null,
  })
  if (asked.note !== '') await addRemark(tx, approvalId, asked.note, writer)
  return approvalId
}

export type InsertedText = Pick<
  NewDelivery,
  | 'sourceId'
  | 'replyToPostId'
  | 'text'
  | 'language'
  | 'attachments'
  | 'undoSeconds'
  | 'kind'
  | 'recipientAuthorId'
  | 'title'
>
interface InsertedApproval extends Omit<AskedApproval, 'note' | 'delivery'> {
  delivery: InsertedText
  author: Writer
  writtenBy: string
  editedFrom: string | null
}

/** Also for a text that was edited: another text, another judgement, another approval. */
export async function insertApproval(
  services: Services,
  tx: WorkspaceTransaction,
  saying: Saying,
  approval: InsertedApproval,
): Promise<string> {
  const judged = await judge(services, tx, saying)
  refuseRefused(judged)
  const { approvalHours } = await readTimes(tx)
  const approvalId = newId()
  await tx.sql
    .insertInto('approval')
    .values({
      workspace_id: tx.workspaceId,
      approval_id: approvalId,
      source_id: saying.sourceId,
      judgement_id: await keepJudgement(tx, judged, saying, null),
      reply_to_post_id: saying.replyToPostId,
      kind: saying.kind,
      recipient_author_id: approval.delivery.recipientAuthorId ?? null,
      title: approval.delivery.title ?? null,
      written: approval.written,
      text: saying.text,
      language: saying.language,
      attachments: JSON.stringify(saying.attachments),
      closes: approval.closes,
      undo_seconds: approval.delivery.undoSeconds,
      author_kind: approval.author.kind,
      author_id: approval.author.id,
      written_by: approval.writtenBy,
      asked_member_id: approval.askedMemberId,
      edited_from: approval.editedFrom,
      expires_at: sql<Date>`clock_timestamp() + make_interval(hours => ${approvalHours})`,
    })
    .execute()
  if (approval.conversations.length > 0)
    await tx.sql
      .insertInto('approval_conversation')
      .values(
        approval.conversations.map(({ conversationId, againstVersion }, ordinal) => ({
          workspace_id: tx.workspaceId,
          approval_id: approvalId,
          conversation_id: conversationId,
          ordinal,
          against_version: againstVersion,
        })),
      )
      .execute()
  tx.record({
    type: 'approval.asked',
    subjects: subjectsOf(approvalId, saying.sourceId, approval.conversations),
    codes: { verdict: judged.judgement.verdict, edited: approval.editedFrom !== null },
  })
  const told = await approversFor(services, tx, approval.askedMemberId, saying.sourceId, approval.writtenBy)
  await notify(
    tx,
    APPROVAL,
    told.map((memberId) => ({ memberId, id: approvalId, news: 'asked' })),
  )
  return approvalId
}

/** Events name the conversation that an approval belongs to, as deliveries do. */
export function subjectsOf(
  approvalId: string,
  sourceId: string,
  conversations: readonly AgainstVersion[],
): Record<string, string> {
  const [first] = conversations
  return { approvalId, sourceId, ...(first ? { conversationId: first.conversationId } : {}) }
}

async function requireApprover(tx: WorkspaceTransaction, memberId: string, sourceId: string, writer: Writer) {
  if (memberId === writer.id) throw new Invalid('own-text')
  if (!(await membersWhoAt(tx, 'answers.approve', sourceId)).includes(memberId)) throw new Invalid('cannot-approve')
}

/**
 * Whoever was asked, their stand-in while they are away, and without either everybody who may and is at work; if nobody is,
 * everybody who may. Never whoever wrote it.
 */
export async function approversFor(
  services: Services,
  tx: WorkspaceTransaction,
  askedMemberId: string | null,
  sourceId: string,
  writtenBy: string,
): Promise<string[]> {
  const able = (await membersWhoAt(tx, 'answers.approve', sourceId)).filter((memberId) => memberId !== writtenBy)
  if (askedMemberId) {
    const standIn = await tx.sql
      .selectFrom('stand_in')
      .select('stand_in_id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('member_id', '=', askedMemberId)
      .where('until', '>', services.clock.now())
      .executeTakeFirst()
    const [one] = [standIn?.stand_in_id, askedMemberId].filter((id) => id !== undefined && able.includes(id))
    if (one) return [one]
  }
  const presence = await presenceAt(tx, services.clock.now())
  const here = able.filter((memberId) => presence.get(memberId) !== 'off')
  return here.length > 0 ? here : able
}
