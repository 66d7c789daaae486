import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { HOUR_MS } from '../zone.ts'
import { VOICE_HOURS } from './baseline.ts'
import { LOOK_MINUTES, type MinuteCount } from './detect.ts'
import type { HourCount } from './season.ts'

/** What the detector reads of a topic. Posts count at the minute in which they were published, however late they came. */
const VOICE_DAYS = 28
const VOICE_MENTIONS_MAX = 50_000
const NOW_MENTIONS_MAX = 5_000

interface CountRow {
  at: Date
  posts: string
  read: string
  negative: string
  reach: string
}

/** Reach is a sum of followers: a number beyond 2⁵³ would lose its last digits, which no tail is learned from. */
const countOf = ({ at, posts, read, negative, reach }: CountRow): MinuteCount => ({
  at: at.getTime(),
  posts: Number(posts),
  read: Number(read),
  negative: Number(negative),
  reach: Number(reach),
})

const SUMS = sql`sum(posts) as posts, sum(negative + neutral + positive) as read, sum(negative) as negative, sum(reach) as reach`

/** Served by mention_count's key. */
export const minutesQuery = (tx: WorkspaceTransaction, topicId: string, from: Date) => sql<CountRow>`
  select minute as at, ${SUMS} from mention_count
  where workspace_id = ${tx.workspaceId} and topic_id = ${topicId} and minute >= ${from} group by minute order by minute`

export const hoursQuery = (tx: WorkspaceTransaction, topicId: string, from: Date, until: Date) => sql<CountRow>`
  select date_trunc('hour', minute, 'UTC') as at, ${SUMS} from mention_count
  where workspace_id = ${tx.workspaceId} and topic_id = ${topicId} and minute >= ${from} and minute < ${until} group by 1`

export async function readMinutes(tx: WorkspaceTransaction, topicId: string, now: number): Promise<MinuteCount[]> {
  const { rows } = await minutesQuery(tx, topicId, new Date(now - LOOK_MINUTES * 60_000)).execute(tx.sql)
  return rows.map(countOf)
}

/** Whole hours, without holes, oldest first. */
export async function readHours(
  tx: WorkspaceTransaction,
  topicId: string,
  from: number,
  until: number,
): Promise<HourCount[]> {
  const [first, end] = [Math.floor(from / HOUR_MS) * HOUR_MS, Math.floor(until / HOUR_MS) * HOUR_MS]
  const { rows } = await hoursQuery(tx, topicId, new Date(first), new Date(end)).execute(tx.sql)
  const known = new Map(rows.map((row) => [row.at.getTime(), countOf(row)]))
  const hours: HourCount[] = []
  for (let at = first; at < end; at += HOUR_MS)
    hours.push(known.get(at) ?? { at, posts: 0, read: 0, negative: 0, reach: 0 })
  return hours
}

/** Since when posts are counted: since there is the topic, or since its oldest post, which an import may have brought. */
export async function readCountedFrom(tx: WorkspaceTransaction, topicId: string, from: Date): Promise<Date | null> {
  const { rows } = await sql<{ counted_from: Date | null }>`
    select least(t.created_at, (select min(minute) from mention_count c where c.workspace_id = t.workspace_id
      and c.topic_id = t.topic_id and c.minute >= ${from})) as counted_from
    from topic t where t.workspace_id = ${tx.workspaceId} and t.topic_id = ${topicId}`.execute(tx.sql)
  return rows[0]?.counted_from ?? null
}

/** Posts of the busiest author in each six hours that had any. Served by mention_topic. */
export async function readVoices(tx: WorkspaceTransaction, topicId: string, now: number): Promise<number[]> {
  const { rows } = await sql<{ most: string }>`
    select max(posts) as most from (
      select stretch, count(*) as posts from (
        select floor(extract(epoch from m.published_at) / ${VOICE_HOURS * 3600}) as stretch, p.author_id
        from mention m join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id and p.direction = 'in'
        where m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId}
          and m.published_at >= ${new Date(now - VOICE_DAYS * 24 * HOUR_MS)} and m.published_at < ${new Date(now)}
        order by m.published_at desc limit ${VOICE_MENTIONS_MAX}) said
      group by stretch, author_id) voices
    group by stretch`.execute(tx.sql)
  return rows.map(({ most }) => Number(most))
}

/** Who says most now, and of how many posts. Served by mention_topic. */
export async function readVoice(
  tx: WorkspaceTransaction,
  topicId: string,
  now: number,
  since: number,
): Promise<{ posts: number; of: number }> {
  const from = Math.max(now - VOICE_HOURS * HOUR_MS, since)
  const { rows } = await sql<{ posts: string; total: string }>`
    select count(*) as posts, sum(count(*)) over () as total from (
      select p.author_id from mention m
        join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id and p.direction = 'in'
      where m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId}
        and m.published_at >= ${new Date(from)} and m.published_at <= ${new Date(now)}
      order by m.published_at desc limit ${NOW_MENTIONS_MAX}) said
    group by author_id order by count(*) desc limit 1`.execute(tx.sql)
  return { posts: Number(rows[0]?.posts ?? 0), of: Number(rows[0]?.total ?? 0) }
}
