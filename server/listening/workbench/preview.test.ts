import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, type Query } from '../../matching/index.ts'
import { takeFromSource } from '../intake.ts'
import { lookBackOnce } from '../lookback.ts'
import { indexAll } from '../search-index.ts'
import { aPost, heard, minutesAfterNoon } from '../testing/heard.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'
import { candidateSet, countByDay, drawFrom } from './candidate-set.ts'
import { periodOf } from './period.ts'
import type { ShownPost } from './shown-posts.ts'
import { candidatesOf, lookAt } from './stored-sample.ts'

interface Figure {
  value: number
  low: number
  high: number
  exact: boolean
}
interface Preview {
  state: string
  count: Figure
  days: (Figure & { day: string })[]
  newest: ShownPost[]
  random: ShownPost[]
  nearMisses: ShownPost[]
  restsOn: { candidates: number; looked: number; scan: boolean }
  unstored: unknown
  price: { cost: string; breadth: string; learnedFrom: string }
}
interface Compared {
  state: string
  gained: Figure
  lost: Figure
  unchanged: Figure
}

let test: ListeningTest
let topicId: string
const preview = (query: string, more: object = {}) =>
  test.ask<Preview>('listening.workbench.preview', { query, languages: ['en', 'de'], ...more })
const compare = (query: string) => test.ask<Compared>('listening.workbench.compare', { topicId, query })
const changed = (query: string, more: object) =>
  test.ask<{ items: ShownPost[]; nextCursor: string | null; among: number | null }>('listening.workbench.changed', {
    topicId,
    query,
    ...more,
  })
const texts = (posts: ShownPost[]) => posts.map(({ text }) => text)
const because = (post: ShownPost | undefined) =>
  post?.because.map(({ code, text, distance, value }) => [code, text, distance ?? value].filter(Boolean).join(' '))
const HOUR = 60

beforeAll(async () => {
  test = await listeningTest()
  const days = Array.from({ length: 10 }, (_, day) => day)
  await takeFromSource(
    test.services,
    heard(
      ...days.map((day) =>
        aPost(`r${day}`, `The router is down, day ${day}`, { publishedAt: minutesAfterNoon(-24 * HOUR * day) }),
      ),
      ...days.map((day) =>
        aPost(`f${day}`, `The router is fine, day ${day}`, { publishedAt: minutesAfterNoon(-24 * HOUR * day - 1) }),
      ),
      aPost('ad', 'Cheap router, advertisement', { publishedAt: minutesAfterNoon(-3) }),
      aPost('de', 'Der Router ist leider schon seit gestern abend und immer noch down', {
        language: 'de',
        publishedAt: minutesAfterNoon(-4),
      }),
      aPost('x', 'Lunch', { publishedAt: minutesAfterNoon(-5) }),
    ),
    {
      workspaceId: test.workspaceId,
      sourceId: '01a20000-0000-7000-8000-000000000001',
      name: 'The pond',
      keepsEverything: true,
      tellsEdits: true,
    },
  )
  await indexAll(test.services, test.workspaceId)
  const made = { name: 'Router', query: 'router NOT fine', languages: ['en', 'de'] }
  topicId = (await test.ask<{ topicId: string }>('listening.topics.create', made)).topicId
  while (await test.inWorkspace((tx) => lookBackOnce(tx, test.clock.now())));
})
afterAll(() => test.close())

describe('the preview of a query', () => {
  it('counts stored posts by the days of the workspace, and shows the newest and some at random with their reason', async () => {
    const found = await preview('router AND down')
    expect(found).toMatchObject({
      state: 'answered',
      count: { value: 11, low: 11, high: 11, exact: true },
      unstored: null,
    })
    expect(found.days.length).toBe(30)
    expect(found.days.reduce((sum, { value }) => sum + value, 0)).toBe(11)
    expect(found.days.at(-1)).toMatchObject({ day: '2026-11-20', value: 2 })
    expect(texts(found.newest)[0]).toBe('The router is down, day 0')
    expect(found.newest[0]?.spans).toEqual([
      { field: 'text', start: 4, end: 10 },
      { field: 'text', start: 14, end: 18 },
    ])
    expect(because(found.newest[0])).toEqual(['found router', 'found down'])
    expect(new Set(texts(found.random)).size).toBe(10)
  })

  it('shows what almost matched, and which part failed', async () => {
    const near = await preview('router NEAR/3 down NOT advertisement lang:en')
    const missed = new Map(near.nearMisses.map((post) => [post.text, because(post)]))
    expect(missed.get('The router is fine, day 0')).toBeUndefined()
    expect(missed.get('Der Router ist leider schon seit gestern abend und immer noch down')).toBeUndefined()
    const far = await preview('router NEAR/3 down')
    expect(far.nearMisses.map(because)).toEqual([['too-far router NEAR/3 down 10']])
    const other = await preview('router down lang:en')
    expect(because(other.nearMisses.find(({ language }) => language === 'de'))).toEqual(['value lang:en de'])
    const left = await preview('router NOT advertisement')
    expect(left.nearMisses.map(because)).toEqual([['present advertisement']])
    expect(left.nearMisses[0]?.spans).toEqual([{ field: 'text', start: 6, end: 12 }])
  })

  it('shows what people said and what the topic has learned where the query has one', async () => {
    const [post] = (await preview('advertisement', { topicId })).newest
    expect(post).toMatchObject({ verdict: null })
    await test.ask('listening.workbench.sort', { topicId, subject: { postId: post?.postId }, verdict: 'not-for-us' })
    expect((await preview('advertisement', { topicId })).newest[0]).toMatchObject({ verdict: 'not-for-us' })
    const state = await test.rows(sql<{ state: string }>`select state from mention where post_id = ${post?.postId}`)
    expect(state).toEqual([{ state: 'rejected' }])
    await test.ask('listening.workbench.sort', { topicId, subject: { postId: post?.postId }, verdict: null })
    expect((await preview('advertisement', { topicId })).newest[0]).toMatchObject({ verdict: null })
  })

  it('says what is wrong with a faulty one, with its place and a mend', async () => {
    expect(await preview('(router AND down')).toMatchObject({
      state: 'faulty',
      faults: [{ code: 'bracket-unclosed', start: 0, mend: '(router AND down)' }],
    })
  })

  it('has a price, by its own words', async () => {
    expect((await preview('NOT router')).price).toMatchObject({ cost: 'every-post', learnedFrom: 'stored-posts' })
    expect((await preview('zeppelin')).price).toMatchObject({ cost: 'cheap', breadth: 'none' })
  })

  it('answers hostile queries in bounded time', async () => {
    const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`)
    const hostile = [
      words(120).join(' OR '),
      words(60).join(' AND '),
      `router NOT (${words(120).join(' OR ')})`,
      '*out*',
      're* OR do* OR th*',
      'NOT router NOT down',
      `${'('.repeat(25)}router${' OR down)'.repeat(25)}`,
    ]
    for (const query of hostile) {
      const begun = performance.now()
      expect([query, (await preview(query)).state]).toEqual([query, 'answered'])
      expect(performance.now() - begun).toBeLessThan(3_000)
    }
  })

  it('sees nothing of another workspace', async () => {
    const other = await test.createWorkspace('Südwind')
    const foreign = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    const answer = await test.call('listening.workbench.preview', { query: 'router' }, foreign)
    expect(answer.body).toMatchObject({ state: 'answered', count: { value: 0, exact: true } })
    const theirs = await test.call('listening.workbench.compare', { topicId, query: 'router' }, foreign)
    expect(theirs.status).toBe(404)
    const sorted = await test.call(
      'listening.workbench.sort',
      { topicId, subject: { postId: topicId }, verdict: 'for-us' },
      foreign,
    )
    expect(sorted.status).toBe(404)
  })
})

describe('a draft beside the saved version', () => {
  it('gains and loses posts, exactly where all could be looked at', async () => {
    expect(await compare('router AND (down OR fine)')).toMatchObject({
      state: 'answered',
      gained: { value: 10, exact: true },
      lost: { value: 1, exact: true },
      unchanged: { value: 11, exact: true },
    })
    expect(await compare('router NOT fine')).toMatchObject({
      gained: { value: 0 },
      lost: { value: 0 },
      unchanged: { value: 12 },
    })
  })

  it('lists them in pages without gaps and repetitions, with the reason', async () => {
    const gained: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await changed('router', { which: 'gained', limit: 3, after })
      gained.push(...texts(page.items))
      if (page.nextCursor === null) break
      after = page.nextCursor
    }
    expect(gained).toEqual(Array.from({ length: 10 }, (_, day) => `The router is fine, day ${day}`))
    const [lost] = (await changed('router AND down', { which: 'lost' })).items
    expect(lost?.text).toBe('Cheap router, advertisement')
    expect(because(lost)).toEqual(['missing down'])
    expect(lost?.spans).toEqual([{ field: 'text', start: 6, end: 12 }])
  })

  it('lists them by relevance, also in pages', async () => {
    await test.rows(sql`update mention set relevance = case when post_id = (select post_id from post where external_id = 'r3') then 0.9
      else 0.2 end where topic_id = ${topicId}`)
    const ranked: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await changed('lunch', { which: 'lost', order: 'relevance', limit: 5, after })
      expect(page.among).toBe(12)
      ranked.push(...page.items.map(({ postId }) => postId as string))
      if (page.nextCursor === null) break
      after = page.nextCursor
    }
    expect(new Set(ranked).size).toBe(12)
    const [best] = (await changed('lunch', { which: 'lost', order: 'relevance', limit: 1 })).items
    expect(best).toMatchObject({ text: 'The router is down, day 3', relevance: expect.closeTo(0.9) })
  })
})

describe('what is looked at', () => {
  const asked = (text: string): Query => {
    const read = parse(text, { languages: ['en'] })
    if (!read.ok) throw new Error(text)
    return read.query
  }
  const look = (text: string, posts: number, ms = 1_000) =>
    test
      .inWorkspace((tx) => periodOf(tx, 30, test.clock.now()))
      .then((period) =>
        lookAt(test.inWorkspace, candidatesOf(asked(text)), period, {
          posts,
          ms,
          queries: [asked(text)],
          signal: new AbortController().signal,
        }),
      )

  it('is a random sample where there is too much, the same one for every query that shares the posts', async () => {
    const [whole, part] = [await look('router', 100), await look('router', 7)]
    expect([whole.candidates, whole.drawn, part.candidates, part.drawn]).toEqual([22, 22, 22, 7])
    const ids = (looked: typeof whole) => looked.posts.map(({ place }) => place.postId)
    expect(ids(part)).toEqual(ids(whole).slice(0, 7))
    const narrower = ids(await look('router AND down', 100))
    expect(narrower).toEqual(ids(whole).filter((id) => narrower.includes(id)))
  })

  it('is the end of the period where the time is up, or nothing, and says so', async () => {
    const none = await look('NOT router', 100, 20)
    expect(none.period.days.length).toBeGreaterThan(0)
    const slow = await lookAt(
      test.inWorkspace,
      () => ({ rows: sql`(select now() as published_at, gen_random_uuid() as post_id from pg_sleep(2))`, scan: true }),
      await test.inWorkspace((tx) => periodOf(tx, 30, test.clock.now())),
      { posts: 10, ms: 50, queries: [], signal: new AbortController().signal },
    )
    expect(slow).toMatchObject({ candidates: 0, drawn: 0, period: { days: [], from: test.clock.now() } })
  })

  it('reads the index of the search, or of the posts where a query has no word', async () => {
    const plans = await test.inWorkspace(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx.sql)
      const period = await periodOf(tx, 30, test.clock.now())
      const plans: string[] = []
      for (const text of ['router', 'router AND down', 'rou*', 'NOT router']) {
        const { rows } = candidateSet(tx, [asked(text)], period)
        const plan = await sql<{ 'QUERY PLAN': string }>`explain select count(*) from (${rows}) c`.execute(tx.sql)
        plans.push(plan.rows.map((row) => row['QUERY PLAN']).join('\n'))
        await countByDay(tx, candidateSet(tx, [asked(text)], period), period)
        await drawFrom(tx, candidateSet(tx, [asked(text)], period), 10)
      }
      return plans
    })
    for (const plan of plans.slice(0, 3)) expect(plan).toMatch(/Index Only Scan using post_term_pkey/)
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan/)
    // Whether a post may be read stands in its row: its source, and whether it was said to us alone.
    expect(plans[3]).toMatch(/Index Scan using post_/)
  })
})
