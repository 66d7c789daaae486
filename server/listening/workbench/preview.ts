import { becauseOf, explain, priceOf, type Query, relaxed } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { allPosts, type Place } from '../candidates.ts'
import { candidatesFor, walkPosts } from '../search.ts'
import { candidateSet, drawFrom } from './candidate-set.ts'
import { share } from './intervals.ts'
import { meeting } from './meeting.ts'
import { type Period, periodOf } from './period.ts'
import { reasonsOf, type ShownPost, showPosts } from './shown-posts.ts'
import {
  candidatesOf,
  figureOf,
  figuresByDay,
  goOn,
  type InWorkspace,
  lookAt,
  restsOn,
  type SeenPost,
  seePosts,
  within,
} from './stored-sample.ts'
import { isTold, readUnmatched, type UnmatchedSample, unstoredFigure } from './unmatched-reading.ts'

/** What is looked at while somebody types: enough for a count within a few percent, few enough to be there at once. */
const POSTS_LOOKED_AT = 1_500
const SAMPLED_LOOKED_AT = 2_000
const COUNT_MS = 600
const NEWEST_MS = 100
const NEAR_MISSES_MS = 150
const NEAR_MISSES_LOOKED_AT = 400
const SHOWN = 10
/** Posts from which the price is learned. */
const PRICED_WITH = 500
const PRICED_MS = 100

export interface PreviewOptions {
  topicId: string | undefined
  days: number
  signal: AbortSignal
}

/** What a query finds, while it is being typed. Throws Superseded. */
export async function preview(
  services: Services,
  workspaceId: string,
  inWorkspace: InWorkspace,
  query: Query,
  { topicId, days, signal }: PreviewOptions,
) {
  const begun = performance.now()
  const period = await inWorkspace((tx) => periodOf(tx, days, services.clock.now()))
  const met = meeting({ draft: query })
  const [looked, almost, sample] = await Promise.all([
    lookAt(inWorkspace, candidatesOf(query), period, {
      posts: POSTS_LOOKED_AT,
      ms: COUNT_MS,
      queries: [query],
      signal,
    }),
    nearMisses(inWorkspace, query, period),
    readUnmatched(services, workspaceId, SAMPLED_LOOKED_AT),
  ])
  goOn(signal)
  const hits = looked.posts.filter((post) => met(post.prepared).size > 0)
  const newest = await newestOf(inWorkspace, query, period, hits, looked.drawn === looked.candidates)
  goOn(signal)
  const matched = sample?.posts.filter((post) => met(post.prepared).size > 0) ?? []
  const priced = isStreamLike(sample) ? [] : await within(inWorkspace, PRICED_MS, (tx) => newestStored(tx, query))
  const posts = await inWorkspace(async (tx) => ({
    newest: await showPosts(tx, topicId, newest, query),
    random: await showPosts(tx, topicId, placesOf(hits.slice(0, SHOWN)), query),
    nearMisses: almost ? await showPosts(tx, topicId, placesOf(almost.posts), query, almost.net) : [],
  }))
  return {
    period: { from: period.from, until: period.until, timeZone: period.timeZone },
    restsOn: restsOn(looked),
    count: figureOf(looked, hits.length),
    days: figuresByDay(looked, hits),
    ...posts,
    unstored: sample && isTold(query) ? unstoredFigure(sample, matched) : null,
    price: presentPrice(query, sample, priced ?? []),
    tookMs: Math.round(performance.now() - begun),
  }
}

/** All that were looked at, or a walk from now on; where that takes too long, the newest of those that were looked at. */
async function newestOf(
  inWorkspace: InWorkspace,
  query: Query,
  period: Period,
  hits: SeenPost[],
  isWhole: boolean,
): Promise<Place[]> {
  const known = placesOf(hits)
    .toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime())
    .slice(0, SHOWN)
  if (isWhole) return known
  const walk = await within(inWorkspace, NEWEST_MS, async (tx) => {
    const { candidates } = await candidatesFor(tx, query)
    return walkPosts(tx, candidates, query, { from: period.from, withoutDeleted: true }, null, SHOWN, NEWEST_MS / 2)
  })
  return walk && walk.found.length >= known.length
    ? walk.found.map(({ stored: { row } }) => ({ publishedAt: row.published_at, postId: row.post_id }))
    : known
}

/** Of what meets the query with one demand less, some at random. */
async function nearMisses(
  inWorkspace: InWorkspace,
  query: Query,
  period: Period,
): Promise<{ posts: SeenPost[]; net: Query } | null> {
  const net = relaxed(query)
  if (!net) return null
  const posts = await within(inWorkspace, NEAR_MISSES_MS, async (tx) => {
    const drawn = await drawFrom(tx, candidateSet(tx, [net], period), NEAR_MISSES_LOOKED_AT)
    return seePosts(tx, drawn, [query])
  })
  const met = meeting({ draft: query, net })
  const missed = (posts ?? []).filter((post) => {
    const asked = met(post.prepared)
    return asked.has('net') && !asked.has('draft')
  })
  return { posts: oneOfEach(missed, (post) => failedPart(query, post)).slice(0, SHOWN), net }
}

const failedPart = (query: Query, { prepared }: SeenPost): string =>
  becauseOf(explain(query, prepared))
    .map(({ from, code }) => `${from} ${code}`)
    .join()

/** In turns, so that each way of failing is seen although one of them is the most frequent. */
function oneOfEach<Item>(items: readonly Item[], kindOf: (item: Item) => string): Item[] {
  const kinds = [...Map.groupBy(items, kindOf).values()]
  const longest = Math.max(0, ...kinds.map((kind) => kind.length))
  return Array.from({ length: longest }, (_, turn) => kinds.flatMap((kind) => kind.slice(turn, turn + 1))).flat()
}

const BREADTHS = [
  ['narrow', 0.001],
  ['medium', 0.01],
  ['broad', 0.2],
] as const

const isStreamLike = (sample: UnmatchedSample | null): sample is UnmatchedSample =>
  sample !== null && sample.posts.length >= PRICED_WITH / 2

async function newestStored(tx: WorkspaceTransaction, query: Query): Promise<SeenPost[]> {
  return seePosts(tx, await allPosts(tx, null)(null, PRICED_WITH), [query])
}

const placesOf = (posts: readonly SeenPost[]): Place[] => posts.map(({ place }) => place)

/** Learned from the unmatched sample where there is one: stored posts are those that somebody asked for already. */
function presentPrice(query: Query, sample: UnmatchedSample | null, stored: readonly SeenPost[]) {
  const isStream = isStreamLike(sample)
  const posts = isStream
    ? sample.posts.slice(0, PRICED_WITH).map(({ prepared }) => prepared)
    : stored.map(({ prepared }) => prepared)
  const { cost, asked, matched, of, parts } = priceOf(query, posts)
  const breadth = BREADTHS.find(([, below]) => matched < below * of)?.[0] ?? ('everything' as const)
  return {
    learnedFrom: isStream ? ('unmatched-sample' as const) : ('stored-posts' as const),
    breadth: matched === 0 ? ('none' as const) : breadth,
    share: of > 0 ? share(matched, of) : null,
    cost,
    asked,
    parts: parts.map(({ from, to, why, asked: part }) => ({
      start: from,
      end: to,
      text: query.text.slice(from, to),
      why,
      asked: part,
    })),
  }
}

/** A post of the unmatched sample as a screen shows it. */
export const showSampled = (
  post: UnmatchedSample['posts'][number],
  explained: Query,
  verdict: ShownPost['verdict'],
): ShownPost => ({
  postId: null,
  sampledId: post.sampledId,
  network: post.network,
  handle: null,
  url: null,
  title: post.title,
  text: post.text,
  language: post.language,
  publishedAt: post.publishedAt,
  ...reasonsOf(post.prepared, explained, explained),
  relevance: null,
  verdict,
})
