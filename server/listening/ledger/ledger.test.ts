import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../platform/events.ts'
import { pollSource } from '../source-poll.ts'
import { aPost, heard } from '../testing/heard.ts'
import { Pond } from '../testing/pond.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'
import { noteLostGap } from './gaps.ts'
import { keepLedger } from './loop.ts'

const DAY_MS = 86_400_000
const pond = new Pond()
let test: ListeningTest

beforeAll(async () => {
  test = await listeningTest([pond.polled, pond.streamed])
})
afterAll(() => test.close())

interface Ledger {
  sourceId: string
  state: string
  asked: number
  failed: number
  heard: number
  kept: number
  matched: number
  relevant: number
  costMicros: number
  costPerRelevantMicros: number | null
  budgetUsed: number | null
  silentSince: string | null
  gapsOpen: number
  gapsLost: number
}
interface Gap {
  from: string
  until: string | null
  because: string
  outcome: string
  kept: number
}

let sources = 0
async function newSource(keeps = 'everything') {
  const settings = { name: `Ledger ${++sources}` }
  const { sourceId } = await test.ask<{ sourceId: string }>('listening.sources.create', {
    network: 'pond',
    settings,
    keeps,
  })
  return sourceId
}
const poll = (sourceId: string) => pollSource(test.services, test.workspaceId, sourceId, new AbortController().signal)
const ledgerOf = async (sourceId: string) =>
  (await test.ask<{ source: Ledger; days: Record<string, unknown>[] }>('listening.ledger.ofSource', { sourceId }))
    .source
const gapsOf = async (sourceId: string) =>
  (await test.ask<{ items: Gap[] }>('listening.ledger.gaps', { sourceId })).items
const tick = () => test.services.database.inWorkspace(test.workspaceId, SYSTEM, (tx) => keepLedger(tx, test.services))
const told = async (type: string, sourceId: string) =>
  (await test.events()).filter((event) => event.type === type && event.subjects.source === sourceId).length
const refused = { name: 'upstream', detail: 'HTTP 500' } as const

describe('what a source brought', () => {
  it('is counted by day: asked, failed, heard, kept, and asked for by a topic', async () => {
    await test.ask('listening.topics.create', { name: 'Boats', query: 'boat' })
    const sourceId = await newSource()
    pond.polls.push(heard(aPost('l1', 'A boat'), aPost('l2', 'A bike')))
    await poll(sourceId)
    pond.polls.push({ ...refused })
    await poll(sourceId)
    // Heard again, stored once.
    pond.polls.push(heard(aPost('l1', 'A boat')))
    await poll(sourceId)
    expect(await ledgerOf(sourceId)).toMatchObject({ asked: 3, failed: 1, heard: 3, kept: 2, matched: 1, relevant: 1 })
  })

  it('is relevant until people reject it for every topic that found it', async () => {
    const sourceId = await newSource()
    pond.polls.push(heard(aPost('r1', 'One boat'), aPost('r2', 'Two boats, one boat')))
    await poll(sourceId)
    const [post] = await test.rows(sql<{ post_id: string; topic_id: string }>`
      select post_id, topic_id from mention where post_id = (select post_id from post where external_id = 'r1')`)
    await test.rows(sql`update mention set state = 'rejected' where post_id = ${post?.post_id}`)
    await test.rows(sql`
      insert into verdict (workspace_id, verdict_id, topic_id, post_id, version, side, sorted_by_kind, sorted_at)
      values (${test.workspaceId}, gen_random_uuid(), ${post?.topic_id}, ${post?.post_id}, 1, 'not-for-us', 'member', now())`)
    expect(await ledgerOf(sourceId)).toMatchObject({ matched: 2, relevant: 1 })
  })
})

describe('costs', () => {
  it('arise at the price of their time, and say what a relevant mention cost', async () => {
    const price = { network: 'pond', requestMicros: 100, postMicros: 5_000, monthMicros: 0 }
    await test.ask('listening.ledger.setPrices', { currency: 'EUR', items: [price] })
    const sourceId = await newSource()
    pond.polls.push(heard(aPost('c1', 'A boat'), aPost('c2', 'A bike')))
    await poll(sourceId)
    await test.ask('listening.ledger.setPrices', { currency: 'EUR', items: [{ ...price, postMicros: 1_000_000 }] })
    expect(await ledgerOf(sourceId)).toMatchObject({ costMicros: 10_100, costPerRelevantMicros: 10_100 })
  })

  it('of a month are split over its days and the sources of the network, once', async () => {
    const price = { network: 'pond', requestMicros: 0, postMicros: 0, monthMicros: 30_000_000 }
    await test.ask('listening.ledger.setPrices', { currency: 'EUR', items: [price] })
    await tick()
    await tick()
    const { total } = await test.ask<{ total: Ledger }>('listening.ledger.overview', { days: 1 })
    const fixed = await test.rows(sql<{ sum: number }>`select sum(fixed_micros)::float8 as sum from source_day`)
    // November has thirty days; what does not divide is not charged.
    expect(fixed[0]?.sum).toBeGreaterThan(999_990)
    expect(fixed[0]?.sum).toBeLessThanOrEqual(1_000_000)
    expect(total.costMicros).toBeGreaterThanOrEqual(fixed[0]?.sum ?? 0)
    await test.ask('listening.ledger.setPrices', { currency: 'EUR', items: [] })
  })

  it('of a network are set once', async () => {
    const price = { network: 'pond', requestMicros: 0, postMicros: 1, monthMicros: 0 }
    const { owner } = test.workspace
    const answer = await test.call(
      'listening.ledger.setPrices',
      { currency: 'EUR', items: [price, price] },
      { cookie: owner.cookie, workspaceId: test.workspaceId },
    )
    expect(answer.status).toBe(400)
  })
})

describe('a budget', () => {
  it('lets a source rest when it is used up, and wakes it when it is raised', async () => {
    const sourceId = await newSource()
    await test.ask('listening.ledger.setBudget', { sourceId, posts: 2, micros: null })
    pond.polls.push(heard(aPost('b1', 'one'), aPost('b2', 'two')))
    await poll(sourceId)
    expect(await ledgerOf(sourceId)).toMatchObject({ state: 'over-budget', budgetUsed: 1, gapsOpen: 1 })
    expect(await told('source.over-budget', sourceId)).toBe(1)
    const [row] = await test.rows(sql<{ due_at: Date }>`select due_at from source where source_id = ${sourceId}`)
    expect(row?.due_at).toEqual(new Date('2026-12-01T00:00:00Z'))
    await test.ask('listening.ledger.setBudget', { sourceId, posts: 10, micros: null })
    expect(await ledgerOf(sourceId)).toMatchObject({ state: 'active', budgetUsed: 0.2 })
    pond.polls.push(heard(aPost('b3', 'three')))
    await poll(sourceId)
    expect(await gapsOf(sourceId)).toMatchObject([{ because: 'over-budget', outcome: 'filled', kept: 1 }])
  })

  it('is not stepped over by asking by hand', async () => {
    const sourceId = await newSource()
    await test.ask('listening.ledger.setBudget', { sourceId, posts: 1, micros: null })
    pond.polls.push(heard(aPost('h1', 'one')))
    await poll(sourceId)
    const { owner } = test.workspace
    const session = { cookie: owner.cookie, workspaceId: test.workspaceId }
    expect((await test.call('listening.sources.pollNow', { sourceId }, session)).status).toBe(409)
  })

  it('begins anew with the month', async () => {
    const sourceId = await newSource()
    await test.ask('listening.ledger.setBudget', { sourceId, posts: 1, micros: null })
    pond.polls.push(heard(aPost('m1', 'one')))
    await poll(sourceId)
    const now = test.clock.at
    test.clock.at = new Date('2026-12-01T00:01:00Z')
    await tick()
    expect((await ledgerOf(sourceId)).state).toBe('active')
    test.clock.at = now
  })
})

describe('a gap', () => {
  it('opens when a source fails, and is filled by what it brings afterwards', async () => {
    const sourceId = await newSource()
    await poll(sourceId)
    for (const _ of [1, 2]) {
      pond.polls.push({ ...refused })
      await poll(sourceId)
    }
    expect(await gapsOf(sourceId)).toMatchObject([{ because: 'failing', outcome: 'open', until: null }])
    pond.polls.push(heard(aPost('g1', 'said meanwhile')))
    await poll(sourceId)
    expect(await gapsOf(sourceId)).toMatchObject([{ because: 'failing', outcome: 'filled', kept: 1 }])
  })

  it('is found when nobody asked for a while, because the installation stood still', async () => {
    const sourceId = await newSource()
    await poll(sourceId)
    const before = test.clock.at
    test.clock.at = new Date(before.getTime() + 3_600_000)
    await poll(sourceId)
    expect(await gapsOf(sourceId)).toMatchObject([
      { because: 'not-asked', outcome: 'filled', from: before.toISOString(), until: test.clock.at.toISOString() },
    ])
    test.clock.at = before
  })

  it('of a stream is lost where the network says so, and told', async () => {
    const { sourceId } = await test.ask<{ sourceId: string }>('listening.sources.create', {
      network: 'pond-stream',
      settings: {},
    })
    const gap = { from: new Date('2026-11-20T08:00Z'), until: new Date('2026-11-20T10:00Z') }
    await test.inWorkspace((tx) => noteLostGap(tx, sourceId, gap))
    expect(await ledgerOf(sourceId)).toMatchObject({ gapsLost: 1, gapsOpen: 0 })
    expect(await told('source.gap', sourceId)).toBe(1)
  })
})

describe('a source that is asked', () => {
  it('has a lost gap too where its network no longer knows the place where it was left', async () => {
    const sourceId = await newSource()
    await poll(sourceId)
    pond.lost = { from: new Date('2026-11-01T08:00Z'), until: new Date('2026-11-15T08:00Z') }
    await poll(sourceId)
    await poll(sourceId)
    expect(await gapsOf(sourceId)).toMatchObject([
      { outcome: 'lost', from: '2026-11-01T08:00:00.000Z', until: '2026-11-15T08:00:00.000Z' },
    ])
    expect(await told('source.gap', sourceId)).toBe(1)
  })
})

describe('a silence', () => {
  it('is told once when it is longer than any before, and ends with the next post', async () => {
    const sourceId = await newSource()
    const before = test.clock.at
    const hourly = Array.from({ length: 24 * 10 }, (_, hour) =>
      aPost(`s${hour}`, 'tick', { publishedAt: new Date(before.getTime() - hour * 3_600_000) }),
    )
    pond.polls.push(heard(...hourly))
    await poll(sourceId)
    test.clock.at = new Date(before.getTime() + 1.9 * 3_600_000)
    await tick()
    expect((await ledgerOf(sourceId)).silentSince).toBeNull()
    test.clock.at = new Date(before.getTime() + 2.1 * 3_600_000)
    await tick()
    await tick()
    expect((await ledgerOf(sourceId)).silentSince).toBe(before.toISOString())
    expect(await told('source.silent', sourceId)).toBe(1)
    pond.polls.push(heard(aPost('s-new', 'tick', { publishedAt: test.clock.at })))
    await poll(sourceId)
    expect((await ledgerOf(sourceId)).silentSince).toBeNull()
    expect(await told('source.heard-again', sourceId)).toBe(1)
    test.clock.at = before
  })

  it('is not held against a source whose rhythm nobody knows', async () => {
    const sourceId = await newSource()
    pond.polls.push(heard(aPost('q1', 'once')))
    await poll(sourceId)
    const before = test.clock.at
    test.clock.at = new Date(before.getTime() + 5 * DAY_MS)
    await tick()
    expect(await told('source.silent', sourceId)).toBe(0)
    test.clock.at = before
  })
})
