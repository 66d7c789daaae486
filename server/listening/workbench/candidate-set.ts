import { type RawBuilder, sql } from 'kysely'
import { type Query, type RequiredTerm, requiredTerms } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Place } from '../candidates.ts'
import type { Period } from './period.ts'

/** Each term that is looked up by itself is a branch of the statement; more are looked up as a list. */
const BRANCHES_MAX = 12
/** Alternatives of several terms that are joined; more are looked up by their longest term alone. */
const JOINS_MAX = 24
const TERMS_JOINED_MAX = 3

/**
 * Stored posts of a period that can match one of the queries, each once, as a statement with published_at and post_id: what
 * the search index knows to hold the required terms, and what it has not reached yet. `scan`: every post of the period.
 */
export interface CandidateSet {
  rows: RawBuilder<unknown>
  scan: boolean
}

export function candidateSet(tx: WorkspaceTransaction, queries: readonly Query[], period: Period): CandidateSet {
  const within = sql`published_at >= ${period.from}::timestamptz and published_at <= ${period.until}::timestamptz`
  const alternatives: RequiredTerm[][] = []
  for (const query of queries) {
    const required = requiredTerms(query)
    if (required === 'scan') return { rows: everyPost(tx, within), scan: true }
    alternatives.push(...required.any)
  }
  const branches = branchesOf(alternatives).map((branch) => rowsOf(tx, branch, period))
  const notIndexed = sql`select published_at, post_id from post where workspace_id = ${tx.workspaceId} and not indexed and ${within}`
  return { rows: sql`(${sql.join([...branches, notIndexed], sql`) union (`)})`, scan: false }
}

const everyPost = (tx: WorkspaceTransaction, within: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select published_at, post_id from post where workspace_id = ${tx.workspaceId} and ${within})`

/** What is looked up: one of these terms, all of these, or anything with this beginning. */
type Branch = { any: string[] } | { all: string[] } | { prefix: string }

function branchesOf(alternatives: readonly RequiredTerm[][]): Branch[] {
  const single = new Set<string>()
  const joined = new Map<string, string[]>()
  const prefixes = new Set<string>()
  for (const alternative of alternatives) {
    const whole = alternative.filter((term) => typeof term === 'string').toSorted((a, b) => b.length - a.length)
    const [longest, second] = whole
    if (longest !== undefined && second !== undefined && joined.size < JOINS_MAX) {
      const terms = whole.slice(0, TERMS_JOINED_MAX)
      joined.set(terms.join('\n'), terms)
    } else if (longest !== undefined) single.add(longest)
    else for (const term of alternative.slice(0, 1)) if (typeof term !== 'string') prefixes.add(term.prefix)
  }
  const alone = [...joined.values()].filter((terms) => !terms.some((term) => single.has(term)))
  const singles = single.size > BRANCHES_MAX ? [{ any: [...single] }] : [...single].map((term) => ({ any: [term] }))
  return [...singles, ...alone.map((all) => ({ all })), ...[...prefixes].map((prefix) => ({ prefix }))]
}

/** Served by post_term's primary key: a term, then time. */
function rowsOf(tx: WorkspaceTransaction, branch: Branch, { from, until }: Period): RawBuilder<unknown> {
  const termOf = (table: string, condition: RawBuilder<unknown>) => {
    const column = (name: string) => sql.ref(`${table}.${name}`)
    return sql`${column('workspace_id')} = ${tx.workspaceId} and ${column('term')} ${condition}
      and ${column('published_at')} >= ${from}::timestamptz and ${column('published_at')} <= ${until}::timestamptz`
  }
  if ('prefix' in branch) {
    const condition = sql`>= ${branch.prefix} and t.term < ${`${branch.prefix}\u{10ffff}`}`
    return sql`select t.published_at, t.post_id from post_term t where ${termOf('t', condition)}`
  }
  if ('any' in branch) {
    const [only, ...more] = branch.any
    const condition = more.length === 0 ? sql`= ${only}` : sql`= any(${branch.any}::text[])`
    return sql`select t.published_at, t.post_id from post_term t where ${termOf('t', condition)}`
  }
  const [first, ...others] = branch.all
  const joins = others.map((term, at) => {
    const table = sql.table(`t${at}`)
    return sql`join post_term ${table} on ${termOf(`t${at}`, sql`= ${term}`)}
      and ${sql.ref(`t${at}.published_at`)} = t.published_at and ${sql.ref(`t${at}.post_id`)} = t.post_id`
  })
  return sql`select t.published_at, t.post_id from post_term t ${sql.join(joins, sql` `)} where ${termOf('t', sql`= ${first}`)}`
}

/** How many there are on each day of the period. */
export async function countByDay(tx: WorkspaceTransaction, { rows }: CandidateSet, period: Period): Promise<number[]> {
  const starts = period.days.map(({ from }) => from)
  const { rows: counted } = await sql<{ day: number; count: number }>`
    select width_bucket(published_at, ${starts}::timestamptz[]) as day, count(*)::int as count
    from (${rows}) candidate group by 1`.execute(tx.sql)
  const counts = new Map(counted.map(({ day, count }) => [day, count]))
  return starts.map((_, at) => counts.get(at + 1) ?? 0)
}

/**
 * At random without putting back, in an order that is the same for every query and every time: a post's place is a hash of
 * its id. So drafts that share posts share their samples ("permanent random numbers", Ohlsson 1995), and a verdict given
 * for one draft counts for the next.
 */
export async function drawFrom(tx: WorkspaceTransaction, { rows }: CandidateSet, atMost: number): Promise<Place[]> {
  const { rows: drawn } = await sql<Place>`
    select published_at as "publishedAt", post_id as "postId" from (${rows}) candidate
    order by ${placeOf(sql`post_id`)}, post_id limit ${atMost}`.execute(tx.sql)
  return drawn
}

export const placeOf = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`uuid_hash_extended(${id}, ${sql.lit(PLACES_SEED)})`
const PLACES_SEED = 20_261_122
