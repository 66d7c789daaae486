import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { anAuthor, aPost, minutesAfterNoon } from '../testing/heard.ts'
import { deletePosts } from '../withdraw.ts'
import { sortPosts } from './sorting.ts'
import { customerSays, type Told, type TriageTest, triageTest, watcherSays } from './testing.ts'
import { keepUp } from './upkeep.ts'

let desk: TriageTest
let told: Told[]

beforeAll(async () => {
  desk = await triageTest()
  told = await desk.tell(60)
  await desk.ask('listening.triage.begin', { topicId: desk.topicId })
  await desk.keepUp()
  await sort(told.slice(0, 8))
  await desk.keepUp()
})
afterAll(() => desk.close())

const verdicts = (posts: readonly Told[]) =>
  posts.map(({ postId, forUs }) => ({
    postId,
    side: forUs ? ('for-us' as const) : ('not-for-us' as const),
    reason: null,
    words: null,
  }))
const sort = (posts: readonly Told[]) =>
  desk.ask('listening.triage.sort', { topicId: desk.topicId, posts: verdicts(posts) })
const stored = async () => {
  const [row] = await desk.rows(
    sql<{ scorer: string; labels: number }>`select encode(scorer, 'hex') as scorer, labels from topic_relevance
      where topic_id = ${desk.topicId}`,
  )
  if (!row) throw new Error('the topic has learned nothing')
  return row
}
const judged = () =>
  desk.rows(
    sql`select post_id, state, relevance, judged_as from mention where topic_id = ${desk.topicId} order by post_id`,
  )

test('a process that dies while it sorts leaves nothing behind, neither in the rows nor in what the next one learns', async () => {
  const before = [await stored(), await judged()]
  await expect(
    desk.inWorkspace(async (tx) => {
      await sortPosts(tx, desk.topicId, verdicts(told.slice(20, 24)), [], minutesAfterNoon(1))
      throw new Error('killed')
    }),
  ).rejects.toThrow('killed')
  expect([await stored(), await judged()]).toEqual(before)
  await desk.rows(sql`update topic_relevance set version = version + 1`)
  await desk.keepUp()
  expect([await stored(), await judged()]).toEqual(before)
})

test('a process that starts anew learns the very same from what is stored', async () => {
  const before = [await stored(), await judged()]
  vi.resetModules()
  const fresh = await import('./upkeep.ts')
  expect(fresh.keepUp).not.toBe(keepUp)
  await desk.rows(sql`update topic_relevance set version = version + 1`)
  while (await fresh.keepUp(desk.services, desk.workspaceId));
  expect([await stored(), await judged()]).toEqual(before)
})

test('verdicts, new posts, deletions and two workers at the same moment do not stop each other', async () => {
  const fresh = Array.from({ length: 40 }, (_, at) =>
    aPost(`storm-${at}`, at % 2 === 0 ? customerSays(at) : watcherSays(at), {
      author: anAuthor(`storm${at}`),
      publishedAt: minutesAfterNoon(1),
    }),
  )
  const work = [
    ...told.slice(10, 30).map((post) => () => sort([post])),
    ...Array.from({ length: 8 }, (_, at) => () => desk.take(...fresh.slice(at * 5, at * 5 + 5))),
    ...told.slice(25, 40).map(
      ({ externalId }) =>
        () =>
          desk.inWorkspace((tx) => deletePosts(tx, [{ network: 'pond', scope: '', externalId, at: desk.clock.now() }])),
    ),
    ...Array.from({ length: 6 }, () => () => keepUp(desk.services, desk.workspaceId)),
  ]
  await Promise.all(work.map((one) => one()))
  await desk.keepUp()
  const [row] = await desk.rows(
    sql<{ counting: number; unjudged: number }>`select
      (select count(distinct v.post_id)::int from verdict v join post p using (workspace_id, post_id)
        where v.taken_back_at is null and p.deleted_at is null) as counting,
      (select count(*)::int from mention m join post p using (workspace_id, post_id)
        where m.topic_id = ${desk.topicId} and m.relevance is null and p.deleted_at is null) as unjudged`,
  )
  expect(row?.unjudged).toBe(0)
  expect((await stored()).labels).toBe(row?.counting)
  expect(row?.counting).toBeGreaterThanOrEqual(8 + 15)
})

test('what a late event tells of a post that is gone changes nothing', async () => {
  const gone = told[30] as Told
  const answer = await desk.ask<{ items: { outcome: string }[] }>('listening.triage.sort', {
    topicId: desk.topicId,
    posts: verdicts([gone]),
  })
  expect(answer.items.map(({ outcome }) => outcome)).toEqual(['unknown'])
})
