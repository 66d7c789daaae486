import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { STALE } from './background.ts'
import { forgetRead } from './learning.ts'

/**
 * What was learned follows the posts that it was learned from. Whoever empties, deletes or edits posts calls this after
 * locking their rows and before touching their mentions.
 *
 * What is learned from a label, however hashed, is that post's content: when the post goes, the scorer goes in the same
 * transaction, and is learned again within seconds from what is left. The background counts what many posts share; it
 * forgets a single post when it is next learned, within ten minutes, and on erasure at once.
 */
export async function forgetPosts(
  tx: WorkspaceTransaction,
  postIds: readonly string[],
  { erasure = false } = {},
): Promise<void> {
  if (postIds.length === 0 || !(await anyLearned(tx))) return
  const topics = await lockTopicsOf(tx, postIds)
  if (topics.all.length === 0) return
  await sql`
    update topic_relevance set background_query = ${STALE}, background_due_at = least(background_due_at, now() + ${FORGET_WITHIN}::interval)
    where workspace_id = ${tx.workspaceId} and topic_id = any(${topics.all}::uuid[]) and background_posts > 0`.execute(
    tx.sql,
  )
  if (erasure)
    await sql`
      update topic_relevance set background = null, background_version = background_version + 1, background_posts = 0,
        line_posts = '{}', background_due_at = now(), version = version + 1, scorer = null, scorer_version = 0
      where workspace_id = ${tx.workspaceId} and topic_id = any(${topics.all}::uuid[])`.execute(tx.sql)
  await sql`
    update topic_relevance set version = version + 1, scorer = null, scorer_version = 0
    where workspace_id = ${tx.workspaceId} and topic_id = any(${topics.learnedFrom}::uuid[])`.execute(tx.sql)
  await sql`update verdict set words = null where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[])
    and words is not null`.execute(tx.sql)
  await sql`delete from relevance_hint where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[])`.execute(
    tx.sql,
  )
  forgetRead(topics.all)
}
const FORGET_WITHIN = '10 minutes'

/** From retention, which deletes rows: nobody can ask for these verdicts any more. */
export async function deleteVerdicts(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<void> {
  await sql`delete from verdict where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[])`.execute(
    tx.sql,
  )
}

/** Another text: topics that learned from the post learn again. */
export async function learnAgainFrom(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0 || !(await anyLearned(tx))) return
  const { learnedFrom } = await lockTopicsOf(tx, postIds)
  await sql`update topic_relevance set version = version + 1 where workspace_id = ${tx.workspaceId}
    and topic_id = any(${learnedFrom}::uuid[])`.execute(tx.sql)
}

/** Most workspaces have none, and deletions of a stream are many. */
async function anyLearned(tx: WorkspaceTransaction): Promise<boolean> {
  const { rows } = await sql`select from topic_relevance where workspace_id = ${tx.workspaceId} limit 1`.execute(tx.sql)
  return rows.length > 0
}

async function lockTopicsOf(
  tx: WorkspaceTransaction,
  postIds: readonly string[],
): Promise<{ all: string[]; learnedFrom: string[] }> {
  const { rows } = await sql<{ topic_id: string; learned_from: boolean }>`
    with given as (select unnest(${postIds}::uuid[]) as post_id),
    learned as (
      select v.topic_id from given join verdict v on v.workspace_id = ${tx.workspaceId} and v.post_id = given.post_id
      union select h.topic_id from given join relevance_hint h on h.workspace_id = ${tx.workspaceId} and h.post_id = given.post_id),
    matched as (
      select m.topic_id from given join mention m on m.workspace_id = ${tx.workspaceId} and m.post_id = given.post_id
      union select topic_id from learned)
    select r.topic_id, exists (select from learned where learned.topic_id = r.topic_id) as learned_from
    from topic_relevance r where r.workspace_id = ${tx.workspaceId} and r.topic_id in (select topic_id from matched)
    order by r.topic_id for update of r`.execute(tx.sql)
  return {
    all: rows.map((row) => row.topic_id),
    learnedFrom: rows.filter((row) => row.learned_from).map((row) => row.topic_id),
  }
}
