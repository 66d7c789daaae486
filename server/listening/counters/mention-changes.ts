import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/**
 * Mentions are counted by the minute in which they were published. What was published longer ago is counted by the hour:
 * older minutes are brought together (`compaction.ts`), and what arrives late goes into the hour at once. So no two
 * transactions ever wait for each other crosswise, and every hour's sum is exact at any moment.
 */
export const MINUTES_KEPT_MS = 14 * 86_400_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

export const COUNTED_AS = ['unread', 'negative', 'neutral', 'positive'] as const
/** What a mention counts as; unread: nobody read its sentiment. */
export type CountedAs = (typeof COUNTED_AS)[number]

export interface MentionPlace {
  topicId: string
  network: string
  publishedAt: Date
}

export interface MentionSums {
  posts: number
  negative: number
  neutral: number
  positive: number
  reach: bigint
}

interface Change extends MentionPlace, MentionSums {
  hourly: boolean
}

/** What a transaction changes in the counts, gathered, so that it is written once and in the order of the keys. */
export class MentionChanges {
  readonly #changes = new Map<string, Change>()
  readonly #minutesFrom: number

  constructor(now: Date) {
    this.#minutesFrom = now.getTime() - MINUTES_KEPT_MS
  }

  /** `times` below zero takes back. `reach` is what all of these together reach. */
  add(place: MentionPlace, as: CountedAs, reach: bigint, times = 1): void {
    const change = this.#at(place)
    change.posts += times
    if (as !== 'unread') change[as] += times
    change.reach += times < 0 ? -reach : reach
  }

  /** The same mention, read otherwise. */
  move(place: MentionPlace, from: CountedAs, to: CountedAs): void {
    const change = this.#at(place)
    if (from !== 'unread') change[from]--
    if (to !== 'unread') change[to]++
  }

  addSums(place: MentionPlace, sums: MentionSums): void {
    const change = this.#at(place)
    change.posts += sums.posts
    change.negative += sums.negative
    change.neutral += sums.neutral
    change.positive += sums.positive
    change.reach += sums.reach
  }

  async write(tx: WorkspaceTransaction): Promise<void> {
    const rows = [...this.#changes.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row)
    if (rows.length === 0) return
    await sql`
      insert into mention_count as c (workspace_id, topic_id, minute, network, posts, negative, neutral, positive, reach, hourly)
      select ${tx.workspaceId}, * from unnest(${rows.map((r) => r.topicId)}::uuid[], ${rows.map((r) => r.publishedAt)}::timestamptz[],
        ${rows.map((r) => r.network)}::text[], ${rows.map((r) => r.posts)}::int[], ${rows.map((r) => r.negative)}::int[],
        ${rows.map((r) => r.neutral)}::int[], ${rows.map((r) => r.positive)}::int[],
        ${rows.map((r) => String(r.reach))}::bigint[], ${rows.map((r) => r.hourly)}::boolean[])
      on conflict (workspace_id, topic_id, minute, network) do update set posts = c.posts + excluded.posts,
        negative = c.negative + excluded.negative, neutral = c.neutral + excluded.neutral,
        positive = c.positive + excluded.positive, reach = c.reach + excluded.reach,
        hourly = c.hourly or excluded.hourly`.execute(tx.sql)
  }

  #at({ topicId, network, publishedAt }: MentionPlace): Change {
    const at = publishedAt.getTime()
    const hourly = at < this.#minutesFrom
    const step = hourly ? HOUR_MS : MINUTE_MS
    const bucket = new Date(Math.floor(at / step) * step)
    const key = `${topicId} ${bucket.toISOString()} ${network}`
    const known = this.#changes.get(key)
    if (known) return known
    const change = {
      topicId,
      network,
      publishedAt: bucket,
      hourly,
      posts: 0,
      negative: 0,
      neutral: 0,
      positive: 0,
      reach: 0n,
    }
    this.#changes.set(key, change)
    return change
  }
}
