import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '../../platform/testing/explain.ts'
import { anAuthor, aPost, minutesAfterNoon } from '../testing/heard.ts'
import { createTopic } from '../topics.ts'
import { isAside } from './noise.ts'
import { customerSays, type Told, type TriageTest, triageTest, watcherSays } from './testing.ts'

let desk: TriageTest
let told: Told[]

beforeAll(async () => {
  desk = await triageTest()
  told = await desk.tell(60)
  await desk.ask('listening.triage.begin', { topicId: desk.topicId })
  await desk.keepUp()
  await sort([...told.slice(0, 5), ...told.slice(-5)])
  await desk.keepUp()
})
afterAll(() => desk.close())

const sort = (posts: Told[]) =>
  desk.ask('listening.triage.sort', {
    topicId: desk.topicId,
    posts: posts.map(({ postId, forUs }) => ({ postId, side: forUs ? 'for-us' : 'not-for-us' })),
  })
interface Page {
  items: { postId: string; externalId: string; text: string }[]
  nextCursor: string | null
}
const search = (input: object) => desk.ask<Page>('listening.posts.search', { topicId: desk.topicId, ...input })
const change = (input: object) => desk.ask('listening.triage.change', { topicId: desk.topicId, ...input })
const sideOf = (text: string) => text.startsWith('Nordlicht sent me')

describe('lists', () => {
  test('most useful first, page by page, holds every post once', async () => {
    const all: Page['items'] = []
    let after: string | undefined
    do {
      const page: Page = await search({ order: 'useful', limit: 7, after })
      all.push(...page.items)
      after = page.nextCursor ?? undefined
    } while (after)
    expect(new Set(all.map(({ postId }) => postId)).size).toBe(60)
    expect(all).toHaveLength(60)
    expect(all.slice(0, 20).every(({ text }) => sideOf(text))).toBe(true)
    expect(all.slice(-20).some(({ text }) => sideOf(text))).toBe(false)
  })

  test('what is not judged yet comes after all others, newest first', async () => {
    const hidden = [told[20] as Told, told[22] as Told].map(({ postId }) => postId)
    await desk.rows(sql`update mention set relevance = null, judged_as = null where post_id = any(${hidden}::uuid[])`)
    const { items } = await search({ order: 'useful', limit: 100 })
    expect(items.slice(-2).map(({ postId }) => postId)).toEqual([hidden[1], hidden[0]])
    await desk.rows(sql`update topic_relevance set judging_from = '9000-01-01', judging_post_id = null`)
    await desk.keepUp()
  })

  test('only what is set aside, and everything but that, are all posts together', async () => {
    const [aside, rest] = [await search({ noise: 'only', limit: 100 }), await search({ noise: 'without', limit: 100 })]
    expect(aside.items.length + rest.items.length).toBe(60)
    expect(aside.items.some(({ text }) => sideOf(text))).toBe(false)
    const effect = await desk.ask<{ aside: { count: number } }>('listening.triage.effect', { topicId: desk.topicId })
    desk.clock.at = minutesAfterNoon(5)
    expect(effect.aside.count).toBe(aside.items.length)
  })

  test('usefulness belongs to a topic', async () => {
    const { cookie } = desk.workspace.owner
    const answer = await desk.call(
      'listening.posts.search',
      { order: 'useful' },
      { cookie, workspaceId: desk.workspaceId },
    )
    expect([answer.status, (answer.body as { data: { code: string } }).data.code]).toEqual([400, 'order-needs-topic'])
  })

  test('switched off, it is as if nothing had been learned, but for what people said', async () => {
    await change({ on: false })
    const newest = await search({ limit: 100 })
    expect((await search({ order: 'useful', limit: 100 })).items).toEqual(newest.items)
    expect((await search({ noise: 'only', limit: 100 })).items.map(({ postId }) => postId).toSorted()).toEqual(
      [...told.slice(0, 5), ...told.slice(-5)]
        .filter((post) => !post.forUs)
        .map(({ postId }) => postId)
        .toSorted(),
    )
    const people = [...told.slice(0, 5), ...told.slice(-5)]
    expect(await desk.state()).toMatchObject({
      week: {
        forUs: { count: people.filter((post) => post.forUs).length },
        unsure: { count: 0 },
        aside: { count: people.filter((post) => !post.forUs).length },
      },
    })
    const [late] = await desk.tell(1, 'unjudged')
    expect(await desk.mention(late?.postId as string)).toMatchObject({ relevance: null })
    await change({ on: true })
    await desk.keepUp()
    expect(await desk.mention(late?.postId as string)).toMatchObject({ judged_as: 'for-us' })
  })
})

describe('the inbox', () => {
  const conversations = async () =>
    (
      await desk.rows(
        sql<{
          handle: string
        }>`select a.handle from conversation c join author a on a.author_id = c.author_id order by 1`,
      )
    ).map(({ handle }) => handle)
  const say = async (externalId: string, text: string) => {
    await desk.take(aPost(externalId, text, { author: anAuthor(externalId), publishedAt: minutesAfterNoon(1) }))
    await desk.settle()
    const [row] = await desk.rows(
      sql<{ postId: string }>`select post_id as "postId" from post where external_id = ${externalId}`,
    )
    return { postId: row?.postId as string, externalId, forUs: true }
  }
  const keptOut = () => desk.ask<{ count: number; topicIds: string[] }>('inbox.conversations.keptOut', {})

  test('gets noise as well while the topic only orders', async () => {
    await change({ noise: 'below' })
    await say('below-noise', watcherSays(7))
    expect(await conversations()).toContain('below-noise')
    expect(await keptOut()).toMatchObject({ count: 0 })
  })

  test('is kept free of it, says how much, and gets what a person lets in', async () => {
    await change({ noise: 'kept-out' })
    const noise = await say('kept-noise', watcherSays(8))
    await say('customer', customerSays(8))
    expect(await conversations()).toContain('customer')
    expect(await conversations()).not.toContain('kept-noise')
    expect(await keptOut()).toMatchObject({ count: 1, topicIds: [desk.topicId] })
    await sort([noise])
    await desk.settle()
    expect(await conversations()).toContain('kept-noise')
    expect(await keptOut()).toMatchObject({ count: 0 })
  })

  test('gets noise that another topic asked for', async () => {
    await desk.inWorkspace((tx) =>
      createTopic(
        tx,
        { name: 'Cameras', kind: 'category', query: 'camera', opensConversations: true },
        minutesAfterNoon(0),
      ),
    )
    await say('two-topics', 'Saw a nordlicht over the sky, what a camera')
    expect(await conversations()).toContain('two-topics')
  })

  test('gets what was kept out once the topic no longer keeps it out', async () => {
    await say('kept-again', watcherSays(14))
    expect(await conversations()).not.toContain('kept-again')
    await change({ on: false })
    await desk.settle()
    expect(await conversations()).toContain('kept-again')
    await change({ on: true, noise: 'shown' })
  })

  test('hints: an answer speaks for it, a closing without one against, and opening again takes that back', async () => {
    const post = await say('hinting', `${customerSays(9)} hintingly`)
    const [row] = await desk.rows(
      sql<{ id: string }>`select c.conversation_id as id from conversation c join author a on a.author_id = c.author_id
        where a.handle = 'hinting'`,
    )
    const which = { conversationIds: [row?.id] }
    const hint = async () =>
      (await desk.rows(sql<{ side: string }>`select side from relevance_hint where post_id = ${post.postId}`))[0]?.side
    await desk.ask('inbox.conversations.change', {
      which,
      change: { change: 'close', reason: { code: 'settled-elsewhere' } },
    })
    await desk.settle()
    expect(await hint()).toBe('not-for-us')
    await desk.keepUp()
    expect(await desk.state()).toMatchObject({ labels: { hints: 1 } })
    await desk.ask('inbox.conversations.change', { which, change: { change: 'reopen' } })
    await desk.settle()
    expect(await hint()).toBeUndefined()
    await desk.rows(sql`update conversation set answered_at = now() where conversation_id = ${row?.id}`)
    await desk.ask('inbox.conversations.change', {
      which,
      change: { change: 'close', reason: { code: 'settled-elsewhere' } },
    })
    await desk.settle()
    expect(await hint()).toBe('for-us')
    // Told again, late: it is the same.
    await desk.rows(sql`update subscription set position = 0 where subscriber = 'listening.hints'`)
    await desk.settle()
    expect(await hint()).toBe('for-us')
  })

  test('a hint never outweighs a verdict on the same post', async () => {
    const [post] = await desk.rows(sql<{ postId: string }>`select post_id as "postId" from relevance_hint`)
    await desk.ask('listening.triage.sort', {
      topicId: desk.topicId,
      posts: [{ postId: post?.postId, side: 'not-for-us' }],
    })
    expect(await desk.mention(post?.postId as string)).toMatchObject({ state: 'rejected', judged_as: 'not-for-us' })
    const [row] = await desk.rows(
      sql<{ hints: number }>`select hints from topic_relevance where topic_id = ${desk.topicId}`,
    )
    expect(row?.hints).toBe(0)
  })
})

describe('cost', () => {
  test('hot reads use their indexes under row-level security', async () => {
    const [workspaceId, topicId] = [desk.workspaceId, desk.topicId]
    const ofTopic = sql`workspace_id = ${workspaceId} and topic_id = ${topicId}`
    const plans = await explain(desk, [
      [
        sql`select post_id from mention where ${ofTopic} and relevance is not null
          and (relevance, post_id) < (0.5::real, ${topicId}::uuid) order by relevance desc, post_id desc limit 50`,
        'mention_useful',
      ],
      [
        sql`select post_id from mention m where ${ofTopic} and published_at >= now() - interval '7 days'
          and (${isAside(sql`m.`)}) order by published_at desc, post_id desc limit 50`,
        'mention_aside',
      ],
      [
        sql`select post_id from verdict where ${ofTopic} and taken_back_at is null order by version desc, post_id limit 600`,
        'verdict_newest',
      ],
      [sql`select topic_id from verdict where workspace_id = ${workspaceId} and post_id = ${topicId}`, 'verdict_post'],
      [
        sql`select post_id from relevance_hint where ${ofTopic} order by hinted_at desc, post_id limit 100`,
        'relevance_hint_newest',
      ],
      [
        sql`select topic_id from topic_relevance where workspace_id = ${workspaceId} and topic_id = ${topicId}
          and switched_on and scorer_version > 0`,
        'topic_relevance_pkey',
      ],
    ])
    expect(plans.filter(({ usesIndex }) => !usesIndex).map(({ plan }) => plan)).toEqual([])
  })

  test('a verdict is learned from by the time that its key press is answered', async () => {
    const { items } = await desk.ask<{ items: { postId: string; text: string }[] }>('listening.triage.queue', {
      topicId: desk.topicId,
      limit: 1,
    })
    const counted = async () => {
      const { labels } = (await desk.state()) as { labels: { forUs: number; notForUs: number } }
      return labels.forUs + labels.notForUs
    }
    const before = await counted()
    for (const { postId, text } of items) await sort([{ postId, externalId: '', forUs: sideOf(text) }])
    expect(items).toHaveLength(1)
    expect(await counted()).toBe(before + 1)
  })
})
