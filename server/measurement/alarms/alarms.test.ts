import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { forgetExpiredIn } from '../../listening/retention.ts'
import { explain } from '../../platform/testing/explain.ts'
import { type StormTest, stormTest } from '../testing/storm.ts'
import { saidQuery } from './cause.ts'
import { hoursQuery, minutesQuery } from './counts.ts'
import { forgetAlarms } from './forgetting.ts'
import { lookAtWorkspace, topicsQuery } from './watching.ts'

let test: StormTest
beforeAll(async () => {
  test = await stormTest()
})
afterAll(() => test.close())
beforeEach(() => test.watch())
/** Each test begins a day later, when nothing goes on any more. */
afterEach(async () => {
  for (let hour = 0; hour < 24; hour++) {
    test.pass(60)
    if (hour > 20) await test.look()
  }
  await test.rows(sql`delete from alarm`)
})

const notifications = () =>
  test.ask<{ items: { kind: string; alarm: { alarmId: string; topicName: string } | null; times: number }[] }>(
    'notifications.list',
    { limit: 20 },
  )

describe('a storm', () => {
  it('is one alarm, that stays one while it lasts, and ends', async () => {
    await test.storm(30, 20)
    await test.look()
    const [alarm, ...others] = await test.alarms()
    expect(others).toEqual([])
    expect(alarm).toMatchObject({ state: 'open', kinds: expect.arrayContaining(['volume']) })
    await test.storm(30, 20)
    await test.look()
    expect(await test.alarms()).toMatchObject([{ alarmId: alarm?.alarmId, posts: 60 }])
    test.pass(90)
    await test.look()
    expect(await test.alarms()).toEqual([])
    expect(await test.alarms('ended')).toMatchObject([{ alarmId: alarm?.alarmId, state: 'ended' }])
    const types = (await test.events()).map(({ type }) => type).filter((type) => type.startsWith('alarm.'))
    expect(types.filter((type) => type === 'alarm.raised')).toHaveLength(1)
    expect(types.at(-1)).toBe('alarm.ended')
  })

  it('names its cause: like posts once, the new words, who was heard', async () => {
    await test.storm(25, 20, { text: 'nordwind signal failure at the harbour' })
    await test.look()
    const [alarm] = await test.alarms()
    const { cause } = await test.ask<{
      cause: {
        posts: { like: number; post: { text: string } }[]
        terms: { term: string }[]
        networks: object[]
        authors: object[]
      }
    }>('measurement.alarms.get', { alarmId: alarm?.alarmId })
    expect(cause.posts[0]).toMatchObject({ post: { text: expect.stringContaining('signal failure') } })
    expect(cause.terms.map(({ term }) => term).join(' ')).toMatch(/harbour/)
    expect(cause.networks).toEqual([{ network: 'pond', posts: 25 }])
    expect(cause.authors.length).toBeGreaterThan(0)
  })

  it('says how many of its posts have expired since', async () => {
    await test.storm(25, 20)
    await test.look()
    const [alarm] = await test.alarms()
    const expired = async () => {
      const seen = await test.ask<{ posts: number; expired: number }>('measurement.alarms.get', {
        alarmId: alarm?.alarmId,
      })
      const chart = await test.ask<{ expired: number }>('measurement.alarms.chart', { topicId: test.topicId, days: 7 })
      return [seen.posts, seen.expired, chart.expired]
    }
    expect(await expired()).toEqual([25, 0, 0])
    await test.rows(sql`update workspace set settings = settings || '{"retentionDays": 1}'`)
    test.pass(2 * 24 * 60)
    await test.rows(sql`update post set heard_at = published_at`)
    await test.rows(sql`update post set kept_because = 'conversation'
      where post_id in (select post_id from post order by published_at desc limit 4)`)
    const dayAgo = test.clock.at.getTime() - 24 * 3_600_000
    const counted = (hours: { at: string; posts: number }[]) =>
      hours.filter(({ at }) => Date.parse(at) < dayAgo).reduce((sum, { posts }) => sum + posts, 0)
    await forgetExpiredIn(test.services, test.workspaceId)
    const [posts, gone, inChart] = await expired()
    const chart = await test.ask<{ hours: { at: string; posts: number }[] }>('measurement.alarms.chart', {
      topicId: test.topicId,
      days: 7,
    })
    await test.rows(sql`update workspace set settings = settings - 'retentionDays'`)
    expect([posts, gone]).toEqual([25, 21])
    expect(inChart).toBe(counted(chart.hours) - 4)
  })

  it('is told in the app once, and again only when it has grown', async () => {
    await test.storm(15, 20)
    await test.look()
    await test.storm(5, 20)
    await test.look()
    const told = (await notifications()).items.filter(({ kind }) => kind === 'alarm')
    expect(told[0]).toMatchObject({ times: 1, name: 'Nordwind' })
    await test.storm(200, 10)
    await test.look()
    expect((await notifications()).items.filter(({ kind }) => kind === 'alarm')[0]).toMatchObject({ times: 2 })
  })

  it('is one alarm when two workers look at the same moment', async () => {
    await test.storm(30, 20)
    await test.rows(sql`update alarm_rule set looked_at = null`)
    await Promise.all([1, 2, 3].map(() => lookAtWorkspace(test.services, test.workspaceId)))
    expect(await test.alarms()).toHaveLength(1)
    expect(await test.rows(sql`select from alarm_message where alarm_id is not null`)).toHaveLength(1)
  })

  it('heard late counts when it was published: a backlog of the day before raises nothing', async () => {
    const now = test.clock.at
    test.clock.at = new Date(now.getTime() - 20 * 3_600_000)
    await test.storm(60, 20)
    test.clock.at = now
    await test.look()
    expect(await test.alarms()).toEqual([])
  })

  it('repeated by its source is counted once and raises nothing more', async () => {
    await test.storm(30, 20)
    await test.look()
    const before = await test.alarms()
    await test.repeat()
    await test.look()
    await test.repeat()
    await test.look()
    expect(await test.alarms()).toMatchObject(before.map(({ alarmId, posts }) => ({ alarmId, posts })))
  })
})

describe('what is usual', () => {
  it('raises nothing, and neither does silence', async () => {
    await test.storm(6, 600)
    await test.look()
    test.pass(300)
    await test.look()
    expect(await test.alarms()).toEqual([])
  })

  it('one author who says a third of everything is a single voice', async () => {
    await test.storm(14, 240, { author: 'grumbler' })
    await test.look()
    expect((await test.alarms())[0]?.kinds).toContain('single-voice')
  })

  it('a topic that nobody watches raises nothing', async () => {
    await test.watch({ on: false })
    await test.storm(40, 20)
    await test.look()
    expect(await test.alarms()).toEqual([])
  })
})

describe('acknowledging', () => {
  it('names who looks after it, can be taken back, and is refused once it has ended', async () => {
    await test.storm(30, 20)
    await test.look()
    const [alarm] = await test.alarms()
    const input = { alarmId: alarm?.alarmId }
    await test.ask('measurement.alarms.acknowledge', input)
    expect(await test.alarms()).toMatchObject([
      { state: 'acknowledged', acknowledged: { by: test.workspace.owner.memberId } },
    ])
    expect(await test.ask('measurement.alarms.openCount', {})).toEqual({ count: 0 })
    await test.ask('measurement.alarms.acknowledge', { ...input, undo: true })
    expect(await test.alarms()).toMatchObject([{ state: 'open' }])
    test.pass(120)
    await test.look()
    const { cookie } = test.workspace.owner
    const late = await test.call('measurement.alarms.acknowledge', input, { cookie, workspaceId: test.workspaceId })
    expect(late).toMatchObject({ status: 409, body: { data: { code: 'alarm-ended' } } })
  })

  it('is not for who may only read, and a snooze keeps everybody in peace', async () => {
    await test.storm(15, 20)
    await test.look()
    const [alarm] = await test.alarms()
    const viewer = await test.join(test.workspaceId, 'viewer')
    const as = { cookie: viewer.cookie, workspaceId: test.workspaceId }
    const refused = await test.call('measurement.alarms.acknowledge', { alarmId: alarm?.alarmId }, as)
    expect(refused.status).toBe(403)
    await test.ask('measurement.alarms.snooze', { alarmId: alarm?.alarmId, hours: 8 })
    const before = await test.rows(sql`select from alarm_message`)
    await test.storm(200, 10)
    await test.look()
    expect(await test.rows(sql`select from alarm_message`)).toHaveLength(before.length)
    expect(await test.ask('measurement.alarms.openCount', {})).toEqual({ count: 0 })
  })
})

describe('another workspace', () => {
  it('sees no alarm, no rule and no chart of ours', async () => {
    await test.storm(30, 20)
    await test.look()
    const [alarm] = await test.alarms()
    const other = await test.createWorkspace('Elsewhere')
    const as = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    expect((await test.call('measurement.alarms.get', { alarmId: alarm?.alarmId }, as)).status).toBe(404)
    expect((await test.call('measurement.alarms.rule', { topicId: test.topicId }, as)).status).toBe(404)
    expect((await test.call('measurement.alarms.list', { state: 'open', limit: 5 }, as)).body).toMatchObject({
      items: [],
    })
  })
})

it('each hot read is served by an index', async () => {
  await test.inWorkspace(async (tx) => {
    const now = test.clock.at
    const tried = await explain({ inWorkspace: (work) => work(tx) }, [
      [minutesQuery(tx, test.topicId, now), 'mention_count_pkey'],
      [saidQuery(tx, test.topicId, now, now, 10), 'mention_topic'],
      [
        sql`select from alarm where workspace_id = ${tx.workspaceId} and topic_id = ${test.topicId} order by raised_at desc, alarm_id desc limit 1`,
        'alarm_of_topic',
      ],
    ])
    for (const { usesIndex, plan } of tried) expect(usesIndex, plan).toBe(true)
    const grouped = await explain({ inWorkspace: (work) => work(tx) }, [
      [hoursQuery(tx, test.topicId, now, now), 'mention_count_pkey'],
      [topicsQuery(tx, now), 'mention_count_pkey'],
    ])
    for (const { plan } of grouped) expect(plan).toMatch(/Index (Only )?Scan.*using mention_count_pkey/)
  })
})

it('an alarm of a topic that was removed does not stay open for good', async () => {
  await test.storm(30, 20)
  await test.look()
  expect(await test.alarms()).toHaveLength(1)
  await test.ask('listening.topics.remove', { topicId: test.topicId })
  await test.inWorkspace((tx) => forgetAlarms(tx, test.clock.at))
  expect(await test.alarms()).toEqual([])
})
