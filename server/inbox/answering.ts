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
import { attachedFiles, queueDelivery } from '../publishing/index.ts'
import { answeringAccount } from './answering-account.ts'
import { refuseUnwanted } from './contact-wishes.ts'
import { type ConversationRow, lockConversations } from './conversation.ts'
import { heldBy, holderOf, liveLeases } from './leases.ts'
import { readNews } from './news.ts'
import { withSignOff } from './sign-off.ts'
import { recordLeaving } from './unanswered/leaving.ts'

export interface NewAnswer {
  conversations: { conversationId: string; againstVersion: string }[]
  replyToPostId?: string | undefined
  text: string
  language: string | null
  attachmentIds: string[]
  close: boolean
  undoSeconds: number
}

export interface SentAnswer {
  deliveryId: string
  conversations: { conversationId: string; version: string }[]
}

export async function sendAnswer(services: Services, tx: WorkspaceTransaction, answer: NewAnswer): Promise<SentAnswer> {
  holderOf(tx)
  const against = new Map(answer.conversations.map((one) => [one.conversationId, one.againstVersion]))
  const rows = await lockConversations(tx, [...against.keys()])
  const conversations = [...against.keys()].map((id) => rows.get(id) ?? fail(new NotFound('conversation-unknown')))
  for (const row of conversations) requireAtSource(tx, row.source_id)
  if (new Set(conversations.map((row) => row.thread_id)).size > 1) throw new Invalid('several-threads')
  await refuseHeldByOthers(tx, conversations)
  await refuseStale(tx, conversations, against)
  const replyTo = await postToReplyTo(tx, conversations, answer.replyToPostId)
  await refuseUnwanted(tx, conversations, replyTo)
  const account = await answeringAccount(services, tx, replyTo)
  if (!account) throw new Invalid('no-account')
  const deliveryId = await queueDelivery(services, tx, {
    sourceId: account.sourceId,
    replyToPostId: replyTo,
    text: await withSignOff(tx, answer.text),
    language: answer.language,
    attachments: await attachedFiles(tx, answer.attachmentIds),
    undoSeconds: answer.undoSeconds,
  })
  const answered = conversations.map((row) => ({
    row,
    version: String(BigInt(row.version) + 1n),
    againstVersion: against.get(row.conversation_id) ?? '0',
  }))
  await writeAnswers(tx, deliveryId, answered, answer)
  await forgetWriting(
    tx,
    conversations.map((row) => row.conversation_id),
  )
  return {
    deliveryId,
    conversations: answered.map(({ row, version }) => ({ conversationId: row.conversation_id, version })),
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

/** The newest post of the first conversation's author that stands, unless the writer chose another of the thread. */
async function postToReplyTo(
  tx: WorkspaceTransaction,
  conversations: ConversationRow[],
  chosen: string | undefined,
): Promise<string> {
  const [first] = conversations
  if (chosen) {
    const { rows } = await sql<{ deleted: boolean }>`
      select p.deleted_at is not null as deleted from post p join thread t on t.workspace_id = p.workspace_id
        and t.network = p.network and t.scope = p.scope
        and t.root_external_id = coalesce(p.root_external_id, p.external_id)
      where p.workspace_id = ${tx.workspaceId} and p.post_id = ${chosen} and t.thread_id = ${first?.thread_id}`.execute(
      tx.sql,
    )
    if (!rows[0]) throw new NotFound('post-not-in-thread')
    if (rows[0].deleted) throw new Conflict('post-deleted')
    return chosen
  }
  const newest = await tx.sql
    .selectFrom('conversation_post')
    .select('post_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', first?.conversation_id ?? '')
    .where('direction', '=', 'in')
    .where('deleted', '=', false)
    .orderBy('published_at', 'desc')
    .orderBy('post_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!newest) throw new Conflict('post-deleted')
  return newest.post_id
}

interface Answered {
  row: ConversationRow
  version: string
  againstVersion: string
}

/** Everything known now counts as answered; if the answer does not go out, it waits again (see undelivered.ts). */
async function writeAnswers(
  tx: WorkspaceTransaction,
  deliveryId: string,
  answered: Answered[],
  { close, text }: NewAnswer,
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
