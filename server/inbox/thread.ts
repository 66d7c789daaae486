import { sql } from 'kysely'
import type { z } from 'zod'
import type { threadPost } from '../../contract/inbox-threads.ts'
import { loadPosts, type PostView } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'

export type ThreadPost = z.infer<typeof threadPost>

/** Of a conversation's own posts and of the thread around them, each the newest. */
const OWN_MAX = 200
const AROUND_MAX = 100
const PARTICIPANTS_AMONG = 2_000
const PARTICIPANTS_MAX = 100

export interface Thread {
  threadId: string
  network: string
  scope: string
  rootExternalId: string
}

export async function readThread(tx: WorkspaceTransaction, threadId: string): Promise<Thread> {
  const row = await tx.sql
    .selectFrom('thread')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('thread_id', '=', threadId)
    .executeTakeFirstOrThrow()
  return { threadId, network: row.network, scope: row.scope, rootExternalId: row.root_external_id }
}

/** Every stored post of the thread. Served by post_root and post's unique key. */
const postsOf = (tx: WorkspaceTransaction, thread: Thread) => sql`
  (select p.post_id, p.published_at, p.author_id from post p where p.workspace_id = ${tx.workspaceId}
     and p.network = ${thread.network} and p.scope = ${thread.scope} and p.root_external_id = ${thread.rootExternalId}
   union
   select p.post_id, p.published_at, p.author_id from post p where p.workspace_id = ${tx.workspaceId}
     and p.network = ${thread.network} and p.scope = ${thread.scope} and p.external_id = ${thread.rootExternalId})`

/** What a screen shows first: the root, this conversation's posts, and the newest around them, oldest first. */
export async function threadAround(
  tx: WorkspaceTransaction,
  thread: Thread,
  conversationId: string,
): Promise<{ posts: ThreadPost[]; more: boolean }> {
  const { rows } = await sql<{ post_id: string; of_thread: boolean }>`
    (select cp.post_id, false as of_thread from conversation_post cp where cp.workspace_id = ${tx.workspaceId}
       and cp.conversation_id = ${conversationId} order by cp.published_at desc limit ${OWN_MAX})
    union all
    (select p.post_id, false from post p where p.workspace_id = ${tx.workspaceId} and p.network = ${thread.network}
       and p.scope = ${thread.scope} and p.external_id = ${thread.rootExternalId})
    union all
    (select t.post_id, true from ${postsOf(tx, thread)} t order by t.published_at desc, t.post_id desc
       limit ${AROUND_MAX + 1})`.execute(tx.sql)
  const around = rows.filter((row) => row.of_thread)
  const ids = new Set([
    ...around.slice(0, AROUND_MAX).map((row) => row.post_id),
    ...rows.filter((row) => !row.of_thread).map((row) => row.post_id),
  ])
  return { posts: await presentThreadPosts(tx, thread, conversationId, [...ids]), more: around.length > AROUND_MAX }
}

export async function threadPage(
  tx: WorkspaceTransaction,
  thread: Thread,
  conversationId: string,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ items: ThreadPost[]; nextCursor: string | null }> {
  const cursor = readCursor(after, 2)
  const { rows } = await sql<{ post_id: string; published_at: Date }>`
    select t.post_id, t.published_at from ${postsOf(tx, thread)} t
    ${cursor ? sql`where (t.published_at, t.post_id) > (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)` : sql``}
    order by t.published_at, t.post_id limit ${limit + 1}`.execute(tx.sql)
  const page = pageOf(rows, limit, (row) => writeCursor(row.published_at, row.post_id))
  const ids = page.items.map((row) => row.post_id)
  return { items: await presentThreadPosts(tx, thread, conversationId, ids), nextCursor: page.nextCursor }
}

/** Oldest first, each with its place in the tree and the conversation that it belongs to. */
export async function presentThreadPosts(
  tx: WorkspaceTransaction,
  thread: Thread,
  conversationId: string,
  postIds: string[],
): Promise<ThreadPost[]> {
  const posts = await loadPosts(tx, postIds)
  const { rows: belonging } = await sql<{
    post_id: string
    conversation_id: string
    version: string
    delivery_id: string | null
  }>`
    select post_id, conversation_id, version, delivery_id from conversation_post
    where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[])`.execute(tx.sql)
  const conversations = await conversationsOfAuthors(tx, thread, posts)
  const depths = depthsOf(posts, thread)
  const byExternalId = new Map(posts.map((post) => [post.externalId, post.postId]))
  return posts
    .toSorted((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime() || (a.postId < b.postId ? -1 : 1))
    .map((post) => {
      const here = belonging.find((row) => row.post_id === post.postId && row.conversation_id === conversationId)
      return {
        ...post,
        parentPostId: (post.parentExternalId && byExternalId.get(post.parentExternalId)) ?? null,
        depth: depths.get(post.postId) ?? 0,
        ofThisConversation: here !== undefined,
        conversationId: conversations.get(post.author.authorId) ?? null,
        version: here?.version ?? null,
        deliveryId: belonging.find((row) => row.post_id === post.postId)?.delivery_id ?? null,
      }
    })
}

/** An answer to a post that is not stored hangs below the root. */
function depthsOf(posts: PostView[], { rootExternalId }: Thread): Map<string, number> {
  const byExternalId = new Map(posts.map((post) => [post.externalId, post]))
  const depths = new Map<string, number>()
  const depthOf = (post: PostView, seen: Set<string>): number => {
    const known = depths.get(post.postId)
    if (known !== undefined) return known
    const parent = post.parentExternalId ? byExternalId.get(post.parentExternalId) : undefined
    const isTop = post.externalId === rootExternalId || post.parentExternalId === null
    const depth = isTop || seen.has(post.postId) ? 0 : parent ? depthOf(parent, new Set([...seen, post.postId])) + 1 : 1
    depths.set(post.postId, depth)
    return depth
  }
  for (const post of posts) depthOf(post, new Set())
  return depths
}

async function conversationsOfAuthors(
  tx: WorkspaceTransaction,
  thread: Thread,
  posts: PostView[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ author_id: string; conversation_id: string }>`
    select author_id, conversation_id from conversation where workspace_id = ${tx.workspaceId}
      and thread_id = ${thread.threadId} and author_id = any(${posts.map((post) => post.author.authorId)}::uuid[])`.execute(
    tx.sql,
  )
  return new Map(rows.map((row) => [row.author_id, row.conversation_id]))
}

/** Who speaks in the thread, the most talkative first; counted over its newest posts. */
export async function participantsOf(tx: WorkspaceTransaction, thread: Thread) {
  const { rows } = await sql<{
    author_id: string
    posts: number
    conversation_id: string | null
    state: 'open' | 'snoozed' | 'closed' | null
  }>`
    select t.author_id, count(*)::int as posts, c.conversation_id, c.state
    from (select * from ${postsOf(tx, thread)} p order by p.published_at desc limit ${PARTICIPANTS_AMONG}) t
      left join conversation c on c.workspace_id = ${tx.workspaceId} and c.thread_id = ${thread.threadId}
        and c.author_id = t.author_id
    group by t.author_id, c.conversation_id, c.state
    order by posts desc, t.author_id limit ${PARTICIPANTS_MAX}`.execute(tx.sql)
  return rows
}
