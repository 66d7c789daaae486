import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expiredRowsQuery } from '../../listening/counters/expired-rows.ts'
import { takeFromSource } from '../../listening/intake.ts'
import { forgetExpiredIn } from '../../listening/retention.ts'
import { aPost, heard } from '../../listening/testing/heard.ts'
import { type ListeningTest, listeningTest } from '../../listening/testing/workspace.ts'
import { newId } from '../../platform/ids.ts'
import { explain } from '../../platform/testing/explain.ts'

const DAY_MS = 86_400_000
/** A Friday afternoon in Berlin. */
const NOW = new Date('2026-11-20T14:30:00Z')
let test: ListeningTest
const topics: Record<string, string> = {}

beforeAll(async () => {
  test = await listeningTest()
  test.clock.at = NOW
  for (const [name, kind] of [
    ['Ours', 'brand'],
    ['Theirs', 'competitor'],
    ['Silent', 'competitor'],
    ['Everything', 'category'],
  ] as const) {
    const { topicId } = await test.ask<{ topicId: string }>('listening.topics.create', { name, kind, query: name })
    topics[name] = topicId
  }
})
afterAll(() => test.close())

interface Shares {
  from: string
  before: string
  rowsFrom: string
  days: string[]
  items: {
    name: string
    mentions: number
    mentionsBefore: number
    share: number | null
    byDay: number[]
    read: number
    expired: number
  }[]
  own: { share: number | null; shareBefore: number | null }
}
const read = (days: number) => test.ask<Shares>('measurement.shares.read', { days })
const count = (name: string, at: string, posts: number, negative = 0) =>
  test.rows(sql`
    insert into mention_count (workspace_id, topic_id, minute, network, posts, negative, neutral, positive, reach)
    values (${test.workspaceId}, ${topics[name]}, ${at}, 'pond', ${posts}, ${negative}, 0, 0, 0)`)

describe('share of voice', () => {
  it('cannot be said where nobody was mentioned', async () => {
    const { items, own } = await read(7)
    expect(items.map(({ name, mentions, share }) => [name, mentions, share])).toEqual([
      ['Ours', 0, null],
      ['Silent', 0, null],
      ['Theirs', 0, null],
    ])
    expect(own).toEqual({ share: null, shareBefore: null })
  })

  it('is what is said of us, of all that is said of us and our competitors', async () => {
    await count('Ours', '2026-11-20T10:00Z', 30, 12)
    await count('Theirs', '2026-11-19T10:00Z', 60)
    await count('Ours', '2026-11-18T10:00Z', 10)
    await count('Everything', '2026-11-19T10:00Z', 900)
    const { items, own } = await read(7)
    expect(items.map(({ name, mentions, share, read }) => [name, mentions, share, read])).toEqual([
      ['Theirs', 60, 0.6, 0],
      ['Ours', 40, 0.4, 12],
      ['Silent', 0, 0, 0],
    ])
    expect(own.share).toBe(0.4)
  })

  it('counts by the days of the workspace: before midnight in Berlin is still the day before in UTC', async () => {
    await count('Silent', '2026-11-17T23:30Z', 5)
    const { days, items } = await read(7)
    expect(days).toEqual(Array.from({ length: 7 }, (_, day) => `2026-11-${14 + day}`))
    const silent = items.find(({ name }) => name === 'Silent')
    expect(silent?.byDay).toEqual([0, 0, 0, 0, 5, 0, 0])
  })

  it('is held against the same length before, as far into its last day', async () => {
    await count('Ours', new Date(NOW.getTime() - 7 * DAY_MS - 60_000).toISOString(), 8)
    // A week ago, but later in the day than it is now.
    await count('Ours', new Date(NOW.getTime() - 7 * DAY_MS + 60_000).toISOString(), 1_000)
    const { items, before, from } = await read(7)
    expect(items.find(({ name }) => name === 'Ours')?.mentionsBefore).toBe(8)
    expect([before, from]).toEqual(['2026-11-06T23:00:00.000Z', '2026-11-13T23:00:00.000Z'])
  })

  it('says since when the posts behind it are still there', async () => {
    expect((await read(90)).rowsFrom).toBe(new Date(NOW.getTime() - 30 * DAY_MS).toISOString())
  })

  it('says how many of its mentions lead to no post any more', async () => {
    const monthsAgo = new Date(NOW.getTime() - 40 * DAY_MS)
    const expired = async () => (await read(90)).items.map(({ name, expired }) => [name, expired])
    await count('Theirs', monthsAgo.toISOString(), 10)
    // Told late: published long ago, and still here.
    await takeFromSource(
      test.services,
      heard(
        aPost('late', 'Ours and Theirs', { publishedAt: monthsAgo }),
        aPost('gone', 'Ours', { publishedAt: monthsAgo }),
      ),
      { workspaceId: test.workspaceId, sourceId: newId(), name: 'The pond', keepsEverything: false, tellsEdits: true },
    )
    expect(await expired()).toEqual([
      ['Ours', 0],
      ['Theirs', 10],
      ['Silent', 0],
    ])
    await test.rows(sql`update post set heard_at = ${monthsAgo} where external_id = 'gone'`)
    await forgetExpiredIn(test.services, test.workspaceId)
    expect((await expired())[0]).toEqual(['Ours', 1])
    expect((await read(7)).items.map(({ expired }) => expired)).toEqual([0, 0, 0])
  })

  it('looks for what expired through indexes, as the application', async () => {
    const [{ plan } = { plan: '' }] = await explain(test, [
      [expiredRowsQuery(test.workspaceId, [topics.Ours ?? ''], NOW, NOW), 'mention_topic'],
    ])
    expect(plan).toContain('mention_count_pkey')
    expect(plan).toMatch(/mention_(topic|pkey)/)
    expect(plan).toContain('post_pkey')
    expect(plan).not.toContain('Seq Scan')
  })

  it('forgets a topic that was removed', async () => {
    await test.ask('listening.topics.remove', { topicId: topics.Silent })
    expect((await read(7)).items.map(({ name }) => name)).toEqual(['Theirs', 'Ours'])
  })

  it('reads its counts by the primary key, never the whole table', async () => {
    const plan = await test.rows(sql<{ 'QUERY PLAN': string }>`explain (costs off)
      select sum(posts) from voice where workspace_id = ${test.workspaceId} and topic_id = ${topics.Ours}
        and minute >= ${NOW} and minute <= ${NOW}`)
    const text = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect(text).toMatch(/mention_count_(pkey|by_minute)/)
    expect(text).not.toContain('Seq Scan on mention_count')
  })
})
