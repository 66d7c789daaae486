import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { EVERY_TOPIC } from './entries.ts'
import { FLAT_STRIDE, type FlatCounts, type Section } from './tally.ts'
import { type Span, spansOf, type Window } from './window.ts'

/** The topic that is looked at, or everything. */
export interface Subject {
  topicId: string
  version: number
  query: string | null
  languages: string[]
  lookingBack: boolean
}

const EVERYTHING: Subject = { topicId: EVERY_TOPIC, version: 0, query: null, languages: [], lookingBack: false }

export async function subjectOf(tx: WorkspaceTransaction, topicId: string | undefined): Promise<Subject> {
  if (topicId === undefined) return EVERYTHING
  const row = await tx.sql
    .selectFrom('topic')
    .select(['version', 'query', 'languages', 'lookback_from'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new NotFound('topic-unknown')
  const { version, query, languages } = row
  return { topicId, version, query, languages, lookingBack: row.lookback_from !== null }
}

export interface Tallied extends Span {
  /** Older than posts are kept: its posts may be gone, and what one person alone said is not counted any more. */
  anonymous: boolean
  posts: number
  counts: FlatCounts
}

/** One section of the tallies of some windows. Served by tally's primary key. */
export async function readTallies(
  tx: WorkspaceTransaction,
  subject: Subject,
  section: Section,
  windows: readonly Window[],
  now: Date,
): Promise<Tallied[]> {
  const { rows } = await talliesQuery(
    tx.workspaceId,
    subject,
    section,
    windows.flatMap((window) => spansOf(window, now)),
  ).execute(tx.sql)
  return rows.map((row) => ({
    span: row.span,
    startsAt: row.starts_at,
    anonymous: row.anonymous,
    posts: row.posts,
    counts: JSON.parse(row.counts) as FlatCounts,
  }))
}

export const talliesQuery = (
  workspaceId: string,
  { topicId, version }: Pick<Subject, 'topicId' | 'version'>,
  section: Section,
  spans: readonly Span[],
) => sql<{ span: Span['span']; starts_at: Date; anonymous: boolean; posts: number; counts: string }>`
  select t.span, t.starts_at, t.anonymous, t.posts, ${sql.ref(`t.${section}`)} as counts
  from unnest(${spans.map(({ span }) => span)}::text[], ${spans.map(({ startsAt }) => startsAt)}::timestamptz[]) as g(span, starts_at)
    join tally t on t.workspace_id = ${workspaceId} and t.topic_id = ${topicId} and t.topic_version = ${version}
      and t.span = g.span and t.starts_at = g.starts_at`

export interface Summed {
  posts: number
  mark: number
  shown: string
}

/** Sums of a section over several tallies, with how much too low a count may be. */
export function summed(tallies: readonly Tallied[], join: (one: number, other: number) => number = (a, b) => a | b) {
  const of = new Map<string, Summed>()
  let lost = 0
  for (const { counts } of tallies) {
    lost += counts[0] as number
    for (let at = 1; at < counts.length; at += FLAT_STRIDE) {
      const key = counts[at] as string
      const [posts, mark] = [counts[at + 1] as number, counts[at + 2] as number]
      const known = of.get(key)
      if (!known) of.set(key, { posts, mark, shown: (counts[at + 3] as string) || key })
      else {
        known.posts += posts
        known.mark = join(known.mark, mark)
      }
    }
  }
  return { of, lost }
}

export const postsIn = (tallies: readonly Tallied[]): number => tallies.reduce((sum, { posts }) => sum + posts, 0)
