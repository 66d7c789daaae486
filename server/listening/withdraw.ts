import { sql } from 'kysely'
import { type AccountStateChange, changeAccountStates } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { recordPosts } from './keep.ts'
import type { PostPlace } from './normalise.ts'

/** Tombstones written at a time when an account goes. */
const POSTS_AT_ONCE_MAX = 2_000

export interface Deletion extends PostPlace {
  at: Date
}

/**
 * Turns stored posts into tombstones: the row stays, so that threads and counts hold, without anything that was said.
 * Posts that are not stored, or are tombstones already, are passed over. Returns how many became tombstones.
 */
export async function deletePosts(tx: WorkspaceTransaction, deletions: Deletion[]): Promise<number> {
  if (deletions.length === 0) return 0
  const { rows } = await sql<{ post_id: string }>`
    with given as (
      select * from unnest(${deletions.map((d) => d.network)}::text[], ${deletions.map((d) => d.scope)}::text[],
        ${deletions.map((d) => d.externalId)}::text[], ${deletions.map((d) => d.at)}::timestamptz[])
      as g(network, scope, external_id, at))
    update post p set ${EMPTIED}, deleted_at = g.at, deleted_because = 'upstream' from given g
    where p.workspace_id = ${tx.workspaceId} and p.network = g.network and p.scope = g.scope
      and p.external_id = g.external_id and p.deleted_at is null
    returning p.post_id`.execute(tx.sql)
  return buried(tx, rows, 'upstream')
}

/** What networks say of accounts; whoever went takes the posts along. Returns how many posts became tombstones. */
export async function applyAccountStates(tx: WorkspaceTransaction, changes: AccountStateChange[]): Promise<number> {
  const changed = await changeAccountStates(tx, changes)
  const gone = changed.filter(({ state }) => state !== 'active').map(({ authorId }) => authorId)
  let count = 0
  for (const authorId of gone) count += await deletePostsOfAuthor(tx, authorId)
  return count
}

async function deletePostsOfAuthor(tx: WorkspaceTransaction, authorId: string): Promise<number> {
  for (let count = 0; ; ) {
    const { rows } = await sql<{ post_id: string }>`
      update post p set ${EMPTIED}, deleted_at = a.state_since, deleted_because = 'author-gone'
      from author a, (select post_id from post where workspace_id = ${tx.workspaceId} and author_id = ${authorId}
        and deleted_at is null order by published_at limit ${POSTS_AT_ONCE_MAX}) few
      where p.workspace_id = ${tx.workspaceId} and p.post_id = few.post_id
        and a.workspace_id = ${tx.workspaceId} and a.author_id = ${authorId}
      returning p.post_id`.execute(tx.sql)
    count += await buried(tx, rows, 'author-gone')
    if (rows.length < POSTS_AT_ONCE_MAX) return count
  }
}

/** Nothing that was said, or that leads to it, stays. */
const EMPTIED = sql`title = null, text = '', url = null, media = '[]', links = '{}', mentions = '{}', content_hash = '',
  indexed = true`

async function buried(tx: WorkspaceTransaction, rows: { post_id: string }[], because: string): Promise<number> {
  const postIds = rows.map((row) => row.post_id)
  if (postIds.length === 0) return 0
  await sql`delete from post_term where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[])`.execute(
    tx.sql,
  )
  recordPosts(tx, 'posts.deleted', postIds, { because })
  return postIds.length
}
