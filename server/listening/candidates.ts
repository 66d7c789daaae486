import { type RawBuilder, sql } from 'kysely'
import { type Query, requiredTerms } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'

/** Where a walk through posts has come: newest first. */
export interface Place {
  publishedAt: Date
  postId: string
}

/**
 * Next posts that may match, newest first, at most `limit`; an empty answer ends the walk. With `from`, those that are
 * earlier need not be looked for; who gives them all the same does no harm.
 */
export type Candidates = (before: Place | null, limit: number, from?: Date) => Promise<Place[]>

/** A prefix that stands for more different terms is not looked up but scanned for. */
const TERMS_OF_PREFIX_MAX = 300
const TERMS_MAX = 2_000
/** Each join is a branch of the statement; what lies above is looked up by its rarest term alone. */
const JOINS_MAX = 24
/** How far back lists are joined at once, at first, and by how much more where that gave too few. */
const JOINED_MS = 14 * 86_400_000
const JOINED_GROWTH = 4
/** How far the rarity of a term is counted. */
const RARITY_MAX = 2_000
const RARITY_PROBES_MAX = 100

/** Every post, or every mention of a topic: what a query without words has to walk through. */
export const allPosts =
  (tx: WorkspaceTransaction, topicId: string | null): Candidates =>
  async (before, limit) => {
    const table = sql.ref(topicId === null ? 'post' : 'mention')
    const { rows } = await sql<Place>`
      select published_at as "publishedAt", post_id as "postId" from ${table}
      where workspace_id = ${tx.workspaceId} ${topicId === null ? sql`` : sql`and topic_id = ${topicId}`} ${earlierThan(before)}
      order by published_at desc, post_id desc limit ${limit}`.execute(tx.sql)
    return rows
  }

/** Posts that say the same as one, and it. Served by post_alike; the post that names the group by the primary key. */
export const postsAlike =
  (tx: WorkspaceTransaction, groupId: string): Candidates =>
  async (before, limit) => {
    const { rows } = await sql<Place>`
      select published_at as "publishedAt", post_id as "postId" from (
        (select published_at, post_id from post where workspace_id = ${tx.workspaceId} and group_id = ${groupId}
           and group_id <> post_id ${earlierThan(before)} order by published_at desc, post_id desc limit ${limit})
        union all
        (select published_at, post_id from post where workspace_id = ${tx.workspaceId} and post_id = ${groupId}
           and coalesce(group_id, post_id) = post_id ${earlierThan(before)})) alike
      order by 1 desc, 2 desc limit ${limit}`.execute(tx.sql)
    return rows
  }

/** What was said to us. Served by post_addressed. */
export const postsAddressed =
  (tx: WorkspaceTransaction): Candidates =>
  async (before, limit) =>
    (await addressedStatement(tx, before, limit).execute(tx.sql)).rows

export const addressedStatement = (
  tx: Pick<WorkspaceTransaction, 'workspaceId'>,
  before: Place | null,
  limit: number,
): RawBuilder<Place> => sql<Place>`
  select published_at as "publishedAt", post_id as "postId" from post
  where workspace_id = ${tx.workspaceId} and addressed ${earlierThan(before)}
  order by published_at desc, post_id desc limit ${limit}`

/** The newest of each account of a person, then the newest of those. Served by author_person, post_author. */
export const postsOfPerson =
  (tx: WorkspaceTransaction, personId: string): Candidates =>
  async (before, limit) =>
    (await ofPersonStatement(tx, personId, before, limit).execute(tx.sql)).rows

export const ofPersonStatement = (
  tx: Pick<WorkspaceTransaction, 'workspaceId'>,
  personId: string,
  before: Place | null,
  limit: number,
): RawBuilder<Place> => sql<Place>`
      select said.* from person p
        join author a on a.workspace_id = ${tx.workspaceId} and a.person_id = p.person_id
        cross join lateral (select published_at as "publishedAt", post_id as "postId" from post
          where workspace_id = ${tx.workspaceId} and author_id = a.author_id ${earlierThan(before)}
          order by published_at desc, post_id desc limit ${limit}) said
      where p.workspace_id = ${tx.workspaceId} and p.current_id = ${currentOf(tx, personId)}
      order by 1 desc, 2 desc limit ${limit}`

/** Who somebody is now: people who turned out to be one are one. */
export const currentOf = (tx: Pick<WorkspaceTransaction, 'workspaceId'>, personId: string): RawBuilder<unknown> =>
  sql`(select current_id from person where workspace_id = ${tx.workspaceId} and person_id = ${personId})`

/**
 * Posts that hold what the query requires, from the search index, and posts that the index has not reached yet. Null when
 * the query requires nothing that an index could find.
 */
export async function indexedPosts(tx: WorkspaceTransaction, query: Query): Promise<Candidates | null> {
  const required = requiredTerms(query)
  if (required === 'scan') return null
  const lookups = new Lookups()
  const rarity = await raritiesOf(
    tx,
    required.any.filter((alternative) => alternative.length > 1).flatMap((all) => all.filter(isWhole)),
  )
  for (const alternative of required.any) {
    const whole = alternative.filter(isWhole)
    const [rarest, ...others] = whole.toSorted(
      (a, b) => (rarity.get(a) ?? 0) - (rarity.get(b) ?? 0) || b.length - a.length,
    )
    const [first] = alternative
    if (rarest !== undefined) lookups.add(rarest, others[0])
    else if (first !== undefined && !isWhole(first)) {
      const expanded = await termsWithPrefix(tx, first.prefix)
      if (expanded === null) return null
      for (const term of expanded) lookups.add(term, undefined)
    }
  }
  return lookups.terms > TERMS_MAX ? null : postsWithTerms(tx, lookups.all())
}

/** What is looked up together: posts that have one of `walked`, and if `joined` is not null, one of those as well. */
export interface Lookup {
  walked: string[]
  joined: string[] | null
}

/** By its two rarest terms an AND is found; word forms of one word that ask for the same beside it are one look-up. */
class Lookups {
  readonly #joinedOf = new Map<string, Set<string> | null>()

  add(walked: string, joined: string | undefined): void {
    const known = this.#joinedOf.get(walked)
    if (known === null) return
    this.#joinedOf.set(walked, joined === undefined ? null : (known ?? new Set()).add(joined))
  }

  get terms(): number {
    return this.#joinedOf.size
  }

  all(): Lookup[] {
    const byJoined = new Map<string, Lookup>()
    for (const [walked, joined] of this.#joinedOf) {
      const isJoined = joined !== null && byJoined.size < JOINS_MAX
      const key = isJoined ? [...joined].sort().join('\n') : ''
      const lookup = byJoined.get(key) ?? { walked: [], joined: isJoined ? [...joined] : null }
      byJoined.set(key, lookup)
      lookup.walked.push(walked)
    }
    return [...byJoined.values()]
  }
}

/** Lists of terms are joined over a while that grows, so that a page of frequent terms reads weeks and not years. */
const postsWithTerms = (tx: WorkspaceTransaction, lookups: Lookup[]): Candidates => {
  const run = async (before: Place | null, limit: number, from?: Date) =>
    (await lookupStatement(tx, lookups, before, limit, from).execute(tx.sql)).rows
  if (lookups.every(({ joined }) => joined === null)) return run
  return async (before, limit, from) => {
    const floor = from ?? (await oldestPost(tx))
    const found: Place[] = []
    let place = before
    for (let windowMs = JOINED_MS; ; windowMs *= JOINED_GROWTH) {
      const end = place?.publishedAt.getTime() ?? Date.now()
      const begin = new Date(Math.max(floor.getTime(), end - windowMs))
      found.push(...(await run(place, limit - found.length, begin)))
      if (found.length >= limit || begin <= floor) return found
      place = { publishedAt: begin, postId: NO_POST }
    }
  }
}

async function oldestPost(tx: WorkspaceTransaction): Promise<Date> {
  const { rows } = await sql<Pick<Place, 'publishedAt'>>`
    select published_at as "publishedAt" from post where workspace_id = ${tx.workspaceId}
    order by published_at, post_id limit 1`.execute(tx.sql)
  return rows[0]?.publishedAt ?? new Date()
}

/** Before all others of its time. */
export const NO_POST = '00000000-0000-0000-0000-000000000000'

/** Served by post_term's primary key: a term, then time. Single terms give their newest, two lists are joined as a whole. */
export function lookupStatement(
  tx: Pick<WorkspaceTransaction, 'workspaceId'>,
  lookups: readonly Lookup[],
  before: Place | null,
  limit: number,
  from?: Date,
): RawBuilder<Place> {
  const within = (table: string) => {
    const published = sql.ref(`${table}.published_at`)
    const earlier = before
      ? sql`and (${published}, ${sql.ref(`${table}.post_id`)}) < (${before.publishedAt}::timestamptz, ${before.postId}::uuid)`
      : sql``
    return sql`${earlier} ${from ? sql`and ${published} >= ${from}::timestamptz` : sql``}`
  }
  const branches = lookups.map(({ walked, joined }) =>
    joined === null
      ? sql`select p.published_at, p.post_id from unnest(${walked}::text[]) as t(term) cross join lateral (
          select w.published_at, w.post_id from post_term w where w.workspace_id = ${tx.workspaceId}
            and w.term = t.term collate "C" ${within('w')} order by w.published_at desc, w.post_id desc limit ${limit}) p`
      : sql`select w.published_at, w.post_id from post_term w join post_term j
          on j.workspace_id = ${tx.workspaceId} and j.term = any(${joined}::text[]) ${within('j')}
            and j.published_at = w.published_at and j.post_id = w.post_id
          where w.workspace_id = ${tx.workspaceId} and w.term = any(${walked}::text[]) ${within('w')}`,
  )
  return sql<Place>`
    select distinct published_at as "publishedAt", post_id as "postId" from (
      ${sql.join(branches, sql` union all `)}
      union all
      (select p.published_at, p.post_id from post p where p.workspace_id = ${tx.workspaceId} and not p.indexed ${within('p')}
        order by p.published_at desc, p.post_id desc limit ${limit})) found
    order by 1 desc, 2 desc limit ${limit}`
}

const earlierThan = (before: Place | null): RawBuilder<unknown> =>
  before ? sql`and (published_at, post_id) < (${before.publishedAt}::timestamptz, ${before.postId}::uuid)` : sql``

const isWhole = (term: string | { prefix: string }): term is string => typeof term === 'string'

async function raritiesOf(tx: WorkspaceTransaction, terms: string[]): Promise<Map<string, number>> {
  const few = [...new Set(terms)].slice(0, RARITY_PROBES_MAX)
  if (few.length === 0) return new Map()
  const { rows } = await sql<{ term: string; count: number }>`
    select t.term, (select count(*)::int from (select 1 from post_term where workspace_id = ${tx.workspaceId}
      and term = t.term collate "C" limit ${RARITY_MAX}) few) as count
    from unnest(${few}::text[]) as t(term)`.execute(tx.sql)
  return new Map(rows.map((row) => [row.term, row.count]))
}

/** Leaps from one term to the next greater one in the index. Null: too many. */
async function termsWithPrefix(tx: WorkspaceTransaction, prefix: string): Promise<string[] | null> {
  const end = `${prefix}\u{10ffff}`
  const { rows } = await sql<{ term: string }>`
    with recursive leap as (
      (select term from post_term where workspace_id = ${tx.workspaceId} and term >= ${prefix} and term < ${end}
       order by term limit 1)
      union all
      select (select term from post_term where workspace_id = ${tx.workspaceId} and term > leap.term and term < ${end}
        order by term limit 1) from leap where leap.term is not null)
    select term from leap where term is not null limit ${TERMS_OF_PREFIX_MAX + 1}`.execute(tx.sql)
  return rows.length > TERMS_OF_PREFIX_MAX ? null : rows.map((row) => row.term)
}
