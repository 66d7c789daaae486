import { everyMatch } from '../server/listening/every-match.ts'
import { requireQuery, workspaceLanguages } from '../server/listening/query.ts'
import { searchPosts } from '../server/listening/search.ts'
import { SYSTEM } from '../server/platform/events.ts'
import type { Services } from '../server/platform/services.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { openWorkspace, vacuum, withInstallation } from './installation.ts'
import { insertAuthors, insertPosts, POSTS_AT_ONCE } from './search-rows.ts'
import { quantile } from './statistics.ts'

/**
 * How long a page of search takes over a year of stored posts, with authors and spans as it is shown, and how long it takes
 * to count every match of the newest month, each post decided as intake would. By the clock, one request at a time.
 */
const POSTS = 1_000_000
const ROUNDS = 60
const WARM_UP = 5
const PAGE = 50
const DAY_MS = 86_400_000
const MONTH_DAYS = 30
const COUNT_BUDGET_MS = 30_000

/** By how many posts have the words, see PLANTED: one in 10,000, about one in 100, about one in 10. */
const QUERIES: readonly [name: string, query: string][] = [
  ['one rare term', 'zorvath'],
  ['two middle terms', 'kelbrine AND mandrovy'],
  ['two frequent terms', 'platonic AND harbour'],
  ['a frequent and a rare term', 'harbour AND zorvath'],
  ['a phrase', '"morning train"'],
  ['AND NOT', 'kelbrine NOT harbour'],
]
const TARGETS = ['two middle terms', 'two frequent terms']

export async function measure(options: BenchOptions): Promise<Measured> {
  return withInstallation(async (started) => {
    const posts = options.number('posts', POSTS)
    const workspaceId = await fill(started.services, posts, options)
    const figures: Record<string, number> = { posts }
    for (const [name, query] of QUERIES)
      await measureQuery(started.services, workspaceId, name, query, options.number('rounds', ROUNDS), figures)
    const targets = TARGETS.flatMap((name) => [`${name}: page p99 ms`, `${name}: month p99 ms`])
    return { figures, targets: targets.map((figure) => ({ figure, atMost: 100 })) }
  })
}

async function measureQuery(
  services: Services,
  workspaceId: string,
  name: string,
  text: string,
  rounds: number,
  figures: Record<string, number>,
): Promise<void> {
  const from = new Date(Date.now() - MONTH_DAYS * DAY_MS)
  const page = await timed(rounds, () =>
    services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
      const { items } = await searchPosts(tx, { query: text, limit: PAGE })
      return items.length
    }),
  )
  const month = await timed(rounds, () =>
    services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
      const query = requireQuery(text, await workspaceLanguages(tx))
      const { matches, reachedBackTo } = await everyMatch(tx, query, { from }, COUNT_BUDGET_MS)
      return reachedBackTo ? Number.NaN : matches.length
    }),
  )
  figures[`${name}: page posts`] = page.answer
  figures[`${name}: page p50 ms`] = quantile(page.taken, 0.5)
  figures[`${name}: page p99 ms`] = quantile(page.taken, 0.99)
  figures[`${name}: month posts`] = month.answer
  figures[`${name}: month p50 ms`] = quantile(month.taken, 0.5)
  figures[`${name}: month p99 ms`] = quantile(month.taken, 0.99)
}

async function timed(rounds: number, ask: () => Promise<number>): Promise<{ answer: number; taken: number[] }> {
  const taken: number[] = []
  let answer = 0
  for (let round = -WARM_UP; round < rounds; round++) {
    const begun = performance.now()
    answer = await ask()
    if (round >= 0) taken.push(performance.now() - begun)
  }
  return { answer, taken }
}

async function fill(services: Services, posts: number, { say }: BenchOptions): Promise<string> {
  const workspaceId = await openWorkspace(services)
  const until = new Date()
  await services.database.inWorkspace(workspaceId, SYSTEM, insertAuthors)
  for (let from = 0; from < posts; from += POSTS_AT_ONCE) {
    const some = { from, count: Math.min(POSTS_AT_ONCE, posts - from), of: posts, until }
    await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => insertPosts(tx, some))
    if (from % (20 * POSTS_AT_ONCE) === 0) say(`${from} of ${posts} posts are there`)
  }
  await vacuum(services)
  return workspaceId
}
