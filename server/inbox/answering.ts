/**
 * Send is compare-and-set. The conversations' rows are held, so of any number of callers (people, bots, two tabs) one
 * goes first; its answer makes a new version, and the others find that theirs is old. Nothing is queued then: they get
 * what is new instead.
 */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { newsOfSend } from '../../contract/inbox-threads.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { requireAtSource } from '../platform/reach.ts'
import type { Services } from '../platform/services.ts'
import { askApproval, attachedFiles, type NewDelivery, queueDelivery } from '../publishing/index.ts'
import { placeOfAnswer, type WantedPlace } from './answering-place.ts'
import { type ConversationRow, lockConversations } from './conversation.ts'
import { heldBy, holderOf, liveLeases } from './leases.ts'
import { readNews } from './news.ts'
import { fourEyesRule } from './routing/four-eyes.ts'
import { withSignOff } from './sign-off.ts'
import { recordLeaving } from './unanswered/leaving.ts'

export interface NewAnswer extends WantedPlace {
  conversations: { conversationId: string; againstVersion: string }[]
  text: string
  language: string | null
  attachmentIds: string[]
  close: boolean
  undoSeconds: number
  /** Whose text it began with. */
  macroId?: string | undefined
  /** What of the policy's findings its author saw and lets go. */
  confirmed?: string | undefined
}

export interface SentAnswer {
  deliveryId: string
  conversations: { conversationId: string; version: string }[]
}

export async function sendAnswer(services: Services, tx: WorkspaceTransaction, answer: NewAnswer): Promise<SentAnswer> {
  const { delivery, answered } = await prepareAnswer(services, tx, answer)
  const deliveryId = await queueDelivery(services, tx, delivery)
  await writeAnswers(tx, deliveryId, answered, answer)
  await forgetWriting(
    tx,
    answered.map(({ row }) => row.conversation_id),
  )
  return {
    deliveryId,
    conversations: answered.map(({ row, version }) => ({ conversationId: row.conversation_id, version })),
  }
}

/** The same text, kept until somebody else lets it go: what stands in the way of sending stands in the way of asking. */
export async function submitAnswer(
  services: Services,
  tx: WorkspaceTransaction,
  { note, askedMemberId, ...answer }: NewAnswer & { note: string; askedMemberId: string | null },
): Promise<string> {
  const { delivery, answered } = await prepareAnswer(services, tx, answer)
  const approvalId = await askApproval(services, tx, {
    delivery,
    written: answer.text.trim(),
    conversations: answered.map(({ row, againstVersion }) => ({ conversationId: row.conversation_id, againstVersion })),
    closes: answer.close,
    note,
    askedMemberId,
  })
  await forgetWriting(
    tx,
    answered.map(({ row }) => row.conversation_id),
  )
  return approvalId
}

async function prepareAnswer(
  services: Services,
  tx: WorkspaceTransaction,
  answer: NewAnswer,
): Promise<{ delivery: NewDelivery; answered: Answered[] }> {
  holderOf(tx)
  const against = new Map(answer.conversations.map((one) => [one.conversationId, one.againstVersion]))
  const rows = await lockConversations(tx, [...against.keys()])
  const conversations = [...against.keys()].map((id) => rows.get(id) ?? fail(new NotFound('conversation-unknown')))
  for (const row of conversations) requireAtSource(tx, row.source_id)
  if (new Set(conversations.map((row) => row.thread_id)).size > 1) throw new Invalid('several-threads')
  await refuseHeldByOthers(tx, conversations)
  await refuseStale(tx, conversations, against)
  const place = await placeOfAnswer(services, tx, conversations, answer)
  return {
    delivery: {
      sourceId: place.account.sourceId,
      replyToPostId: place.replyToPostId,
      ...(place.strand === 'private' && { kind: 'private' as const }),
      recipientAuthorId: place.recipientAuthorId,
      title: place.title,
      text: await withSignOff(tx, answer.text, place.account.network),
      language: answer.language,
      attachments: await attachedFiles(tx, answer.attachmentIds),
      undoSeconds: answer.undoSeconds,
      confirmed: answer.confirmed,
      ...(answer.macroId && tx.actor.kind === 'member' && { origin: 'macro' as const }),
      fourEyes: (await fourEyesRule(tx, [...against.keys()], services.clock.now())) !== null,
    },
    answered: conversations.map((row) => ({
      row,
      version: String(BigInt(row.version) + 1n),
      againstVersion: against.get(row.conversation_id) ?? '0',
    })),
  }
}

const fail = (error: Error): never => {
  throw error
}

async function refuseHeldByOthers(tx: WorkspaceTransaction, conversations: ConversationRow[]): Promise<void> {
  const leases = await liveLeases(
    tx,
    conversations.map((row) => row.conversation_id),
  )
  for (const lease of leases.values()) if (!lease.mine) throw heldBy(lease)
}

async function refuseStale(
  tx: WorkspaceTransaction,
  conversations: ConversationRow[],
  against: Map<string, string>,
): Promise<void> {
  const stale = conversations.filter((row) => row.version !== against.get(row.conversation_id))
  const [first] = stale
  if (!first) return
  const news: z.infer<typeof newsOfSend> = []
  for (const row of stale) news.push(await readNews(tx, row.conversation_id, against.get(row.conversation_id) ?? '0'))
  throw new Conflict('newer-post', { conversationId: first.conversation_id, version: first.version }, news)
}

export interface Answered {
  row: ConversationRow
  version: string
  againstVersion: string
}

/** Everything known now counts as answered; if the answer does not go out, it waits again (see undelivered.ts). */
export async function writeAnswers(
  tx: WorkspaceTransaction,
  deliveryId: string,
  answered: Answered[],
  { close, text }: Pick<NewAnswer, 'close' | 'text'>,
): Promise<void> {
  await tx.sql
    .insertInto('answer')
    .values(
      answered.map(({ row, version, againstVersion }) => ({
        workspace_id: tx.workspaceId,
        delivery_id: deliveryId,
        conversation_id: row.conversation_id,
        against_version: againstVersion,
        version,
        heard_version: row.heard_version,
        closes: close,
        written: text,
      })),
    )
    .execute()
  const ids = answered.map(({ row }) => row.conversation_id)
  await sql`
    update conversation_post set answered_by = ${deliveryId}
    where workspace_id = ${tx.workspaceId} and conversation_id = any(${ids}::uuid[]) and direction = 'in'
      and answered_by is null`.execute(tx.sql)
  await sql`
    update conversation set version = version + 1, waiting_since = null, negative_since = null
    ${close ? sql`, state = 'closed', closed_at = clock_timestamp(), snoozed_until = null` : sql``}
    where workspace_id = ${tx.workspaceId} and conversation_id = any(${ids}::uuid[])`.execute(tx.sql)
  recordLeaving(
    tx,
    answered.filter(({ row }) => row.negative_since !== null).map(({ row }) => row.conversation_id),
    { how: 'answer' },
  )
  for (const { row, version } of answered) {
    const subjects = { conversationId: row.conversation_id, deliveryId }
    tx.record({ type: 'answer.queued', subjects, codes: { version, closes: close } })
    if (close && row.state !== 'closed')
      tx.record({
        type: 'conversation.closed',
        subjects: { conversationId: row.conversation_id },
        codes: { because: 'answered' },
      })
  }
}

/** One's own draft and lease have done their work. */
async function forgetWriting(tx: WorkspaceTransaction, conversationIds: string[]): Promise<void> {
  const holder = holderOf(tx)
  await tx.sql
    .deleteFrom('draft')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', 'in', conversationIds)
    .where('member_id', '=', holder.id)
    .execute()
  await tx.sql
    .deleteFrom('lease')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', 'in', conversationIds)
    .where('holder_id', '=', holder.id)
    .execute()
}
