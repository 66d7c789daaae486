import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { takeFromSource } from '../intake.ts'
import { listeningChanged } from '../listeners.ts'
import { forgetExpiredIn } from '../retention.ts'
import { aPost, heard, minutesAfterNoon, NOON } from '../testing/heard.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'
import { createTopic } from '../topics.ts'

let test: ListeningTest
const sourceId = '01a20000-0000-7000-8000-000000000001'
const ANGRY = '@kestrel Nordwind is the worst service ever, still no network, terrible!'

beforeAll(async () => {
  test = await listeningTest()
  await test.inWorkspace((tx) =>
    createTopic(tx, { name: 'Nordwind', kind: 'brand', query: 'nordwind', opensConversations: true }, NOON),
  )
})
afterAll(() => test.close())
beforeEach(async () => {
  test.clock.at = minutesAfterNoon(5)
  await test.inWorkspace(async (tx) => {
    for (const table of ['mention_count', 'mention', 'post_label', 'post', 'author_handle', 'author'])
      await sql`delete from ${sql.ref(table)}`.execute(tx.sql)
    await listeningChanged(tx)
  })
  await take(ANGRY)
})

const take = (text: string, editedAt: Date | null = null) =>
  takeFromSource(test.services, heard(aPost('1', text, { editedAt })), {
    workspaceId: test.workspaceId,
    sourceId,
    name: 'The pond',
    keepsEverything: false,
    tellsEdits: true,
  })

interface Shown {
  postId: string
  understood: {
    sentiment: string | null
    probability: number | null
    intent: string | null
    offensive: boolean | null
    labels: { what: string; value: string; by: string | null; at: string }[]
  } | null
}
const shown = async () => (await test.ask<{ items: Shown[] }>('listening.posts.search', {})).items[0] as Shown
const postId = async () => (await shown()).postId
const give = async (label: object) => test.ask('listening.labels.give', { postId: await postId(), label })
const takeBack = async (what: string) => test.ask('listening.labels.takeBack', { postId: await postId(), what })
const counts = async () =>
  (
    await test.rows(
      sql<{ said: string }>`select concat_ws(' ', posts, negative, neutral, positive) as said from mention_count`,
    )
  ).map((row) => row.said)
const keptBecause = async () =>
  (await test.rows(sql<{ kept_because: string | null }>`select kept_because from post`))[0]?.kept_because
const events = async () => (await test.events()).filter(({ type }) => type.startsWith('post.label'))

describe('a label', () => {
  it('wins over the model, says who gave it and when, and moves the counts', async () => {
    expect(await counts()).toEqual(['1 1 0 0'])
    await give({ what: 'sentiment', value: 'neutral' })
    const { understood } = await shown()
    expect(understood).toMatchObject({
      sentiment: 'neutral',
      probability: null,
      labels: [
        { what: 'sentiment', value: 'neutral', by: test.workspace.owner.memberId, at: test.clock.now().toISOString() },
      ],
    })
    expect(await counts()).toEqual(['1 0 1 0'])
    expect((await events()).at(-1)).toMatchObject({ codes: { what: 'sentiment', value: 'neutral' } })
  })

  it('is taken back to what the model says, counts included', async () => {
    const before = (await shown()).understood
    await give({ what: 'sentiment', value: 'positive' })
    await give({ what: 'intent', value: null })
    await give({ what: 'offensive', value: true })
    expect((await shown()).understood).toMatchObject({ sentiment: 'positive', intent: null, offensive: true })
    for (const what of ['sentiment', 'intent', 'offensive']) await takeBack(what)
    expect((await shown()).understood).toEqual(before)
    expect(await counts()).toEqual(['1 1 0 0'])
    expect(await keptBecause()).toBeNull()
  })

  it('given twice stands once, with what the model had said', async () => {
    await give({ what: 'sentiment', value: 'neutral' })
    await give({ what: 'sentiment', value: 'positive' })
    const list = await test.ask<{ items: object[] }>('listening.labels.list', {})
    expect(list.items).toMatchObject([{ what: 'sentiment', value: 'positive', modelValue: 'negative', text: ANGRY }])
    expect(await counts()).toEqual(['1 0 0 1'])
  })

  it('ends when the text is edited, because it was said of another text', async () => {
    await give({ what: 'sentiment', value: 'neutral' })
    await take('@kestrel Nordwind I love it, thank you so much, wonderful!', minutesAfterNoon(2))
    expect((await shown()).understood).toMatchObject({ sentiment: 'positive', labels: [] })
    expect(await counts()).toEqual(['1 0 0 1'])
    expect(await keptBecause()).toBeNull()
  })

  it('stands through the same post heard again', async () => {
    await give({ what: 'sentiment', value: 'neutral' })
    await take(ANGRY)
    expect((await shown()).understood).toMatchObject({ sentiment: 'neutral' })
  })

  it('keeps its post beyond the short retention, until it is taken back', async () => {
    await give({ what: 'sentiment', value: 'neutral' })
    test.clock.at = new Date(NOON.getTime() + 800 * 86_400_000)
    expect((await forgetExpiredIn(test.services, test.workspaceId)).posts).toBe(0)
    await takeBack('sentiment')
    expect((await forgetExpiredIn(test.services, test.workspaceId)).posts).toBe(1)
  })

  it('goes with its post when that is deleted on its network, while the counts stay: it was heard', async () => {
    await give({ what: 'sentiment', value: 'neutral' })
    await takeFromSource(
      test.services,
      [{ kind: 'post-deleted', network: 'pond', scope: '', externalId: '1', at: minutesAfterNoon(2) }],
      { workspaceId: test.workspaceId, sourceId, name: '', keepsEverything: false, tellsEdits: true },
    )
    expect((await test.ask<{ items: object[] }>('listening.labels.list', {})).items).toEqual([])
    expect(await counts()).toEqual(['1 0 1 0'])
    const id = await postId()
    const refused = await test.call(
      'listening.labels.give',
      { postId: id, label: { what: 'sentiment', value: 'neutral' } },
      { cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId },
    )
    expect(refused).toMatchObject({ status: 409 })
  })

  it('is refused to who may only read, and for a value that there is not', async () => {
    const viewer = await test.join(test.workspaceId, 'viewer')
    const as = { cookie: viewer.cookie, workspaceId: test.workspaceId }
    const id = await postId()
    const said = { postId: id, label: { what: 'sentiment', value: 'neutral' } }
    expect((await test.call('listening.labels.give', said, as)).status).toBe(403)
    const owner = { cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId }
    const wrong = { postId: id, label: { what: 'sentiment', value: 'furious' } }
    expect((await test.call('listening.labels.give', wrong, owner)).status).toBe(400)
    expect((await test.call('listening.labels.takeBack', { postId: id, what: 'intent' }, owner)).status).toBe(404)
  })

  it('is listed page by page, newest first, and asking for the list stands in the trail', async () => {
    await give({ what: 'sentiment', value: 'neutral' })
    await give({ what: 'intent', value: 'question' })
    test.clock.at = minutesAfterNoon(6)
    await give({ what: 'offensive', value: false })
    const first = await test.ask<{ items: { what: string }[]; nextCursor: string }>('listening.labels.list', {
      limit: 2,
    })
    const second = await test.ask<typeof first>('listening.labels.list', { limit: 2, after: first.nextCursor })
    expect([...first.items, ...second.items].map((label) => label.what)).toEqual(['offensive', 'intent', 'sentiment'])
    expect(second.nextCursor).toBeNull()
    expect((await test.events()).at(-1)?.type).toBe('labels.exported')
  })
})
