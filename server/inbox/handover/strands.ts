/**
 * The private strand of a case. A private thread continues one conversation, whoever writes in it; the one whose strand began
 * last before the post was said, or the first one. So where a post belongs follows from stored rows, not from the order of
 * hearing.
 */
import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { hidesSome } from '../../platform/reach.ts'
import type { StoredPost } from '../stored-post.ts'

export interface PlacedPost {
  postId: string
  conversationId: string
}

export async function strandsOf(tx: WorkspaceTransaction, posts: StoredPost[]): Promise<PlacedPost[]> {
  const hidden = posts.filter((post) => post.visibility === 'private')
  return hidden.length === 0 ? [] : (await strandsStatement(tx, hidden).execute(tx.sql)).rows
}

type Placeable = Pick<StoredPost, 'postId' | 'network' | 'scope' | 'rootExternalId' | 'publishedAt'>

/** Served by thread's unique key and strand's primary key. */
export const strandsStatement = (
  { workspaceId }: Pick<WorkspaceTransaction, 'workspaceId'>,
  posts: readonly Placeable[],
): RawBuilder<PlacedPost> => sql<PlacedPost>`
  select g.post_id as "postId", s.conversation_id as "conversationId"
  from unnest(${posts.map((p) => p.postId)}::uuid[], ${posts.map((p) => p.network)}::text[],
      ${posts.map((p) => p.scope)}::text[], ${posts.map((p) => p.rootExternalId)}::text[],
      ${posts.map((p) => p.publishedAt)}::timestamptz[]) as g(post_id, network, scope, root_external_id, published_at)
    cross join lateral (
      select thread_id from thread where workspace_id = ${workspaceId} and network = g.network and scope = g.scope
        and root_external_id = g.root_external_id limit 1) t
    cross join lateral (
      select conversation_id from strand where workspace_id = ${workspaceId} and thread_id = t.thread_id
      order by begun_at <= g.published_at desc, case when begun_at <= g.published_at then begun_at end desc, begun_at
      limit 1) s`

export interface NewStrand {
  threadId: string
  begunAt: Date
  conversationId: string
  handoverId: string | null
  foundBy: 'code' | 'same-account' | 'contact-point' | 'begun-by-us' | 'first-message'
}

export async function addStrand(tx: WorkspaceTransaction, strand: NewStrand): Promise<boolean> {
  const added = await tx.sql
    .insertInto('strand')
    .values({
      workspace_id: tx.workspaceId,
      thread_id: strand.threadId,
      begun_at: strand.begunAt,
      conversation_id: strand.conversationId,
      handover_id: strand.handoverId,
      found_by: strand.foundBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('thread_id')
    .executeTakeFirst()
  return added !== undefined
}

/** Conversations that were opened by private messages are all of their thread. */
export async function strandsOfOpened(
  tx: WorkspaceTransaction,
  opened: readonly string[],
  posts: StoredPost[],
): Promise<void> {
  if (opened.length === 0 || !posts.some((post) => post.visibility === 'private')) return
  await sql`
    insert into strand (workspace_id, thread_id, begun_at, conversation_id, found_by)
    select c.workspace_id, c.thread_id, min(p.published_at), c.conversation_id, 'first-message'
    from conversation c join thread t on t.workspace_id = c.workspace_id and t.thread_id = c.thread_id
      join post p on p.workspace_id = c.workspace_id and p.network = t.network and p.scope = t.scope
        and (p.root_external_id = t.root_external_id or p.external_id = t.root_external_id) and p.visibility = 'private'
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${[...opened]}::uuid[])
      and not exists (select from strand s where s.workspace_id = c.workspace_id and s.thread_id = c.thread_id)
    group by c.workspace_id, c.thread_id, c.conversation_id
    on conflict do nothing`.execute(tx.sql)
}

export interface StrandView {
  threadId: string
  network: string
  begunAt: Date
  foundBy: NewStrand['foundBy']
}

/** Of whoever some inbox is closed to those of which a post is there for them; served by post's unique key and post_root. */
export async function listStrands(tx: WorkspaceTransaction, conversationId: string): Promise<StrandView[]> {
  const isOpen = hidesSome(tx, 'inbox')
    ? sql`and exists (select from post p where p.workspace_id = t.workspace_id and p.network = t.network and p.scope = t.scope
        and p.visibility = 'private' and (p.external_id = t.root_external_id or p.root_external_id = t.root_external_id))`
    : sql``
  const { rows } = await sql<StrandView>`
    select s.thread_id as "threadId", t.network, s.begun_at as "begunAt", s.found_by as "foundBy"
    from strand s join thread t on t.workspace_id = s.workspace_id and t.thread_id = s.thread_id
    where s.workspace_id = ${tx.workspaceId} and s.conversation_id = ${conversationId} ${isOpen}
    order by s.begun_at limit 20`.execute(tx.sql)
  return rows
}
