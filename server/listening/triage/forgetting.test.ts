import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idOf, unpackedBackground } from '../../relevance/index.ts'
import { forgetExpiredIn } from '../retention.ts'
import { anAuthor, aPost, minutesAfterNoon } from '../testing/heard.ts'
import { createTopic, removeTopic } from '../topics.ts'
import { applyAccountStates, deletePosts } from '../withdraw.ts'
import { forgetPosts } from './changed-posts.ts'
import { customerSays, type Told, type TriageTest, triageTest } from './testing.ts'

const DAY_MS = 86_400_000
let desk: TriageTest
let told: Told[]

beforeAll(async () => {
  desk = await triageTest()
  told = await desk.tell(60)
  await desk.ask('listening.triage.begin', { topicId: desk.topicId })
  await desk.keepUp()
  await sort(told.slice(0, 6))
  await desk.keepUp()
})
afterAll(() => desk.close())

const sort = async (posts: Told[], words: string | null = null) => {
  const answer = await desk.ask<{ items: { verdict: { verdictId: string } }[] }>('listening.triage.sort', {
    topicId: desk.topicId,
    posts: posts.map(({ postId, forUs }) => ({ postId, side: forUs ? 'for-us' : 'not-for-us', words })),
  })
  return answer.items.map(({ verdict }) => verdict.verdictId)
}
interface Learned {
  background: Buffer | null
  scorer: Buffer | null
  version: string
  scorer_version: string
}
const learned = async () => {
  const [row] = await desk.rows(
    sql<Learned>`select background, scorer, version, scorer_version from topic_relevance where topic_id = ${desk.topicId}`,
  )
  if (!row) throw new Error('the topic has learned nothing')
  return row
}
const hashOf = (word: string) => Buffer.from(Uint32Array.of(idOf(`word:${word}`)).buffer)
/** Words as numbers, wherever they stand in the bytes. */
const knows = (bytes: Buffer | null, word: string) => bytes?.includes(hashOf(word)) ?? false
const one = async (externalId: string) => {
  const [row] = await desk.rows(
    sql<{ postId: string }>`select post_id as "postId" from post where external_id = ${externalId}`,
  )
  return row?.postId as string
}

describe('a post that goes takes along what was learned from it', () => {
  test('when it is deleted upstream: the scorer in the same moment, a later one never heard of it', async () => {
    await desk.take(
      aPost('secret-1', `${customerSays(1)} zanzibarian`, { author: anAuthor('victor') }),
      aPost('secret-2', `${customerSays(2)} zanzibarian`, { author: anAuthor('victor') }),
    )
    const postId = await one('secret-1')
    await sort([{ postId, externalId: 'secret-1', forUs: true }], 'from Victor in Zanzibar')
    expect(knows((await learned()).scorer, 'zanzibarian')).toBe(true)
    await desk.inWorkspace((tx) =>
      deletePosts(tx, [{ network: 'pond', scope: '', externalId: 'secret-1', at: desk.clock.now() }]),
    )
    const during = await learned()
    expect(during.scorer).toBeNull()
    expect(await desk.rows(sql`select words from verdict where post_id = ${postId}`)).toEqual([{ words: null }])
    await desk.keepUp()
    const after = await learned()
    expect(after.scorer).not.toBeNull()
    expect(knows(after.scorer, 'zanzibarian')).toBe(false)
    const state = await desk.ask<{ labels: { counting: number }; strongest: object }>('listening.triage.state', {
      topicId: desk.topicId,
    })
    expect(state.labels.counting).toBe(6)
    expect(JSON.stringify(state.strongest)).not.toContain('anzibar')
  })

  test('when its author is erased, the background goes at once too, and knows nothing of it afterwards', async () => {
    await desk.take(
      aPost('erased-1', `${customerSays(3)} timbuktuan`, { author: anAuthor('wanda') }),
      aPost('erased-2', `${customerSays(4)} timbuktuan`, { author: anAuthor('wanda') }),
    )
    const ids = [await one('erased-1'), await one('erased-2')]
    await desk.ask('listening.triage.retrain', { topicId: desk.topicId })
    await desk.keepUp()
    expect(knows((await learned()).background, 'timbuktuan')).toBe(true)
    expect(knows((await learned()).background, 'wanda')).toBe(false)
    await desk.inWorkspace(async (tx) => {
      await applyAccountStates(tx, [
        { network: 'pond', scope: '', networkId: 'id-of-wanda', state: 'gone', at: minutesAfterNoon(3) },
      ])
      await forgetPosts(tx, ids, { erasure: true })
    })
    expect(await learned()).toMatchObject({ background: null, scorer: null })
    await desk.keepUp()
    const { background } = await learned()
    expect(unpackedBackground(background as Buffer)?.posts).toBeGreaterThan(30)
    expect(knows(background, 'timbuktuan')).toBe(false)
    expect(background?.includes(Buffer.from(Uint32Array.of(idOf('author:wanda')).buffer))).toBe(false)
  })

  test('a background that holds a deleted post is learned again within ten minutes', async () => {
    await desk.take(aPost('late-1', `${customerSays(5)} gone`, { author: anAuthor('xaver') }))
    const postId = await one('late-1')
    await desk.inWorkspace((tx) => forgetPosts(tx, [postId]))
    const [row] = await desk.rows(
      sql<{ stale: boolean; soon: boolean }>`select background_query = -1 as stale,
        background_due_at <= now() + interval '10 minutes' as soon from topic_relevance where topic_id = ${desk.topicId}`,
    )
    expect(row).toEqual({ stale: true, soon: true })
    await desk.rows(sql`update topic_relevance set background_due_at = now()`)
    await desk.keepUp()
    expect(await desk.rows(sql`select background_query from topic_relevance where topic_id = ${desk.topicId}`)).toEqual(
      [{ background_query: 1 }],
    )
  })
})

test('an edited post is learned from as it is now', async () => {
  await desk.take(aPost('edited', `${customerSays(6)} beforehand`, { author: anAuthor('yara') }))
  await sort([{ postId: await one('edited'), externalId: 'edited', forUs: true }])
  expect(knows((await learned()).scorer, 'beforehand')).toBe(true)
  await desk.take(aPost('edited', `${customerSays(6)} afterwards`, { author: anAuthor('yara') }))
  await desk.keepUp()
  expect(knows((await learned()).scorer, 'beforehand')).toBe(false)
  expect(knows((await learned()).scorer, 'afterward')).toBe(true)
})

test('verdicts survive a change of the query, and are read with its words masked', async () => {
  const before = (await learned()).version
  await desk.ask('listening.topics.update', { topicId: desk.topicId, query: 'nordlicht OR invoice', reason: 'wider' })
  await desk.keepUp()
  expect(BigInt((await learned()).version)).toBeGreaterThan(BigInt(before))
  expect(knows((await learned()).scorer, 'invoic')).toBe(false)
  expect(await desk.state()).toMatchObject({ labels: { counting: 7 } })
  await desk.ask('listening.topics.update', { topicId: desk.topicId, query: 'nordlicht', reason: 'back' })
  await desk.keepUp()
})

describe('retention', () => {
  test('keeps what a topic learns from, and lets it go when the verdict is taken back', async () => {
    const [sorted] = await sort([told[10] as Told])
    desk.clock.at = new Date(minutesAfterNoon(5).getTime() + 40 * DAY_MS)
    await forgetExpiredIn(desk.services, desk.workspaceId)
    const here = async () =>
      (await desk.rows(sql<{ id: string }>`select external_id as id from post order by 1`)).map(({ id }) => id)
    expect(await here()).toContain('post-10')
    expect(await here()).not.toContain('post-20')
    await desk.ask('listening.triage.takeBack', { topicId: desk.topicId, verdictIds: [sorted] })
    await forgetExpiredIn(desk.services, desk.workspaceId)
    expect(await here()).not.toContain('post-10')
    expect(await desk.rows(sql`select from verdict where verdict_id = ${sorted}`)).toEqual([])
    await desk.keepUp()
  })

  test('keeps only the last 300 sorted posts of a topic', async () => {
    desk.clock.at = minutesAfterNoon(6)
    const many = await desk.tell(304, 'many')
    for (let start = 0; start < many.length; start += 76) await sort(many.slice(start, start + 76))
    desk.clock.at = new Date(minutesAfterNoon(5).getTime() + 80 * DAY_MS)
    await forgetExpiredIn(desk.services, desk.workspaceId)
    const [row] = await desk.rows(
      sql<{ here: number }>`select count(*)::int as here from post where kept_because = 'label'`,
    )
    // Whole requests are kept or let go: those of one have one version.
    expect(row?.here).toBeGreaterThanOrEqual(300)
    expect(row?.here).toBeLessThanOrEqual(304)
    await desk.keepUp()
    expect(await desk.state()).toMatchObject({ labels: { counting: 300 } })
  })
})

test('forgotten on demand, nothing is left: no verdicts, no hints, no numbers, and posts are as if never sorted', async () => {
  await desk.ask('listening.triage.forget', { topicId: desk.topicId })
  for (const table of ['verdict', 'relevance_hint', 'topic_relevance'])
    expect(await desk.rows(sql`select from ${sql.table(table)}`)).toEqual([])
  expect(await desk.rows(sql`select from mention where state <> 'new'`)).toEqual([])
  expect(await desk.rows(sql`select from post where kept_because = 'label'`)).toEqual([])
  expect(await desk.state()).toMatchObject({ begun: false, labels: { forUs: 0, notForUs: 0 } })
})

test('when a topic is removed, what it learned goes with it, and the loop goes on for the others', async () => {
  const other = await desk.inWorkspace((tx) =>
    createTopic(
      tx,
      { name: 'Brief', kind: 'brand', query: 'nordlicht', opensConversations: false },
      minutesAfterNoon(0),
    ),
  )
  await desk.keepUp()
  const [post] = await desk.tell(1, 'removed')
  await desk.ask('listening.triage.sort', {
    topicId: other,
    posts: [{ postId: post?.postId, side: 'for-us', words: 'a word of mine' }],
  })
  await desk.inWorkspace((tx) => removeTopic(tx, other, desk.clock.now()))
  await desk.keepUp()
  for (const table of ['verdict', 'topic_relevance'])
    expect(await desk.rows(sql`select from ${sql.table(table)} where topic_id = ${other}`)).toEqual([])
  expect(await desk.rows(sql`select from post where kept_because = 'label'`)).toEqual([])
})
