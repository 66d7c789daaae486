import type { z } from 'zod'
import type { spanSchema } from '../../contract/listening-topics.ts'
import { CompiledQuery, evaluate, type Query, type Span } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid } from '../platform/errors.ts'
import { readCursor, writeCursor } from '../platform/keyset.ts'
import {
  allPosts,
  type Candidates,
  indexedPosts,
  NO_POST,
  type Place,
  postsAddressed,
  postsAlike,
  postsOfPerson,
} from './candidates.ts'
import type { FoundPost } from './found-post.ts'
import { requireQuery, workspaceLanguages } from './query.ts'
import { type PostView, presentPosts } from './reading.ts'
import { loadStored, type PostFilter, type StoredPost } from './stored-posts.ts'
import { isJudging, mentionsAside } from './triage/noise.ts'
import { walkUseful } from './triage/useful-posts.ts'
import { type Alike, Folding } from './understanding/folding.ts'

/** Candidates are read in steps that grow; after the time budget the page goes out as it is, and the cursor goes on. */
const STEP_MIN = 100
const STEP_MAX = 2_000
const BUDGET_MS = 1_500

export interface Walk {
  found: FoundPost[]
  /** Where to go on; null at the end. */
  last: Place | null
  /** The budget ended before the limit was reached. */
  cut: boolean
}

export interface SearchOptions extends Omit<PostFilter, 'withoutDeleted'> {
  query?: string | undefined
  order?: 'newest' | 'useful' | undefined
  /** Only what says the same as this post. */
  groupId?: string | undefined
  /** Each group of near-duplicates once. */
  folded?: boolean | undefined
  after?: string | undefined
  limit: number
}

export type FoundView = PostView & { spans: z.infer<typeof spanSchema>[]; alike: Alike }

/** Stored posts, newest or most useful first. The index proposes, the evaluator decides: the answer is what a topic with this query means. */
export async function searchPosts(tx: WorkspaceTransaction, options: SearchOptions) {
  const query = options.query ? requireQuery(options.query, await workspaceLanguages(tx)) : null
  const filter = { ...options, withoutDeleted: query !== null }
  const folding = options.folded ? new Folding(tx, (places) => passing(tx, places, query, filter)) : null
  if (options.order === 'useful' && (await isOrdered(tx, options.topicId))) {
    const shown = (found: FoundPost[]) => unfolded(found, folding)
    const useful = await walkUseful(tx, options.topicId as string, query, filter, shown, options)
    return {
      items: await present(tx, useful.found, folding),
      nextCursor: useful.nextCursor,
      searchedBackTo: null,
      scan: false,
    }
  }
  const { candidates, scan } = await candidatesOf(tx, query, options)
  const cursor = readCursor(options.after, 2)
  const after = cursor && { publishedAt: new Date(cursor[0] as string), postId: cursor[1] as string }
  const walk = await walkPosts(tx, candidates, query, filter, after, options.limit, BUDGET_MS, folding)
  return {
    items: await present(tx, walk.found, folding),
    nextCursor: walk.last && writeCursor(walk.last.publishedAt, walk.last.postId),
    searchedBackTo: walk.cut ? (walk.last?.publishedAt ?? null) : null,
    scan,
  }
}

async function present(tx: WorkspaceTransaction, found: FoundPost[], folding: Folding | null): Promise<FoundView[]> {
  const posts = await presentPosts(
    tx,
    found.map(({ stored }) => stored.row),
  )
  return posts.map((post, index): FoundView => {
    const { spans, stored } = found[index] as FoundPost
    return { ...post, spans: spansOf(spans), alike: folding?.alikeOf(stored.row) ?? { count: 0, more: false } }
  })
}

/** Usefulness is a topic's; while that is switched off the newest come first. */
async function isOrdered(tx: WorkspaceTransaction, topicId: string | undefined): Promise<boolean> {
  if (!topicId) throw new Invalid('order-needs-topic')
  return isJudging(tx, topicId)
}

const candidatesOf = async (tx: WorkspaceTransaction, query: Query | null, options: SearchOptions) =>
  options.topicId && options.noise === 'only' && !options.groupId
    ? { candidates: mentionsAside(tx, options.topicId), scan: false }
    : candidatesFor(tx, query, options)

export async function candidatesFor(
  tx: WorkspaceTransaction,
  query: Query | null,
  { topicId, groupId, personId, addressed }: Pick<SearchOptions, 'topicId' | 'groupId' | 'personId' | 'addressed'> = {},
): Promise<{ candidates: Candidates; scan: boolean }> {
  if (groupId) return { candidates: postsAlike(tx, groupId), scan: false }
  if (personId) return { candidates: postsOfPerson(tx, personId), scan: false }
  // A topic's mentions are fewer than the posts that hold a word of the query.
  if (topicId) return { candidates: allPosts(tx, topicId), scan: false }
  if (addressed) return { candidates: postsAddressed(tx), scan: false }
  const indexed = query && (await indexedPosts(tx, query))
  return { candidates: indexed ?? allPosts(tx, null), scan: query !== null && indexed === null }
}

/** Goes through candidates from `after` on until `limit` posts are found, the period ends or the time is up. */
export async function walkPosts(
  tx: WorkspaceTransaction,
  candidates: Candidates,
  query: Query | null,
  filter: PostFilter,
  after: Place | null,
  limit: number,
  budgetMs = BUDGET_MS,
  folding: Folding | null = null,
): Promise<Walk> {
  const endsAt = performance.now() + budgetMs
  const compiled = query && new CompiledQuery(query)
  const found: FoundPost[] = []
  let place = after ?? startOf(filter)
  for (let step = Math.max(STEP_MIN, limit + 1); ; step = Math.min(step * 2, STEP_MAX)) {
    const places = await candidates(place, step, filter.from)
    const within = places.filter(({ publishedAt }) => !filter.from || publishedAt >= filter.from)
    const matching: FoundPost[] = []
    for (const stored of await loadStored(tx, within, filter)) {
      if (compiled && !compiled.holds(stored.prepared())) continue
      matching.push(foundPost(stored, query))
      if (found.length + matching.length > limit) found.push(...(await unfolded(matching.splice(0), folding)))
      if (found.length > limit) return { found: found.slice(0, limit), last: placeOf(found[limit - 1]), cut: false }
    }
    found.push(...(await unfolded(matching, folding)))
    const last = places.at(-1)
    if (!last || places.length < step || within.length < places.length) return { found, last: null, cut: false }
    place = last
    if (performance.now() > endsAt) return { found, last: place, cut: true }
  }
}

/** Where it matches is found out when it is asked for: of posts that are shown. */
const foundPost = (stored: StoredPost, query: Query | null): FoundPost => ({
  stored,
  get spans() {
    return (query && evaluate(query, stored.prepared())?.spans) ?? []
  },
})

/** Without posts that another post of their group stands for. */
async function unfolded(found: FoundPost[], folding: Folding | null): Promise<FoundPost[]> {
  if (!folding || found.length === 0) return found
  const shown = new Set(await folding.shown(found.map(({ stored }) => stored.row)))
  return found.filter(({ stored }) => shown.has(stored.row))
}

async function passing(
  tx: WorkspaceTransaction,
  places: Place[],
  query: Query | null,
  filter: PostFilter,
): Promise<string[]> {
  const within = places.filter(({ publishedAt }) => !filter.from || publishedAt >= filter.from)
  const stored = await loadStored(tx, within, filter)
  return stored.flatMap((one) => (query && !evaluate(query, one.prepared()) ? [] : [one.row.post_id]))
}

/** Right before the end of a period, which no longer belongs to it. */
export const startOf = ({ until }: PostFilter): Place | null => (until ? { publishedAt: until, postId: NO_POST } : null)

const placeOf = (found: FoundPost | undefined): Place | null =>
  found ? { publishedAt: found.stored.row.published_at, postId: found.stored.row.post_id } : null

export const spansOf = (spans: Span[]): z.infer<typeof spanSchema>[] =>
  spans.map(({ part, from, to }) => ({ field: part, start: from, end: to }))
