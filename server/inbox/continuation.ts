import { sql } from 'kysely'
import { keepPosts } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { requireAtSource } from '../platform/reach.ts'
import type { Services } from '../platform/services.ts'
import { type HeardOwnPost, joinEchoes } from '../publishing/index.ts'
import {
  type Belonging,
  earlierPosts,
  loadPosts,
  type OpenedConversation,
  openConversations,
  placePosts,
} from './belonging.ts'
import { type ConversationRow, lockConversations } from './conversation.ts'
import { type CountedPost, countChanges } from './counting.ts'
import { claimThreads } from './handover/claiming.ts'
import { strandsOf, strandsOfOpened } from './handover/strands.ts'
import { loadKnown } from './known-posts.ts'
import { applyStanding } from './standing.ts'
import type { StoredPost } from './stored-post.ts'

const POSTS_AT_ONCE = 500

/**
 * Takes posts into account that were heard, edited or deleted: opens conversations, continues them, counts what changed
 * into their version. It compares what is stored with what was counted before, so that it may be told the same post
 * again, late or in any order, by the subscription or by the guard before sending.
 */
export async function takeIntoAccount(services: Services, tx: WorkspaceTransaction, postIds: string[]): Promise<void> {
  const ids = [...new Set(postIds)]
  for (let start = 0; start < ids.length; start += POSTS_AT_ONCE) {
    const posts = await loadPosts(tx, ids.slice(start, start + POSTS_AT_ONCE))
    await claimThreads(tx, posts)
    const opened = await openUnclaimed(
      tx,
      posts.flatMap((post) => (post.opens ? [{ ...post, because: post.opens }] : [])),
    )
    await continueWith(services, tx, posts, opened)
  }
}

/** A private post of a thread that belongs to a case opens none beside it. */
async function openUnclaimed(
  tx: WorkspaceTransaction,
  posts: (StoredPost & { because: OpenedConversation['because'] })[],
): Promise<Map<string, OpenedConversation>> {
  const claimed = new Set((await strandsOf(tx, posts)).map(({ postId }) => postId))
  const opening = posts.filter(({ postId }) => !claimed.has(postId))
  const opened = await openConversations(tx, opening)
  await strandsOfOpened(tx, [...opened.keys()], opening)
  return opened
}

/** An agent makes a post a matter of the inbox. */
export async function openFor(
  services: Services,
  tx: WorkspaceTransaction,
  postId: string,
): Promise<{ conversationId: string; opened: boolean } | null> {
  const posts = await loadPosts(tx, [postId])
  for (const { sourceId } of posts) requireAtSource(tx, sourceId)
  const opened = await openUnclaimed(
    tx,
    posts
      .filter((post) => post.direction === 'in' && !post.deleted)
      .map((post) => ({ ...post, because: 'agent' as const })),
  )
  const belonging = await continueWith(services, tx, posts, opened)
  const [conversationId] = belonging.conversationsOf(postId)
  return conversationId ? { conversationId, opened: opened.has(conversationId) } : null
}

/** Before an answer goes: everything stored of these conversations, whether its event was handled yet or not. */
export async function bringUpToDate(
  services: Services,
  tx: WorkspaceTransaction,
  conversationIds: string[],
): Promise<void> {
  await continueWith(services, tx, await earlierPosts(tx, conversationIds), new Map())
}

async function continueWith(
  services: Services,
  tx: WorkspaceTransaction,
  posts: StoredPost[],
  opened: Map<string, OpenedConversation>,
): Promise<Belonging> {
  const given = new Map(posts.map((post) => [post.postId, post]))
  for (const post of await earlierPosts(tx, [...opened.keys()])) given.set(post.postId, post)
  const belonging = await placePosts(tx, [...given.values()])
  const deliveries = await joinEchoes(services, tx, ownPosts([...given.values()], belonging))
  await placeAnswers(tx, given, belonging, deliveries)
  const conversations = await lockConversations(tx, belonging.conversationIds)
  const known = await loadKnown(tx, [...conversations.keys()])
  const changed = [...conversations.values()].flatMap((conversation) => {
    const own = known.get(conversation.conversation_id) ?? []
    const counted = countChanges(conversation, own, postsOf(belonging, conversation), deliveries)
    return counted.changes.length > 0 ? [{ conversation, counted }] : []
  })
  await writeCounted(
    tx,
    changed.flatMap(({ conversation, counted }) =>
      counted.changes.map(({ post }) => ({ ...post, conversationId: conversation.conversation_id })),
    ),
  )
  await keepPosts(
    tx,
    changed.flatMap(({ counted }) => counted.changes.map(({ post }) => post.postId)),
    'conversation',
  )
  await applyStanding(tx, changed, opened)
  return belonging
}

const ownPosts = (posts: StoredPost[], belonging: Belonging): HeardOwnPost[] => {
  const ours = [...posts.filter((post) => post.direction === 'out'), ...belonging.ours]
  return [...new Map(ours.map((post) => [post.postId, post])).values()]
}

const postsOf = (belonging: Belonging, { conversation_id }: ConversationRow): StoredPost[] =>
  [...belonging].flatMap(([post, conversationId]) => (conversationId === conversation_id ? [post] : []))

/** One answer may close several conversations: our post belongs to all that its delivery answers. */
async function placeAnswers(
  tx: WorkspaceTransaction,
  posts: Map<string, StoredPost>,
  belonging: Belonging,
  deliveries: Map<string, string>,
): Promise<void> {
  if (deliveries.size === 0) return
  const rows = await tx.sql
    .selectFrom('answer')
    .select(['delivery_id', 'conversation_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', 'in', [...deliveries.values()])
    .execute()
  const ours = new Map([...posts, ...belonging.ours.map((post) => [post.postId, post] as const)])
  for (const [postId, deliveryId] of deliveries) {
    const post = ours.get(postId)
    if (!post) continue
    for (const row of rows) if (row.delivery_id === deliveryId) belonging.add(post, row.conversation_id)
  }
}

async function writeCounted(
  tx: WorkspaceTransaction,
  posts: (CountedPost & { conversationId: string })[],
): Promise<void> {
  if (posts.length === 0) return
  await sql`
    insert into conversation_post as cp (workspace_id, conversation_id, post_id, published_at, direction, content_hash,
      deleted, version, delivery_id, negative, settled_at, turned_negative_at)
    select ${tx.workspaceId}, g.* from unnest(${posts.map((p) => p.conversationId)}::uuid[],
      ${posts.map((p) => p.postId)}::uuid[], ${posts.map((p) => p.publishedAt)}::timestamptz[],
      ${posts.map((p) => p.direction)}::text[], ${posts.map((p) => p.contentHash)}::text[],
      ${posts.map((p) => p.deleted)}::boolean[], ${posts.map((p) => p.version)}::bigint[],
      ${posts.map((p) => p.deliveryId)}::uuid[], ${posts.map((p) => p.negative)}::boolean[],
      ${posts.map((p) => (p.settled ? p.publishedAt : null))}::timestamptz[],
      ${posts.map((p) => p.turnedAt)}::timestamptz[]) as g
    on conflict (workspace_id, conversation_id, post_id) do update set content_hash = excluded.content_hash,
      deleted = excluded.deleted, version = excluded.version, delivery_id = excluded.delivery_id,
      negative = excluded.negative, turned_negative_at = excluded.turned_negative_at,
      answered_by = case when excluded.turned_negative_at is distinct from cp.turned_negative_at then null else cp.answered_by end,
      settled_at = case when excluded.turned_negative_at is distinct from cp.turned_negative_at then null else cp.settled_at end`.execute(
    tx.sql,
  )
  await sql`
    insert into conversation_topic (workspace_id, conversation_id, topic_id)
    select distinct ${tx.workspaceId}::uuid, g.conversation_id, m.topic_id
    from unnest(${posts.map((p) => p.conversationId)}::uuid[], ${posts.map((p) => p.postId)}::uuid[])
        as g(conversation_id, post_id)
      join mention m on m.workspace_id = ${tx.workspaceId} and m.post_id = g.post_id
    where m.state <> 'rejected'
    on conflict do nothing`.execute(tx.sql)
}
