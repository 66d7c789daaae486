import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { HeardItem, HeardPost } from '../server/connectors/index.ts'
import { replaceConnectors } from '../server/listening/index.ts'
import { listeningChanged } from '../server/listening/listeners.ts'
import { indexAll } from '../server/listening/search-index.ts'
import { streamLoop } from '../server/listening/stream-listen.ts'
import { createTopic } from '../server/listening/topics.ts'
import { readConfig } from '../server/platform/config.ts'
import { SYSTEM } from '../server/platform/events.ts'
import { newId } from '../server/platform/ids.ts'
import type { Services } from '../server/platform/services.ts'
import { start } from '../server/start.ts'
import { insertBare } from './bare-insert.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { inventedPost } from './invented-posts.ts'
import { NumberedStream } from './numbered-stream.ts'
import { median, round2 } from './statistics.ts'

/**
 * How fast intake is with everything on (normalising, language, matching, suppression, authors with handles, sentiment and
 * intent, near-duplicates, posts, mentions, counts by the minute, discovery, events), as a share of the bare
 * `unnest … on conflict` rate of the same tables in the same run; and what is lost or doubled when a process that takes
 * posts in is killed at random instants.
 */
const BATCH = 1_024
const ROUNDS = 5
const BATCHES_PER_ROUND = 16
const TOPICS = 100
const ROUND_MS_MAX = 60_000

export async function measure(options: BenchOptions): Promise<Measured> {
  const home = mkdtempSync(path.join('/tmp', 'rapport-intake-'))
  const config = readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'error', RAPPORT_BLUESKY_STREAM: 'off' })
  const started = await start(config)
  try {
    options.say(`measuring on ${started.databaseWords}`)
    const rates = await measureRates(started.services, options)
    const crashes = await measureCrashes(started.services, options.number('kills', 20), options)
    return {
      figures: { ...rates, ...crashes },
      targets: [
        { figure: 'share of the bare rate', atLeast: 0.5 },
        { figure: 'lost after kill -9', atMost: 0 },
        { figure: 'doubled after kill -9', atMost: 0 },
      ],
    }
  } finally {
    await started.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

async function measureRates(services: Services, options: BenchOptions): Promise<Record<string, number>> {
  const everything = await createWorkspace(services, TOPICS)
  const stream = new NumberedStream()
  replaceConnectors(services, [stream.connector])
  await listenTo(services, everything, stream.connector.network)
  const bare = await createWorkspace(services, 0)
  const intake: number[] = []
  const inserts: number[] = []
  let next = 0
  // The first round warms both up and is not counted. Rounds take turns, so that a slow moment meets both.
  for (let round = 0; round <= ROUNDS; round++) {
    const batches = Array.from({ length: BATCHES_PER_ROUND }, () =>
      Array.from({ length: BATCH }, () => recentPost(next++)),
    )
    const intakeRate = await streamRate(services, stream, batches)
    const posts = batches.map((batch) => batch.flatMap((item) => (item.kind === 'post' ? [item.post] : [])))
    const bareRate = await rateOf(posts, (batch) => insertBare(services, bare, batch as HeardPost[]))
    options.say(`round ${round}: intake ${Math.round(intakeRate)}/s, bare ${Math.round(bareRate)}/s`)
    if (round === 0) continue
    intake.push(intakeRate)
    inserts.push(bareRate)
  }
  const startedAt = performance.now()
  const indexed = await indexAll(services, everything)
  const indexRate = indexed / ((performance.now() - startedAt) / 1_000)
  return {
    'topics matched against': TOPICS,
    'intake posts/s': Math.round(median(intake)),
    'bare unnest posts/s': Math.round(median(inserts)),
    'share of the bare rate': round2(median(intake.map((rate, index) => rate / (inserts[index] as number)))),
    'search index posts/s': Math.round(indexRate),
  }
}

const RECENT_MS = 3 * 3_600_000
const BETWEEN_POSTS_MS = 100
const began = Date.now() - RECENT_MS

/** Of today: older posts are not counted by the minute, nor for what rises. */
function recentPost(number: number): HeardItem {
  const item = inventedPost(number)
  if (item.kind === 'post') item.post.publishedAt = new Date(began + number * BETWEEN_POSTS_MS)
  return item
}

/** Through the loop that a worker runs: lease, listening, matching, storing, cursor. */
async function streamRate(services: Services, stream: NumberedStream, batches: HeardItem[][]): Promise<number> {
  const stop = new AbortController()
  stream.give(batches)
  const startedAt = performance.now()
  const running = streamLoop.run(services, stop.signal)
  while ((await cursorOf(services, stream.connector.network)) < stream.given) {
    if (performance.now() - startedAt > ROUND_MS_MAX) throw new Error('a round did not end: see the log above')
    await delay(5)
  }
  const seconds = (performance.now() - startedAt) / 1_000
  stop.abort()
  await running
  return batches.flat().length / seconds
}

async function cursorOf(services: Services, name: string): Promise<number> {
  const row = await services.database.system
    .selectFrom('system.stream')
    .select('cursor')
    .where('name', '=', name)
    .executeTakeFirst()
  return Number((row?.cursor as { next?: number } | null)?.next ?? 0)
}

async function listenTo(services: Services, workspaceId: string, network: string): Promise<void> {
  await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    await sql`insert into source (workspace_id, source_id, network, name, identity, hears_stream)
      values (${workspaceId}, ${newId()}, ${network}, 'bench', 'bench', true)`.execute(tx.sql)
    await listeningChanged(tx)
  })
}

async function rateOf<Batch extends { length: number }>(
  batches: Batch[],
  take: (batch: Batch) => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now()
  let posts = 0
  for (const batch of batches) {
    await take(batch)
    posts += batch.length
  }
  return posts / ((performance.now() - startedAt) / 1_000)
}

const CRASH_BATCHES = 60
const CRASH_BATCH = 200
const CRASH_WAIT_MS_MAX = 250

/** A child takes in a known number of posts, is killed at a random instant, and begins again, until `kills` are reached. */
async function measureCrashes(
  services: Services,
  kills: number,
  options: BenchOptions,
): Promise<Record<string, number>> {
  const workspaceId = await createWorkspace(services, 3)
  const sourceId = newId()
  await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
    sql`insert into source (workspace_id, source_id, network, name, identity, keeps)
      values (${workspaceId}, ${sourceId}, 'bench', 'bench', 'bench', 'everything')`.execute(tx.sql),
  )
  const task = { connection: services.database.connection, home: services.config.home, workspaceId, sourceId }
  const batches = { count: CRASH_BATCHES, size: CRASH_BATCH }
  let killed = 0
  for (let done = false; !done; ) {
    const before = killed
    done = await runChild({ ...task, batches }, killed < kills)
    if (!done) killed++
    else if (killed < kills) {
      // It was faster than the killer: everything is in, and is heard from the beginning again.
      await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
        sql`update source set cursor = null where source_id = ${sourceId}`.execute(tx.sql),
      )
      done = false
    }
    if (killed > before && killed % 5 === 0) options.say(`killed ${killed} times`)
  }
  const expected = CRASH_BATCHES * CRASH_BATCH
  const [row] = await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const { rows } = await sql<{ stored: number; told: number; distinct_told: number }>`
      select (select count(*)::int from post) as stored, count(*)::int as told, count(distinct id)::int as distinct_told
      from event, jsonb_array_elements_text(subjects -> 'posts') as id where type = 'posts.heard'`.execute(tx.sql)
    return rows
  })
  return {
    kills: killed,
    'posts in the crash run': expected,
    'lost after kill -9': expected - Math.min(row?.stored ?? 0, row?.distinct_told ?? 0),
    'doubled after kill -9': Math.max(0, (row?.stored ?? 0) - expected) + (row?.told ?? 0) - (row?.distinct_told ?? 0),
  }
}

/** True when the child took everything in, false when it was killed before. */
function runChild(task: object, kill: boolean): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'intake-child.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    let finished = false
    child.on('message', (message) => {
      if (message === 'finished') finished = true
      if (message === 'begins' && kill) setTimeout(() => child.kill('SIGKILL'), Math.random() * CRASH_WAIT_MS_MAX)
    })
    child.on('exit', (code, signal) => {
      if (finished) resolve(true)
      else if (signal === 'SIGKILL') resolve(false)
      else reject(new Error(`the child ended with ${code ?? signal}`))
    })
    child.send(task)
  })
}

async function createWorkspace(services: Services, topics: number): Promise<string> {
  const workspaceId = newId()
  await services.database.system
    .insertInto('system.workspace')
    .values({ id: workspaceId, slug: `bench-${workspaceId.slice(-12)}` })
    .execute()
  await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    await tx.sql
      .insertInto('workspace')
      .values({ workspace_id: workspaceId, name: 'Bench', languages: ['en', 'de', 'nl'] })
      .execute()
    for (let number = 0; number < topics; number++)
      await createTopic(
        tx,
        {
          name: `Topic ${number}`,
          kind: 'brand',
          query: QUERIES[number] ?? `brand${number} AND (router OR network)`,
          opensConversations: true,
        },
        services.clock.now(),
      )
  })
  return workspaceId
}
/** Each post names one of these brands, so that it has one mention, two now and then. */
const QUERIES = ['nordwind OR pinewood', 'tidewater OR kestrel', '(nordwind OR kestrel) NEAR/3 (router OR Telefon)']
