import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HeardItem } from '../../connectors/index.ts'
import { ownAccount, rememberAuthors } from '../../people/index.ts'
import { queryAsAdmin } from '../../platform/testing/database.ts'
import { explain } from '../../platform/testing/explain.ts'
import { takeFromImport, takeFromSource } from '../intake.ts'
import { listeningChanged } from '../listeners.ts'
import { lookBackOnce } from '../lookback.ts'
import { forgetExpiredIn } from '../retention.ts'
import { indexAll } from '../search-index.ts'
import { anAuthor, aPost, heard, minutesAfterNoon, NOON } from '../testing/heard.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'
import { createTopic, removeTopic, updateTopic } from '../topics.ts'
import { bringMinutesTogether } from './compaction.ts'
import { mentionCounts } from './mention-counts.ts'

let test: ListeningTest
let topicId: string
const sourceId = '01a20000-0000-7000-8000-000000000001'
const DAY_MS = 86_400_000
const BAD = 'Nordwind is the worst service ever, terrible!'
const GOOD = 'Nordwind, I love it, thank you so much, wonderful!'

beforeAll(async () => {
  test = await listeningTest()
})
afterAll(() => test.close())
beforeEach(async () => {
  test.clock.at = minutesAfterNoon(5)
  await test.inWorkspace(async (tx) => {
    for (const table of ['mention_count', 'mention', 'post', 'author_handle', 'author', 'topic_version', 'topic'])
      await sql`delete from ${sql.ref(table)}`.execute(tx.sql)
    topicId = await createTopic(
      tx,
      { name: 'Nordwind', kind: 'brand', query: 'nordwind', opensConversations: true },
      NOON,
    )
    await listeningChanged(tx)
  })
  await lookBack()
})

const take = (items: HeardItem[], keepsEverything = false) =>
  takeFromSource(test.services, items, {
    workspaceId: test.workspaceId,
    sourceId,
    name: 'The pond',
    keepsEverything,
    tellsEdits: true,
  })
const lookBack = async () => {
  await indexAll(test.services, test.workspaceId)
  while (await test.inWorkspace((tx) => lookBackOnce(tx, test.clock.now())));
}
const countsOf = (id: string, change: Partial<Parameters<typeof mentionCounts>[1]> = {}) =>
  test.inWorkspace((tx) =>
    mentionCounts(
      tx,
      {
        topicIds: [id],
        from: new Date(NOON.getTime() - 400 * DAY_MS),
        until: new Date(NOON.getTime() + DAY_MS),
        step: 'day',
        ...change,
      },
      test.clock.now(),
    ),
  )
/** posts, negative, neutral, positive, reach of everything. */
const total = async (id = topicId) => {
  const { counts } = await countsOf(id)
  const sum = (of: (row: (typeof counts)[number]) => number) => counts.reduce((all, row) => all + of(row), 0)
  return [
    sum((c) => c.posts),
    sum((c) => c.negative),
    sum((c) => c.neutral),
    sum((c) => c.positive),
    sum((c) => Number(c.reach)),
  ]
}
/** What the mentions themselves say: every count must be their sum, as long as nothing was forgotten. */
const recounted = async () => {
  const [row] = await test.rows(sql<{ sums: number[] }>`
    select array[count(*), count(*) filter (where p.sentiment = 'negative'), count(*) filter (where p.sentiment = 'neutral'),
      count(*) filter (where p.sentiment = 'positive'), coalesce(sum(m.counted_reach), 0)]::int[] as sums
    from mention m join post p using (workspace_id, post_id) where m.topic_id = ${topicId} and p.direction = 'in'`)
  return row?.sums
}
const follows = (handle: string, followers: number | null) => anAuthor(handle, { followers })

describe('mentions are counted', () => {
  it('by the minute in which they were published, with sentiment and reach, and once however often they are heard', async () => {
    const items = heard(
      aPost('1', BAD, { author: follows('ada', 100), publishedAt: new Date(NOON.getTime() + 59_999) }),
      aPost('2', GOOD, { author: follows('ben', 20), publishedAt: new Date(NOON.getTime() + 60_000) }),
    )
    await take(items)
    await take(items)
    const { counts } = await countsOf(topicId, { step: 'minute', from: NOON, until: minutesAfterNoon(5) })
    expect(counts).toEqual([
      { topicId, from: NOON, network: 'pond', posts: 1, negative: 1, neutral: 0, positive: 0, reach: '100' },
      {
        topicId,
        from: minutesAfterNoon(1),
        network: 'pond',
        posts: 1,
        negative: 0,
        neutral: 0,
        positive: 1,
        reach: '20',
      },
    ])
  })

  it('with the followers that were told before, where a message tells none', async () => {
    await take(heard(aPost('1', BAD, { author: follows('ada', 100) })))
    await take(heard(aPost('2', BAD, { author: follows('ada', null) })))
    expect(await total()).toEqual([2, 2, 0, 0, 200])
  })

  it('for each topic that they match, and not at all when we said it or nobody asked', async () => {
    const other = await test.inWorkspace((tx) =>
      createTopic(tx, { name: 'Worst', kind: 'category', query: 'worst', opensConversations: false }, NOON),
    )
    await test.inWorkspace(async (tx) => {
      const { byKey } = await rememberAuthors(tx, [anAuthor('us')], NOON)
      for (const known of byKey.values()) await ownAccount(tx, known.authorId)
      await listeningChanged(tx)
    })
    await take(heard(aPost('1', BAD), aPost('2', BAD, { author: anAuthor('us') }), aPost('3', 'Hello')), true)
    expect([await total(), await total(other)]).toEqual([
      [1, 1, 0, 0, 0],
      [1, 1, 0, 0, 0],
    ])
  })

  it('where they lie when they come late or by an import: old ones by the hour', async () => {
    const old = new Date(NOON.getTime() - 100 * DAY_MS + 17 * 60_000)
    const items = heard(aPost('1', BAD, { publishedAt: old }), aPost('2', GOOD, { publishedAt: old }))
    await test.inWorkspace((tx) =>
      takeFromImport(test.services, tx, items, { importId: sourceId, fileName: 'posts.csv' }),
    )
    const rows = await test.rows(sql`select minute, posts, hourly from mention_count`)
    expect(rows).toEqual([{ minute: new Date(NOON.getTime() - 100 * DAY_MS), posts: 2, hourly: true }])
  })

  it('when a look-back finds them, and no longer when a new query does not', async () => {
    await take(heard(aPost('1', BAD), aPost('2', GOOD), aPost('3', 'Südwind is the worst, terrible')), true)
    await test.inWorkspace((tx) => updateTopic(tx, topicId, { query: 'worst', reason: 'narrower' }, NOON))
    await lookBack()
    expect(await total()).toEqual([2, 2, 0, 0, 0])
    expect(await total()).toEqual(await recounted())
    await lookBack()
    expect(await total()).toEqual([2, 2, 0, 0, 0])
  })

  it('otherwise after an edit: moved, lost or won', async () => {
    await take(heard(aPost('1', BAD, { author: follows('ada', 7) }), aPost('2', BAD), aPost('3', 'Bad day')), true)
    const edited = { editedAt: minutesAfterNoon(2) }
    await take(heard(aPost('1', GOOD, { ...edited, author: follows('ada', 9) })))
    expect(await total()).toEqual([2, 1, 0, 1, 7])
    await take(heard(aPost('2', 'Nothing any more', edited), aPost('3', BAD, edited)))
    expect(await total()).toEqual([2, 1, 0, 1, 7])
    expect(await total()).toEqual(await recounted())
  })

  it('still when they are deleted or forgotten, because they were heard', async () => {
    await take(heard(aPost('1', BAD), aPost('2', GOOD)))
    await take([{ kind: 'post-deleted', network: 'pond', scope: '', externalId: '1', at: minutesAfterNoon(2) }])
    expect(await total()).toEqual([2, 1, 0, 1, 0])
    test.clock.at = new Date(NOON.getTime() + 800 * DAY_MS)
    expect((await forgetExpiredIn(test.services, test.workspaceId)).posts).toBe(2)
    expect(await total()).toEqual([2, 1, 0, 1, 0])
  })

  it('once more as before when an account comes back with its posts', async () => {
    await take(heard(aPost('1', BAD)))
    const account = { network: 'pond', scope: '', networkId: 'id-of-mila' }
    await take([{ kind: 'author-gone', ...account, reason: 'deactivated', at: minutesAfterNoon(1) }])
    expect(await total()).toEqual([1, 1, 0, 0, 0])
    await take([{ kind: 'author-back', ...account, at: minutesAfterNoon(2) }])
    await take(heard(aPost('1', GOOD, { editedAt: minutesAfterNoon(3) })))
    expect(await total()).toEqual([1, 0, 0, 1, 0])
  })

  it('no more in steps after their topic is removed', async () => {
    await take(heard(aPost('1', BAD)))
    await test.inWorkspace((tx) => removeTopic(tx, topicId, test.clock.now()))
    await lookBack()
    expect(await test.rows(sql`select from mention_count`)).toEqual([])
  })

  it('never twice when the transaction that counted them fails', async () => {
    const items = heard(aPost('1', BAD))
    const failed = test.inWorkspace(async (tx) => {
      await takeFromImport(test.services, tx, items, { importId: sourceId, fileName: 'posts.csv' })
      throw new Error('the process dies')
    })
    await expect(failed).rejects.toThrow('the process dies')
    expect(await total()).toEqual([0, 0, 0, 0, 0])
    await take(items)
    expect(await total()).toEqual([1, 1, 0, 0, 0])
  })

  it('exactly by two workers that hear the same at once', async () => {
    const items = heard(
      ...Array.from({ length: 40 }, (_, n) =>
        aPost(`${n}`, n % 2 ? BAD : GOOD, { publishedAt: minutesAfterNoon(n % 3) }),
      ),
    )
    await Promise.all([take(items), take(items.toReversed()), take(items)])
    expect(await total()).toEqual([40, 20, 0, 20, 0])
    expect(await total()).toEqual(await recounted())
  })
})

describe('old minutes', () => {
  const age = () => {
    test.clock.at = new Date(NOON.getTime() + 15 * DAY_MS)
  }
  const bringTogether = () => test.inWorkspace((tx) => bringMinutesTogether(tx, test.clock.now()))

  it('become hours, exactly once, and late corrections reach them', async () => {
    await take(heard(...[0, 1, 61, 62].map((at) => aPost(`${at}`, BAD, { publishedAt: minutesAfterNoon(at - 60) }))))
    age()
    expect(await bringTogether()).toBe(false)
    const rows = () => test.rows(sql`select minute, posts, negative, hourly from mention_count order by minute`)
    const hours = [
      { minute: minutesAfterNoon(-60), posts: 2, negative: 2, hourly: true },
      { minute: NOON, posts: 2, negative: 2, hourly: true },
    ]
    expect(await rows()).toEqual(hours)
    await bringTogether()
    expect(await rows()).toEqual(hours)
    await take(heard(aPost('61', GOOD, { publishedAt: minutesAfterNoon(1), editedAt: minutesAfterNoon(70) })))
    expect(await rows()).toEqual([hours[0], { ...hours[1], negative: 1 }])
  })

  it('are untouched by a step that fails, and sum up right when a correction comes before the step', async () => {
    await take(
      heard(
        aPost('1', BAD, { publishedAt: minutesAfterNoon(1) }),
        aPost('2', BAD, { publishedAt: minutesAfterNoon(2) }),
      ),
    )
    age()
    await expect(
      test.inWorkspace(async (tx) => {
        await bringMinutesTogether(tx, test.clock.now())
        throw new Error('the process dies')
      }),
    ).rejects.toThrow()
    await take(heard(aPost('1', GOOD, { publishedAt: minutesAfterNoon(1), editedAt: minutesAfterNoon(70) })))
    expect(await total()).toEqual([2, 1, 0, 1, 0])
    await bringTogether()
    expect(await total()).toEqual([2, 1, 0, 1, 0])
    expect(await test.rows(sql`select from mention_count`)).toHaveLength(1)
  })

  it('are said to stand together', async () => {
    age()
    expect((await countsOf(topicId)).minutesFrom).toEqual(new Date(NOON.getTime() + DAY_MS))
  })
})

describe('counts are read', () => {
  it('by the days of the time zone that was asked for', async () => {
    const late = new Date('2026-11-19T23:30:00Z')
    await take(heard(aPost('1', BAD, { publishedAt: late })))
    const { counts } = await countsOf(topicId, { timeZone: 'Europe/Berlin' })
    expect(counts.map((row) => row.from)).toEqual([new Date('2026-11-19T23:00:00Z')])
  })

  it('for no period that is too long for its step', async () => {
    await expect(countsOf(topicId, { step: 'minute' })).rejects.toThrow('too many to count')
  })

  it('through indexes, as the application', async () => {
    await test.rows(sql`insert into mention_count select ${test.workspaceId}, gen_random_uuid(), now() - make_interval(mins => n),
      'pond', 1, 0, 0, 0, 0, true from generate_series(1, 5000) n`)
    await queryAsAdmin(test.test.admin, 'analyze mention_count')
    const plans = await explain(test, [
      [
        sql`select topic_id, posts from mention_count where workspace_id = ${test.workspaceId}
          and topic_id = any(${[topicId]}::uuid[]) and minute >= now() - interval '1 day' and minute < now() `,
        'mention_count_pkey',
      ],
      [
        sql`select minute from mention_count where workspace_id = ${test.workspaceId} and not hourly
          and minute < now() - interval '14 days' order by minute limit 5000`,
        'mention_count_by_minute',
      ],
    ])
    expect(plans.filter(({ usesIndex }) => !usesIndex).map(({ plan }) => plan)).toEqual([])
  })
})
