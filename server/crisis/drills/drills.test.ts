import dns from 'node:dns'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ScoreCard } from '../../../contract/crisis-drills.ts'
import type { ConversationItem } from '../../../contract/inbox-conversations.ts'
import { readMailSettings } from '../../accounts/index.ts'
import { answerGuard } from '../../inbox/index.ts'
import { fetchMedium } from '../../inbox/media.ts'
import { type Desk, openDesk } from '../../inbox/testing/desk.ts'
import { connectAccount } from '../../listening/index.ts'
import { pollSource } from '../../listening/source-poll.ts'
import { sealCredentials } from '../../listening/source-rows.ts'
import { dataRegister, modules } from '../../modules.ts'
import { SYSTEM } from '../../platform/events.ts'
import { servicesOf } from '../../platform/fence.ts'
import { newId } from '../../platform/ids.ts'
import { postWebhook } from '../../platform/webhook.ts'
import { accountOfDomain, outsideOf } from '../../proofs/domain-handle.ts'
import { advanceDue, LIMITS, runOutbox } from '../../publishing/index.ts'
import type { TestMember } from '../../testing/app.ts'
import { playDrill } from './playing.ts'
import type { House } from './sandbox.ts'

const house: House = {
  configuration: () => modules.flatMap((module) => module.configuration ?? []),
}
interface Drill {
  state: string
  told: number
  sandboxSlug: string | null
  failure: string | null
  card: ScoreCard | null
  before: Drill | null
}

let desk: Desk
let drillId: string
let sandboxId: string
let playing: Promise<void>
const stopping = new AbortController()

const ask = <T>(path: string, input: unknown, as = desk.lead) => desk.ask<T>(`crisis.${path}`, input, as)
const codeOf = async (path: string, input: unknown, as = desk.lead) =>
  (await desk.tell(`crisis.${path}`, input, as)).body.data?.code
const drillNow = () => ask<Drill>('drills.get', { drillId }, desk.anna)
const inSandbox = async <T>(path: string, input: unknown, as: TestMember) => {
  const { status, body } = await desk.app.call(path, input, { cookie: as.cookie, workspaceId: sandboxId })
  return { status, body: body as T & { data?: { code?: string } } }
}
const rowsIn = <Row>(workspaceId: string, query: ReturnType<typeof sql<Row>>) =>
  desk.services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => (await query.execute(tx.sql)).rows)
const hearSandbox = async () => {
  await pollSource(desk.services, sandboxId, desk.sourceId, AbortSignal.timeout(10_000))
  await desk.app.settle()
}
const TROLL = /-x\d+\.test$/
/** Somebody of the storm who has no answer yet, and is no troll. */
async function answerOne(undoSeconds: number): Promise<void> {
  const { body } = await inSandbox<{ items: ConversationItem[] }>('inbox.conversations.list', { limit: 100 }, desk.anna)
  const said = await rowsIn(sandboxId, sql<{ id: string }>`select conversation_id as id from answer`)
  const answered = new Set(said.map(({ id }) => id))
  const item = body.items.find((one) => !TROLL.test(one.author.handle ?? '') && !answered.has(one.conversationId))
  const answer = {
    conversations: [{ conversationId: item?.conversationId, againstVersion: item?.version }],
    text: 'We are sorry, we look into it.',
    undoSeconds,
  }
  expect((await inSandbox('inbox.answers.send', answer, desk.anna)).status).toBe(200)
}
const until = (holds: () => Promise<boolean>) =>
  vi.waitFor(async () => expect(await holds()).toBe(true), { timeout: 30_000, interval: 100 })
const input = { storm: 'outage', size: 'small', minutes: 1, languages: ['en', 'de'], keepDays: 7 }

beforeAll(async () => {
  desk = await openDesk()
  await desk.ask('inbox.macros.create', { name: 'Hello', text: 'Hello', actions: [] })
  await desk.ask('accounts.teams.create', { name: 'Night desk', memberIds: [desk.anna.memberId, desk.ben.memberId] })
  await desk.ask('listening.topics.create', { name: 'Brand', query: 'nordwind', languages: ['en'], kind: 'brand' })
  const memberIds = [desk.anna.memberId, desk.lead.memberId]
  drillId = (await ask<{ drillId: string }>('drills.begin', { ...input, memberIds })).drillId
  playing = playDrill(desk.services, house, { home: desk.workspaceId, drillId }, stopping.signal)
  await until(async () => (await drillNow()).told >= 3)
  const [row] = await desk.rows(sql<{ sandbox_id: string }>`select sandbox_id from drill where drill_id = ${drillId}`)
  sandboxId = row?.sandbox_id ?? ''
})
afterAll(async () => {
  stopping.abort()
  await playing
  await desk.close()
})

describe('a drill', () => {
  it('is begun by those who manage crises, one at a time, with members of the team', async () => {
    const memberIds = [desk.anna.memberId]
    expect(await codeOf('drills.begin', { ...input, memberIds }, desk.anna)).toBe('permission-missing')
    expect(await codeOf('drills.begin', { ...input, memberIds })).toBe('drill-running')
    expect(await codeOf('drills.begin', { ...input, memberIds: [newId()] })).toBe('member-unknown')
    expect(await codeOf('drills.removeSandbox', { drillId })).toBe('drill-running')
  })

  it('has a sandbox that is set up as the workspace, and holds nobody’s posts, keys or accounts', async () => {
    const counted = await rowsIn(
      sandboxId,
      sql<
        Record<string, string>
      >`select (select count(*) from macro) as macros, (select count(*) from team_member) as team,
        (select count(*) from topic) as topics, (select count(*) from api_key) as keys, (select mode from workspace) as mode,
        (select count(*) from member) as members, (select count(*) from member where state = 'active') as present`,
    )
    expect(counted[0]).toMatchObject({
      macros: '1',
      team: '2',
      topics: '1',
      keys: '0',
      mode: 'drill',
      members: '4',
      present: '2',
    })
  })

  it('lets in who takes part, and nobody else of the team', async () => {
    expect((await inSandbox('accounts.workspaces.get', {}, desk.anna)).status).toBe(200)
    expect((await inSandbox('accounts.workspaces.get', {}, desk.ben)).status).toBe(404)
    expect(await ask('drills.list', {}, desk.anna)).toMatchObject({ possible: true })
    expect((await inSandbox<{ possible: boolean }>('crisis.drills.list', {}, desk.anna)).body.possible).toBe(false)
    const nested = await inSandbox('crisis.drills.begin', { ...input, memberIds: [desk.lead.memberId] }, desk.lead)
    expect(nested.body.data?.code).toBe('drill-impossible')
  })

  it('is worked on for real: what the storm says is heard, and an answer stands on the twin', async () => {
    await hearSandbox()
    const { body } = await inSandbox<{ items: ConversationItem[] }>(
      'inbox.conversations.list',
      { limit: 100 },
      desk.anna,
    )
    expect(body.items.length).toBeGreaterThanOrEqual(3)
    await answerOne(0)
    await advanceDue({ services: desk.services, guard: answerGuard, limits: LIMITS })
    await desk.app.settle()
    const sent = await rowsIn(sandboxId, sql<{ state: string; url: string }>`select state, url from delivery`)
    expect(sent).toMatchObject([{ state: 'sent', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//) }])
    expect(desk.published()).toEqual([])
  })

  it('tells members in the app, and never by mail or push', async () => {
    const declared = await inSandbox<{ crisisId: string }>(
      'crisis.declare',
      { name: 'Outage', topicId: null, teamId: null, playbookId: null },
      desk.lead,
    )
    expect(declared.status).toBe(200)
    const told = await rowsIn(sandboxId, sql`select in_app, mail_due_at, push_due_at from notification`)
    expect(told).toEqual([{ in_app: true, mail_due_at: null, push_due_at: null }])
  })
})

describe('whoever practises', () => {
  /** Every place that anything in this process tries to reach by name or by socket while `work` runs. */
  async function reached(work: () => Promise<unknown>): Promise<string[]> {
    const places = new Set<string>()
    const connect = vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(function (this: net.Socket, ...given) {
      places.add(placeOf(given))
      return original.apply(this, given as never)
    })
    const lookup = vi.spyOn(dns.promises, 'lookup')
    const records = vi
      .spyOn(dns.promises.Resolver.prototype, 'resolveTxt')
      .mockRejectedValue(new Error('not asked here'))
    try {
      await work()
    } finally {
      for (const [name] of [...lookup.mock.calls, ...records.mock.calls]) places.add(`name ${name}`)
      connect.mockRestore()
      lookup.mockRestore()
      records.mockRestore()
    }
    return [...places].filter((place) => !place.includes('.s.PGSQL') && !place.startsWith('/'))
  }
  const original = net.Socket.prototype.connect
  /** As it is called: by options, by a path, or by port and host. */
  function placeOf(given: unknown[]): string {
    const [first, second] = (Array.isArray(given[0]) ? given[0] : given) as unknown[]
    if (typeof first === 'string') return first
    if (typeof first === 'number') return `${second}:${first}`
    const { path, host, port } = first as Record<string, unknown>
    return String(path ?? `${host}:${port}`)
  }

  /** A source that somebody put into the sandbox behind the program's back, with credentials of a real account. */
  async function smuggle(network: string, settings: object): Promise<string> {
    const sourceId = newId()
    const { secrets } = desk.services
    const sealed = sealCredentials(secrets, sandboxId, sourceId, {
      identifier: 'nordwind.example.org',
      appPassword: 'real-real-real-real',
    })
    await rowsIn(
      sandboxId,
      sql`insert into source (workspace_id, source_id, network, name, settings, identity, credentials, keeps, own_author_id,
        hears_stream, due_at, created_at) select ${sandboxId}, ${sourceId}, ${network}, 'Real', ${JSON.stringify(settings)}::jsonb,
        ${sourceId}, ${sealed}, 'everything', own_author_id, false, now(), now() from source where own_author_id is not null limit 1`,
    )
    return sourceId
  }
  /** Answers as a real network would, and is no twin of this drill. */
  const elsewhere = () => desk.twin.urls

  it('never reaches a network, whatever the sandbox was given: not by name, not by address, not by socket', async () => {
    const real = await smuggle('bluesky', {})
    const near = await smuggle('bluesky', elsewhere().bluesky)
    const feed = await smuggle('feed', { url: 'https://example.com/feed.xml' })
    const fenced = await servicesOf(desk.services, sandboxId)
    const place = fenced.fence ?? ''
    const webhook = { secret: 'whsec_c2VjcmV0', messageId: newId(), body: '{}' }
    const places = await reached(async () => {
      for (const sourceId of [desk.sourceId, real, near, feed])
        await pollSource(desk.services, sandboxId, sourceId, AbortSignal.timeout(10_000))
      for (const sourceId of [real, near]) {
        const post = { sourceId, text: 'This must not be read anywhere', undoSeconds: 0 }
        expect((await inSandbox('publishing.deliveries.create', post, desk.lead)).status).toBe(200)
      }
      await advanceDue({ services: desk.services, guard: answerGuard, limits: LIMITS })
      const account = {
        network: 'bluesky',
        settings: {},
        credentials: { identifier: 'real.example.org', appPassword: 'real-real' },
      }
      await expect(connectAccount(desk.services, sandboxId, account)).rejects.toThrow('source-check-failed')
      expect(await fetchMedium(fenced, newId(), 'https://example.com/cat.png')).toBe(null)
      expect(await fetchMedium(fenced, newId(), `${elsewhere().base}/cat.png`)).toBe(null)
      expect(await accountOfDomain(outsideOf(fenced), 'nordwind.example')).toBe(null)
      expect(await postWebhook(fenced, { ...webhook, url: 'https://example.com/hook' })).toMatchObject({ ok: false })
      expect(await postWebhook(fenced, { ...webhook, url: elsewhere().gateway })).toMatchObject({
        failure: 'forbidden-address',
      })
    })
    expect(places).toEqual([place])
    expect(await readMailSettings(fenced)).toBe(null)
    const sent = await rowsIn(
      sandboxId,
      sql<{ state: string }>`select distinct state, failure from delivery where source_id in (${real}, ${near})`,
    )
    expect(sent).toEqual([{ state: 'refused', failure: 'forbidden-address' }])
    expect(desk.published()).toEqual([])
    await rowsIn(sandboxId, sql`update source set removed_at = now() where source_id in (${real}, ${near}, ${feed})`)
  })

  it('is watched by a watch that sees: the same calls of the real workspace are seen', async () => {
    const places = await reached(async () => {
      await fetchMedium(desk.services, newId(), `${elsewhere().base}/dog.png`)
      await outsideOf(desk.services)
        .txt('_atproto.nordwind.example')
        .catch(() => null)
    })
    expect(places).toEqual([new URL(elsewhere().base).host, 'name _atproto.nordwind.example'])
  })
})

describe('a drill that is over', () => {
  it('counts what could still be taken back, has a score card of the team, closes its fence and rests', async () => {
    await hearSandbox()
    const outbox = new AbortController()
    const sending = runOutbox({ services: desk.services, guard: answerGuard, limits: LIMITS }, outbox.signal)
    await answerOne(60)
    expect(await codeOf('drills.waiting', { drillId }, desk.anna)).toBe('permission-missing')
    expect(await ask('drills.waiting', { drillId })).toEqual({ answers: 1 })
    await ask('drills.end', { drillId })
    await playing
    outbox.abort()
    await sending
    expect(await ask('drills.waiting', { drillId })).toEqual({ answers: 0 })
    const { state, card, failure, sandboxSlug } = await drillNow()
    expect({ state, failure, sandboxSlug }).toEqual({ state: 'over', failure: null, sandboxSlug: 'nordwind-drill' })
    expect(card).toMatchObject({ answered: 2, trollsFed: 0, crisisDeclaredMinutes: expect.any(Number) })
    expect(card?.posts).toBeGreaterThanOrEqual(3)
    expect(card?.conversations).toBeGreaterThanOrEqual(3)
    expect(card?.firstAnswerMinutes).toBeGreaterThan(0)
    expect(card?.tone.positive ?? 0 + (card?.tone.negative ?? 0) + (card?.tone.neutral ?? 0)).toBeGreaterThanOrEqual(0)
    expect(JSON.stringify(card)).not.toContain(desk.anna.memberId)
    expect((await servicesOf(desk.services, sandboxId)).fence).toBe('')
    const [source] = await rowsIn(sandboxId, sql<{ state: string }>`select state from source where removed_at is null`)
    expect(source).toEqual({ state: 'paused' })
    await ask('drills.reflect', { drillId, lessons: 'Faster.' })
  })

  it('is compared with the one before; one that lost its worker is ended by whoever finds it', async () => {
    const memberIds = [desk.anna.memberId]
    const first = drillId
    drillId = (await ask<{ drillId: string }>('drills.begin', { ...input, memberIds })).drillId
    const place = { home: desk.workspaceId, drillId }
    const died = new AbortController()
    const played = playDrill(desk.services, house, place, died.signal)
    await until(async () => (await drillNow()).told >= 1)
    died.abort()
    await played
    expect(await drillNow()).toMatchObject({ state: 'over', failure: 'interrupted', before: { drillId: first } })
    await desk.rows(sql`update drill set state = 'running' where drill_id = ${drillId}`)
    await playDrill(desk.services, house, place, stopping.signal)
    expect(await drillNow()).toMatchObject({ state: 'over', failure: 'interrupted' })
  })

  it('ends with the reason where no card can be made of it, and is not taken up again and again', async () => {
    const [first] = await desk.rows(
      sql<{ drill_id: string }>`select drill_id from drill where sandbox_id = ${sandboxId}`,
    )
    const path = { drillId: first?.drill_id ?? '' }
    // A row that nothing of ours writes: whoever counts it falls over.
    await rowsIn(sandboxId, sql`update crisis set steps = 'null'`)
    await desk.rows(sql`update drill set state = 'running', card = null where drill_id = ${path.drillId}`)
    await playDrill(desk.services, house, { home: desk.workspaceId, ...path }, stopping.signal)
    const ended = { state: 'failed', failure: 'not-ended', card: null, sandboxSlug: 'nordwind-drill' }
    expect(await ask('drills.get', path, desk.anna)).toMatchObject(ended)
    const { rows } = await sql`select * from system.take_due_drills(30, 10)`.execute(desk.services.database.system)
    expect(rows).toEqual([])
  })

  it('loses its sandbox without trace, and keeps its card; no real workspace can be forgotten so', async () => {
    const [row] = await desk.rows(sql<{ sandbox_id: string }>`select sandbox_id from drill where drill_id = ${drillId}`)
    const gone = row?.sandbox_id ?? ''
    const folder = path.join(desk.services.config.home, 'attachments', gone)
    await mkdir(folder, { recursive: true })
    await ask('drills.removeSandbox', { drillId })
    await ask('drills.removeSandbox', { drillId })
    const tables = dataRegister().filter(
      ({ table, columns }) => !table.includes('.') && /workspace_id/.test(columns.key ?? ''),
    )
    expect(tables.length).toBeGreaterThan(100)
    const left = await Promise.all(
      tables.map(async ({ table }) => ({
        table,
        rows: (await rowsIn(gone, sql`select from ${sql.table(table)} limit 1`)).length,
      })),
    )
    expect(left.filter(({ rows }) => rows > 0)).toEqual([])
    expect(existsSync(folder)).toBe(false)
    expect(await drillNow()).toMatchObject({ state: 'over', sandboxSlug: null, card: { answered: 0 } })
    await expect(rowsIn(desk.workspaceId, sql`select system.forget_sandbox()`)).rejects.toThrow('only a sandbox')
  })
})
