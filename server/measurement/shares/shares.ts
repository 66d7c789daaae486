import { sql } from 'kysely'
import type { z } from 'zod'
import type { shares as contract } from '../../../contract/measurement-shares.ts'
import { expiredRows } from '../../listening/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'

type Shares = z.infer<(typeof contract.read)['~orpc']['outputSchema'] & z.ZodType>

/**
 * Share of voice = mentions of a topic ÷ mentions of all brands and competitors, in the same time; of ours: of all brands
 * together. Counted from the view `voice`. The period before ends as far into its last day as today has come, so that like is
 * held against like. A post that two topics find is a mention of each.
 */
export async function readShares(tx: WorkspaceTransaction, days: number, now: Date): Promise<Shares> {
  const timeZone = await timeZoneOf(tx)
  const period = await periodOf(tx, days, timeZone, now)
  const topics = await readTopics(tx, period)
  const topicIds = topics.map(({ topicId }) => topicId)
  const { rowsFrom, expired } = await expiredRows(tx, { topicIds, from: period.from, until: now }, now)
  const byDay = await readDays(tx, topicIds, period, timeZone)
  const all = sum(topics.map(({ mentions }) => mentions))
  const allBefore = sum(topics.map(({ mentionsBefore }) => mentionsBefore))
  const own = topics.filter(({ kind }) => kind === 'brand')
  return {
    from: period.from,
    until: now,
    before: period.before,
    timeZone,
    rowsFrom,
    days: period.days,
    items: topics.map((topic) => ({
      ...topic,
      expired: Math.min(topic.mentions, expired.get(topic.topicId) ?? 0),
      share: shareOf(topic.mentions, all),
      shareBefore: shareOf(topic.mentionsBefore, allBefore),
      byDay: period.days.map((day) => byDay.get(`${topic.topicId} ${day}`) ?? 0),
    })),
    own: {
      share: shareOf(sum(own.map(({ mentions }) => mentions)), all),
      shareBefore: shareOf(sum(own.map(({ mentionsBefore }) => mentionsBefore)), allBefore),
    },
  }
}

const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0)
const shareOf = (count: number, all: number): number | null => (all === 0 ? null : count / all)

async function timeZoneOf(tx: WorkspaceTransaction): Promise<string> {
  const row = await tx.sql
    .selectFrom('workspace')
    .select('time_zone')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  return row.time_zone
}

interface Period {
  before: Date
  beforeUntil: Date
  from: Date
  until: Date
  days: string[]
}

/** By the calendar of the zone: a day may have 23 or 25 hours. */
async function periodOf(tx: WorkspaceTransaction, days: number, timeZone: string, now: Date): Promise<Period> {
  const { rows } = await sql<Omit<Period, 'until'>>`
    with local as (select ${now}::timestamptz at time zone ${timeZone} as at, make_interval(days => ${days}) as length),
    first as (select date_trunc('day', at) - length + interval '1 day' as day, at, length from local)
    select day at time zone ${timeZone} as "from", (day - length) at time zone ${timeZone} as before,
      (at - length) at time zone ${timeZone} as "beforeUntil",
      array(select to_char(each, 'YYYY-MM-DD') from generate_series(day, at, interval '1 day') as each) as days
    from first`.execute(tx.sql)
  return { ...(rows[0] as Omit<Period, 'until'>), until: now }
}

type Topic = Omit<Shares['items'][number], 'share' | 'shareBefore' | 'byDay' | 'expired'>

/** Topics without a mention stand in the list too: silence is a figure. */
async function readTopics(tx: WorkspaceTransaction, { before, beforeUntil, from, until }: Period): Promise<Topic[]> {
  const { rows } = await sql<Topic>`
    select t.topic_id as "topicId", t.name, t.kind, coalesce(now.mentions, 0)::float8 as mentions,
      coalesce(earlier.mentions, 0)::float8 as "mentionsBefore", coalesce(now.positive, 0)::float8 as positive,
      coalesce(now.negative, 0)::float8 as negative, coalesce(now.read, 0)::float8 as read
    from topic t
    left join lateral (
      select sum(posts) as mentions, sum(positive) as positive, sum(negative) as negative,
        sum(positive + negative + neutral) as read
      from voice v where v.workspace_id = t.workspace_id and v.topic_id = t.topic_id
        and v.minute >= ${from} and v.minute <= ${until}) now on true
    left join lateral (
      select sum(posts) as mentions from voice v where v.workspace_id = t.workspace_id and v.topic_id = t.topic_id
        and v.minute >= ${before} and v.minute <= ${beforeUntil}) earlier on true
    where t.workspace_id = ${tx.workspaceId} and t.removed_at is null and t.kind in ('brand', 'competitor')
    order by mentions desc, t.name`.execute(tx.sql)
  return rows
}

/** Served by mention_count's primary key, a topic at a time. */
async function readDays(
  tx: WorkspaceTransaction,
  topicIds: string[],
  { from, until }: Period,
  timeZone: string,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ topic_id: string; day: string; mentions: number }>`
    select asked.topic_id, counted.day, counted.mentions from unnest(${topicIds}::uuid[]) as asked(topic_id)
    cross join lateral (
      select to_char(v.minute at time zone ${timeZone}, 'YYYY-MM-DD') as day, sum(v.posts)::float8 as mentions
      from voice v where v.workspace_id = ${tx.workspaceId} and v.topic_id = asked.topic_id
        and v.minute >= ${from} and v.minute <= ${until} group by 1) counted`.execute(tx.sql)
  return new Map(rows.map((row) => [`${row.topic_id} ${row.day}`, row.mentions]))
}
