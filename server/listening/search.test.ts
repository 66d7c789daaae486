import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAsAdmin } from '../platform/testing/database.ts'
import { explain } from '../platform/testing/explain.ts'
import { lookupStatement } from './candidates.ts'
import { everyMatch } from './every-match.ts'
import { takeFromSource } from './intake.ts'
import { lookBackOnce } from './lookback.ts'
import { requireQuery, workspaceLanguages } from './query.ts'
import { indexAll } from './search-index.ts'
import { anAuthor, aPost, heard, minutesAfterNoon, replyTo } from './testing/heard.ts'
import { type ListeningTest, listeningTest } from './testing/workspace.ts'

let test: ListeningTest

interface Page {
  items: {
    postId: string
    externalId: string
    text: string
    topicIds: string[]
    spans: { field: string; start: number; end: number }[]
  }[]
  nextCursor: string | null
  scan: boolean
}
const search = (input: object) => test.ask<Page>('listening.posts.search', input)
const found = async (query: string, more: object = {}) =>
  (await search({ query, ...more })).items.map((post) => post.externalId)
const take = (...posts: ReturnType<typeof aPost>[]) =>
  takeFromSource(test.services, heard(...posts), {
    workspaceId: test.workspaceId,
    sourceId: '01a20000-0000-7000-8000-000000000001',
    name: 'The pond',
    keepsEverything: true,
    tellsEdits: true,
  })
const at = (minutes: number) => ({ publishedAt: minutesAfterNoon(minutes) })
const lookBack = async () => {
  while (await test.inWorkspace((tx) => lookBackOnce(tx, test.clock.now())));
}

beforeAll(async () => {
  test = await listeningTest()
  await take(
    aPost('1', 'The router blinks', at(-10)),
    aPost('2', 'Der Router blinkt wieder', { ...at(-9), language: 'de' }),
    aPost('3', 'München leuchtet', { ...at(-8), language: 'de', author: anAuthor('lena') }),
    aPost('4', 'Routers everywhere, no network', { ...at(-7), links: ['https://a.example/'] }),
    aPost('5', 'calm', { ...at(-6), title: 'About a router' }),
    aPost('6', 'yes', { ...at(-5), ...replyTo('1') }),
  )
  await indexAll(test.services, test.workspaceId)
})
afterAll(() => test.close())

describe('search', () => {
  it('finds word forms through the index, newest first, and shows why', async () => {
    const page = await search({ query: 'router' })
    expect(page.items.map((post) => post.externalId)).toEqual(['5', '4', '2', '1'])
    expect(page.scan).toBe(false)
    expect(page.items[0]?.spans).toEqual([{ field: 'title', start: 8, end: 14 }])
  })

  it('means by a query what a topic means by it', async () => {
    expect(await found('router AND network')).toEqual(['4'])
    expect(await found('router NOT network')).toEqual(['5', '2', '1'])
    expect(await found('"router blinks"')).toEqual(['1'])
    expect(await found('muenchen')).toEqual(['3'])
    expect(await found('blink*')).toEqual(['2', '1'])
    expect(await found('lamp')).toEqual([])
  })

  it('counts every match of a period, decided one by one, and says how far it came', async () => {
    const every = (query: string, period: { from?: Date; until?: Date } = {}, budgetMs = 1_000) =>
      test.inWorkspace(async (tx) => {
        const asked = requireQuery(query, await workspaceLanguages(tx))
        const { matches, reachedBackTo } = await everyMatch(tx, asked, period, budgetMs)
        const { rows } = await sql<{ external_id: string }>`select external_id from post
          where post_id = any(${matches.map(({ postId }) => postId)}::uuid[])
          order by published_at desc, post_id desc`.execute(tx.sql)
        return { found: rows.map((row) => row.external_id), reachedBackTo }
      })
    for (const query of [
      'router',
      'router AND network',
      'router blinks',
      '"router blinks"',
      'author:lena',
      'NOT router',
    ])
      expect((await every(query)).found).toEqual(await found(query))
    expect(await every('router', { from: minutesAfterNoon(-9), until: minutesAfterNoon(-6) })).toEqual({
      found: ['4', '2'],
      reachedBackTo: null,
    })
  })

  it('says that it scans where a query has no word, and finds all the same', async () => {
    const page = await search({ query: 'has:link' })
    expect(page.scan).toBe(true)
    expect(page.items.map((post) => post.externalId)).toEqual(['4'])
    expect(await found('author:lena')).toEqual(['3'])
    expect(await found('NOT router', { language: 'en' })).toEqual(['6'])
  })

  it('pages without gaps and repetitions, with a query and without', async () => {
    for (const query of ['router', undefined]) {
      const whole = (await search({ query, limit: 100 })).items.map((post) => post.externalId)
      const paged: string[] = []
      for (let after: string | undefined; ; ) {
        const page = await search({ query, limit: 1, after })
        paged.push(...page.items.map((post) => post.externalId))
        if (page.nextCursor === null) break
        after = page.nextCursor
      }
      expect(paged).toEqual(whole)
    }
  })

  it('filters by language, period and direction', async () => {
    expect(await found('router', { language: 'de' })).toEqual(['2'])
    expect(await found('router', { from: minutesAfterNoon(-9), until: minutesAfterNoon(-6) })).toEqual(['4', '2'])
    expect(await found('router', { direction: 'out' })).toEqual([])
  })

  it('finds what the index has not reached yet, and forgets what an edit took away', async () => {
    await take(aPost('7', 'a lantern', at(-4)))
    expect(await found('lantern')).toEqual(['7'])
    await indexAll(test.services, test.workspaceId)
    await take(aPost('7', 'a candle', { ...at(-4), editedAt: minutesAfterNoon(1) }))
    expect(await found('lantern')).toEqual([])
    expect(await found('candle')).toEqual(['7'])
    await indexAll(test.services, test.workspaceId)
    expect(await test.rows(sql`select from post_term where term = 'lantern'`)).toEqual([])
    expect(await found('candle')).toEqual(['7'])
  })

  it('refuses a faulty query with its place and a mend, and a cursor that is not ours', async () => {
    const as = { cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId }
    const faulty = await test.call('listening.posts.search', { query: 'router AND (blinks' }, as)
    expect(faulty.status).toBe(400)
    expect(faulty.body).toMatchObject({
      data: { code: 'query-invalid', params: { reason: 'bracket-unclosed', start: 11 } },
    })
    expect((await test.call('listening.posts.search', { after: 'AAAA' }, as)).status).toBe(400)
  })

  it('shows nothing of another workspace', async () => {
    const other = await test.createWorkspace('Other')
    const answer = await test.call(
      'listening.posts.search',
      { query: 'router' },
      { cookie: other.owner.cookie, workspaceId: other.workspaceId },
    )
    expect(answer.body).toMatchObject({ items: [] })
  })
})

describe('the same posts as a file', () => {
  it('is a CSV that no spreadsheet runs', async () => {
    await take(aPost('8', '=HYPERLINK("http://evil.example")', at(-3)))
    const answer = await test.request('/files/posts.csv?query=hyperlink', {
      headers: { cookie: test.workspace.owner.cookie, 'x-rapport-workspace': test.workspaceId },
    })
    expect(answer.status).toBe(200)
    const lines = (await answer.text()).split('\r\n')
    expect(lines[0]).toContain('published_at')
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
  })

  it('is refused to those who may not export', async () => {
    const agent = await test.join(test.workspaceId, 'agent')
    const answer = await test.request('/files/posts.csv', {
      headers: { cookie: agent.cookie, 'x-rapport-workspace': test.workspaceId },
    })
    expect(answer.status).toBe(403)
  })
})

describe('threads', () => {
  it('shows each post after what it answers, and says what is missing', async () => {
    await take(
      aPost('t1', 'root', at(0)),
      aPost('t3', 'second answer', { ...at(2), ...replyTo('t1') }),
      aPost('t2', 'first answer', { ...at(1), ...replyTo('t1') }),
      aPost('t4', 'answer to the first', {
        ...at(3),
        parent: { externalId: 't2', reference: null },
        root: { externalId: 't1', reference: null },
      }),
      aPost('t5', 'orphan', {
        ...at(4),
        parent: { externalId: 'lost', reference: null },
        root: { externalId: 't1', reference: null },
      }),
    )
    const [t4] = (await search({ query: '"answer to the first"' })).items
    const thread = await test.ask<{
      items: { externalId: string; depth: number; parentMissing: boolean }[]
      more: boolean
    }>('listening.posts.thread', { postId: t4?.postId })
    expect(thread.items.map(({ externalId, depth }) => `${depth} ${externalId}`)).toEqual([
      '0 t1',
      '1 t2',
      '2 t4',
      '1 t3',
      '0 t5',
    ])
    expect(thread.items.filter((post) => post.parentMissing).map((post) => post.externalId)).toEqual(['t5'])
  })

  it('survives posts that answer each other in a circle', async () => {
    await take(
      aPost('c1', 'chicken', {
        parent: { externalId: 'c2', reference: null },
        root: { externalId: 'c2', reference: null },
      }),
      aPost('c2', 'egg', {
        parent: { externalId: 'c1', reference: null },
        root: { externalId: 'c1', reference: null },
      }),
    )
    const [egg] = (await search({ query: 'egg' })).items
    const thread = await test.ask<{ items: unknown[] }>('listening.posts.thread', { postId: egg?.postId })
    expect(thread.items).toHaveLength(2)
  })
})

describe('topics', () => {
  const create = (input: object) => test.ask<{ topicId: string }>('listening.topics.create', input)
  const get = (topicId: string) =>
    test.ask<{ version: number; lookback: { done: boolean; found: number }; mentions7d: number }>(
      'listening.topics.get',
      { topicId },
    )
  const mentioned = async (topicId: string) => (await search({ topicId })).items.map((post) => post.externalId)

  it('looks for mentions among the posts stored before it, in the background', async () => {
    const { topicId } = await create({ name: 'Routers', query: 'router' })
    expect(await get(topicId)).toMatchObject({ version: 1, lookback: { done: false, found: 0 } })
    await lookBack()
    expect(await get(topicId)).toMatchObject({ lookback: { done: true, found: 4 }, mentions7d: 4 })
    expect(await mentioned(topicId)).toEqual(['5', '4', '2', '1'])
    expect((await search({ query: 'blink*', topicId })).items.map((post) => post.topicIds)).toEqual([
      [topicId],
      [topicId],
    ])
  })

  it('makes a version of another query, with its reason, and leaves no mention of the earlier one', async () => {
    const { topicId } = await create({ name: 'Blinking', query: 'router' })
    await lookBack()
    await test.ask('listening.topics.update', {
      topicId,
      query: 'router AND blink*',
      reason: 'too broad',
      againstVersion: 1,
    })
    await lookBack()
    expect(await mentioned(topicId)).toEqual(['2', '1'])
    const { items } = await test.ask<{ items: { version: number; reason: string; changedBy: string }[] }>(
      'listening.topics.versions',
      { topicId },
    )
    expect(items.map(({ version, reason }) => `${version} ${reason}`)).toEqual(['2 too broad', '1 '])
    expect(items[0]?.changedBy).toBe(test.workspace.owner.memberId)
  })

  it('refuses a change against a version that has moved on, a taken name and a faulty query', async () => {
    const as = { cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId }
    const { topicId } = await create({ name: 'Calm', query: 'calm' })
    const stale = await test.call('listening.topics.update', { topicId, query: 'calmer', againstVersion: 7 }, as)
    expect(stale).toMatchObject({ status: 409, body: { data: { code: 'topic-changed', params: { version: 1 } } } })
    expect((await test.call('listening.topics.create', { name: 'Calm', query: 'x' }, as)).status).toBe(409)
    expect((await test.call('listening.topics.create', { name: 'Faulty', query: 'a AND' }, as)).status).toBe(400)
  })

  it('finds nothing while it is paused, and looks for what it missed when it is resumed', async () => {
    const { topicId } = await create({ name: 'Tulips', query: 'tulip' })
    await lookBack()
    await test.ask('listening.topics.pause', { topicId })
    await take(aPost('p1', 'a tulip', at(4)))
    expect(await mentioned(topicId)).toEqual([])
    await test.ask('listening.topics.resume', { topicId })
    await lookBack()
    expect(await mentioned(topicId)).toEqual(['p1'])
  })

  it('is gone with its mentions when it is removed', async () => {
    const { topicId } = await create({ name: 'Short-lived', query: 'router' })
    await lookBack()
    await test.ask('listening.topics.remove', { topicId })
    const page = await search({ query: 'router' })
    expect(page.items.flatMap((post) => post.topicIds)).not.toContain(topicId)
    await lookBack()
    expect(await test.rows(sql`select from mention where topic_id = ${topicId}`)).toEqual([])
  })

  it('checks a query before it is saved: faults with a mend in the reader’s language, or what it would find', async () => {
    const faulty = await test.ask<{ ok: boolean; faults: { message: string; mend: string | null }[] }>(
      'listening.topics.checkQuery',
      {
        query: '(router',
        textLanguage: 'de',
      },
    )
    expect(faulty.ok).toBe(false)
    expect(faulty.faults[0]?.message).toMatch(/Klammer/)
    expect(faulty.faults[0]?.mend).toBe('(router)')
    const good = await test.ask<{
      preview: { matches: number; atLeast: boolean; samples: { text: string; spans: unknown[] }[] }
    }>('listening.topics.checkQuery', { query: 'router' })
    expect(good.preview).toMatchObject({ matches: 4, atLeast: false })
    expect(good.preview.samples[0]).toMatchObject({ text: 'calm', spans: [{ field: 'title', start: 8, end: 14 }] })
  })

  it('proposes a query from a brand’s name', async () => {
    expect(await test.ask('listening.topics.propose', { brand: 'Nordwind Mobil' })).toMatchObject({
      name: 'Nordwind Mobil',
      query: expect.stringContaining('"Nordwind Mobil"'),
    })
  })
})

describe('timelines', () => {
  it('show posts, handles and links of an author, newest first, in pages', async () => {
    const [post] = (await search({ query: 'author:lena' })).items as unknown as { author: { authorId: string } }[]
    const authorId = post?.author.authorId
    await test.ask('people.persons.begin', { authorId, reason: 'called us' })
    const kinds: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await test.ask<{ items: { kind: string }[]; nextCursor: string | null }>(
        'listening.timelines.ofAuthor',
        {
          authorId,
          limit: 1,
          after,
        },
      )
      kinds.push(...page.items.map((entry) => entry.kind))
      if (page.nextCursor === null) break
      after = page.nextCursor
    }
    expect(kinds.sort()).toEqual(['handle', 'linked', 'post'])
  })
})

describe('hot queries use an index under row-level security', () => {
  it('walks terms, posts, mentions, authors and threads without scanning a table', async () => {
    await test.rows(sql`
      insert into post (workspace_id, post_id, network, external_id, author_id, text, published_at, heard_at, content_hash, indexed)
      select workspace_id, gen_random_uuid(), 'pond', 'filler ' || n, author_id, '', now() - n * interval '1 minute', now(), '', n > 30
      from (select workspace_id, author_id from author limit 1) a, generate_series(1, 3000) n`)
    await test.rows(sql`insert into post_term select workspace_id, 'term' || n, now(), post_id
      from (select workspace_id, post_id from post limit 10) p, generate_series(1, 500) n`)
    await queryAsAdmin(test.test.admin, 'analyze post, post_term, author, mention')
    const plans = await explain(test, [
      [
        sql`select published_at, post_id from post_term where workspace_id = ${test.workspaceId} and term = 'router'
        and (published_at, post_id) < (now(), ${test.workspaceId}::uuid) order by published_at desc, post_id desc limit 50`,
        'post_term_pkey',
      ],
      [
        sql`select published_at, post_id from post where workspace_id = ${test.workspaceId}
        order by published_at desc, post_id desc limit 50`,
        'post_published',
      ],
      [
        sql`select published_at, post_id from mention where workspace_id = ${test.workspaceId} and topic_id = ${test.workspaceId}::uuid
        order by published_at desc, post_id desc limit 50`,
        'mention_topic',
      ],
      [
        sql`select post_id from post where workspace_id = ${test.workspaceId} and not indexed order by post_id limit 250`,
        'post_to_index',
      ],
      [
        sql`select post_id from post where workspace_id = ${test.workspaceId} and network = 'pond' and scope = ''
        and root_external_id = any('{1,2}'::text[])`,
        'post_root',
      ],
      [
        sql`select post_id from post where workspace_id = ${test.workspaceId} and network = 'pond' and scope = ''
        and external_id = '1'`,
        'post_workspace_id_network_scope_external_id_key',
      ],
      [
        sql`select author_id from author where workspace_id = ${test.workspaceId} and handle_key >= 'le' and handle_key < 'lf'
        order by handle_key, author_id limit 51`,
        'author_by_handle',
      ],
      [
        sql`select author_id from author where workspace_id = ${test.workspaceId} and name_key >= 'le' and name_key < 'lf'
        order by name_key, author_id limit 51`,
        'author_by_name',
      ],
      [
        sql`select author_id from author where workspace_id = ${test.workspaceId} and kind = 'account'
        order by last_heard_at desc, author_id desc limit 51`,
        'author_last_heard',
      ],
      [
        sql`select post_id from post where workspace_id = ${test.workspaceId} and kept_because is null and heard_at < now()
        order by heard_at, post_id limit 1000`,
        'post_expiring',
      ],
    ])
    expect(plans.filter(({ usesIndex }) => !usesIndex).map(({ plan }) => plan)).toEqual([])
  })

  it('asks for each term of an AND by term, time and post, without reading a post', async () => {
    const { rows } = await test.inWorkspace((tx) =>
      sql<{ 'QUERY PLAN': string }>`explain ${lookupStatement(
        tx,
        [{ walked: ['router'], joined: ['network', 'networks'] }],
        { publishedAt: new Date(), postId: test.workspaceId },
        200,
        new Date(0),
      )}`.execute(tx.sql),
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan.match(/Index Only Scan.* using post_term_pkey on post_term [jw]/g)).toHaveLength(2)
    expect(plan).not.toMatch(/Seq Scan on post_term/)
  })
})
