import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { HeardPost } from '../../connectors/index.ts'
import { queryAsAdmin } from '../../platform/testing/database.ts'
import { explain } from '../../platform/testing/explain.ts'
import { takeFromSource } from '../intake.ts'
import { lookBackOnce } from '../lookback.ts'
import { forgetExpiredIn } from '../retention.ts'
import { indexAll } from '../search-index.ts'
import { anAuthor, aPost, heard, minutesAfterNoon } from '../testing/heard.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'
import { applyAccountStates, deletePosts } from '../withdraw.ts'
import { EVERY_TOPIC } from './entries.ts'
import { storedQuery } from './expired-posts.ts'
import { foldSome } from './folding.ts'
import { broughtQuery, sortedQuery } from './suggestions.ts'
import { threadsQuery, wavesQuery } from './talks.ts'
import { talliesQuery } from './tallied.ts'

let test: ListeningTest
let topicId = ''
let next = 0
const WEEK_MINUTES = 7 * 24 * 60

interface Rising {
  posts: number
  expired: number
  background: { kind: string; posts: number; expired: number }
  items: { shown: string; query: string; posts: number; expected: number | null; voices: number }[]
}

const inWorkspace: ListeningTest['inWorkspace'] = (work) => test.inWorkspace(work)
const take = (posts: HeardPost[], tellsEdits = true) =>
  takeFromSource(test.services, heard(...posts), {
    workspaceId: test.workspaceId,
    sourceId: '01a20000-0000-7000-8000-000000000001',
    name: 'The pond',
    keepsEverything: true,
    tellsEdits,
  })
const fold = async () => {
  while (await inWorkspace((tx) => foldSome(tx, test.clock.now())));
}
const risingIn = async (input: object = {}) => {
  await fold()
  return test.ask<Rising>('listening.discovery.rising', input)
}
const said = (text: string, minutes: number, change: Partial<HeardPost> = {}): HeardPost => {
  next++
  return aPost(`p${next}`, text, {
    publishedAt: minutesAfterNoon(minutes),
    author: anAuthor(`voice${next}`),
    ...change,
  })
}
/** What is said on every day of the weeks before, at this hour. */
const background = (text: (n: number) => string, perWeek = 30) =>
  [1, 2, 3].flatMap((week) => Array.from({ length: perWeek }, (_, n) => said(text(n), -week * WEEK_MINUTES - 60)))
const lookBack = async () => {
  while (await inWorkspace((tx) => lookBackOnce(tx, test.clock.now())));
}

beforeEach(async () => {
  if (test) await test.close()
  test = await listeningTest()
  const made = await test.ask<{ topicId: string }>('listening.topics.create', { name: 'Nordwind', query: 'nordwind' })
  topicId = made.topicId
  await lookBack()
})
afterAll(() => test.close())

describe('rising terms', () => {
  it('are what is said more often than at the same hours of the weeks before, with what was to be expected', async () => {
    await take([
      ...background((n) => (n % 3 === 0 ? 'nordwind tariff news' : 'nordwind parcel arrives')),
      ...Array.from({ length: 12 }, () => said('nordwind outage in the harbour', -60)),
      ...Array.from({ length: 12 }, (_, n) => said(n % 3 === 0 ? 'nordwind tariff news' : 'nordwind parcel', -90)),
    ])
    const answer = await risingIn({ topicId })
    expect(answer.background).toEqual({ kind: 'same-hours', posts: 90, expired: 0 })
    expect(answer.posts).toBe(24)
    const outage = answer.items.find(({ shown }) => shown.includes('outage'))
    expect(outage).toMatchObject({ posts: 12, expected: 0 })
    expect(outage?.voices).toBeGreaterThanOrEqual(2)
    expect(answer.items.map(({ shown }) => shown)).not.toContain('tariff')
    // What the topic asks for is no news of it.
    expect(answer.items.filter(({ shown }) => shown.includes('nordwind'))).toEqual([])
    expect((await risingIn({})).items.some(({ shown }) => shown.includes('outage'))).toBe(true)
  })

  it('know the hour: what is always said at noon does not rise at noon, and does at midnight', async () => {
    const everyNoon = [1, 2, 3].flatMap((week) =>
      Array.from({ length: 30 }, (_, n) => said(`nordwind ${n % 2 === 0 ? 'lunch' : 'tariff'}`, -week * WEEK_MINUTES)),
    )
    await take([
      ...everyNoon,
      ...Array.from({ length: 10 }, (_, n) => said(`nordwind ${n % 2 === 0 ? 'lunch' : 'tariff'}`, 0)),
    ])
    expect((await risingIn({ topicId })).items).toEqual([])
    expect((await risingIn({ topicId, period: 'week' })).items).toEqual([])
  })

  it('show nothing that one person says, however often', async () => {
    await take([
      ...background(() => 'nordwind parcel'),
      ...Array.from({ length: 20 }, () => said('nordwind conspiracy', -60, { author: anAuthor('loud') })),
    ])
    expect((await risingIn({ topicId })).items).toEqual([])
  })

  it('say that there is no background yet, and then name what is said most', async () => {
    await take(Array.from({ length: 5 }, () => said('nordwind outage', -60)))
    const answer = await risingIn({ topicId })
    expect(answer.background.kind).toBe('none')
    expect(answer.items).toMatchObject([{ shown: 'outage', posts: 5, expected: null }])
  })

  it('compare with all days before while there are no weeks', async () => {
    await take(Array.from({ length: 60 }, () => said('nordwind parcel', -3 * 24 * 60)))
    await take(Array.from({ length: 6 }, () => said('nordwind outage', -60)))
    const answer = await risingIn({ topicId })
    expect(answer.background).toEqual({ kind: 'earlier', posts: 60, expired: 0 })
    expect(answer.items).toMatchObject([{ shown: 'outage', posts: 6, expected: 0 }])
  })

  it('say how many of the posts that they rest on have expired, and count as there what is kept', async () => {
    await take([
      ...background(() => 'nordwind parcel'),
      ...Array.from({ length: 6 }, (_, n) =>
        said('nordwind outage', -60, { links: ['https://harbour.example/outage'], author: anAuthor(`caller${n}`) }),
      ),
    ])
    await fold()
    await test.rows(sql`update workspace set settings = settings || '{"retentionDays": 10}'`)
    // Two of a week ago and one of three weeks ago are in conversations.
    await test.rows(sql`update post set heard_at = published_at`)
    await test.rows(sql`update post set kept_because = 'conversation' where post_id in (
      (select post_id from post where published_at < ${minutesAfterNoon(-2.5 * WEEK_MINUTES)} order by post_id limit 1)
      union (select post_id from post where published_at between ${minutesAfterNoon(-2.5 * WEEK_MINUTES)}
        and ${minutesAfterNoon(-1.5 * WEEK_MINUTES)} order by post_id limit 2))`)
    expect((await forgetExpiredIn(test.services, test.workspaceId)).posts).toBe(57)
    for (const input of [{ topicId }, {}]) {
      const answer = await risingIn(input)
      expect(answer).toMatchObject({ posts: 6, expired: 0, background: { kind: 'same-hours', posts: 90, expired: 57 } })
      expect(answer.items).toMatchObject([{ posts: 6, expected: 0 }])
    }
    await test.rows(sql`update workspace set settings = settings || '{"retentionDays": 1}'`)
    test.clock.at = new Date(test.clock.at.getTime() + 2 * 86_400_000)
    await fold()
    await forgetExpiredIn(test.services, test.workspaceId)
    const week = { topicId, period: 'week' }
    expect(await risingIn(week)).toMatchObject({ posts: 6, expired: 6 })
    expect(await test.ask('listening.discovery.links', week)).toMatchObject({
      posts: 6,
      expired: 6,
      items: [{ posts: 6 }],
    })
  })

  it('refuse a topic that is not there', async () => {
    const as = { cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId }
    const answer = await test.call('listening.discovery.rising', { topicId: EVERY_TOPIC }, as)
    expect(answer.status).toBe(404)
  })
})

describe('the counts', () => {
  const counted = async (key: string, of = topicId) => {
    await fold()
    const rows = await test.rows(
      sql<{ terms: string }>`select terms from tally where topic_id = ${of}::uuid and span = 'hour'`,
    )
    return rows.reduce((sum, { terms }) => {
      const flat = JSON.parse(terms) as (string | number)[]
      const at = flat.indexOf(key)
      return sum + (at < 0 ? 0 : (flat[at + 1] as number))
    }, 0)
  }

  it('are the same when a batch is taken in again', async () => {
    const posts = [said('nordwind outage', -60), said('nordwind outage', -61)]
    await take(posts)
    await take(posts)
    expect([await counted('outag'), await counted('outag', EVERY_TOPIC)]).toEqual([2, 2])
  })

  it('take out what is deleted upstream and what went with its account', async () => {
    const [kept, gone, went] = [
      said('nordwind outage', -60),
      said('nordwind outage', -61),
      said('nordwind outage', -62),
    ]
    await take([kept, gone, went])
    expect(await counted('outag')).toBe(3)
    const at = test.clock.now()
    await inWorkspace((tx) =>
      deletePosts(tx, [
        { ...gone, at },
        { ...gone, at },
      ]),
    )
    await inWorkspace((tx) => deletePosts(tx, [{ ...gone, at }]))
    expect(await counted('outag')).toBe(2)
    const { network, scope, networkId } = went.author
    await inWorkspace((tx) => applyAccountStates(tx, [{ network, scope, networkId, state: 'gone', at }]))
    expect([await counted('outag'), await counted('outag', EVERY_TOPIC)]).toEqual([1, 1])
  })

  it('count an edited post as what it says now, also in topics that it came to or left', async () => {
    const post = said('nordwind outage', -60)
    await take([post])
    await take([{ ...post, text: 'nordwind harbour', editedAt: minutesAfterNoon(1) }])
    expect([await counted('outag'), await counted('harbour')]).toEqual([0, 1])
    await take([{ ...post, text: 'the harbour', editedAt: minutesAfterNoon(2) }])
    expect([await counted('harbour'), await counted('harbour', EVERY_TOPIC)]).toEqual([0, 1])
  })

  it('begin anew with another query: the look-back counts what it finds, once', async () => {
    await take([said('nordwind outage', -60), said('südwind outage', -61)])
    await lookBack()
    expect(await counted('outag')).toBe(1)
    await test.ask('listening.topics.update', { topicId, query: 'nordwind OR südwind', reason: '' })
    await take([said('südwind outage', -62)])
    await lookBack()
    await lookBack()
    await fold()
    const rows = await test.rows(
      sql<{ posts: number }>`select sum(posts)::int as posts from tally where topic_id = ${topicId}::uuid
        and topic_version = 2 and span = 'hour'`,
    )
    expect(rows).toEqual([{ posts: 3 }])
    expect(await counted('outag', EVERY_TOPIC)).toBe(3)
    await forgetExpiredIn(test.services, test.workspaceId)
    expect(await test.rows(sql`select 1 from tally where topic_id = ${topicId}::uuid and topic_version = 1`)).toEqual(
      [],
    )
  })

  it('close an hour into its day, and count what comes later in both', async () => {
    await take([said('nordwind outage', -5 * 60)])
    await fold()
    await take([said('nordwind outage', -5 * 60 + 1)])
    await fold()
    const rows = await test.rows(
      sql<object>`select span, posts, closed from tally where topic_id = ${topicId}::uuid order by span`,
    )
    expect(rows).toEqual([
      { span: 'day', posts: 2, closed: false },
      { span: 'hour', posts: 2, closed: true },
    ])
  })

  it('lose beyond the retention what one person said, and go after five weeks', async () => {
    await take([
      said('nordwind secret', -60),
      // Two voices may share a bit, six do not.
      ...Array.from({ length: 6 }, () => said('nordwind outage', -60)),
    ])
    await fold()
    test.clock.at = new Date(test.clock.at.getTime() + 32 * 86_400_000)
    await forgetExpiredIn(test.services, test.workspaceId)
    expect([await counted('secret'), await counted('outag')]).toEqual([0, 6])
    const voices = () => test.rows(sql`select distinct voices from tally`)
    expect(await voices()).toEqual([{ voices: '[0]' }])
    await take([said('nordwind hush', -60)])
    await fold()
    await forgetExpiredIn(test.services, test.workspaceId)
    expect([await counted('hush'), await counted('outag')]).toEqual([0, 6])
    expect(await voices()).toEqual([{ voices: '[0]' }])
    test.clock.at = new Date(test.clock.at.getTime() + 5 * 86_400_000)
    await forgetExpiredIn(test.services, test.workspaceId)
    expect(await test.rows(sql`select 1 from tally`)).toEqual([])
  })

  it('do not count what was published long ago, as imports bring it, nor what we say ourselves', async () => {
    await take([said('nordwind outage', -60 * 24 * 40)])
    await take([said('nordwind outage', -60, { author: anAuthor('ours') })])
    await fold()
    const before = await counted('outag')
    await inWorkspace((tx) => sql`update author set own = true where handle = 'ours'`.execute(tx.sql))
    await take([said('nordwind outage', -30, { author: anAuthor('ours') })])
    expect([before, await counted('outag')]).toEqual([1, 1])
  })

  it('fold two workers’ entries once each', async () => {
    await Promise.all(Array.from({ length: 6 }, () => take([said('nordwind outage', -60)])))
    await Promise.all(Array.from({ length: 4 }, fold))
    expect(await counted('outag')).toBe(6)
  })
})

describe('voices, links and talks', () => {
  it('tell who speaks most and who is new, without those who are gone or ours', async () => {
    const [old, fresh, gone] = [
      anAuthor('old', { followers: 10 }),
      anAuthor('fresh', { followers: 9_000 }),
      anAuthor('gone'),
    ]
    test.clock.at = minutesAfterNoon(-3 * 24 * 60)
    await take([said('nordwind', -3 * 24 * 60, { author: old })])
    test.clock.at = minutesAfterNoon(5)
    await take([
      said('nordwind', -60, { author: old }),
      said('nordwind', -61, { author: old }),
      said('nordwind', -62, { author: fresh }),
      said('nordwind', -63, { author: gone }),
    ])
    const { networkId } = gone
    await inWorkspace((tx) =>
      applyAccountStates(tx, [{ network: 'pond', scope: '', networkId, state: 'gone', at: test.clock.now() }]),
    )
    await fold()
    const { items } = await test.ask<{
      items: { author: { handle: string }; posts: number; followers: string | null; isNew: boolean }[]
    }>('listening.discovery.voices', { topicId })
    expect(items.map(({ author, posts, followers, isNew }) => [author.handle, posts, followers, isNew])).toEqual([
      ['old', 2, '10', false],
      ['fresh', 1, '9000', true],
    ])
  })

  it('tell which links several people share', async () => {
    const links = (link: string) => ({ links: [link] })
    await take([
      said('nordwind', -60, links('https://www.news.example/outage?from=a')),
      ...Array.from({ length: 5 }, () => said('nordwind', -61, links('https://news.example/outage/'))),
      said('nordwind', -62, links('https://alone.example/')),
    ])
    await fold()
    const { items } = await test.ask<{ items: { voices: number }[] }>('listening.discovery.links', { topicId })
    expect(items).toMatchObject([{ link: 'news.example/outage', url: 'https://news.example/outage', posts: 6 }])
    expect(items[0]?.voices).toBeGreaterThanOrEqual(2)
  })

  it('tell the reply trees with most voices and texts that are repeated', async () => {
    const root = said('nordwind is down', -60)
    const reply = (n: number) =>
      said(`same here, number ${n}`, -50 + n, {
        parent: { externalId: root.externalId, reference: null },
        root: { externalId: root.externalId, reference: null },
      })
    const copied =
      'nordwind gives away a hundred lamps to everybody who shares this text with all of their friends today'
    await take([root, reply(1), reply(2), reply(3), said(copied, -20), said(copied, -19), said(copied, -18)])
    await fold()
    const { items } = await test.ask<{
      items: { kind: string; post: { text: string }; posts: number; voices: number }[]
    }>('listening.discovery.talks', { topicId })
    expect(items.map(({ kind, post, posts, voices }) => [kind, post.text, posts, voices])).toEqual([
      ['thread', 'nordwind is down', 4, 4],
      ['wave', copied, 3, 3],
    ])
  })

  it('show nothing of another workspace', async () => {
    await take(Array.from({ length: 5 }, () => said('nordwind outage', -60)))
    await fold()
    const other = await test.createWorkspace('Other')
    for (const name of ['rising', 'voices', 'links', 'talks']) {
      const answer = await test.call(
        `listening.discovery.${name}`,
        {},
        { cookie: other.owner.cookie, workspaceId: other.workspaceId },
      )
      expect(answer.body).toMatchObject({ items: [] })
    }
  })
})

describe('suggestions', () => {
  interface Suggestions {
    verdicts: { kept: number; rejected: number; min: number }
    exclusions: { query: string; rejected: object; kept: object; changed: string }[]
    judgedExclusions: { query: string }[]
    keywords: { shown: string; brings: number; elsewhere: object; changed: string }[]
  }
  const suggest = async () => {
    await fold()
    await indexAll(test.services, test.workspaceId)
    return test.ask<Suggestions>('listening.discovery.suggestions', { topicId })
  }
  const mark = (column: 'state' | 'judged_as', value: string, like: string) =>
    inWorkspace((tx) =>
      sql`update mention m set ${sql.ref(column)} = ${value} from post p where p.post_id = m.post_id
        and p.text like ${like}`.execute(tx.sql),
    )
  /** Nordwind is a supplier, and a football club. */
  const twoMeanings = () =>
    take([
      ...Array.from({ length: 40 }, (_, n) =>
        said(n % 5 < 4 ? 'nordwind plays in the stadium tonight' : 'nordwind wins the game', -60 - n),
      ),
      ...Array.from({ length: 40 }, (_, n) => said(n < 30 ? 'nordwind meter reading' : 'nordwind invoice', -60 - n)),
      ...Array.from({ length: 6 }, () => said('who reads my meter', -30)),
      ...Array.from({ length: 90 }, () => said('nice weather', -40)),
    ])

  it('measure what an exclusion takes away of what people rejected and kept', async () => {
    await twoMeanings()
    for (const like of ['%stadium%', '%game%']) await mark('state', 'rejected', like)
    for (const like of ['%meter%', '%invoice%']) await mark('state', 'kept', like)
    const { verdicts, exclusions, judgedExclusions } = await suggest()
    expect(verdicts).toEqual({ kept: 40, rejected: 40, min: 20 })
    const stadium = exclusions.find(({ query }) => query.includes('stadium'))
    expect(stadium).toMatchObject({ rejected: { posts: 32, of: 40 }, kept: { posts: 0, of: 40 } })
    expect(stadium?.changed).toBe(`nordwind AND NOT ${stadium?.query}`)
    expect(judgedExclusions).toEqual([])
  })

  it('name words that kept posts share, with the posts that they would bring', async () => {
    await twoMeanings()
    for (const like of ['%meter%', '%invoice%']) await mark('state', 'kept', like)
    const { keywords } = await suggest()
    const meter = keywords.find(({ shown }) => shown === 'meter')
    expect(meter).toMatchObject({ brings: 6, elsewhere: { posts: 36, of: 176 }, changed: 'nordwind OR meter' })
  })

  it('say nothing with too few verdicts', async () => {
    await take([
      ...Array.from({ length: 19 }, () => said('nordwind stadium', -60)),
      ...Array.from({ length: 40 }, () => said('nordwind meter', -60)),
    ])
    await mark('state', 'rejected', '%stadium%')
    await mark('state', 'kept', '%meter%')
    expect((await suggest()).exclusions).toEqual([])
  })

  it('keep the model’s judgements apart from people’s verdicts', async () => {
    await twoMeanings()
    for (const like of ['%stadium%', '%game%']) await mark('judged_as', 'not-for-us', like)
    for (const like of ['%meter%', '%invoice%']) await mark('judged_as', 'for-us', like)
    const { exclusions, judgedExclusions } = await suggest()
    expect(exclusions).toEqual([])
    expect(judgedExclusions.some(({ query }) => query.includes('stadium'))).toBe(true)
  })
})

describe('every answer', () => {
  it('is read by an index under row-level security', async () => {
    const id = '01a20000-0000-7000-8000-000000000001'
    const spans = [{ span: 'hour' as const, startsAt: new Date() }]
    const plans = await explain(test, [
      [talliesQuery(test.workspaceId, { topicId: id, version: 1 }, 'terms', spans), 'tally_pkey'],
      [sortedQuery(test.workspaceId, id, 'rejected'), 'mention_sorted'],
    ])
    for (const { usesIndex, plan } of plans) expect(usesIndex, plan).toBe(true)
    // These sort what the index has found.
    const sorting = await explain(test, [
      [threadsQuery(test.workspaceId, id, [['pond', '', '1']]), 'post_root'],
      [wavesQuery(test.workspaceId, [id]), 'post_alike'],
      [broughtQuery(test.workspaceId, ['meter', 'read'], id, new Date()), 'post_term_pkey'],
    ])
    for (const { plan } of sorting) {
      expect(plan).toMatch(/Index (Only )?Scan.* (post_root|post_alike|post_term_pkey)/)
      expect(plan).not.toMatch(/Seq Scan/)
    }
  })

  it('counts what is still stored of a time by an index, however many posts there are', async () => {
    await take(Array.from({ length: 300 }, (_, n) => said('nordwind parcel', -n * 60)))
    await queryAsAdmin(test.test.admin, 'analyze post, mention')
    const spans = [{ span: 'hour' as const, startsAt: minutesAfterNoon(-600) }]
    const plans = await explain(test, [
      [storedQuery(test.workspaceId, EVERY_TOPIC, spans), 'post_published'],
      [storedQuery(test.workspaceId, topicId, spans), 'mention_topic'],
    ])
    for (const { usesIndex, plan } of plans) expect(usesIndex, plan).toBe(true)
  })
})
