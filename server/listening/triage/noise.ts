import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Candidates, Place } from '../candidates.ts'

/**
 * Set aside: a person said that it is not for us, or nobody said anything and the model thinks so. Word for word the
 * condition of the index mention_aside.
 */
export const isAside = (prefix: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${prefix}state = 'rejected' or (${prefix}state = 'new' and ${prefix}judged_as = 'not-for-us')`

/** Whether the topic, or any, sets post p aside; what a model thinks counts only while it is switched on. */
export const setAside = (tx: WorkspaceTransaction, topicId: string | undefined): RawBuilder<unknown> => sql`exists (
  select from mention m left join topic_relevance r on r.workspace_id = m.workspace_id and r.topic_id = m.topic_id
  where m.workspace_id = ${tx.workspaceId} and m.post_id = p.post_id ${topicId ? sql`and m.topic_id = ${topicId}` : sql``}
    and (m.state = 'rejected' or (m.state = 'new' and m.judged_as = 'not-for-us' and r.switched_on)))`

/** What a topic sets aside, or did before it was switched off, newest first. Served by mention_aside. */
export const mentionsAside =
  (tx: WorkspaceTransaction, topicId: string): Candidates =>
  async (before, limit) => {
    const earlier = before
      ? sql`and (published_at, post_id) < (${before.publishedAt}::timestamptz, ${before.postId}::uuid)`
      : sql``
    const { rows } = await sql<Place>`
      select published_at as "publishedAt", post_id as "postId" from mention
      where workspace_id = ${tx.workspaceId} and topic_id = ${topicId} and (${isAside(sql``)}) ${earlier}
      order by published_at desc, post_id desc limit ${limit}`.execute(tx.sql)
    return rows
  }

/** Whether a topic orders its posts; while switched off everything is as if it had learned nothing. */
export async function isJudging(tx: WorkspaceTransaction, topicId: string): Promise<boolean> {
  const { rows } =
    await sql`select from topic_relevance where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
    and switched_on and scorer_version > 0`.execute(tx.sql)
  return rows.length > 0
}
