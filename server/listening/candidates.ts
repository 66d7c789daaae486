import { type RawBuilder, sql } from 'kysely'
import { type Query, requiredTerms } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'

/** Where a walk through posts has come: newest first. */
export interface Place {
  publishedAt: Date
  postId: string
}

/** Next posts that may match, newest first, at most `limit`; an empty answer ends the walk. */
export type Candidates = (before: Place | null, limit: number) => Promise<Place[]>

/** A prefix that stands for more different terms is not looked up but scanned for. */
const TERMS_OF_PREFIX_MAX = 300
const TERMS_MAX = 2_000
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

/**
 * Posts that hold what the query requires, from the search index, and posts that the index has not reached yet. Null when
 * the query requires nothing that an index could find.
 */
export async function indexedPosts(tx: WorkspaceTransaction, query: Query): Promise<Candidates | null> {
  const required = requiredTerms(query)
  if (required === 'scan') return null
  const terms = new Set<string>()
  const rarity = await raritiesOf(
    tx,
    required.any.filter((alternative) => alternative.length > 1).flatMap((all) => all.filter(isWhole)),
  )
  for (const alternative of required.any) {
    const whole = alternative.filter(isWhole)
    const rarest = whole.toSorted((a, b) => (rarity.get(a) ?? 0) - (rarity.get(b) ?? 0) || b.length - a.length)[0]
    const [first] = alternative
    if (rarest !== undefined) terms.add(rarest)
    else if (first !== undefined && !isWhole(first)) {
      const expanded = await termsWithPrefix(tx, first.prefix)
      if (expanded === null) return null
      for (const term of expanded) terms.add(term)
    }
  }
  if (terms.size > TERMS_MAX) return null
  return postsWithTerms(tx, [...terms])
}

/** Each term's newest are read from post_term's primary key, then merged. */
const postsWithTerms =
  (tx: WorkspaceTransaction, terms: string[]): Candidates =>
  async (before, limit) => {
    const { rows } = await sql<Place>`
      select distinct published_at as "publishedAt", post_id as "postId" from (
        select p.published_at, p.post_id from unnest(${terms}::text[]) as t(term) cross join lateral (
          select published_at, post_id from post_term where workspace_id = ${tx.workspaceId} and term = t.term collate "C"
            ${earlierThan(before)} order by published_at desc, post_id desc limit ${limit}) p
        union all
        (select published_at, post_id from post where workspace_id = ${tx.workspaceId} and not indexed ${earlierThan(before)}
          order by published_at desc, post_id desc limit ${limit})) found
      order by 1 desc, 2 desc limit ${limit}`.execute(tx.sql)
    return rows
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
