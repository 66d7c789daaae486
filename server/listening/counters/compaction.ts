import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { MentionChanges, MINUTES_KEPT_MS } from './mention-changes.ts'

const ROWS_AT_ONCE = 5_000
/** Whoever began to count a minute shortly before it grew old has ended by then. */
const MARGIN_MS = 3_600_000

interface MinuteRow {
  topic_id: string
  network: string
  minute: Date
  posts: number
  negative: number
  neutral: number
  positive: number
  reach: string
}

/**
 * Old minutes become hours: taken out and added to their hour in one transaction, so each is counted exactly once wherever
 * the process dies. Returns whether there may be more. Served by mention_count_by_minute.
 */
export async function bringMinutesTogether(tx: WorkspaceTransaction, now: Date): Promise<boolean> {
  const before = new Date(now.getTime() - MINUTES_KEPT_MS - MARGIN_MS)
  const { rows } = await sql<MinuteRow>`
    with old as (
      select workspace_id, topic_id, minute, network from mention_count
      where workspace_id = ${tx.workspaceId} and not hourly and minute < ${before}
      order by minute limit ${ROWS_AT_ONCE} for update skip locked)
    delete from mention_count c using old where c.workspace_id = old.workspace_id and c.topic_id = old.topic_id
      and c.minute = old.minute and c.network = old.network
    returning c.topic_id, c.network, c.minute, c.posts, c.negative, c.neutral, c.positive, c.reach`.execute(tx.sql)
  const changes = new MentionChanges(now)
  for (const { topic_id: topicId, network, minute, posts, negative, neutral, positive, reach } of rows)
    changes.addSums(
      { topicId, network, publishedAt: minute },
      { posts, negative, neutral, positive, reach: BigInt(reach) },
    )
  await changes.write(tx)
  return rows.length === ROWS_AT_ONCE
}
