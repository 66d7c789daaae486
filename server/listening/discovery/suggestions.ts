import { sql } from 'kysely'
import { VERDICTS_MIN } from '../../../contract/listening-discovery.ts'
import { evaluate, type PreparedPost, parse, type Query } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { logLikelihood } from '../../text/index.ts'
import { loadStored, type StoredPost } from '../stored-posts.ts'
import { HOUR_MS } from './entries.ts'
import { termText, withoutTerm, withTerm } from './query-edit.ts'
import { type SilentWords, silentWords } from './rising.ts'
import { termsSaid } from './said.ts'
import { postsIn, readTallies, subjectOf, summed } from './tallied.ts'
import { voiceBit, voicesIn } from './tally.ts'
import { windowOf } from './window.ts'

/** The newest of each side: what people sorted long ago was sorted for another query. */
const SORTED_READ_MAX = 200
/** Judged mentions are looked for among so many of the newest. */
const MENTIONS_LOOKED_AT_MAX = 1_500
/** G² that comes about by chance once in a hundred times: a suggestion is looked at by a person before it counts. */
const G2_SUGGESTED_MIN = 6.63
const POSTS_MIN = 3
/** An exclusion that takes away more of what was kept is none. */
const KEPT_LOST_MAX = 0.02
const REJECTED_TAKEN_MIN = 0.03
const EXCLUSIONS_SHOWN_MAX = 8
const KEYWORDS_SHOWN_MAX = 6
/** More often than in everything that was heard. */
const KEYWORD_RATIO_MIN = 2
const BRINGS_COUNTED_MAX = 300
const BRINGS_DAYS = 30

interface Sides {
  kept: SortedPost[]
  rejected: SortedPost[]
}

/** What people's verdicts, and apart from them the model's judgements, say that the query should leave out or add. */
export async function suggestionsFor(tx: WorkspaceTransaction, topicId: string, now: Date) {
  const subject = await subjectOf(tx, topicId)
  const parsed = parse(subject.query ?? '', { languages: subject.languages })
  const sorted = await sortedByPeople(tx, topicId)
  const judged = await judgedByModel(tx, topicId)
  const isSilent = silentWords(subject)
  const query = parsed.ok ? parsed.query : null
  return {
    version: subject.version,
    verdicts: basisOf(sorted),
    exclusions: query ? exclusionsFrom(sorted, query, isSilent) : [],
    judgements: basisOf(judged),
    judgedExclusions: query ? exclusionsFrom(judged, query, isSilent) : [],
    keywords: query ? await keywordsFrom(tx, sorted.kept, query, isSilent, topicId, now) : [],
  }
}

const basisOf = ({ kept, rejected }: Sides) => ({ kept: kept.length, rejected: rejected.length, min: VERDICTS_MIN })

/** Served by mention_sorted. */
export const sortedQuery = (workspaceId: string, topicId: string, state: 'kept' | 'rejected') => sql<{
  post_id: string
  published_at: Date
}>`
  select post_id, published_at from mention where workspace_id = ${workspaceId} and topic_id = ${topicId}
    and state = ${state} and state <> 'new' order by published_at desc, post_id desc limit ${SORTED_READ_MAX}`

async function sortedByPeople(tx: WorkspaceTransaction, topicId: string): Promise<Sides> {
  const read = async (state: 'kept' | 'rejected') => {
    const { rows } = await sortedQuery(tx.workspaceId, topicId, state).execute(tx.sql)
    return load(tx, rows)
  }
  return { kept: await read('kept'), rejected: await read('rejected') }
}

/** Served by mention_topic. */
async function judgedByModel(tx: WorkspaceTransaction, topicId: string): Promise<Sides> {
  const { rows } = await sql<{ post_id: string; published_at: Date; judged_as: string }>`
    select post_id, published_at, judged_as from (
      select post_id, published_at, judged_as, state from mention where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
      order by published_at desc, post_id desc limit ${MENTIONS_LOOKED_AT_MAX}) newest
    where state = 'new' and judged_as in ('for-us', 'not-for-us')`.execute(tx.sql)
  const of = (side: string) => rows.filter((row) => row.judged_as === side).slice(0, SORTED_READ_MAX)
  return { kept: await load(tx, of('for-us')), rejected: await load(tx, of('not-for-us')) }
}

interface SortedPost {
  row: StoredPost['row']
  /** Prepared once: several terms are looked for in each. */
  prepared: PreparedPost
}

async function load(tx: WorkspaceTransaction, rows: { post_id: string; published_at: Date }[]): Promise<SortedPost[]> {
  const places = rows.map((row) => ({ postId: row.post_id, publishedAt: row.published_at }))
  const posts = await loadStored(tx, places, { withoutDeleted: true })
  return posts.map(({ row, prepared }) => ({ row, prepared: prepared() }))
}

interface Found {
  key: string
  shown: string
  posts: number
  mark: number
}

/** In how many of these posts each term stands, and how many people said it. */
function termsIn(posts: readonly SortedPost[]): Map<string, Found> {
  const found = new Map<string, Found>()
  for (const { row } of posts)
    for (const { key, surface } of termsSaid(row)) {
      const known = found.get(key) ?? { key, shown: surface, posts: 0, mark: 0 }
      known.posts++
      known.mark |= voiceBit(row.author_id)
      found.set(key, known)
    }
  return found
}

const isSaidBySeveral = ({ key, posts, mark }: Found, isSilent: SilentWords): boolean =>
  posts >= POSTS_MIN && voicesIn(mark) >= 2 && !key.split(' ').some(isSilent)

/** The effect is what the evaluator says of `term` in each sorted post: the same as a saved query would do. */
export function exclusionsFrom({ kept, rejected }: Sides, query: Query, isSilent: SilentWords) {
  if (kept.length < VERDICTS_MIN || rejected.length < VERDICTS_MIN) return []
  const inKept = termsIn(kept)
  const telling = [...termsIn(rejected).values()]
    .filter((term) => isSaidBySeveral(term, isSilent))
    .map((term) => {
      const others = inKept.get(term.key)?.posts ?? 0
      const isMore = term.posts / rejected.length > others / kept.length
      return { ...term, g2: isMore ? logLikelihood(term.posts, rejected.length, others, kept.length) : 0 }
    })
    .filter(({ key, g2 }) => g2 >= G2_SUGGESTED_MIN && (inKept.get(key)?.posts ?? 0) <= kept.length * KEPT_LOST_MAX)
    .sort((a, b) => b.g2 - a.g2 || (a.key < b.key ? -1 : 1))
  return wordsRatherThanPhrases(telling)
    .slice(0, EXCLUSIONS_SHOWN_MAX)
    .flatMap(({ shown }) => {
      const term = termText(shown)
      const changed = term && withoutTerm(query, term)
      if (!term || !changed) return []
      const effect = { rejected: holding(term, rejected, query), kept: holding(term, kept, query) }
      const isWorth =
        effect.kept.posts <= effect.kept.of * KEPT_LOST_MAX &&
        effect.rejected.posts >= effect.rejected.of * REJECTED_TAKEN_MIN
      return isWorth ? [{ shown, query: term, ...effect, changed }] : []
    })
    .sort((a, b) => b.rejected.posts - a.rejected.posts)
}

/** A query's word reaches further than a phrase with it, so a phrase is suggested only where none of its words is. */
function wordsRatherThanPhrases<Ranked extends { key: string }>(terms: Ranked[]): Ranked[] {
  const words = new Set(terms.map(({ key }) => key))
  return terms.filter(({ key }) => !key.includes(' ') || !key.split(' ').some((word) => words.has(word)))
}

function holding(term: string, posts: readonly SortedPost[], { languages }: Query): { posts: number; of: number } {
  const parsed = parse(term, { languages })
  const held = parsed.ok ? posts.filter(({ prepared }) => evaluate(parsed.query, prepared)) : []
  return { posts: held.length, of: posts.length }
}

/** What goes together with kept posts and not with everything that is heard. */
async function keywordsFrom(
  tx: WorkspaceTransaction,
  kept: SortedPost[],
  query: Query,
  isSilent: SilentWords,
  topicId: string,
  now: Date,
) {
  if (kept.length < VERDICTS_MIN) return []
  const everything = await subjectOf(tx, undefined)
  const tallies = await readTallies(tx, everything, 'terms', [windowOf('week', now)], now)
  const heard = postsIn(tallies)
  if (heard === 0) return []
  const { of } = summed(tallies)
  const telling = [...termsIn(kept).values()]
    .filter((term) => isSaidBySeveral(term, isSilent))
    .map((term) => {
      const elsewhere = Math.min(of.get(term.key)?.posts ?? 0, heard)
      return { ...term, elsewhere, g2: logLikelihood(term.posts, kept.length, elsewhere, heard) }
    })
    .filter(({ posts, elsewhere, g2 }) => {
      const ratio = posts / kept.length / ((elsewhere + 0.5) / heard)
      return g2 >= G2_SUGGESTED_MIN && ratio >= KEYWORD_RATIO_MIN
    })
    .sort((a, b) => b.g2 - a.g2 || (a.key < b.key ? -1 : 1))
  const since = new Date(now.getTime() - BRINGS_DAYS * 24 * HOUR_MS)
  const keywords = []
  for (const { key, shown, elsewhere } of wordsRatherThanPhrases(telling).slice(0, KEYWORDS_SHOWN_MAX)) {
    const term = termText(shown)
    const changed = term && withTerm(query, term)
    if (!term || !changed) continue
    const brings = await broughtBy(tx, key.split(' '), topicId, since)
    keywords.push({
      shown,
      query: term,
      kept: holding(term, kept, query),
      elsewhere: { posts: elsewhere, of: heard },
      brings: Math.min(brings, BRINGS_COUNTED_MAX),
      atLeast: brings >= BRINGS_COUNTED_MAX,
      changed,
    })
  }
  return keywords
}

/** Stored posts of others with all these words that are no mentions of the topic. Served by post_term's primary key. */
async function broughtBy(tx: WorkspaceTransaction, words: string[], topicId: string, since: Date): Promise<number> {
  const { rows } = await broughtQuery(tx.workspaceId, words, topicId, since).execute(tx.sql)
  return rows[0]?.posts ?? 0
}

export const broughtQuery = (workspaceId: string, [first = '', ...others]: string[], topicId: string, since: Date) =>
  sql<{ posts: number }>`
  select count(*)::int as posts from (
    select from (select post_id from post_term where workspace_id = ${workspaceId} and term = ${first} collate "C"
        and published_at >= ${since} order by published_at desc, post_id desc limit ${4 * BRINGS_COUNTED_MAX}) t
    where not exists (select from mention m where m.workspace_id = ${workspaceId} and m.topic_id = ${topicId} and m.post_id = t.post_id)
      ${sql.join(
        others.map(
          (
            word,
          ) => sql`and exists (select from post_term o where o.workspace_id = ${workspaceId} and o.post_id = t.post_id
            and o.term = ${word} collate "C")`,
        ),
        sql` `,
      )}
      and exists (select from post p where p.workspace_id = ${workspaceId} and p.post_id = t.post_id and p.direction = 'in')
    limit ${BRINGS_COUNTED_MAX}) found`
