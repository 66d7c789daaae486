import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { takeFromSource } from './intake.ts'
import { streamLoop } from './stream-listen.ts'
import { applyDueWithdrawals } from './stream-withdrawals.ts'
import { anAuthor, aPost, heard, minutesAfterNoon, NOON, replyTo } from './testing/heard.ts'
import { Pond } from './testing/pond.ts'
import { type ListeningTest, listeningTest } from './testing/workspace.ts'
import { createTopic } from './topics.ts'

const pond = new Pond()
let test: ListeningTest
let otherId: string

beforeAll(async () => {
  test = await listeningTest([pond.polled, pond.streamed])
  otherId = (await test.createWorkspace('Other')).workspaceId
  await test.inWorkspace((tx) =>
    createTopic(tx, { name: 'Nordwind', kind: 'brand', query: 'nordwind', opensConversations: true }, NOON),
  )
  await test.inWorkspace(
    (tx) => createTopic(tx, { name: 'Pine', kind: 'brand', query: 'pine', opensConversations: true }, NOON),
    otherId,
  )
  await test.ask('listening.sources.create', { network: 'pond-stream', settings: {} })
})
afterAll(() => test.close())

/** Listens until everything that was pushed is behind the cursor. */
async function listen(until = pond.stream.length): Promise<void> {
  const stop = new AbortController()
  const running = streamLoop.run(test.services, stop.signal)
  try {
    await vi.waitFor(async () => expect((await stream())?.cursor).toEqual({ next: until }), {
      timeout: 20_000,
      interval: 20,
    })
  } finally {
    stop.abort()
    await running
  }
}
const stream = async () =>
  (
    await sql<{ cursor: unknown; heard_count: string; kept_count: string; lease_owner: string | null }>`
      select cursor, heard_count, kept_count, lease_owner from system.stream where name = 'pond-stream'`.execute(
      test.services.database.system,
    )
  ).rows[0]
const stored = async (workspaceId = test.workspaceId) =>
  test.inWorkspace(
    async (tx) =>
      (
        await sql<{
          external_id: string
          text: string
        }>`select external_id, text from post order by external_id`.execute(tx.sql)
      ).rows,
    workspaceId,
  )

describe('a stream of the installation', () => {
  it('serves the workspaces that hear it, stores only what they asked for, and moves its cursor last', async () => {
    pond.push(heard(aPost('1', 'Nordwind'), aPost('2', 'nothing'), aPost('3', 'pine')))
    pond.push(heard(aPost('4', 'still', replyTo('1')), aPost('5', 'unrelated', replyTo('3'))))
    await listen()
    expect((await stored()).map((row) => row.external_id)).toEqual(['1', '4'])
    expect(await stored(otherId)).toEqual([])
    expect(await stream()).toMatchObject({ heard_count: '5', kept_count: '2', lease_owner: null })
  })

  it('resumes at the cursor', async () => {
    pond.push(heard(aPost('6', 'Nordwind again')))
    await listen()
    expect(pond.asked.at(-1)).toEqual({ next: 2 })
    expect((await stored()).map((row) => row.external_id)).toEqual(['1', '4', '6'])
  })

  it('is held by one worker at a time', async () => {
    await sql`update system.stream set lease_owner = 'another', lease_until = ${minutesAfterNoon(6)} where name = 'pond-stream'`.execute(
      test.services.database.system,
    )
    const asked = pond.asked.length
    const stop = new AbortController()
    const running = streamLoop.run(test.services, stop.signal)
    await new Promise((resolve) => setTimeout(resolve, 300))
    stop.abort()
    await running
    expect(pond.asked.length).toBe(asked)
    test.clock.at = minutesAfterNoon(7)
    pond.push(heard(aPost('7', 'Nordwind after the other died')))
    await listen()
    expect((await stored()).map((row) => row.external_id)).toContain('7')
  })

  it('applies deletions to every workspace that stored the post, through whatever source', async () => {
    await takeFromSource(test.services, heard(aPost('8', 'from a source')), {
      workspaceId: otherId,
      sourceId: '01a20000-0000-7000-8000-000000000002',
      name: 'x',
      keepsEverything: true,
      tellsEdits: false,
    })
    pond.push(
      ['1', '8'].map((externalId) => ({ kind: 'post-deleted', network: 'pond', scope: '', externalId, at: NOON })),
    )
    await listen()
    await applyDueWithdrawals(test.services)
    expect((await stored()).find((row) => row.external_id === '1')?.text).toBe('')
    expect(await stored(otherId)).toEqual([{ external_id: '8', text: '' }])
  })

  it('catches a post that a source brings in after the stream has told its deletion', async () => {
    pond.push([{ kind: 'post-deleted', network: 'pond', scope: '', externalId: '9', at: NOON }])
    await listen()
    await takeFromSource(test.services, heard(aPost('9', 'too late')), {
      workspaceId: otherId,
      sourceId: '01a20000-0000-7000-8000-000000000002',
      name: 'x',
      keepsEverything: true,
      tellsEdits: false,
    })
    expect((await stored(otherId)).find((row) => row.external_id === '9')?.text).toBe('')
  })

  it('takes the posts of an account that was taken down along', async () => {
    const troll = anAuthor('troll')
    pond.push(heard(aPost('t1', 'Nordwind!', { author: troll }), aPost('t2', 'Nordwind!!', { author: troll })))
    pond.push([
      {
        kind: 'author-gone',
        network: 'pond',
        scope: '',
        networkId: troll.networkId,
        reason: 'taken-down',
        at: minutesAfterNoon(6),
      },
    ])
    await listen()
    await applyDueWithdrawals(test.services)
    expect((await stored()).filter((row) => row.external_id.startsWith('t'))).toEqual([
      { external_id: 't1', text: '' },
      { external_id: 't2', text: '' },
    ])
  })

  it('keeps what it cannot read', async () => {
    pond.push([{ kind: 'malformed', raw: '???', reason: 'not-json' }])
    await listen()
    const { rows } = await sql`select stream, reason, raw from system.stream_quarantine`.execute(
      test.services.database.system,
    )
    expect(rows).toEqual([{ stream: 'pond-stream', reason: 'not-json', raw: '???' }])
  })

  it('matches a topic that was made while it runs', async () => {
    const stop = new AbortController()
    const running = streamLoop.run(test.services, stop.signal)
    await vi.waitFor(async () => expect((await stream())?.lease_owner).not.toBeNull(), {
      timeout: 20_000,
      interval: 20,
    })
    await test.inWorkspace((tx) =>
      createTopic(tx, { name: 'Fresh', kind: 'campaign', query: 'fresh', opensConversations: false }, NOON),
    )
    await new Promise((resolve) => setTimeout(resolve, 300))
    pond.push(heard(aPost('f1', 'so fresh')))
    await vi.waitFor(async () => expect((await stored()).map((row) => row.external_id)).toContain('f1'), {
      timeout: 20_000,
    })
    stop.abort()
    await running
  })
})
