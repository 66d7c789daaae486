import { CompiledQuery, type Query } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Place } from './candidates.ts'
import { candidatesFor, startOf } from './search.ts'
import { loadMatchable } from './stored-posts.ts'

/** Posts looked at between two looks at the clock. */
const STEP = 2_000

export interface EveryMatch {
  /** Newest first. */
  matches: Place[]
  /** Nothing before this was looked at, because the time was up; null: the whole period was. */
  reachedBackTo: Date | null
}

/** All stored posts of a period that a query matches, decided one by one as intake would, without saying where they do. */
export async function everyMatch(
  tx: WorkspaceTransaction,
  query: Query,
  period: { from?: Date; until?: Date },
  budgetMs: number,
): Promise<EveryMatch> {
  const endsAt = performance.now() + budgetMs
  const { candidates } = await candidatesFor(tx, query)
  const filter = { ...period, withoutDeleted: true }
  const compiled = new CompiledQuery(query)
  const matches: Place[] = []
  for (let place = startOf(filter); ; ) {
    const places = await candidates(place, STEP, period.from)
    const within = places.filter(({ publishedAt }) => !period.from || publishedAt >= period.from)
    for (const post of await loadMatchable(tx, within, filter, asksForNames(query)))
      if (compiled.holds(post.prepared)) matches.push(post.place)
    const last = places.at(-1)
    if (!last || places.length < STEP || within.length < places.length) return { matches, reachedBackTo: null }
    if (performance.now() > endsAt) return { matches, reachedBackTo: last.publishedAt }
    place = last
  }
}

const NAMED = new Set(['author', 'source', 'followers'])
export const asksForNames = (query: Query): boolean =>
  query.leaves.some((leaf) => leaf.kind === 'filter' && NAMED.has(leaf.filter.field))
