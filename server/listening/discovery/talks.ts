import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { loadPosts } from '../reading.ts'
import { EVERY_TOPIC } from './entries.ts'
import { VOICES_MIN } from './rising.ts'
import { readTallies, type Subject, subjectOf, summed } from './tallied.ts'
import { voicesIn } from './tally.ts'
import { type Period, type Window, windowOf } from './window.ts'

const LOOKED_AT_MAX = 15
const POSTS_COUNTED_MAX = 300
const SHOWN_MAX = 10

interface TalkRow {
  post_id: string
  posts: number
  voices: number
  latest_at: Date
}

/**
 * Reply trees and repeated texts. The tallies say which ones are large, the stored posts how large they are: what was
 * deleted is not among them.
 */
export async function talksOf(
  tx: WorkspaceTransaction,
  { topicId, period }: { topicId?: string | undefined; period: Period },
  now: Date,
) {
  const subject = await subjectOf(tx, topicId)
  const window = windowOf(period, now)
  const threads = await threadsOf(tx, subject, window, now)
  const waves = await wavesOf(tx, subject, window, now)
  const shown = [
    ...threads.map((row) => ({ kind: 'thread' as const, row })),
    ...waves.map((row) => ({ kind: 'wave' as const, row })),
  ]
  const posts = await loadPosts(
    tx,
    shown.map(({ row }) => row.post_id),
  )
  const byId = new Map(posts.map((post) => [post.postId, post]))
  const items = shown.flatMap(({ kind, row }) => {
    const post = byId.get(row.post_id)
    return post ? [{ kind, post, posts: row.posts, voices: row.voices, latestAt: row.latest_at }] : []
  })
  return { ...window, items }
}

/** Of a topic also the largest trees of all in which it is spoken of: answers seldom repeat the word that is asked for. */
async function threadsOf(tx: WorkspaceTransaction, subject: Subject, window: Window, now: Date): Promise<TalkRow[]> {
  const largest = async (of: Subject) => largestKeys(tx, of, 'threads', window, now)
  const keys = await largest(subject)
  if (subject.topicId !== EVERY_TOPIC) keys.push(...(await largest({ ...subject, topicId: EVERY_TOPIC, version: 0 })))
  const places = [...new Set(keys)].map((key) => key.split('\n') as [string, string, string])
  const { rows } = await threadsQuery(tx.workspaceId, subject.topicId, places).execute(tx.sql)
  return largestFirst(rows)
}

/** Served by post_root, and by post's unique key for the root itself. */
export const threadsQuery = (
  workspaceId: string,
  topicId: string,
  places: readonly [network: string, scope: string, rootExternalId: string][],
): RawBuilder<TalkRow> => sql<TalkRow>`
  select (array_agg(s.post_id order by s.published_at, s.post_id))[1] as post_id, count(*)::int as posts,
    count(distinct s.author_id)::int as voices, max(s.published_at) as latest_at
  from unnest(${places.map(([network]) => network)}::text[], ${places.map(([, scope]) => scope)}::text[],
      ${places.map(([, , id]) => id)}::text[]) as g(network, scope, id)
    cross join lateral (
      (select post_id, author_id, published_at from post where workspace_id = ${workspaceId} and network = g.network
        and scope = g.scope and external_id = g.id and deleted_at is null)
      union all
      (select post_id, author_id, published_at from post where workspace_id = ${workspaceId} and network = g.network
        and scope = g.scope and root_external_id = g.id and deleted_at is null limit ${POSTS_COUNTED_MAX})) s
  group by g.network, g.scope, g.id
  having count(distinct s.author_id) >= ${VOICES_MIN}
    and ${
      topicId === EVERY_TOPIC
        ? sql`true`
        : sql`bool_or(exists (select from mention m where m.workspace_id = ${workspaceId}
      and m.topic_id = ${topicId} and m.post_id = s.post_id))`
    }`

async function wavesOf(tx: WorkspaceTransaction, subject: Subject, window: Window, now: Date): Promise<TalkRow[]> {
  const groups = await largestKeys(tx, subject, 'waves', window, now)
  const { rows } = await wavesQuery(tx.workspaceId, groups).execute(tx.sql)
  return largestFirst(rows)
}

/** Served by post_alike; the first of a group is found by its own id. */
export const wavesQuery = (workspaceId: string, groups: readonly string[]): RawBuilder<TalkRow> => sql<TalkRow>`
  select (array_agg(s.post_id order by s.published_at, s.post_id))[1] as post_id, count(*)::int as posts,
    count(distinct s.author_id)::int as voices, max(s.published_at) as latest_at
  from unnest(${groups}::uuid[]) as g(group_id)
    cross join lateral (
      (select post_id, author_id, published_at from post where workspace_id = ${workspaceId} and post_id = g.group_id
        and deleted_at is null)
      union all
      (select post_id, author_id, published_at from post where workspace_id = ${workspaceId} and group_id = g.group_id
        and group_id <> post_id and deleted_at is null order by published_at desc, post_id desc limit ${POSTS_COUNTED_MAX})) s
  group by g.group_id
  having count(distinct s.author_id) >= ${VOICES_MIN}`

async function largestKeys(
  tx: WorkspaceTransaction,
  subject: Subject,
  section: 'threads' | 'waves',
  window: Window,
  now: Date,
): Promise<string[]> {
  const { of } = summed(await readTallies(tx, subject, section, [window], now))
  return [...of]
    .sort(([, a], [, b]) => voicesIn(b.mark) - voicesIn(a.mark) || b.posts - a.posts)
    .slice(0, LOOKED_AT_MAX)
    .map(([key]) => key)
}

const largestFirst = (rows: TalkRow[]): TalkRow[] =>
  rows.sort((a, b) => b.voices - a.voices || b.posts - a.posts).slice(0, SHOWN_MAX)
