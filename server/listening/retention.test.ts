import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { takeFromSource } from './intake.ts'
import { forgetExpiredIn } from './retention.ts'
import { keepPosts } from './speaking.ts'
import { anAuthor, aPost, heard, minutesAfterNoon, NOON } from './testing/heard.ts'
import { type ListeningTest, listeningTest } from './testing/workspace.ts'
import { createTopic } from './topics.ts'

const DAY_MS = 86_400_000
const daysAfter = (days: number) => new Date(minutesAfterNoon(5).getTime() + days * DAY_MS)
let test: ListeningTest

beforeAll(async () => {
  test = await listeningTest()
  await test.inWorkspace((tx) =>
    createTopic(tx, { name: 'Nordwind', kind: 'brand', query: 'nordwind', opensConversations: true }, NOON),
  )
})
afterAll(() => test.close())

const take = (...posts: ReturnType<typeof aPost>[]) =>
  takeFromSource(test.services, heard(...posts), {
    workspaceId: test.workspaceId,
    sourceId: '01a20000-0000-7000-8000-000000000001',
    name: 'The pond',
    keepsEverything: true,
    tellsEdits: true,
  })
const forget = () => forgetExpiredIn(test.services, test.workspaceId)
const column = async (query: ReturnType<typeof sql<{ v: string }>>) => (await test.rows(query)).map((row) => row.v)
const counts = () =>
  test.rows(sql`select topic_id <> '00000000-0000-0000-0000-000000000000' as of_topic, language, posts, authors
    from daily_count order by 1, 2`)

it('forgets posts and authors that were only heard, after counting their days without names', async () => {
  await take(
    aPost('1', 'Nordwind one'),
    aPost('2', 'Nordwind two'),
    aPost('3', 'calm', { author: anAuthor('tom'), language: 'de' }),
    aPost('4', 'kept for a conversation', { author: anAuthor('kim') }),
    aPost('5', 'said to us', { author: anAuthor('pat'), addressed: true }),
  )
  const [kept] = await column(sql`select post_id as v from post where external_id = '4'`)
  await test.inWorkspace((tx) => keepPosts(tx, [kept as string], 'conversation'))

  test.clock.at = daysAfter(29)
  expect(await forget()).toEqual({ posts: 0, authors: 0 })

  test.clock.at = daysAfter(31)
  expect(await forget()).toEqual({ posts: 3, authors: 2 })
  expect(await column(sql`select external_id as v from post order by 1`)).toEqual(['4', '5'])
  expect(await column(sql`select handle as v from author order by 1`)).toEqual(['kim', 'pat'])
  expect(await column(sql`select post_id::text as v from mention`)).toEqual([])
  expect(await counts()).toEqual([
    { of_topic: false, language: 'de', posts: '1', authors: '1' },
    { of_topic: false, language: 'en', posts: '4', authors: '3' },
    { of_topic: true, language: 'en', posts: '2', authors: '1' },
  ])
})

it('counts nothing twice when it runs again, and adds what was heard of the day since', async () => {
  const before = await counts()
  await forget()
  expect(await counts()).toEqual(before)
  await take(aPost('late', 'Nordwind, heard late', { author: anAuthor('eva') }))
  test.clock.at = daysAfter(63)
  expect(await forget()).toEqual({ posts: 1, authors: 1 })
  expect((await counts()).at(-1)).toEqual({ of_topic: true, language: 'en', posts: '3', authors: '2' })
})

it('follows the workspace’s own number of days', async () => {
  await take(aPost('short', 'short-lived', { author: anAuthor('ann') }))
  await test.rows(sql`update workspace set settings = '{"retentionDays": 2}'`)
  test.clock.at = daysAfter(63 + 3)
  expect((await forget()).posts).toBe(1)
})

it('leaves the deletion in the trail, with a number and without names', async () => {
  const expired = (await test.events()).filter((event) => event.type === 'posts.expired')
  expect(expired.map((event) => event.codes)).toEqual([{ count: 3 }, { count: 1 }, { count: 1 }])
})
