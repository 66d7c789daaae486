import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { strandsOf } from './handover/strands.ts'
import type { StoredPost } from './stored-post.ts'

/** What is older when it is heard is listened to, but nobody waits for an answer to it any more. */
const OPENS_WITHIN_DAYS = 30
/** Answers below answers of ours; deeper ones are not followed. */
const OWN_ANSWERS_DEEP_MAX = 20
/** Posts of one author in one thread that are gathered when a conversation opens: the newest. */
const EARLIER_POSTS_MAX = 1_000

export interface OpenedConversation {
  conversationId: string
  because: 'addressed' | 'mention' | 'agent'
}

const POST_COLUMNS = sql`p.post_id as "postId", p.network, p.scope, p.external_id as "externalId",
  coalesce(p.root_external_id, p.external_id) as "rootExternalId", p.parent_external_id as "parentExternalId",
  p.author_id as "authorId", p.source_id as "sourceId", p.direction, p.published_at as "publishedAt", p.edited_at as "editedAt",
  p.content_hash as "contentHash",
  p.deleted_at is not null as deleted, p.language,
  p.direction = 'in' and p.sentiment is not distinct from 'negative' as negative, p.visibility, p.automatic,
  p.reference, p.url`

/** Probable noise of mention m, of a topic whose relevance r is switched on and keeps noise out. */
export const KEPT_OUT = sql`m.state = 'new' and m.judged_as is not distinct from 'not-for-us'
  and coalesce(r.switched_on and r.noise = 'kept-out', false)`

export async function loadPosts(tx: WorkspaceTransaction, postIds: string[]): Promise<StoredPost[]> {
  const { rows } = await sql<StoredPost>`
    select ${POST_COLUMNS},
      case when p.direction = 'out' or p.deleted_at is not null or p.import_id is not null
          or p.published_at < p.heard_at - make_interval(days => ${OPENS_WITHIN_DAYS}) then null
        when p.addressed then 'addressed'
        when exists (select from mention m join topic t on t.workspace_id = m.workspace_id and t.topic_id = m.topic_id
            left join topic_relevance r on r.workspace_id = t.workspace_id and r.topic_id = t.topic_id
          where m.workspace_id = p.workspace_id and m.post_id = p.post_id and m.state <> 'rejected'
            and t.opens_conversations and not (${KEPT_OUT})) then 'mention' end as opens
    from post p where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${postIds}::uuid[])`.execute(tx.sql)
  return rows
}

/**
 * Opens a conversation for each author and thread that has none yet; in the order of their keys, so that two
 * transactions that hear the same wait for each other instead of locking crosswise. Returns those that are new.
 */
export async function openConversations(
  tx: WorkspaceTransaction,
  posts: (StoredPost & { because: OpenedConversation['because'] })[],
): Promise<Map<string, OpenedConversation>> {
  const matters = new Map<string, (typeof posts)[number]>()
  for (const post of posts.toSorted((a, b) => (matterKey(a) < matterKey(b) ? -1 : 1))) {
    const first = matters.get(matterKey(post))
    if (!first || post.publishedAt < first.publishedAt) matters.set(matterKey(post), post)
  }
  const rows = [...matters.values()]
  if (rows.length === 0) return new Map()
  const texts = (of: (row: (typeof rows)[number]) => string) => rows.map(of)
  await sql`
    insert into thread (workspace_id, thread_id, network, scope, root_external_id)
    select ${tx.workspaceId}, g.* from unnest(${rows.map(newId)}::uuid[], ${texts((r) => r.network)}::text[],
      ${texts((r) => r.scope)}::text[], ${texts((r) => r.rootExternalId)}::text[]) as g
    on conflict do nothing`.execute(tx.sql)
  const { rows: opened } = await sql<OpenedConversation>`
    insert into conversation as c (workspace_id, conversation_id, thread_id, author_id, network, opened_because, last_post_at,
      source_id)
    select ${tx.workspaceId}, g.conversation_id, t.thread_id, g.author_id, g.network, g.because, g.published_at, g.source_id
    from unnest(${rows.map(newId)}::uuid[], ${texts((r) => r.network)}::text[], ${texts((r) => r.scope)}::text[],
        ${texts((r) => r.rootExternalId)}::text[], ${texts((r) => r.authorId)}::uuid[], ${texts((r) => r.because)}::text[],
        ${rows.map((r) => r.publishedAt)}::timestamptz[], ${rows.map((r) => r.sourceId)}::uuid[])
      as g(conversation_id, network, scope, root_external_id, author_id, because, published_at, source_id)
      join thread t on t.workspace_id = ${tx.workspaceId} and t.network = g.network and t.scope = g.scope
        and t.root_external_id = g.root_external_id
    on conflict (workspace_id, thread_id, author_id) do nothing
    returning c.conversation_id as "conversationId", c.opened_because as because`.execute(tx.sql)
  return new Map(opened.map((row) => [row.conversationId, row]))
}

/** Whoever writes in a private thread, it is one matter. */
const matterKey = (post: StoredPost): string =>
  `${post.network}\n${post.scope}\n${post.rootExternalId}\n${post.visibility === 'private' ? '' : post.authorId}`

/** What the author had said in the thread before the conversation opened, and what stands in its private strand. Served by post_root and post's unique key. */
export async function earlierPosts(tx: WorkspaceTransaction, conversationIds: string[]): Promise<StoredPost[]> {
  if (conversationIds.length === 0) return []
  const { rows } = await sql<StoredPost>`
    select ${POST_COLUMNS}, null as opens
    from conversation c join thread t on t.workspace_id = c.workspace_id and t.thread_id = c.thread_id
      cross join lateral (
        select * from post p where p.workspace_id = ${tx.workspaceId} and p.network = t.network and p.scope = t.scope
          and p.root_external_id = t.root_external_id and p.author_id = c.author_id
        union all
        select * from post p where p.workspace_id = ${tx.workspaceId} and p.network = t.network and p.scope = t.scope
          and p.external_id = t.root_external_id and p.root_external_id is null and p.author_id = c.author_id
        order by published_at desc limit ${EARLIER_POSTS_MAX}) p
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${conversationIds}::uuid[])
    union all
    select ${POST_COLUMNS}, null as opens
    from strand s join thread t on t.workspace_id = s.workspace_id and t.thread_id = s.thread_id
      cross join lateral (
        select * from post p where p.workspace_id = ${tx.workspaceId} and p.network = t.network and p.scope = t.scope
          and p.root_external_id = t.root_external_id and p.visibility = 'private'
        union all
        select * from post p where p.workspace_id = ${tx.workspaceId} and p.network = t.network and p.scope = t.scope
          and p.external_id = t.root_external_id and p.root_external_id is null and p.visibility = 'private'
        order by published_at desc limit ${EARLIER_POSTS_MAX}) p
    where s.workspace_id = ${tx.workspaceId} and s.conversation_id = any(${conversationIds}::uuid[])`.execute(tx.sql)
  return [...new Map(rows.map((row) => [row.postId, row])).values()]
}

/** Which conversations each post belongs to: its author's in its thread; ours belong where they answer. */
export class Belonging {
  readonly #posts = new Map<string, StoredPost>()
  readonly #conversations = new Map<string, Set<string>>()

  add(post: StoredPost, conversationId: string): boolean {
    this.#posts.set(post.postId, post)
    const conversations = this.#conversations.get(post.postId) ?? new Set()
    this.#conversations.set(post.postId, conversations)
    const isNew = !conversations.has(conversationId)
    conversations.add(conversationId)
    return isNew
  }

  get conversationIds(): string[] {
    return [...new Set([...this.#conversations.values()].flatMap((ids) => [...ids]))].sort()
  }

  /** Posts of ours that were found to belong here. */
  get ours(): StoredPost[] {
    return [...this.#posts.values()].filter((post) => post.direction === 'out')
  }

  conversationsOf(postId: string): string[] {
    return [...(this.#conversations.get(postId) ?? [])]
  }

  *[Symbol.iterator](): Generator<[StoredPost, string]> {
    for (const post of this.#posts.values())
      for (const conversationId of this.#conversations.get(post.postId) ?? []) yield [post, conversationId]
  }
}

export async function placePosts(tx: WorkspaceTransaction, posts: StoredPost[]): Promise<Belonging> {
  const belonging = new Belonging()
  const byId = new Map(posts.map((post) => [post.postId, post]))
  const placed = [
    ...(await conversationsOfAuthors(
      tx,
      posts.filter((post) => post.direction === 'in' && post.visibility === 'public'),
    )),
    ...(await conversationsAnswered(
      tx,
      posts.filter((post) => post.direction === 'out' && post.visibility === 'public'),
    )),
    ...(await strandsOf(tx, posts)),
  ]
  let fresh: [StoredPost, string][] = placed.flatMap(({ postId, conversationId }) => {
    const post = byId.get(postId)
    return post && belonging.add(post, conversationId) ? [[post, conversationId]] : []
  })
  for (let depth = 0; fresh.length > 0 && depth < OWN_ANSWERS_DEEP_MAX; depth++)
    fresh = (await ownAnswersBelow(tx, fresh)).filter(([post, conversationId]) => belonging.add(post, conversationId))
  return belonging
}

interface Placed {
  postId: string
  conversationId: string
}

/** Served by thread's and conversation's unique keys. */
async function conversationsOfAuthors(tx: WorkspaceTransaction, posts: StoredPost[]): Promise<Placed[]> {
  if (posts.length === 0) return []
  const { rows } = await sql<Placed>`
    select g.post_id as "postId", c.conversation_id as "conversationId"
    from unnest(${posts.map((p) => p.postId)}::uuid[], ${posts.map((p) => p.network)}::text[],
        ${posts.map((p) => p.scope)}::text[], ${posts.map((p) => p.rootExternalId)}::text[],
        ${posts.map((p) => p.authorId)}::uuid[]) as g(post_id, network, scope, root_external_id, author_id)
      join thread t on t.workspace_id = ${tx.workspaceId} and t.network = g.network and t.scope = g.scope
        and t.root_external_id = g.root_external_id
      join conversation c on c.workspace_id = ${tx.workspaceId} and c.thread_id = t.thread_id
        and c.author_id = g.author_id`.execute(tx.sql)
  return rows
}

/** Ours belong to the conversations of what they reply to. Served by post's unique key and conversation_post_post. */
async function conversationsAnswered(tx: WorkspaceTransaction, posts: StoredPost[]): Promise<Placed[]> {
  const answering = posts.filter((post) => post.parentExternalId !== null)
  if (answering.length === 0) return []
  const { rows } = await sql<Placed>`
    select g.post_id as "postId", cp.conversation_id as "conversationId"
    from unnest(${answering.map((p) => p.postId)}::uuid[], ${answering.map((p) => p.network)}::text[],
        ${answering.map((p) => p.scope)}::text[], ${answering.map((p) => p.parentExternalId)}::text[])
        as g(post_id, network, scope, parent_external_id)
      join post parent on parent.workspace_id = ${tx.workspaceId} and parent.network = g.network
        and parent.scope = g.scope and parent.external_id = g.parent_external_id
      join conversation_post cp on cp.workspace_id = ${tx.workspaceId} and cp.post_id = parent.post_id`.execute(tx.sql)
  return rows
}

/** Answers of ours that were heard before what they answer. Served by post_parent. */
async function ownAnswersBelow(
  tx: WorkspaceTransaction,
  placed: [StoredPost, string][],
): Promise<[StoredPost, string][]> {
  const { rows } = await sql<StoredPost & { conversationId: string }>`
    select ${POST_COLUMNS}, null as opens, g.conversation_id as "conversationId"
    from unnest(${placed.map(([p]) => p.network)}::text[], ${placed.map(([p]) => p.scope)}::text[],
        ${placed.map(([p]) => p.externalId)}::text[], ${placed.map(([, id]) => id)}::uuid[])
        as g(network, scope, external_id, conversation_id)
      join post p on p.workspace_id = ${tx.workspaceId} and p.network = g.network and p.scope = g.scope
        and p.parent_external_id = g.external_id and p.direction = 'out'`.execute(tx.sql)
  return rows.map(({ conversationId, ...post }) => [post, conversationId])
}
