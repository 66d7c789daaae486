import { sql } from 'kysely'
import { type AccountStateChange, changeAccountStates } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { countedPosts, uncount } from './discovery/entries.ts'
import { foldNow } from './discovery/folding.ts'
import { recordPosts } from './keep.ts'
import type { PostPlace } from './normalise.ts'
import { forgetPosts } from './triage/changed-posts.ts'
import { endLabels } from './understanding/label-ending.ts'

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
  const { rows } = await sql<Grave>`
    select p.post_id, g.at from unnest(${deletions.map((d) => d.network)}::text[], ${deletions.map((d) => d.scope)}::text[],
        ${deletions.map((d) => d.externalId)}::text[], ${deletions.map((d) => d.at)}::timestamptz[])
      as g(network, scope, external_id, at)
      join post p on p.workspace_id = ${tx.workspaceId} and p.network = g.network and p.scope = g.scope
        and p.external_id = g.external_id and p.deleted_at is null
    order by p.post_id for update of p`.execute(tx.sql)
  return bury(tx, rows, 'upstream')
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
    const { rows } = await sql<Grave>`
      select p.post_id, a.state_since as at from post p
        join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
      where p.workspace_id = ${tx.workspaceId} and p.author_id = ${authorId} and p.deleted_at is null
        and p.post_id in (select post_id from post where workspace_id = ${tx.workspaceId} and author_id = ${authorId}
          and deleted_at is null order by published_at limit ${POSTS_AT_ONCE_MAX})
      order by p.post_id for update of p`.execute(tx.sql)
    count += await bury(tx, rows, 'author-gone')
    if (rows.length < POSTS_AT_ONCE_MAX) return count
  }
}

/** Nothing that was said, or that leads to it (posts that say the same), stays. */
const EMPTIED = sql`title = null, text = '', url = null, media = '[]', links = '{}', mentions = '{}', content_hash = '',
  indexed = true, sentiment = null, sentiment_probability = null, intent = null, offensive = null, group_id = null`

type Burial = 'upstream' | 'author-gone' | 'erasure' | 'retention'

interface Grave {
  post_id: string
  at: Date
}

/** What discovery counted of a post is taken out while it can still be read. */
async function bury(tx: WorkspaceTransaction, graves: Grave[], because: Burial): Promise<number> {
  const [first] = graves
  if (!first) return 0
  const postIds = graves.map((grave) => grave.post_id)
  await uncount(tx, await countedPosts(tx, postIds), first.at)
  await foldNow(tx, first.at)
  await forgetPosts(tx, postIds, { erasure: because === 'erasure' })
  await endLabels(tx, postIds)
  await sql`
    update post p set ${EMPTIED}, deleted_at = g.at, deleted_because = ${because}
    from unnest(${postIds}::uuid[], ${graves.map((grave) => grave.at)}::timestamptz[]) as g(post_id, at)
    where p.workspace_id = ${tx.workspaceId} and p.post_id = g.post_id`.execute(tx.sql)
  await sql`delete from post_term where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[])`.execute(
    tx.sql,
  )
  recordPosts(tx, 'posts.deleted', postIds, { because })
  return postIds.length
}

/** Also posts that the network had deleted before. The rows are held by the caller. */
export const buryBecause = (
  tx: WorkspaceTransaction,
  because: 'erasure' | 'retention',
  postIds: string[],
  at: Date,
): Promise<number> =>
  bury(
    tx,
    postIds.map((post_id) => ({ post_id, at })),
    because,
  )
