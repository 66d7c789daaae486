import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'

/**
 * Many hands change the same posts at the same moment, so everybody locks in one order and nobody waits in a circle: authors
 * by their keys, stored posts by post_id, what topics have learned by topic_id, mentions by post_id and topic_id, counts by
 * their keys. A topic's own row comes before all of these and is held `for no key update`, which leaves those alone who only
 * point at it. Whoever needs posts twice holds all of them the first time.
 */
export async function holdPosts(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0) return
  await sql`select from post where workspace_id = ${tx.workspaceId} and post_id = any(${[...postIds]}::uuid[])
    order by post_id for update`.execute(tx.sql)
}

/** Their posts are held already. Served by mention_post. */
export async function holdMentions(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0) return
  await sql`select from mention where workspace_id = ${tx.workspaceId} and post_id = any(${[...postIds]}::uuid[])
    order by post_id, topic_id for update`.execute(tx.sql)
}
