import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { CountedAs, MentionChanges } from './mention-changes.ts'

interface Found {
  topic_id: string
  network: string
  published_at: Date
  was: CountedAs | null
  now_as: CountedAs
  reach: string
}

/**
 * Mentions of these posts that are not counted yet are counted, and those whose post is read otherwise by now are moved.
 * Each mention says how it was counted, so doing it twice changes nothing. What we say ourselves is not counted; a tombstone
 * stays counted as it was. Posts are held, so that nobody reads them otherwise between the look and the commit. Served by mention_post.
 */
export async function recountMentions(
  tx: WorkspaceTransaction,
  postIds: readonly string[],
  changes: MentionChanges,
): Promise<void> {
  if (postIds.length === 0) return
  const { rows } = await sql<Found>`
    with found as (
      select m.topic_id, m.post_id, p.network, m.published_at, m.counted_as as was,
        coalesce(p.sentiment, 'unread') as now_as, coalesce(m.counted_reach, a.followers, 0) as reach
      from mention m join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id
        join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
      where m.workspace_id = ${tx.workspaceId} and m.post_id = any(${postIds}::uuid[]) and p.direction = 'in'
        and (m.counted_as is null or (p.deleted_at is null and m.counted_as <> coalesce(p.sentiment, 'unread')))
      order by p.post_id, m.topic_id for share of p for update of m),
    written as (
      update mention m set counted_as = f.now_as, counted_reach = f.reach from found f
      where m.workspace_id = ${tx.workspaceId} and m.topic_id = f.topic_id and m.post_id = f.post_id)
    select topic_id, network, published_at, was, now_as, reach from found`.execute(tx.sql)
  for (const { topic_id: topicId, network, published_at: publishedAt, was, now_as: as, reach } of rows) {
    const place = { topicId, network, publishedAt }
    if (was === null) changes.add(place, as, BigInt(reach))
    else changes.move(place, was, as)
  }
}
