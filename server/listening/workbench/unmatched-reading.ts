import { sql } from 'kysely'
import { type PreparedPost, prepare, type Query } from '../../matching/index.ts'
import type { Services } from '../../platform/services.ts'
import { type Figure, weightedTotal } from './intervals.ts'
import { SAMPLE_KEPT_DAYS } from './unmatched-sample.ts'

const HOUR_MS = 3_600_000

/** A post of the sample that the workspace did not store. */
export interface SampledPost {
  sampledId: string
  network: string
  title: string | null
  text: string
  language: string | null
  publishedAt: Date
  /** How many posts it stands for. */
  weight: number
  prepared: PreparedPost
}

export interface UnmatchedSample {
  /** In random order. */
  posts: SampledPost[]
  /** Posts that the ones looked at stand for. */
  heard: number
  /** The heaviest any post of it can be. */
  heaviest: number
  from: Date
  days: number
}

interface Row {
  sampled_id: string
  network: string
  title: string | null
  text: string
  language: string | null
  is_reply: boolean
  has_media: boolean
  published_at: Date
  kept: boolean
  weight: number
}

/**
 * A random part of the sample of the streams that a workspace hears, without what it stored itself. Null when it refused,
 * hears no stream, or nothing was sampled yet.
 */
export async function readUnmatched(
  services: Services,
  workspaceId: string,
  atMost: number,
): Promise<UnmatchedSample | null> {
  const hours = await hoursOf(services, workspaceId)
  const sampled = hours.reduce((sum, hour) => sum + hour.sampled, 0)
  const [first] = hours
  if (!first || sampled === 0) return null
  const streams = [...new Set(hours.map(({ stream }) => stream))]
  const { rows } = await sql<Row>`
    select s.sample_id as sampled_id, s.network, s.title, s.text, s.language, s.is_reply, s.has_media, s.published_at,
      ${workspaceId} = any(s.kept_by) as kept, h.heard::float8 / h.sampled as weight
    from (select * from system.stream_sample where stream = any(${streams}::text[]) order by sample_id limit ${atMost}) s
      join system.stream_sample_hour h on h.stream = s.stream and h.sampled > 0
        and h.hour = date_trunc('hour', s.heard_at at time zone 'UTC') at time zone 'UTC'
    order by s.sample_id`.execute(services.database.system)
  const part = Math.max(1, sampled / Math.max(1, rows.length))
  const posts = rows.filter(({ kept }) => !kept).map((row) => sampledPost(row, row.weight * part))
  return {
    posts,
    heard: hours.reduce((sum, hour) => sum + hour.heard, 0),
    heaviest: Math.max(...hours.map((hour) => (hour.sampled > 0 ? hour.heard / hour.sampled : 0))) * part,
    from: first.hour,
    days: new Set(hours.map(({ hour }) => hour.getTime())).size / 24,
  }
}

export interface SampledHour {
  stream: string
  hour: Date
  heard: number
  sampled: number
}

/** What was heard and sampled of the workspace's streams; empty for one that refused. */
export async function hoursOf(services: Services, workspaceId: string): Promise<SampledHour[]> {
  const since = new Date(services.clock.now().getTime() - SAMPLE_KEPT_DAYS * 24 * HOUR_MS)
  const { rows } = await sql<SampledHour>`
    select h.stream, h.hour, h.heard::float8 as heard, h.sampled from system.listening_change c
      join system.stream_sample_hour h on h.stream = any(c.streams)
    where c.workspace_id = ${workspaceId} and h.hour > ${since}
      and not exists (select from system.stream_sample_refusal r where r.workspace_id = c.workspace_id)
    order by h.hour, h.stream`.execute(services.database.system)
  return rows
}

const sampledPost = (row: Row, weight: number): SampledPost => ({
  sampledId: row.sampled_id,
  network: row.network,
  title: row.title,
  text: row.text,
  language: row.language,
  publishedAt: row.published_at,
  weight,
  prepared: prepare({
    title: row.title,
    text: row.text,
    language: row.language,
    network: row.network,
    scope: '',
    site: null,
    url: null,
    publishedAt: row.published_at,
    author: { handle: null, name: null, followers: null, networkId: '' },
    isReply: row.is_reply,
    hasMedia: row.has_media,
    links: [],
    mentions: [],
    sourceName: null,
  }),
})

/** What the sample does not tell: a query that rests on it would be answered wrongly. */
const UNTOLD = new Set(['author', 'source', 'site', 'url', 'followers'])

export const isTold = (query: Query): boolean =>
  query.leaves.every((leaf) => leaf.kind !== 'filter' || !UNTOLD.has(leaf.filter.field))

export interface Unstored {
  perDay: Figure
  sampled: number
  matched: number
  heard: number
  from: Date | null
}

/** How many posts a day the matched part of the sample stands for. */
export function unstoredFigure(sample: UnmatchedSample, matched: readonly SampledPost[]): Unstored {
  const total = weightedTotal(
    matched.map(({ weight }) => weight),
    sample.heaviest,
  )
  const perDay = {
    ...total,
    value: total.value / sample.days,
    low: total.low / sample.days,
    high: total.high / sample.days,
  }
  return { perDay, sampled: sample.posts.length, matched: matched.length, heard: sample.heard, from: sample.from }
}
