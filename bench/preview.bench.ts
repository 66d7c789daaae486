import { sql } from 'kysely'
import { createTopic } from '../server/listening/topics.ts'
import { compare } from '../server/listening/workbench/comparison.ts'
import { estimate } from '../server/listening/workbench/estimates.ts'
import { preview } from '../server/listening/workbench/preview.ts'
import type { InWorkspace } from '../server/listening/workbench/stored-sample.ts'
import { parse, type Query } from '../server/matching/index.ts'
import { SYSTEM } from '../server/platform/events.ts'
import { newId } from '../server/platform/ids.ts'
import type { Services } from '../server/platform/services.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { insertAuthors } from './inbox-rows.ts'
import { vacuum, withInstallation } from './installation.ts'
import { quantile } from './statistics.ts'
import { insertSampled, insertWordyPosts, WORDY_AT_ONCE } from './wordy-posts.ts'

/** How long somebody who tunes a query waits for its preview, in a workspace with history. */
const POSTS = 1_000_000
const SAMPLED = 20_000
const ROUNDS = 12
const DAYS = 30

/** Of words whose frequency falls with their number: wort1 stands in half of all posts, wort1000 in one of a thousand. */
const QUERIES: Record<string, string> = {
  'a rare word': 'wort2000',
  'a word': 'wort100',
  'a frequent word': 'wort10',
  'the most frequent word': 'wort1',
  'a word that never occurs': 'zeppelin',
  'two words': 'wort20 AND wort30',
  'two frequent words': 'wort2 AND wort3',
  'words with exclusions': '(wort50 OR wort60) NOT (wort5 OR wort7)',
  'a phrase': '"wort4 wort9"',
  'twelve words': Array.from({ length: 12 }, (_, at) => `wort${40 + at}`).join(' OR '),
  'words near each other': 'wort6 NEAR/5 wort8',
  'a beginning': 'wort12*',
  'a word in a language': 'wort15 lang:de',
  'only an exclusion': 'NOT wort1',
  'an ending': '*rt77',
  'a hundred and twenty words': Array.from({ length: 120 }, (_, at) => `wort${500 + at}`).join(' OR '),
}
/** Hostile ones: bounded, but not typical. */
const HOSTILE = new Set(['only an exclusion', 'an ending', 'a hundred and twenty words', 'the most frequent word'])

export async function measure(options: BenchOptions): Promise<Measured> {
  return withInstallation(async (started) => {
    const { services } = started
    const posts = options.number('posts', POSTS)
    const { workspaceId, topicId } = await fill(services, posts, options)
    const figures = await measureAll(services, workspaceId, topicId, options)
    return {
      figures: { posts, ...figures },
      targets: [
        { figure: 'preview p50 ms', atMost: 300 },
        { figure: 'preview of a hostile query p99 ms', atMost: 2_000 },
      ],
    }
  })
}

async function fill(services: Services, posts: number, { say }: BenchOptions) {
  const workspaceId = newId()
  const { database } = services
  await sql`insert into system.workspace (id, slug) values (${workspaceId}, 'bench')`.execute(database.system)
  const topicId = await database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    await sql`insert into workspace (workspace_id, name) values (${workspaceId}, 'Bench')`.execute(tx.sql)
    await insertAuthors(tx)
    const topic = {
      name: 'Wort',
      kind: 'brand' as const,
      query: 'wort20 NOT wort5',
      languages: ['de'],
      opensConversations: false,
    }
    return createTopic(tx, topic, services.clock.now())
  })
  for (let from = 0; from < posts; from += WORDY_AT_ONCE) {
    await database.inWorkspace(workspaceId, SYSTEM, (tx) =>
      insertWordyPosts(tx, from, Math.min(WORDY_AT_ONCE, posts - from), posts),
    )
    if ((from / WORDY_AT_ONCE) % 10 === 9) say(`${from + WORDY_AT_ONCE} posts`)
  }
  await insertSampled(database.system, workspaceId, SAMPLED)
  await vacuum(services)
  return { workspaceId, topicId }
}

async function measureAll(services: Services, workspaceId: string, topicId: string, { number, say }: BenchOptions) {
  const inWorkspace: InWorkspace = (work) => services.database.inWorkspace(workspaceId, SYSTEM, work)
  const { signal } = new AbortController()
  const figures: Record<string, number> = {}
  const typical: number[] = []
  const hostile: number[] = []
  for (const [name, text] of Object.entries(QUERIES)) {
    const query = read(text)
    const times: number[] = []
    for (let round = 0; round <= number('rounds', ROUNDS); round++) {
      const begun = performance.now()
      const { count, restsOn } = await preview(services, workspaceId, inWorkspace, query, {
        topicId,
        days: DAYS,
        signal,
      })
      if (round > 0) times.push(performance.now() - begun)
      else
        say(
          `${name}: ${count.value} (${count.low}–${count.high}), ${restsOn.looked} of ${restsOn.candidates} looked at`,
        )
    }
    figures[`${name} p50 ms`] = quantile(times, 0.5)
    ;(HOSTILE.has(name) ? hostile : typical).push(...times)
  }
  figures['preview p50 ms'] = quantile(typical, 0.5)
  figures['preview p99 ms'] = quantile(typical, 0.99)
  figures['preview of a hostile query p99 ms'] = quantile(hostile, 0.99)
  const saved = { version: 1, query: 'wort20 NOT wort5', languages: ['de'] }
  const draft = read('wort20 NOT wort7')
  figures['comparison ms'] = await timeOf(() =>
    compare(services, workspaceId, inWorkspace, draft, saved, { days: DAYS, signal }),
  )
  const options = { topicId, days: DAYS, questions: 5, signal }
  figures['estimates ms'] = await timeOf(() => estimate(services, workspaceId, inWorkspace, draft, saved, options))
  return figures
}

/** The second time: what is read is in memory then, as it is for somebody who tunes. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  await work()
  const begun = performance.now()
  await work()
  return Math.round(performance.now() - begun)
}

function read(text: string): Query {
  const result = parse(text, { languages: ['de', 'en'] })
  if (!result.ok) throw new Error(`${text}: ${result.errors[0]?.code}`)
  return result.query
}
