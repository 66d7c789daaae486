import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pollSource } from './source-poll.ts'
import { aPost, heard, minutesAfterNoon } from './testing/heard.ts'
import { Pond } from './testing/pond.ts'
import { type ListeningTest, listeningTest } from './testing/workspace.ts'

const pond = new Pond()
let test: ListeningTest

beforeAll(async () => {
  test = await listeningTest([pond.polled, pond.streamed])
})
afterAll(() => test.close())

interface Source {
  sourceId: string
  state: string
  dueAt: string | null
  failures: number
  failure: { name: string } | null
  heardCount: string
  keptCount: string
  hasCredentials: boolean
}
const credentials = { account: 'nord', password: 'right' }
let accounts = 0
const create = async () =>
  test.ask<{ sourceId: string }>('listening.sources.create', {
    network: 'pond',
    settings: { name: `Source ${++accounts}` },
    keeps: 'everything',
  })
const get = (sourceId: string) => test.ask<Source>('listening.sources.get', { sourceId })
const poll = (sourceId: string) => pollSource(test.services, test.workspaceId, sourceId, new AbortController().signal)
const due = async () =>
  (
    await sql<{ source_id: string }>`select * from system.take_due_sources(60, 10)`.execute(
      test.services.database.system,
    )
  ).rows

describe('a source', () => {
  it('is refused when the network refuses its credentials, and nothing is stored', async () => {
    const { owner } = test.workspace
    const answer = await test.call(
      'listening.sources.create',
      { network: 'pond', settings: {}, credentials: { account: 'nord', password: 'wrong' } },
      { cookie: owner.cookie, workspaceId: test.workspaceId },
    )
    expect(answer.status).toBe(502)
    expect(await test.rows(sql`select from source`)).toEqual([])
  })

  it('is there once: the same account again is refused', async () => {
    const input = { network: 'pond', settings: { any: 1 }, credentials }
    const { sourceId } = await test.ask<{ sourceId: string }>('listening.sources.create', input)
    const { owner } = test.workspace
    const again = await test.call(
      'listening.sources.create',
      { ...input, settings: { any: 2 } },
      { cookie: owner.cookie, workspaceId: test.workspaceId },
    )
    expect(again.status).toBe(409)
    await test.ask('listening.sources.remove', { sourceId })
    await test.ask('listening.sources.create', input)
  })

  it('keeps its credentials encrypted, and forgets them when it is removed', async () => {
    const [row] = await test.rows(sql<{ credentials: string; source_id: string }>`
      select credentials, source_id from source where credentials is not null`)
    expect(row?.credentials).not.toContain('right')
    await test.ask('listening.sources.remove', { sourceId: row?.source_id })
    expect(await test.rows(sql`select from source where credentials is not null`)).toEqual([])
  })

  it('says of each network what it needs', async () => {
    expect(await test.ask('listening.sources.networks', {})).toMatchObject({
      items: [
        { network: 'pond', needs: 'key', hears: 'poll', speaks: true },
        { network: 'pond-stream', needs: 'nothing', hears: 'stream', speaks: false },
      ],
    })
  })
})

describe('polling', () => {
  it('takes in what is new, moves the cursor last, and comes back after the interval', async () => {
    const { sourceId } = await create()
    pond.polls.push(heard(aPost('1', 'one'), aPost('2', 'two')))
    await poll(sourceId)
    const source = await get(sourceId)
    expect(source).toMatchObject({ state: 'active', heardCount: '2', keptCount: '2', failures: 0, failure: null })
    const waitMs = Date.parse(source.dueAt ?? '') - test.clock.at.getTime()
    expect(waitMs).toBeGreaterThanOrEqual(54_000)
    expect(waitMs).toBeLessThanOrEqual(66_000)
    await poll(sourceId)
    expect(pond.asked.at(-1)).toEqual({ polls: 1 })
  })

  it('takes a source under a lease, so that two workers never poll it at once', async () => {
    const { sourceId } = await create()
    await test.rows(sql`update source set due_at = now() - interval '1 second' where source_id = ${sourceId}`)
    const [first, second] = await Promise.all([due(), due()])
    expect([...first, ...second].filter((row) => row.source_id === sourceId)).toHaveLength(1)
  })

  it('backs off longer with each failure, is shown as failing, and recovers by itself', async () => {
    const { sourceId } = await create()
    pond.polls.push({ name: 'unreachable', detail: 'ECONNREFUSED' }, { name: 'upstream', detail: 'HTTP 500' })
    await poll(sourceId)
    expect(await get(sourceId)).toMatchObject({ state: 'active', failures: 1, failure: { name: 'unreachable' } })
    await poll(sourceId)
    const failing = await get(sourceId)
    expect(failing).toMatchObject({ state: 'failing', failures: 2, failure: { name: 'upstream' } })
    expect(Date.parse(failing.dueAt ?? '') - test.clock.at.getTime()).toBeGreaterThan(100_000)
    await poll(sourceId)
    expect(await get(sourceId)).toMatchObject({ state: 'active', failures: 0, failure: null })
    const types = (await test.events()).filter((event) => event.subjects.source === sourceId).map((event) => event.type)
    expect(types).toEqual(['source.added', 'source.failing', 'source.recovered'])
  })

  it('waits as long as a rate limit says', async () => {
    const { sourceId } = await create()
    pond.polls.push({ name: 'rate-limited', until: minutesAfterNoon(25), detail: 'HTTP 429' })
    await poll(sourceId)
    expect(await get(sourceId)).toMatchObject({ state: 'active', dueAt: minutesAfterNoon(25).toISOString() })
  })

  it('stops asking with expired credentials until somebody renews them', async () => {
    const { sourceId } = await test.ask<{ sourceId: string }>('listening.sources.create', {
      network: 'pond',
      settings: {},
      credentials: { account: 'renewed', password: 'right' },
    })
    pond.polls.push({ name: 'credentials-expired', detail: 'HTTP 401' })
    await poll(sourceId)
    expect(await get(sourceId)).toMatchObject({ state: 'needs-credentials', dueAt: null })
    const { owner } = test.workspace
    const as = { cookie: owner.cookie, workspaceId: test.workspaceId }
    const other = { sourceId, credentials: { account: 'somebody-else', password: 'right' } }
    expect((await test.call('listening.sources.update', other, as)).status).toBe(400)
    await test.ask('listening.sources.update', { sourceId, credentials: { account: 'renewed', password: 'newer' } })
    expect(await get(sourceId)).toMatchObject({ state: 'active', failures: 0, dueAt: test.clock.at.toISOString() })
  })

  it('is gone only after several times, and can be asked again', async () => {
    const { sourceId } = await create()
    for (let time = 1; time <= 5; time++) {
      expect((await get(sourceId)).state).not.toBe('gone')
      pond.polls.push({ name: 'gone', detail: 'HTTP 404' })
      await poll(sourceId)
    }
    expect(await get(sourceId)).toMatchObject({ state: 'gone', dueAt: null })
    await test.ask('listening.sources.pollNow', { sourceId })
    expect(await get(sourceId)).toMatchObject({ state: 'failing', dueAt: test.clock.at.toISOString() })
  })

  it('rests while paused, also when a poll was under way', async () => {
    const { sourceId } = await create()
    await test.ask('listening.sources.pause', { sourceId })
    await poll(sourceId)
    expect(await get(sourceId)).toMatchObject({ state: 'paused', dueAt: null })
    await test.ask('listening.sources.resume', { sourceId })
    expect(await get(sourceId)).toMatchObject({ state: 'active', dueAt: test.clock.at.toISOString() })
  })

  it('does not lose a batch when the process dies before the cursor moves: it is heard again, once', async () => {
    const { sourceId } = await create()
    pond.polls.push(heard(aPost('crash', 'before the crash')))
    await poll(sourceId)
    // As if the process had died between storing the posts and moving the cursor.
    await test.rows(sql`update source set cursor = null where source_id = ${sourceId}`)
    pond.polls.push(heard(aPost('crash', 'before the crash'), aPost('after', 'after it')))
    await poll(sourceId)
    expect(
      await test.rows(sql`select external_id, count(*)::int as times from post where external_id in ('crash', 'after')
        group by external_id order by external_id`),
    ).toEqual([
      { external_id: 'after', times: 1 },
      { external_id: 'crash', times: 1 },
    ])
  })
})
