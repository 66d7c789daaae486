import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { retentionStart } from '../retention.ts'

const HOUR_MS = 3_600_000

export interface ExpiredRows {
  /** Posts heard before this may be gone. */
  rowsFrom: Date
  /** Of the counted mentions, by topic, those whose post is no longer there; topics that lack none are left out. */
  expired: Map<string, number>
}

/**
 * Counts outlive posts. How many of those that `mentionCounts` counts from `from` up to `until` lead to no post any more,
 * because it expired, or was emptied or deleted since. What was published within the retention cannot have expired, so
 * only what is older is looked at, up to a whole hour, as old counts are kept. Served by mention_count's primary key,
 * mention_topic and post's primary key.
 */
export async function expiredRows(
  tx: WorkspaceTransaction,
  { topicIds, from, until }: { topicIds: readonly string[]; from: Date; until: Date },
  now: Date,
): Promise<ExpiredRows> {
  const rowsFrom = await retentionStart(tx, now)
  const old = Math.ceil(rowsFrom.getTime() / HOUR_MS) * HOUR_MS
  const before = new Date(Math.min(old, until.getTime()))
  if (topicIds.length === 0 || before <= from) return { rowsFrom, expired: new Map() }
  const { rows } = await expiredRowsQuery(tx.workspaceId, topicIds, from, before).execute(tx.sql)
  return { rowsFrom, expired: new Map(rows.map(({ topic_id, expired }) => [topic_id, expired])) }
}

/** The posts that are still there, of the mentions of one topic published from `from` up to `until`. Served by mention_topic. */
export async function storedMentions(
  tx: WorkspaceTransaction,
  { topicId, from, until }: { topicId: string; from: Date; until: Date },
): Promise<number> {
  const { rows } = await sql<{
    posts: number
  }>`select (${storedPosts(tx.workspaceId, sql`${topicId}::uuid`, from, until)})::int
    as posts`.execute(tx.sql)
  return rows[0]?.posts ?? 0
}

const storedPosts = (workspaceId: string, topicId: RawBuilder<unknown>, from: Date, before: Date) => sql`
  select count(*) as posts from mention m
    join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id and p.deleted_at is null
  where m.workspace_id = ${workspaceId} and m.topic_id = ${topicId} and m.published_at >= ${from}
    and m.published_at < ${before} and m.counted_as is not null`

export const expiredRowsQuery = (workspaceId: string, topicIds: readonly string[], from: Date, before: Date) => sql<{
  topic_id: string
  expired: number
}>`
  select asked.topic_id, (counted.posts - stored.posts)::int as expired from unnest(${topicIds}::uuid[]) as asked(topic_id)
    cross join lateral (
      select coalesce(sum(c.posts), 0) as posts from mention_count c
      where c.workspace_id = ${workspaceId} and c.topic_id = asked.topic_id and c.minute >= ${from} and c.minute < ${before}
    ) counted
    cross join lateral (${storedPosts(workspaceId, sql`asked.topic_id`, from, before)}) stored
  where counted.posts > stored.posts`
