/** Where an answer goes: in public or to the customer alone, below which post, through which account of ours. */
import { sql } from 'kysely'
import type { Visibility } from '../connectors/index.ts'
import { connectorOf } from '../listening/index.ts'
import { mayContact } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import type { Services } from '../platform/services.ts'
import { type AnsweringAccount, answeringAccount } from './answering-account.ts'
import { refuseUnwanted } from './contact-wishes.ts'
import type { ConversationRow } from './conversation.ts'
import { beginning } from './handover/beginning.ts'
import { refuseAfterWindow } from './handover/reply-window.ts'

export interface WantedPlace {
  /** Absent: that of the post that is answered. */
  strand?: Visibility | undefined
  replyToPostId?: string | undefined
  /** Writes to the customer alone although they have not done so yet. */
  begin?: { sourceId: string; title?: string | undefined } | undefined
}

export interface AnsweringPlace {
  strand: Visibility
  account: AnsweringAccount
  replyToPostId: string | null
  recipientAuthorId?: string
  title?: string
}

export async function placeOfAnswer(
  services: Services,
  tx: WorkspaceTransaction,
  conversations: ConversationRow[],
  wanted: WantedPlace,
): Promise<AnsweringPlace> {
  if (wanted.begin) return beginPlace(services, tx, conversations, wanted.begin)
  const { postId, visibility } = await postToReplyTo(tx, conversations, wanted)
  if (visibility === 'private' && conversations.length > 1) throw new Invalid('several-in-private')
  await refuseUnwanted(tx, conversations, postId)
  const account = await answeringAccount(services, tx, postId)
  if (!account) throw new Invalid('no-account')
  if (visibility === 'private') await refuseAfterWindow(services, tx, account, conversations[0])
  return { strand: visibility, account, replyToPostId: postId }
}

async function beginPlace(
  services: Services,
  tx: WorkspaceTransaction,
  conversations: ConversationRow[],
  begin: NonNullable<WantedPlace['begin']>,
): Promise<AnsweringPlace> {
  const [conversation, ...others] = conversations
  if (!conversation || others.length > 0) throw new Invalid('several-in-private')
  const way = await beginning(services, tx, conversation, begin.sourceId)
  if (!way) throw new Invalid('no-private-way')
  for (const authorId of new Set([conversation.author_id, way.recipientAuthorId]))
    if (conversation.state === 'closed' && !(await mayContact(tx, { authorId }))) throw new Conflict('contact-objected')
  const title = begin.title?.trim()
  return { strand: 'private', replyToPostId: null, ...way, ...(title && { title }) }
}

interface Answerable {
  postId: string
  visibility: Visibility
}

/** The newest post of the customer that stands, in the strand that is wanted, unless the writer chose another. */
async function postToReplyTo(
  tx: WorkspaceTransaction,
  [first]: ConversationRow[],
  { strand, replyToPostId: chosen }: WantedPlace,
): Promise<Answerable> {
  const found = chosen ? await chosenPost(tx, first, chosen) : await newestPost(tx, first, strand)
  if (strand && found.visibility !== strand) throw new Invalid('other-strand')
  return found
}

/** Of the public thread, or one that belongs to this conversation. */
async function chosenPost(
  tx: WorkspaceTransaction,
  conversation: ConversationRow | undefined,
  postId: string,
): Promise<Answerable> {
  const { rows } = await sql<Answerable & { deleted: boolean }>`
    select p.post_id as "postId", p.visibility, p.deleted_at is not null as deleted from post p
    where p.workspace_id = ${tx.workspaceId} and p.post_id = ${postId} and (
      exists (select from thread t where t.workspace_id = p.workspace_id and t.thread_id = ${conversation?.thread_id}
        and t.network = p.network and t.scope = p.scope and t.root_external_id = coalesce(p.root_external_id, p.external_id))
      or exists (select from conversation_post cp where cp.workspace_id = p.workspace_id
        and cp.conversation_id = ${conversation?.conversation_id} and cp.post_id = p.post_id))`.execute(tx.sql)
  const [post] = rows
  if (!post) throw new NotFound('post-not-in-thread')
  if (post.deleted) throw new Conflict('post-deleted')
  return post
}

async function newestPost(
  tx: WorkspaceTransaction,
  conversation: ConversationRow | undefined,
  strand: Visibility | undefined,
): Promise<Answerable> {
  const newest = await newestTheirs(tx, conversation?.conversation_id ?? '', strand)
  if (!newest) throw new Conflict('post-deleted')
  return newest
}

/** A note of a machine is answered only when there is nothing else; so is whoever may be somebody else. */
export async function newestTheirs(
  tx: WorkspaceTransaction,
  conversationId: string,
  strand: Visibility | undefined,
): Promise<(Answerable & { publishedAt: Date }) | null> {
  const { rows } = await sql<Answerable & { publishedAt: Date }>`
    select cp.post_id as "postId", p.visibility, cp.published_at as "publishedAt" from conversation_post cp
      join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
      join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
    where cp.workspace_id = ${tx.workspaceId} and cp.conversation_id = ${conversationId} and cp.direction = 'in'
      and not cp.deleted ${strand ? sql`and p.visibility = ${strand}` : sql``}
    order by p.automatic, p.visibility = 'private' and not a.stable, cp.published_at desc, cp.post_id desc limit 1`.execute(
    tx.sql,
  )
  return rows[0] ?? null
}

/** What the screen may offer: null where nothing of ours reaches the customer there. */
export async function strandAccount(
  services: Services,
  tx: WorkspaceTransaction,
  conversationId: string,
  strand: Visibility,
): Promise<(AnsweringAccount & { answerableUntil: Date | null }) | null> {
  const newest = await newestTheirs(tx, conversationId, strand)
  const account = newest && (await answeringAccount(services, tx, newest.postId))
  if (!account) return null
  const hours =
    strand === 'private' ? connectorOf(services, account.network)?.capabilities.private?.replyWindowHours : null
  return { ...account, answerableUntil: hours ? new Date(newest.publishedAt.getTime() + hours * 3_600_000) : null }
}
