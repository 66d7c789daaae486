import { sql } from 'kysely'
import type { HeardPost } from '../server/connectors/index.ts'
import { countStored } from '../server/listening/discovery/entries.ts'
import { foldSome } from '../server/listening/discovery/folding.ts'
import { linksShared } from '../server/listening/discovery/links.ts'
import { risingTerms } from '../server/listening/discovery/rising.ts'
import { suggestionsFor } from '../server/listening/discovery/suggestions.ts'
import { talksOf } from '../server/listening/discovery/talks.ts'
import { voicesHeard } from '../server/listening/discovery/voices.ts'
import type { NewlyStored } from '../server/listening/newly-stored.ts'
import { createTopic } from '../server/listening/topics.ts'
import type { WorkspaceTransaction } from '../server/platform/database.ts'
import { SYSTEM } from '../server/platform/events.ts'
import { newId } from '../server/platform/ids.ts'
import type { Services } from '../server/platform/services.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { insertAuthors, insertHour, postsOfHour, SeededTallies } from './discovery-rows.ts'
import { vacuum, withInstallation } from './installation.ts'
import { inventedPost } from './invented-posts.ts'
import { median, quantile } from './statistics.ts'

/** How long each answer of discovery takes in a workspace with history, and what counting costs intake. */
const POSTS = 1_000_000
const DAYS = 29
const HOUR_MS = 3_600_000
const ASKED = 60
const WARM_UP = 5
const BATCH = 1_024
const BATCHES = 30

export async function measure(options: BenchOptions): Promise<Measured> {
  return withInstallation(async (started) => {
    const { services } = started
    const { workspaceId, topicId } = await fill(services, options.number('posts', POSTS), options)
    const answers = await measureAnswers(services, workspaceId, topicId, options)
    const counting = await measureCounting(services, workspaceId)
    return {
      figures: { posts: options.number('posts', POSTS), ...answers, ...counting },
      targets: Object.keys(answers)
        .filter((figure) => figure.endsWith('p99 ms'))
        .map((figure) => ({ figure, atMost: 50 })),
    }
  })
}

async function fill(services: Services, posts: number, { say }: BenchOptions) {
  const workspaceId = newId()
  const hours = DAYS * 24
  const perHour = Math.ceil(posts / hours)
  const until = Math.floor(services.clock.now().getTime() / HOUR_MS) * HOUR_MS
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const topicId = await inWorkspace(async (tx) => {
    await sql`insert into workspace (workspace_id, name) values (${workspaceId}, 'bench')`.execute(tx.sql)
    await insertAuthors(tx, new Date(until))
    const topic = {
      name: 'bench',
      kind: 'brand' as const,
      query: 'nordwind',
      languages: ['en'],
      opensConversations: false,
    }
    return createTopic(tx, topic, services.clock.now())
  })
  await inWorkspace((tx) => sql`update topic set lookback_from = null`.execute(tx.sql))
  const tallies = new SeededTallies(topicId)
  for (let hour = 0; hour < hours; hour++) {
    const startsAt = new Date(until - (hours - hour - 1) * HOUR_MS)
    await inWorkspace(async (tx) => {
      const made = await insertHour(
        tx,
        { topicId, posts, until: new Date(until) },
        postsOfHour(hour * perHour, perHour, startsAt),
      )
      await tallies.addHour(tx, startsAt, made)
    })
    if (hour % 100 === 0) say(`${hour * perHour} of ${posts} posts are there`)
  }
  await inWorkspace((tx) => tallies.writeDays(tx))
  await vacuum(services)
  return { workspaceId, topicId }
}

type Answer = (tx: WorkspaceTransaction) => Promise<unknown>

async function measureAnswers(services: Services, workspaceId: string, topicId: string, { say }: BenchOptions) {
  const now = services.clock.now()
  const views = { day: 'day', week: 'week' } as const
  const answers: Record<string, Answer> = {}
  for (const [view, period] of Object.entries(views)) {
    answers[`rising terms, ${view},`] = (tx) => risingTerms(tx, { topicId, period }, now)
    answers[`rising terms of everything, ${view},`] = (tx) => risingTerms(tx, { period }, now)
    answers[`voices, ${view},`] = (tx) => voicesHeard(tx, { topicId, period }, now)
    answers[`links, ${view},`] = (tx) => linksShared(tx, { topicId, period }, now)
    answers[`talks, ${view},`] = (tx) => talksOf(tx, { topicId, period }, now)
  }
  answers['suggestions,'] = (tx) => suggestionsFor(tx, topicId, now)
  const figures: Record<string, number> = {}
  for (const [name, answer] of Object.entries(answers)) {
    const times: number[] = []
    for (let asked = -WARM_UP; asked < ASKED; asked++) {
      const begun = performance.now()
      await services.database.inWorkspace(workspaceId, SYSTEM, answer)
      if (asked >= 0) times.push(performance.now() - begun)
    }
    figures[`${name} p50 ms`] = median(times)
    figures[`${name} p99 ms`] = quantile(times, 0.99)
    say(`${name} p50 ${median(times)} ms`)
  }
  return figures
}

/** The step alone, in transactions of its own: what a kept post costs more, beside everything else that intake does. */
async function measureCounting(services: Services, workspaceId: string): Promise<Record<string, number>> {
  const now = services.clock.now()
  const topics = Array.from({ length: 100 }, newId)
  const perPost: number[] = []
  for (let batch = 0; batch < BATCHES; batch++) {
    const posts = Array.from({ length: BATCH }, (_, n) => storedPost(batch * BATCH + n, topics, now))
    const begun = performance.now()
    await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => countStored(tx, posts, { heardAt: now }))
    perPost.push(((performance.now() - begun) * 1_000) / BATCH)
  }
  const begun = performance.now()
  while (await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => foldSome(tx, now)));
  return {
    'counting a kept post at intake, µs': median(perPost),
    'folding a kept post afterwards, µs': Math.round(((performance.now() - begun) * 1_000) / (BATCH * BATCHES)),
  }
}

function storedPost(number: number, topics: string[], now: Date): NewlyStored {
  const item = inventedPost(number)
  const post = (item as { post: HeardPost }).post
  const postId = newId()
  return {
    candidate: {
      post: { ...post, publishedAt: now },
      topics: [{ topicId: topics[number % topics.length], version: 1 }],
    },
    row: { postId, authorId: newId(), groupId: postId, direction: 'in' },
  } as unknown as NewlyStored
}
