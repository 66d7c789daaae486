import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import { requireAtSource } from '../platform/reach.ts'

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

/**
 * Refuses whoever may not do with what came through these posts' sources what they were let in for. What is closed to them
 * is not there for them. Asks nothing of those who have one role everywhere.
 */
export async function requireAtSourcesOf(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<void> {
  if (!tx.actor.reach) return
  const asked = new Set(postIds)
  const { rows } = await sql<{ source_id: string | null }>`select source_id from post
    where workspace_id = ${tx.workspaceId} and post_id = any(${[...asked]}::uuid[])`.execute(tx.sql)
  if (rows.length < asked.size) throw new NotFound('post-unknown')
  for (const { source_id } of rows) requireAtSource(tx, source_id)
}
