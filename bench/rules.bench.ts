import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { HeardItem } from '../server/connectors/index.ts'
import { hear } from '../server/listening/index.ts'
import { createTopic } from '../server/listening/topics.ts'
import { prepare } from '../server/matching/index.ts'
import { subscriptions } from '../server/modules.ts'
import { readConfig } from '../server/platform/config.ts'
import { SYSTEM } from '../server/platform/events.ts'
import { newId } from '../server/platform/ids.ts'
import type { Services } from '../server/platform/services.ts'
import { drainSubscriptions, type Subscription } from '../server/platform/subscriptions.ts'
import { type Condition, openRules, type RoutedPost, type Rule, rulesFor } from '../server/routing/index.ts'
import { start } from '../server/start.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { inventedPost } from './invented-posts.ts'
import { median, round2 } from './statistics.ts'

/**
 * What five hundred routing rules cost: asked of posts in memory, and in a whole installation, where posts are taken in, begin
 * conversations and are routed, against the same with no rules at all. Rounds take turns, so that a slow moment meets both.
 */
const RULES = 500
const ASKED = 20_000
const BATCH = 500
const BATCHES_PER_ROUND = 6
const ROUNDS = 4
/** One post in so many is said to us and becomes a matter of the inbox. */
const ADDRESSED_EVERY = 20

export async function measure(options: BenchOptions): Promise<Measured> {
  const asked = askInMemory(options)
  const home = mkdtempSync(path.join('/tmp', 'rapport-rules-'))
  const started = await start(
    readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'error', RAPPORT_BLUESKY_STREAM: 'off', PORT: '0' }),
  )
  try {
    options.say(`measuring on ${started.databaseWords}`)
    return {
      figures: { rules: RULES, ...asked, ...(await measureInstallation(started.services, options)) },
      targets: [
        { figure: 'share of a core at 1,000 posts/s', atMost: 0.1 },
        { figure: 'share of the rate without rules', atLeast: 0.8 },
      ],
    }
  } finally {
    await started.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

const WORDS =
  'router netz netwerk telefon invoice rechnung factuur refund paket parcel outage ausfall storing app login'.split(' ')
const BRANDS = ['nordwind', 'pinewood', 'tidewater', 'kestrel']

/** Most look for words, as rules of desks do, together with a language, a mood, a reach; two in a hundred hold for many posts. */
function manyRules(): Rule[] {
  return Array.from({ length: RULES }, (_, at) => ({
    ruleId: newId(),
    name: `Rule ${at}`,
    on: true,
    asks: 'first',
    match: 'all',
    conditions: conditionsOf(at),
    actions: [{ do: 'priority', priority: at % 2 === 0 ? 'high' : 'low' }],
    stops: false,
  }))
}

function conditionsOf(at: number): Condition[] {
  const word = WORDS[at % WORDS.length] as string
  const brand = BRANDS[at % BRANDS.length] as string
  const language: Condition = { about: 'language', is: 'any-of', languages: [['de', 'nl', 'en'][at % 3] as string] }
  if (at % 50 === 0) return [{ about: 'text', is: 'matches', query: brand, languages: [] }, language]
  const query = at % 5 === 0 ? `${brand} NEAR/4 ${word}` : `${word} AND special${at}`
  const text: Condition = { about: 'text', is: 'matches', query, languages: ['de', 'nl', 'en'] }
  if (at % 3 === 0) return [text, { about: 'sentiment', is: 'any-of', sentiments: ['negative'] }, language]
  return at % 3 === 1 ? [text, { about: 'reach', is: 'at-least', followers: 1 + at * 9 }] : [text, language]
}

function askInMemory({ say }: BenchOptions): Record<string, number> {
  const book = openRules(manyRules())
  if ('problems' in book) throw new Error(JSON.stringify(book.problems[0]))
  const posts = Array.from({ length: ASKED }, (_, number) => routedPost(number))
  for (const post of posts.slice(0, 2_000)) rulesFor(book, { kind: 'opened', posts: [post] })
  const begun = process.cpuUsage().user
  let hits = 0
  for (const post of posts) hits += rulesFor(book, { kind: 'opened', posts: [post] }).length
  const seconds = (process.cpuUsage().user - begun) / 1e6
  say(`${Math.round(ASKED / seconds)} posts asked by ${RULES} rules in a second of one core`)
  return {
    'posts asked/s': Math.round(ASKED / seconds),
    'share of a core at 1,000 posts/s': round2((1_000 * seconds) / ASKED),
    'hits per post': round2(hits / ASKED),
  }
}

function routedPost(number: number): RoutedPost {
  const item = inventedPost(number)
  if (item.kind !== 'post') throw new Error('only posts are invented')
  const { post } = item
  const { author } = post
  return {
    postId: String(number),
    prepared: () =>
      prepare({ ...post, author, isReply: false, hasMedia: false, sourceName: 'bench', publishedAt: post.publishedAt }),
    openCalendarIds: [],
    topicIds: [],
    judgements: [],
    sourceId: null,
    network: post.network,
    language: post.language,
    sentiment: number % 3 === 0 ? 'negative' : 'neutral',
    intent: null,
    understood: true,
    offensive: false,
    addressed: number % ADDRESSED_EVERY === 0,
    author: {
      known: false,
      segmentIds: [],
      scores: { value: null, influence: null, advocate: null, detractor: null },
      followers: author.followers,
    },
  }
}

interface House {
  services: Services
  followers: readonly Subscription[]
}

interface Place {
  workspaceId: string
  sourceId: string
}

async function measureInstallation(services: Services, { say }: BenchOptions): Promise<Record<string, number>> {
  const without = await openPlace(services, [])
  const withRules = await openPlace(services, manyRules())
  // Made once, as a worker makes them: they keep what they compiled.
  const house = { services, followers: subscriptions(services) }
  const rates: { without: number; withRules: number }[] = []
  let next = 0
  for (let round = 0; round <= ROUNDS; round++) {
    const batches = Array.from({ length: BATCHES_PER_ROUND }, () => Array.from({ length: BATCH }, () => aPost(next++)))
    const rate = {
      without: await rateOf(house, without, batches),
      withRules: await rateOf(house, withRules, batches),
    }
    say(`round ${round}: ${Math.round(rate.without)}/s without rules, ${Math.round(rate.withRules)}/s with ${RULES}`)
    // The first round warms both up.
    if (round > 0) rates.push(rate)
  }
  const [row] = await services.database.inWorkspace(withRules.workspaceId, SYSTEM, async (tx) => {
    const { rows } = await sql<{ runs: number; conversations: number }>`
      select count(*)::int as runs, count(distinct conversation_id)::int as conversations from rule_run`.execute(tx.sql)
    return rows
  })
  return {
    'posts without rules/s': Math.round(median(rates.map((rate) => rate.without))),
    'posts with rules/s': Math.round(median(rates.map((rate) => rate.withRules))),
    'share of the rate without rules': round2(median(rates.map((rate) => rate.withRules / rate.without))),
    'conversations routed': row?.conversations ?? 0,
    'runs of rules': row?.runs ?? 0,
  }
}

function aPost(number: number): HeardItem {
  const item = inventedPost(number)
  if (item.kind === 'post') {
    item.post.publishedAt = new Date(Date.now() - 60_000)
    item.post.addressed = number % ADDRESSED_EVERY === 0
  }
  return item
}

/** From the first post to the moment at which nothing of it waits any more: stored, opened, routed. */
async function rateOf(
  { services, followers }: House,
  { workspaceId, sourceId }: Place,
  batches: HeardItem[][],
): Promise<number> {
  const begun = performance.now()
  for (const batch of batches) {
    await hear(services, workspaceId, sourceId, batch)
    await drainSubscriptions(services.database, followers)
  }
  return batches.flat().length / ((performance.now() - begun) / 1_000)
}

async function openPlace(services: Services, rules: Rule[]): Promise<Place> {
  const workspaceId = newId()
  const sourceId = newId()
  const slug = `bench-${workspaceId.slice(-12)}`
  await services.database.system.insertInto('system.workspace').values({ id: workspaceId, slug }).execute()
  await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const languages = ['en', 'de', 'nl']
    await tx.sql.insertInto('workspace').values({ workspace_id: workspaceId, name: 'Bench', languages }).execute()
    await sql`insert into source (workspace_id, source_id, network, name, identity, keeps)
      values (${workspaceId}, ${sourceId}, 'bench', 'bench', 'bench', 'everything')`.execute(tx.sql)
    for (const brand of BRANDS)
      await createTopic(
        tx,
        { name: brand, kind: 'brand', query: brand, opensConversations: false },
        services.clock.now(),
      )
    if (rules.length > 0)
      await sql`insert into routing_version (workspace_id, version, rules, made_at)
        values (${workspaceId}, 1, ${JSON.stringify(rules)}::jsonb, now())`.execute(tx.sql)
  })
  return { workspaceId, sourceId }
}
