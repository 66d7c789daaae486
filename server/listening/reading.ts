import { type Selectable, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { postSchema } from '../../contract/listening-posts.ts'
import { type AuthorBrief, authorBriefs } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Post } from '../platform/database-types.generated.ts'
import { NotFound } from '../platform/errors.ts'
import { labelsOf, understoodOf } from './understanding/presenting.ts'

/** A post as every screen shows it; other modules load posts here instead of joining by hand. */
export type PostView = z.infer<typeof postSchema>
export type PostRow = Selectable<Post>

/** Posts in the order of the ids; unknown ids are absent. Deleted ones are tombstones without content. */
export async function loadPosts(tx: WorkspaceTransaction, postIds: string[]): Promise<PostView[]> {
  if (postIds.length === 0) return []
  const rows = await tx.sql
    .selectFrom('post')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<SqlBool>`post_id = any(${postIds}::uuid[])`)
    .execute()
  const byId = new Map(rows.map((row) => [row.post_id, row]))
  return presentPosts(
    tx,
    postIds.flatMap((postId) => byId.get(postId) ?? []),
  )
}

export async function getPost(tx: WorkspaceTransaction, postId: string): Promise<PostView> {
  const [post] = await loadPosts(tx, [postId])
  if (!post) throw new NotFound('post-unknown')
  return post
}

export async function presentPosts(tx: WorkspaceTransaction, rows: PostRow[]): Promise<PostView[]> {
  const authors = await authorBriefs(tx, [...new Set(rows.map((row) => row.author_id))])
  const topics = await topicsOfPosts(
    tx,
    rows.map((row) => row.post_id),
  )
  const labels = await labelsOf(
    tx,
    rows.map((row) => row.post_id),
  )
  return rows.map((row) => ({
    ...present(row, authors, topics.get(row.post_id) ?? []),
    understood: understoodOf(row, labels.get(row.post_id) ?? []),
    groupId: row.group_id ?? row.post_id,
  }))
}

/** Served by mention_post. */
async function topicsOfPosts(tx: WorkspaceTransaction, postIds: string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ post_id: string; topic_ids: string[] }>`
    select m.post_id, array_agg(m.topic_id::text order by m.topic_id) as topic_ids from mention m
      join topic t on t.workspace_id = m.workspace_id and t.topic_id = m.topic_id and t.removed_at is null
    where m.workspace_id = ${tx.workspaceId} and m.post_id = any(${postIds}::uuid[]) group by m.post_id`.execute(tx.sql)
  return new Map(rows.map((row) => [row.post_id, row.topic_ids]))
}

function present(
  row: PostRow,
  authors: Map<string, AuthorBrief>,
  topicIds: string[],
): Omit<PostView, 'understood' | 'groupId'> {
  const author = authors.get(row.author_id)
  if (!author) throw new Error(`post ${row.post_id} has no author`)
  return {
    postId: row.post_id,
    network: row.network,
    externalId: row.external_id,
    url: row.url,
    site: row.site,
    author,
    direction: row.direction,
    addressed: row.addressed,
    visibility: row.visibility,
    title: row.title,
    text: row.text,
    language: row.language,
    publishedAt: row.published_at,
    heardAt: row.heard_at,
    editedAt: row.edited_at,
    deleted: row.deleted_at && { at: row.deleted_at, because: row.deleted_because ?? 'upstream' },
    parentExternalId: row.parent_external_id,
    rootExternalId: row.root_external_id,
    media: row.media as PostView['media'],
    links: row.links,
    topicIds,
  }
}
