import { sql } from 'kysely'
import type { PreparedPost, Query } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Place } from '../candidates.ts'
import { asksForNames } from '../every-match.ts'
import { loadMatchable } from '../stored-posts.ts'
import { type CandidateSet, candidateSet, countByDay, drawFrom } from './candidate-set.ts'
import { countOf, type Figure } from './intervals.ts'
import { lastDaysOf, type Period } from './period.ts'

export type InWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>

/** When a count takes too long, the last part of the period is counted instead, and the answer says so. */
const SHORTER = [1, 1 / 5, 1 / 30]
const STATEMENT_MS_MIN = 20

/** A post with what decides whether it matches; the rest is read when it is shown. */
export interface SeenPost {
  place: Place
  prepared: PreparedPost
}

export interface Looked {
  /** The days that were counted: the period, or its end. */
  period: Period
  candidatesByDay: number[]
  candidates: number
  scan: boolean
  /** In random order. Those that are tombstones by now are missing and count as looked at. */
  posts: SeenPost[]
  drawn: number
  drawnByDay: number[]
}

export interface Budget {
  /** So many candidates are looked at as a whole or as a sample. */
  posts: number
  ms: number
  /** What the posts will be asked. */
  queries: readonly Query[]
  signal: AbortSignal
}

/** Thrown where an answer is no longer wanted. */
export class Superseded extends Error {}

export const goOn = (signal: AbortSignal): void => {
  if (signal.aborted) throw new Superseded()
}

/** Which posts of a period are looked at. */
export type SetOf = (tx: WorkspaceTransaction, period: Period) => CandidateSet

export const candidatesOf =
  (...queries: readonly (Query | null)[]): SetOf =>
  (tx, period) =>
    candidateSet(
      tx,
      queries.filter((query) => query !== null),
      period,
    )

/** Counts candidates and looks at all of them or at a random sample, within a budget. */
export async function lookAt(
  inWorkspace: InWorkspace,
  setOf: SetOf,
  period: Period,
  { posts, ms, queries, signal }: Budget,
): Promise<Looked> {
  for (const part of SHORTER) {
    const shorter = lastDaysOf(period, Math.max(1, Math.round(period.days.length * part)))
    goOn(signal)
    const looked = await within(inWorkspace, Math.max(STATEMENT_MS_MIN, ms), (tx) =>
      look(tx, setOf(tx, shorter), queries, shorter, posts),
    )
    if (looked) return looked
    if (shorter.days.length === 1) break
  }
  const none = lastDaysOf(period, 0)
  return { period: none, candidatesByDay: [], candidates: 0, scan: true, posts: [], drawn: 0, drawnByDay: [] }
}

/** Null when a statement runs into the time limit: its transaction is gone, whoever asked is not. */
export async function within<T>(
  inWorkspace: InWorkspace,
  ms: number,
  work: (tx: WorkspaceTransaction) => Promise<T>,
): Promise<T | null> {
  try {
    return await inWorkspace(async (tx) => {
      await sql`set local statement_timeout = ${sql.lit(Math.ceil(ms))}`.execute(tx.sql)
      return work(tx)
    })
  } catch (error) {
    if ((error as { code?: string }).code === QUERY_CANCELED) return null
    throw error
  }
}
const QUERY_CANCELED = '57014'

/** In the order of the places; without those that are gone. */
export const seePosts = (tx: WorkspaceTransaction, places: Place[], queries: readonly Query[]): Promise<SeenPost[]> =>
  loadMatchable(tx, places, { withoutDeleted: true }, queries.some(asksForNames))

async function look(
  tx: WorkspaceTransaction,
  set: CandidateSet,
  queries: readonly Query[],
  period: Period,
  atMost: number,
): Promise<Looked> {
  const candidatesByDay = await countByDay(tx, set, period)
  const candidates = candidatesByDay.reduce((sum, count) => sum + count, 0)
  const drawn = candidates === 0 ? [] : await drawFrom(tx, set, atMost)
  const drawnByDay = period.days.map(() => 0)
  for (const { publishedAt } of drawn) addTo(drawnByDay, dayOf(period, publishedAt))
  const posts = await seePosts(tx, drawn, queries)
  return { period, candidatesByDay, candidates, scan: set.scan, posts, drawn: drawn.length, drawnByDay }
}

export function dayOf({ days }: Period, at: Date): number {
  let day = days.length - 1
  while (day > 0 && (days[day] as { from: Date }).from > at) day--
  return day
}

const addTo = (counts: number[], at: number): void => {
  if (at in counts) counts[at] = (counts[at] as number) + 1
}

/** How many of the candidates are of a kind, from those that were looked at. */
export const figureOf = (looked: Looked, hits: number): Figure => countOf(hits, looked.drawn, looked.candidates)

/** The same day by day. */
export function figuresByDay(looked: Looked, hits: readonly SeenPost[]): (Figure & { day: string })[] {
  const counts = looked.period.days.map(() => 0)
  for (const { place } of hits) addTo(counts, dayOf(looked.period, place.publishedAt))
  return looked.period.days.map(({ day }, at) => ({
    day,
    ...countOf(counts[at] as number, looked.drawnByDay[at] as number, looked.candidatesByDay[at] as number),
  }))
}

export const restsOn = (looked: Looked) => ({
  candidates: looked.candidates,
  looked: looked.drawn,
  countedFrom: looked.period.from,
  scan: looked.scan,
})
