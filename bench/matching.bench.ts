import { evaluate, Matcher, type PreparedPost, type Query } from '../server/matching/index.ts'
import type { BenchOptions, Measured, Target } from './bench.ts'
import { matchingWorkload, parsed, type Workload } from './matching-workload.ts'
import { openPeers, type Peers } from './peers/peers.ts'
import { quantile } from './statistics.ts'

/**
 * How fast all queries are asked of a post, on one core, with splitting; whether the answer is the plain evaluator's; what a
 * query costs to load, to keep and to change; and the same of the peers that are here (bench/peers; --peers=0 leaves them out).
 * Rates are per second of processor time, so that neighbours on the machine change ours and the peers' little.
 */
const POSTS = 100_000
const SIZES = [1_000, 10_000, 100_000]
const COMPARED = 2_000
const NASTY = 1_000
const EDITS = 1_000
const EDITS_PER_SECOND = 100

export async function measure(options: BenchOptions): Promise<Measured> {
  const workload = await matchingWorkload(options.number('posts', POSTS))
  const figures: Record<string, number> = { posts: workload.posts.length }
  Object.assign(figures, measureAgreement(workload, options))
  const peers = options.number('peers', 1) ? await openPeers(options.say) : null
  try {
    for (const size of SIZES) {
      if (size > options.number('queries', SIZES.at(-1) as number)) continue
      const queries = measureParsing(workload.queries(size), size, figures)
      measureSize(queries, workload.posts, size, figures, options)
      if (peers) await measurePeers(peers, queries, workload.posts, size, figures)
    }
  } finally {
    await peers?.close()
  }
  const nasty = filled(parsed(workload.nasty(NASTY), ['en']))
  figures['nasty set of 1,000 posts/s'] = rateOf(nasty, workload.posts.slice(0, 20_000))
  return {
    figures,
    targets: [
      { figure: 'differences from the evaluator', atMost: 0 },
      { figure: '10000 queries: p99 µs', atMost: 20 },
      { figure: '100000 queries: load ms', atMost: 500 },
      { figure: '10000 queries: edit ms', atMost: 1 },
      ...PEER_TARGETS.filter(({ figure }) => figure in figures),
    ],
  }
}

/** Only where the peer was here to be asked: a missing one has been told. */
const PEER_TARGETS: readonly Target[] = [
  { figure: '10000 queries: times lucene one by one', atLeast: 40 },
  { figure: '100000 queries: times lucene one by one', atLeast: 40 },
  { figure: '10000 queries: times lucene best batch', atLeast: 20 },
]

async function measurePeers(
  peers: Peers,
  queries: readonly Query[],
  posts: readonly PreparedPost[],
  size: number,
  figures: Record<string, number>,
): Promise<void> {
  const matcher = filled(queries)
  const ours = posts.slice(0, COMPARED).map((post) => matcher.match(post))
  const texts = posts.map(({ post: { text, language } }) => ({ text, language: language ?? '' }))
  const theirs = await peers.measure(queries, texts, ours)
  const ourRate = figures[`${size} queries: posts/s`] as number
  for (const name of ['lucene one by one', 'lucene best batch', 'postgres', 'hyperscan']) {
    const rate = theirs[`${name} posts/s`]
    if (rate) theirs[`times ${name}`] = Math.round((ourRate / rate) * 10) / 10
  }
  for (const [figure, value] of Object.entries(theirs)) figures[`${size} queries: ${figure}`] = value
}

function measureParsing(texts: string[], size: number, figures: Record<string, number>): Query[] {
  const begun = performance.now()
  const queries = parsed(texts, ['en'])
  figures[`${size} queries: read ms`] = Math.round(performance.now() - begun)
  return queries
}

function measureSize(
  queries: Query[],
  posts: readonly PreparedPost[],
  size: number,
  figures: Record<string, number>,
  options: BenchOptions,
): void {
  const say = (figure: string, value: number): void => {
    figures[`${size} queries: ${figure}`] = value
  }
  const before = memory()
  const begun = performance.now()
  const matcher = filled(queries)
  say('load ms', Math.round(performance.now() - begun))
  say('bytes per query', Math.round((memory() - before) / size))
  const cold = rateOf(matcher, posts)
  options.say(`${size} queries: ${cold} posts/s cold`)
  say('posts/s', rateOf(matcher, posts))
  const taken: number[] = []
  let matches = 0
  for (const post of posts) {
    const from = performance.now()
    matches += matcher.match(post).length
    taken.push((performance.now() - from) * 1_000)
  }
  say('matches per post', Math.round((matches / posts.length) * 100) / 100)
  say('p50 µs', quantile(taken, 0.5))
  say('p99 µs', quantile(taken, 0.99))
  say('looked at per match', Math.round((matcher.lookedAt / Math.max(1, matcher.matched)) * 100) / 100)
  say('edit ms', editOf(matcher, queries, posts))
  say('posts/s at 100 edits/s', rateWhileEdited(matcher, queries, posts))
}

function measureAgreement(workload: Workload, options: BenchOptions): Record<string, number> {
  const queries = parsed([...workload.queries(COMPARED - 400), ...workload.nasty(400)], ['en'])
  const matcher = filled(queries)
  let differences = 0
  for (const post of workload.posts.slice(0, options.number('compared', COMPARED))) {
    const found = new Set(matcher.match(post))
    queries.forEach((query, number) => {
      if ((evaluate(query, post) !== null) !== found.has(number)) differences++
    })
  }
  return { 'differences from the evaluator': differences }
}

function filled(queries: readonly Query[]): Matcher<number> {
  const matcher = new Matcher<number>()
  queries.forEach((query, number) => {
    matcher.add(number, query)
  })
  return matcher
}

function rateOf(matcher: Matcher<number>, posts: readonly PreparedPost[]): number {
  const begun = process.threadCpuUsage()
  for (const post of posts) matcher.match(post)
  const { user, system } = process.threadCpuUsage(begun)
  return Math.round(posts.length / ((user + system) / 1_000_000))
}

/** From the changed query to the first post that is matched against it: median. */
function editOf(matcher: Matcher<number>, queries: readonly Query[], posts: readonly PreparedPost[]): number {
  const taken: number[] = []
  for (let number = 0; number < Math.min(EDITS, queries.length); number++) {
    const begun = performance.now()
    edit(matcher, queries, number)
    matcher.match(posts[number] as PreparedPost)
    taken.push(performance.now() - begun)
  }
  return quantile(taken, 0.5)
}

/** Another query takes the place of one, and gives it back at the next edit. */
function edit(matcher: Matcher<number>, queries: readonly Query[], number: number): void {
  const place = number % queries.length
  matcher.add(place, queries[(place + (number % 2)) % queries.length] as Query)
}

function rateWhileEdited(matcher: Matcher<number>, queries: readonly Query[], posts: readonly PreparedPost[]): number {
  const begun = performance.now()
  let edits = 0
  for (const post of posts) {
    if ((performance.now() - begun) * EDITS_PER_SECOND >= edits * 1_000) edit(matcher, queries, edits++)
    matcher.match(post)
  }
  return Math.round(posts.length / ((performance.now() - begun) / 1_000))
}

function memory(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
