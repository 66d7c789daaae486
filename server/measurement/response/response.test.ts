import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { explain } from '../../platform/testing/explain.ts'
import { createTestApp, type TestApp, type TestMember } from '../../testing/app.ts'
import { settling } from '../testing/waits.ts'
import { weeksBefore } from './waits.ts'

interface Figures {
  waits: number
  answered: number
  rate: number
  promised: number
  kept: number
  keptShare: number
  serviceMedian: number
  serviceP90: number
  wallMedian: number
}
interface Response {
  weeks: string[]
  leftOut: number
  groups: { key: string; name: string | null; total: Figures | null; byWeek: (Figures | null)[] }[]
}

const people = Array.from({ length: 9 }, () => newId())
let app: TestApp
let workspaceId = ''
let teamId = ''
let weeks: string[] = []

const call = async (path: string, input: unknown, as: TestMember = app.workspace.owner) =>
  (await app.call(path, input, { cookie: as.cookie, workspaceId })) as { status: number; body: never }
const read = async (input: Record<string, unknown>): Promise<Response> =>
  (await call('measurement.response.read', { clock: 'resolution', weeks: 3, ...input })).body

beforeAll(async () => {
  app = await createTestApp()
  workspaceId = app.workspace.workspaceId
  weeks = (await read({})).weeks
  teamId = ((await call('accounts.teams.create', { name: 'Care', memberIds: [] })).body as { teamId: string }).teamId
  await settling(app.services.database, workspaceId)(weeks, [
    // The week before last: six on one network, three more on another.
    ...people.slice(0, 6).flatMap((by, at) => [
      { by, network: 'bluesky', week: 1, minutes: 10 * (at + 1) },
      { by, network: 'bluesky', week: 1, minutes: 100, state: 'breached' as const },
    ]),
    ...people.slice(6).map((by) => ({ by, network: 'mastodon', week: 1, minutes: 5 })),
    // Last week: a team of five, five others, and a rule.
    ...people.slice(0, 5).map((by) => ({ by, network: 'bluesky', week: 2, minutes: 20, team: teamId })),
    ...people.slice(4).map((by) => ({ by, network: 'mastodon', week: 2, minutes: 40 })),
    { by: null, network: 'x', week: 2, minutes: 1 },
    // It ended in the present week.
    { by: null, network: 'x', week: 2, minutes: 8 * 1_440 },
    // And before: four.
    ...people.slice(0, 4).map((by) => ({ by, network: 'bluesky', week: 0, minutes: 7 })),
  ])
})
afterAll(() => app.close())

describe('response', () => {
  it('is counted by week, of weeks that are over, from waits and nothing else', async () => {
    const { groups, weeks: shown } = await read({})
    expect(shown).toHaveLength(3)
    expect(shown.at(-1)?.localeCompare(new Date().toISOString().slice(0, 10))).toBe(-1)
    const [all] = groups
    expect(all?.byWeek[1]).toMatchObject({ waits: 15, answered: 15, rate: 1, promised: 15, kept: 9, keptShare: 0.6 })
    // 5, 5, 5, 10, 20, 30, 40, 50, 60 and six times 100 minutes; half of each in service time.
    expect(all?.byWeek[1]).toMatchObject({ wallMedian: 50, serviceMedian: 25, serviceP90: 50 })
    expect(all?.total).toMatchObject({ waits: 27 })
  })

  it('of fewer than five people is told to nobody, nor by what is left when the rest is taken off', async () => {
    const [all] = (await read({})).groups
    expect(all?.byWeek[0]).toBeNull()
    const byNetwork = await read({ by: 'network' })
    const shownOf = (key: string) => byNetwork.groups.find((group) => group.key === key)?.byWeek ?? []
    // Six people on one network could be told, but all of it less theirs is the work of three.
    expect(shownOf('bluesky')[1] ?? null).toBeNull()
    expect(shownOf('mastodon')[1] ?? null).toBeNull()
    // Last week five each: both are told, and their totals are of these weeks alone.
    expect(shownOf('bluesky')[2]).toMatchObject({ waits: 5 })
    expect(shownOf('mastodon')[2]).toMatchObject({ waits: 5 })
    expect(byNetwork.groups.find(({ key }) => key === 'bluesky')?.total).toMatchObject({ waits: 5, wallMedian: 20 })
    // What a rule did is nobody's work; and what ended since is told when the present week is over, or figures would move with it.
    expect(shownOf('x')[2]).toMatchObject({ waits: 2, answered: 1, promised: 1, wallMedian: 1 })
    expect(byNetwork.leftOut).toBe(3)
    const byTeam = await read({ by: 'team' })
    expect(byTeam.groups).toMatchObject([{ key: teamId, name: 'Care', total: { waits: 5 } }])
  })

  it('is told of whoever works alone, until somebody else is there', async () => {
    const months = (await read({ weeks: 5 })).weeks
    const { memberId } = app.workspace.owner
    await settling(app.services.database, workspaceId)(months, [
      { by: memberId, network: 'mail', week: 0, minutes: 30 },
    ])
    const told = async () =>
      (await read({ weeks: 5, by: 'network' })).groups.find(({ key }) => key === 'mail')?.byWeek[0]
    expect(await told()).toMatchObject({ waits: 1, wallMedian: 30 })
    await app.join(workspaceId, 'agent')
    expect(await told()).toBeUndefined()
  })

  it('leads to its rows, and what is left out has none', async () => {
    const rows = { clock: 'resolution', by: 'network', key: 'bluesky', week: weeks[2] }
    const page = (await call('measurement.response.rows', { ...rows, limit: 3 })).body as {
      items: { wallMinutes: number; serviceMinutes: number }[]
      nextCursor: string
    }
    expect(page.items).toHaveLength(3)
    expect(page.items[0]).toMatchObject({ wallMinutes: 20, serviceMinutes: 10, state: 'met', network: 'bluesky' })
    const rest = (await call('measurement.response.rows', { ...rows, limit: 3, after: page.nextCursor })).body as {
      items: unknown[]
    }
    expect(rest.items).toHaveLength(2)
    const late = (
      await call('measurement.response.rows', { ...rows, by: 'all', key: 'all', week: weeks[1], only: 'late' })
    ).body as { items: unknown[] }
    expect(late.items).toHaveLength(6)
    const code = async (input: unknown) =>
      ((await call('measurement.response.rows', input)).body as { data?: { code: string } }).data?.code
    expect(await code({ ...rows, week: weeks[1] })).toBe('figure-left-out')
    const monday = (await app.services.database.inWorkspace(workspaceId, { kind: 'system', id: null }, (tx) =>
      weeksBefore(tx, new Date(Date.now() + 7 * 86_400_000), 1),
    )) as { days: string[] }
    expect(await code({ ...rows, week: monday.days[0] })).toBe('week-not-over')
  })

  it('is told to nobody to whom a source is closed: their total and another’s would be subtracted', async () => {
    const member = await app.join(workspaceId, 'agent')
    const sourceId = newId()
    expect((await call('measurement.response.read', {}, member)).status).toBe(200)
    await app.services.database.inWorkspace(workspaceId, { kind: 'system', id: null }, async (tx) => {
      await sql`insert into source (workspace_id, source_id, network, settings, state, name, identity)
        values (${workspaceId}, ${sourceId}, 'bluesky', '{}', 'active', 'Closed', 'closed')`.execute(tx.sql)
      await sql`insert into member_source_role (workspace_id, member_id, source_id, role)
        values (${workspaceId}, ${member.memberId}, ${sourceId}, 'none')`.execute(tx.sql)
    })
    expect((await call('measurement.response.read', {}, member)).status).toBe(403)
  })

  it('walks the weeks’ own index', async () => {
    const inWorkspace = <T>(work: (tx: Parameters<typeof weeksBefore>[0]) => Promise<T>) =>
      app.services.database.inWorkspace(workspaceId, { kind: 'system', id: null }, work)
    const { from, until } = await inWorkspace((tx) => weeksBefore(tx, new Date(), 3))
    const query = sql`select 1 from clock k where workspace_id = ${workspaceId} and kind = 'resolution'
      and started_at >= ${from} and started_at < ${until} order by started_at`
    const [explained] = await explain({ inWorkspace }, [[query, 'clock_begun']])
    expect(explained?.usesIndex, explained?.plan).toBe(true)
  })
})
