import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLE_PERMISSIONS, ROLE_PRESETS } from '../../contract/permissions.ts'
import { NEVER_OPEN } from '../clocks/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { createTestApp, type TestApp, type TestMember } from '../testing/app.ts'
import { sleeping, type Work, whoCanTake } from './index.ts'

let app: TestApp
let owner: TestMember
let admin: TestMember
let agent: TestMember
let viewer: TestMember

const tell = async (path: string, input: unknown, as: TestMember = owner) => {
  const { status, body } = await app.call(path, input, { cookie: as.cookie, workspaceId: app.workspace.workspaceId })
  return { status, body: body as { data?: { code?: string } } & Record<string, unknown> }
}
const ask = async <T>(path: string, input: unknown, as?: TestMember): Promise<T> => {
  const { status, body } = await tell(path, input, as)
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  return body as T
}
const outcome = async (path: string, input: unknown, as?: TestMember) => {
  const { status, body } = await tell(path, input, as)
  return [status, body?.data?.code ?? null]
}
const newRole = async (name: string, permissions: readonly string[]) =>
  (await ask<{ roleId: string }>('accounts.roles.create', { name, permissions })).roleId
const memberOf = async (memberId: string) =>
  (
    await ask<{ items: { memberId: string; role: string | null; roleId: string | null }[] }>(
      'accounts.members.list',
      {},
    )
  ).items.find((one) => one.memberId === memberId)

beforeAll(async () => {
  app = await createTestApp()
  const { workspaceId } = app.workspace
  owner = app.workspace.owner
  admin = await app.join(workspaceId, 'admin', 'Ada Admin')
  agent = await app.join(workspaceId, 'agent', 'Anna Albers')
  viewer = await app.join(workspaceId, 'viewer', 'Vera Vogel')
})
afterAll(() => app?.close())

describe('a role of the workspace’s own', () => {
  it('lets its members do what it says from their next request on, and nothing else', async () => {
    const roleId = await newRole('Topics only', ['workspace.read', 'topics.read', 'topics.manage'])
    const member = await app.join(app.workspace.workspaceId, 'viewer', 'Timo Tamm')
    await ask('accounts.members.update', { memberId: member.memberId, roleId })
    expect(await outcome('listening.topics.list', {}, member)).toEqual([200, null])
    expect(await outcome('inbox.conversations.list', {}, member)).toEqual([403, 'permission-missing'])
    await ask('accounts.roles.update', { roleId, version: 1, permissions: ['workspace.read', 'inbox.read'] })
    expect(await outcome('listening.topics.list', {}, member)).toEqual([403, 'permission-missing'])
    expect(await outcome('inbox.conversations.list', {}, member)).toEqual([200, null])
  })

  it('is changed by whoever saw it as it is', async () => {
    const roleId = await newRole('Raced', ['workspace.read'])
    expect(await outcome('accounts.roles.update', { roleId, version: 1, name: 'First' })).toEqual([200, null])
    expect(await outcome('accounts.roles.update', { roleId, version: 1, name: 'Second' })).toEqual([
      409,
      'role-changed',
    ])
    expect(await outcome('accounts.roles.create', { name: 'First', permissions: ['workspace.read'] })).toEqual([
      409,
      'role-name-taken',
    ])
  })

  it('goes when it is said what its members and those invited with it get instead', async () => {
    const roleId = await newRole('Passing', ['workspace.read'])
    const member = await app.join(app.workspace.workspaceId, 'agent', 'Gerd Gast')
    await ask('accounts.members.update', { memberId: member.memberId, roleId })
    await ask('accounts.members.invite', { roleId, email: 'new@example.org' })
    expect(await outcome('accounts.roles.remove', { roleId, version: 1 })).toEqual([409, 'role-in-use'])
    await ask('accounts.roles.remove', { roleId, version: 1, toRole: 'viewer' })
    expect(await memberOf(member.memberId)).toMatchObject({ role: 'viewer', roleId: null })
    const { items } = await ask<{ items: { email: string; role: string }[] }>('accounts.members.invitations', {})
    expect(items.find((one) => one.email === 'new@example.org')).toMatchObject({ role: 'viewer' })
  })

  it('gives nobody more than whoever gives it has', async () => {
    const roleId = await newRole('Staff office', ['workspace.read', 'members.read', 'members.manage', 'inbox.read'])
    const office = await app.join(app.workspace.workspaceId, 'viewer', 'Ole Office')
    await ask('accounts.members.update', { memberId: office.memberId, roleId })
    const refused = [403, 'more-than-you-have']
    const speaking = { name: 'Speaking', permissions: ['answers.speak'] }
    expect(await outcome('accounts.roles.create', speaking, office)).toEqual(refused)
    expect(await outcome('accounts.members.update', { memberId: office.memberId, role: 'admin' }, office)).toEqual(
      refused,
    )
    expect(await outcome('accounts.members.update', { memberId: agent.memberId, state: 'disabled' }, office)).toEqual(
      refused,
    )
    expect(await outcome('accounts.members.invite', { role: 'agent' }, office)).toEqual(refused)
    expect(
      await outcome('accounts.roles.update', { roleId, version: 1, permissions: ['answers.speak'] }, office),
    ).toEqual(refused)
  })

  it('never unmakes the last owner', async () => {
    const roleId = await newRole('Little', ['workspace.read'])
    expect(await outcome('accounts.members.update', { memberId: owner.memberId, roleId })).toEqual([
      409,
      'last-owner-stays',
    ])
    expect(await outcome('accounts.members.update', { memberId: owner.memberId, roleId }, admin)).toEqual([
      403,
      'owners-only',
    ])
  })

  it('limits the keys of its members', async () => {
    const roleId = await newRole('Keys', ['workspace.read', 'keys.manage', 'topics.read'])
    const member = await app.join(app.workspace.workspaceId, 'admin', 'Kai Keys')
    const made = await ask<{ secret: string }>(
      'accounts.keys.create',
      { name: 'K', scopes: ['inbox.read', 'topics.read'] },
      member,
    )
    await ask('accounts.members.update', { memberId: member.memberId, roleId })
    expect((await app.call('inbox.conversations.list', {}, { key: made.secret })).status).toBe(403)
    expect((await app.call('listening.topics.list', {}, { key: made.secret })).status).toBe(200)
  })
})

describe('presets', () => {
  it('are sets that an owner may give, and the works council’s shows nothing that customers say', () => {
    for (const permissions of Object.values(ROLE_PRESETS))
      expect(permissions.filter((permission) => !ROLE_PERMISSIONS.owner.includes(permission))).toEqual([])
    expect(
      ROLE_PRESETS['works-council'].filter((permission) => /^(posts|inbox|people|answers)\./.test(permission)),
    ).toEqual([])
  })
})

describe('a permission that sleeps', () => {
  it('is refused with its reason, also to keys of whoever it sleeps for, while everything else goes on', async () => {
    const { services, workspace } = app
    const check = async (_tx: unknown, memberId: string) =>
      memberId === agent.memberId ? { reason: 'training-missing', params: { what: 'Tone' } } : null
    const caller = await sleeping([check])(async () => ({
      userId: 'u',
      installationAdmin: false,
      provedSecondFactor: false,
      workspace: {
        workspaceId: workspace.workspaceId,
        memberId: null,
        answerableMemberId: agent.memberId,
        role: null,
        permissions: new Set(['answers.speak'] as const),
        actor: SYSTEM,
      },
    }))(services, new Headers(), '')
    await services.database.inWorkspace(workspace.workspaceId, SYSTEM, async (tx) => {
      expect(await caller?.workspace?.asleep?.(tx, 'answers.speak')).toEqual({
        reason: 'training-missing',
        params: { what: 'Tone' },
      })
    })
  })
})

describe('who can take work', () => {
  const NOW = new Date('2026-03-02T10:00:00Z')
  const always = { from: '00:00', until: '24:00' }
  const take = (work: Partial<Work> = {}, load: Record<string, number> = {}) =>
    app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, (tx) =>
      whoCanTake(tx, {
        at: NOW,
        permission: 'answers.draft',
        sourceId: null,
        language: null,
        product: null,
        loadOf: async () => new Map(Object.entries(load)),
        ...work,
      }),
    )

  it('takes what was saved first; whoever read it before is told, and no skill is lost', async () => {
    const of = { memberId: agent.memberId }
    const before = await ask<{ version: string }>('accounts.staffing.get', of)
    const save = (products: string[], against: string) =>
      tell('accounts.staffing.update', { ...of, languages: ['de'], products, capacity: null, against })
    const answers = await Promise.all([save(['Routers'], before.version), save(['Phones'], before.version)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const after = await ask<{ version: string; products: string[] }>('accounts.staffing.get', of)
    expect(after.products).toHaveLength(1)
    const again = await save([...after.products, 'Bills'], after.version)
    expect(again.status).toBe(200)
    expect((await ask<{ version: string; products: string[] }>('accounts.staffing.get', of)).products).toHaveLength(2)
    expect((await save([], (again.body as unknown as { version: string }).version)).status).toBe(200)
  })

  it('is whoever may, speaks the language and has room, the freest first', async () => {
    const staff = (memberId: string, languages: string[], capacity: number | null) =>
      ask('accounts.staffing.update', { memberId, languages, products: [], capacity })
    await staff(agent.memberId, ['de'], 4)
    await staff(admin.memberId, ['de', 'nl'], 10)
    await staff(owner.memberId, ['en'], null)
    expect(await take({ language: 'nl' })).toEqual([admin.memberId])
    expect(await take({ language: 'de' }, { [agent.memberId]: 1, [admin.memberId]: 1 })).toEqual([
      admin.memberId,
      agent.memberId,
    ])
    expect(await take({ language: 'de' }, { [agent.memberId]: 4 })).toEqual([admin.memberId])
    expect(await take()).not.toContain(viewer.memberId)
  })

  it('is nobody who is away, until that time has come', async () => {
    const until = new Date(Date.now() + 3_600_000)
    await ask('accounts.staffing.setPresence', { presence: 'away', until }, agent)
    const now = new Date()
    expect(await take({ at: now, language: 'de' })).not.toContain(agent.memberId)
    expect(await take({ at: new Date(until.getTime() + 1), language: 'de' })).toContain(agent.memberId)
    await ask('accounts.staffing.setPresence', { presence: 'available' }, agent)
    expect(await take({ at: now, language: 'de' })).toContain(agent.memberId)
  })

  it('is nobody outside their shifts, which may be split and have days that are other', async () => {
    const week = {
      ...NEVER_OPEN,
      monday: [
        { from: '08:00', until: '12:00' },
        { from: '14:00', until: '18:00' },
      ],
    }
    const calendar = {
      timeZone: 'Europe/Berlin',
      week,
      closed: [{ from: '2026-03-09', until: '2026-03-09' }],
      special: [],
    }
    const { shiftId } = await ask<{ shiftId: string }>('accounts.shifts.create', {
      name: 'Early',
      calendar,
      memberIds: [agent.memberId],
    })
    const at = (time: string) => take({ at: new Date(time), language: 'de' })
    expect(await at('2026-03-02T10:59:00Z')).toContain(agent.memberId)
    expect(await at('2026-03-02T12:00:00Z')).not.toContain(agent.memberId)
    expect(await at('2026-03-02T13:00:00Z')).toContain(agent.memberId)
    expect(await at('2026-03-09T10:00:00Z')).not.toContain(agent.memberId)
    expect(await at('2026-03-09T10:00:00Z')).toContain(admin.memberId)
    const wrong = { ...calendar, special: [], week: { ...week, tuesday: [always, always] } }
    expect(await outcome('accounts.shifts.create', { name: 'Wrong', calendar: wrong, memberIds: [] })).toEqual([
      400,
      'calendar-wrong',
    ])
    expect(
      await outcome('accounts.shifts.update', { shiftId, version: 7, name: 'Early', calendar, memberIds: [] }),
    ).toEqual([409, 'shift-changed'])
    await ask('accounts.shifts.remove', { shiftId })
    expect(await at('2026-03-02T12:00:00Z')).toContain(agent.memberId)
  })

  it('leaves no history of who was there', async () => {
    await ask('accounts.staffing.setPresence', { presence: 'off' }, agent)
    const { items } = await ask<{ items: { type: string }[] }>('privacy.trail.list', { limit: 100 })
    expect(items.some(({ type }) => /presence/.test(type))).toBe(false)
    const mine = await ask<{ presence: string; now: string }>('accounts.staffing.mine', {}, agent)
    expect(mine).toMatchObject({ presence: 'off', now: 'off', until: null, asleep: [] })
  })
})
