import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STAFF_FIGURES } from '../contract/accounts-agreements.ts'
import { contract } from '../contract/index.ts'
import { type Permission, PRESETS, ROLE_PERMISSIONS, ROLE_PRESETS, ROLES } from '../contract/permissions.ts'
import germanSettings from '../web/accounts/texts/de.json' with { type: 'json' }
import englishSettings from '../web/accounts/texts/en.json' with { type: 'json' }
import dutchSettings from '../web/accounts/texts/nl.json' with { type: 'json' }
import { analysesQuery } from './accounts/agreements/analyses.ts'
import { behindPseudonyms, pseudonymOf, staffEvents } from './accounts/agreements/staff-events.ts'
import { measureCrisis } from './crisis/figures.ts'
import { type Desk, openDesk } from './inbox/testing/desk.ts'
import { masksQuery } from './listening/masking/covering.ts'
import { settling } from './measurement/testing/waits.ts'
import { modules } from './modules.ts'
import { newId } from './platform/ids.ts'
import { queryAsAdmin } from './platform/testing/database.ts'
import { explain } from './platform/testing/explain.ts'
import { ROLE_LABELS } from './privacy/records/labels.ts'
import { MEMBER_COLUMNS } from './privacy/records/staff-labels.ts'
import type { TestMember } from './testing/app.ts'
import { inputOf } from './testing/inputs.ts'
import { jsonSchemaOf, placesOf, proceduresOf } from './testing/procedures.ts'

/**
 * Staff protection (docs/staff-protection.md): every figure, for every role, without an agreement and with one in each of its
 * states. Ada records, Carlo is the council.
 */
const DAY_MS = 86_400_000
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
const TODAY = dayIn(0)
/** The present moves on between two answers. */
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g
const PDF = '%PDF-1.7\nAgreement on figures of single colleagues'

interface Document {
  documentId: string
  hash: string
}
interface Analysis {
  analysisId: string
  memberId: string
  analysedBy: string
  reason: string
  figures: string[]
}

let desk: Desk
let ada: TestMember
let carlo: TestMember
const byRole = new Map<string, { member: TestMember; permissions: readonly Permission[] }>()

const outcome = async (path: string, input: unknown, as: TestMember | { key: string }) => {
  const { status, body } = await desk.tell(path, input, as)
  return [status, body?.data?.code ?? null]
}
const upload = (as: TestMember, content: string) =>
  desk.app.request('/files/staff-documents?name=Agreement.pdf', {
    method: 'POST',
    headers: { cookie: as.cookie, 'x-rapport-workspace': desk.workspaceId, host: 'localhost:3000' },
    body: content,
  })
const document = async () => (await (await upload(ada, PDF)).json()) as Document
const record = async (change: object = {}, as = ada) =>
  (
    await desk.ask<{ agreementId: string }>(
      'accounts.agreements.record',
      {
        title: 'Coaching of new colleagues',
        purpose: 'Coaching in the first half year',
        figures: [...STAFF_FIGURES],
        validFrom: dayIn(-30),
        expiresOn: dayIn(30),
        documentId: (await document()).documentId,
        ...change,
      },
      as,
    )
  ).agreementId
const hashOf = async (agreementId: string) => {
  const { items } = await desk.ask<{ items: { agreementId: string; document: Document }[] }>(
    'accounts.agreements.list',
    {},
    carlo,
  )
  return items.find((one) => one.agreementId === agreementId)?.document.hash ?? ''
}
const release = async (agreementId: string) =>
  desk.ask('accounts.agreements.release', { agreementId, hash: await hashOf(agreementId) }, carlo)
const question = (agreementId: string, change: object = {}) => ({
  agreementId,
  memberId: desk.anna.memberId,
  figures: [...STAFF_FIGURES],
  from: dayIn(-7),
  until: TODAY,
  reason: 'Coaching talk on Friday',
  ...change,
})
const analysesOf = async (path: 'analyses' | 'aboutMe', as: TestMember) =>
  (await desk.ask<{ items: Analysis[] }>(`accounts.agreements.${path}`, {}, as)).items

beforeAll(async () => {
  desk = await openDesk()
  const { app, workspaceId } = desk
  for (const role of ROLES)
    byRole.set(role, {
      member: role === 'owner' ? app.workspace.owner : await app.join(workspaceId, role, `Role ${role}`),
      permissions: ROLE_PERMISSIONS[role],
    })
  for (const preset of PRESETS) {
    const permissions = ROLE_PRESETS[preset]
    const { roleId } = await desk.ask<{ roleId: string }>('accounts.roles.create', {
      name: preset,
      permissions,
      preset,
    })
    const member = await app.join(workspaceId, 'viewer', `Role ${preset}`)
    await desk.ask('accounts.members.update', { memberId: member.memberId, roleId })
    byRole.set(preset, { member, permissions })
  }
  ada = byRole.get('admin')?.member as TestMember
  carlo = byRole.get('works-council')?.member as TestMember
  desk.says('kunde.test', '@nordwind.test where is my parcel?')
  desk.says('kundin.test', '@nordwind.test and mine?')
  await desk.hear()
  for (const [handle, as] of [
    ['kunde.test', desk.anna],
    ['kundin.test', desk.ben],
  ] as const) {
    const { conversationId, version } = await desk.conversationOf(handle)
    await desk.ask('inbox.leases.claim', { conversationId }, as)
    const conversations = [{ conversationId, againstVersion: version }]
    await desk.ask('inbox.answers.send', { conversations, text: 'On its way', undoSeconds: 0, close: true }, as)
  }
  // The time to take it back is over.
  await queryAsAdmin(app.test.admin, 'update delivery set due_at = now(), undo_until = now()')
  await desk.deliver()
})
afterAll(() => desk?.close())

describe('an agreement', () => {
  it('is recorded with its document, by whoever may analyse, and read by everybody whom it is about', async () => {
    expect((await upload(desk.lead, PDF)).status).toBe(403)
    expect((await upload(ada, '<html>not a paper</html>')).status).toBe(400)
    const agreementId = await record()
    const { items } = await desk.ask<{ items: { agreementId: string; state: string; document: Document }[] }>(
      'accounts.agreements.list',
      {},
      desk.anna,
    )
    const shown = items.find((one) => one.agreementId === agreementId)
    expect(shown?.state).toBe('awaiting-release')
    const headers = { cookie: desk.anna.cookie, 'x-rapport-workspace': desk.workspaceId, host: 'localhost:3000' }
    const file = await desk.app.request(`/files/staff-documents/${shown?.document.documentId}`, { headers })
    expect(await file.text()).toBe(PDF)
    expect(file.headers.get('content-disposition')).toContain('attachment')
  })

  it('has a last day within two years, a document and a team that are there', async () => {
    const base = { title: 'T', purpose: 'Coaching of everybody', figures: ['answers'], validFrom: TODAY }
    const { documentId } = await document()
    const tried = (change: object) =>
      outcome('accounts.agreements.record', { ...base, documentId, expiresOn: dayIn(10), ...change }, ada)
    expect(await tried({ expiresOn: dayIn(-1) })).toEqual([400, 'agreement-dates'])
    expect(await tried({ expiresOn: dayIn(800) })).toEqual([400, 'agreement-dates'])
    expect(await tried({ documentId: desk.workspaceId })).toEqual([400, 'document-unknown'])
    expect(await tried({ teamId: desk.workspaceId })).toEqual([400, 'team-unknown'])
  })

  it('is released by the council alone: not by an owner or admin, whose roles hold the permission, and by no key', async () => {
    const agreementId = await record()
    const input = { agreementId, hash: await hashOf(agreementId) }
    expect(await outcome('accounts.agreements.release', input, ada)).toEqual([403, 'council-alone'])
    expect(await outcome('accounts.agreements.release', input, desk.app.workspace.owner)).toEqual([
      403,
      'council-alone',
    ])
    expect(await outcome('accounts.agreements.release', input, desk.lead)).toEqual([403, 'permission-missing'])
    const { secret } = await desk.ask<{ secret: string }>('accounts.keys.create', {
      name: 'Council’s',
      scopes: ['staff.council', 'staff.analyse'],
    })
    expect(await outcome('accounts.agreements.release', input, { key: secret })).toEqual([403, 'people-only'])
    const other = { agreementId, hash: 'a'.repeat(64) }
    expect(await outcome('accounts.agreements.release', other, carlo)).toEqual([409, 'agreement-changed'])
    expect(await outcome('accounts.agreements.release', input, carlo)).toEqual([200, null])
    expect(await outcome('accounts.agreements.release', input, carlo)).toEqual([409, 'agreement-changed'])
    expect(await outcome('measurement.staff.analyse', question(agreementId), { key: secret })).toEqual([
      403,
      'people-only',
    ])
  })

  it('covers its figures, its days and its team, and nothing beside them', async () => {
    const { teamId } = await desk.ask<{ teamId: string }>('accounts.teams.create', {
      name: 'Newcomers',
      memberIds: [desk.anna.memberId],
    })
    const agreementId = await record({ figures: ['answers'], teamId })
    await release(agreementId)
    const tried = (change: object) =>
      outcome('measurement.staff.analyse', question(agreementId, { figures: ['answers'], ...change }), ada)
    expect(await tried({ figures: ['answers', 'closures'] })).toEqual([403, 'agreement-figure'])
    expect(await tried({ memberId: desk.ben.memberId })).toEqual([403, 'agreement-member'])
    expect(await tried({ from: dayIn(-31) })).toEqual([403, 'agreement-period'])
    expect(await tried({ until: dayIn(2) })).toEqual([403, 'agreement-period'])
    expect(await tried({ from: TODAY, until: dayIn(-2) })).toEqual([400, 'period-wrong'])
    expect(await tried({ from: TODAY })).toEqual([200, null])
    // Since this morning Anna is in the team: what she did before was not agreed on, and a new name for the team changes nothing.
    expect(await tried({})).toEqual([403, 'agreement-before-team'])
    await queryAsAdmin(
      desk.app.test.admin,
      `update team_member set joined_at = joined_at - interval '20 days' where team_id = $1`,
      [teamId],
    )
    const team = { teamId, name: 'New here', memberIds: [desk.anna.memberId, desk.ben.memberId] }
    await desk.ask('accounts.teams.update', team)
    expect(await tried({})).toEqual([200, null])
    expect(await tried({ memberId: desk.ben.memberId })).toEqual([403, 'agreement-before-team'])
    await desk.ask('accounts.teams.update', { ...team, memberIds: [desk.ben.memberId] })
    expect(await tried({})).toEqual([403, 'agreement-member'])
  })
})

describe('a figure about one member', () => {
  it('is what they did themselves, of the days that were asked', async () => {
    const agreementId = await record()
    await release(agreementId)
    const asked = async (change: object) => {
      const { figures } = await desk.ask<{ figures: { figure: string; value: number | null; from: number }[] }>(
        'measurement.staff.analyse',
        question(agreementId, change),
        ada,
      )
      return Object.fromEntries(figures.map(({ figure, value, from }) => [figure, { value, from }]))
    }
    const now = await asked({})
    expect(now.answers).toEqual({ value: 1, from: 1 })
    expect(now.closures).toEqual({ value: 1, from: 1 })
    expect(now['answer-time']?.from).toBe(1)
    expect(now['answer-time']?.value).toBeLessThan(5)
    expect(await asked({ until: dayIn(-2) })).toEqual({
      answers: { value: 0, from: 0 },
      closures: { value: 0, from: 0 },
      'answer-time': { value: null, from: 0 },
    })
    expect((await asked({ memberId: desk.lead.memberId })).answers).toEqual({ value: 0, from: 0 })
  })

  it('is told to whom it was about, with its reason, and stands in the council’s list for good', async () => {
    const agreementId = await record()
    await release(agreementId)
    const reason = 'Feedback at the end of probation'
    const { analysisId } = await desk.ask<Analysis>('measurement.staff.analyse', question(agreementId, { reason }), ada)
    for (const list of [await analysesOf('aboutMe', desk.anna), await analysesOf('analyses', carlo)])
      expect(list[0]).toMatchObject({ analysisId, memberId: desk.anna.memberId, analysedBy: ada.memberId, reason })
    expect(await analysesOf('aboutMe', desk.ben)).toEqual([])
    expect(await outcome('accounts.agreements.analyses', {}, desk.lead)).toEqual([403, 'permission-missing'])
    const { items } = await desk.ask<{ items: { kind: string }[] }>('notifications.list', {}, desk.anna)
    expect(items.map(({ kind }) => kind)).toContain('staff-analysis')
    const change = (text: string) => desk.inWorkspace((tx) => sql.raw(text).execute(tx.sql))
    await expect(change(`update staff_analysis set reason = ''`)).rejects.toThrow(/permission denied/)
    await expect(change('delete from staff_analysis')).rejects.toThrow(/permission denied/)
  })

  it('is asked twice at once and ended meanwhile: what is refused is not written down, what is answered is', async () => {
    const agreementId = await record()
    await release(agreementId)
    const before = (await analysesOf('analyses', carlo)).length
    const [first, ended, second] = await Promise.all([
      outcome('measurement.staff.analyse', question(agreementId), ada),
      outcome('accounts.agreements.end', { agreementId }, carlo),
      outcome('measurement.staff.analyse', question(agreementId), ada),
    ])
    expect(ended).toEqual([200, null])
    const answered = [first, second].filter(([status]) => status === 200).length
    expect((await analysesOf('analyses', carlo)).length - before).toBe(answered)
    expect(await outcome('measurement.staff.analyse', question(agreementId), ada)).toEqual([403, 'agreement-not-valid'])
  })
})

describe('every figure, for every role', () => {
  const STATES: Record<string, (change?: object) => Promise<string>> = {
    none: async () => desk.workspaceId,
    'awaiting its release': (change) => record(change),
    'not yet begun': async (change) => {
      const agreementId = await record({ ...change, validFrom: dayIn(5) })
      await release(agreementId)
      return agreementId
    },
    released: async (change) => {
      const agreementId = await record(change)
      await release(agreementId)
      return agreementId
    },
    expired: async (change) => {
      const agreementId = await record(change)
      await release(agreementId)
      await queryAsAdmin(desk.app.test.admin, `update staff_agreement set expires_on = $2 where agreement_id = $1`, [
        agreementId,
        dayIn(-2),
      ])
      return agreementId
    },
    ended: async (change) => {
      const agreementId = await record(change)
      await release(agreementId)
      await desk.ask('accounts.agreements.end', { agreementId }, ada)
      return agreementId
    },
  }

  it.each(Object.keys(STATES))('about a member: agreement %s', async (state) => {
    const agreementId = (await STATES[state]?.()) ?? ''
    for (const [role, { member, permissions }] of byRole)
      for (const figure of STAFF_FIGURES) {
        const [status] = await outcome(
          'measurement.staff.analyse',
          question(agreementId, { figures: [figure] }),
          member,
        )
        const may = permissions.includes('staff.analyse') && state === 'released'
        const refused = permissions.includes('staff.analyse') && state === 'none' ? 404 : 403
        expect([role, figure, status]).toEqual([role, figure, may ? 200 : refused])
      }
  })

  describe('about the desk, of which four people answered', () => {
    const few = { figures: ['desk-response'] }
    const endAll = () =>
      queryAsAdmin(
        desk.app.test.admin,
        'update staff_agreement set ended_at = now(), ended_by = recorded_by where ended_at is null',
      )
    const responseOf = async (as: TestMember, by = 'all') =>
      (await desk.tell('measurement.response.read', { by, weeks: 3 }, as)) as {
        status: number
        body: { agreed: number; leftOut: number; groups: { total: { waits: number } | null }[] }
      }
    const goalOf = async (as: TestMember) =>
      (
        await desk.ask<{ items: { now: number | null; withheld: string | null }[] }>('plan.goals.list', {}, as)
      ).items.map(({ now, withheld }) => ({ now, withheld }))

    beforeAll(async () => {
      const measure = { figure: 'answered-share', direction: 'at-least', target: 0.9 }
      await desk.ask('plan.goals.create', { name: 'Answers', reason: '', measure, dueOn: null, state: 'open' })
      const { owner } = desk.app.workspace
      expect(await goalOf(owner)).toEqual([{ now: null, withheld: 'no-promise' }])
      await desk.rows(sql`insert into clock_policy (workspace_id, clock_policy_id, name)
        values (${desk.workspaceId}, ${newId()}, 'Promise')`)
      const { weeks } = await desk.ask<{ weeks: string[] }>('measurement.response.read', { weeks: 3 })
      const four = [1, 2, 3, 4].map((minutes) => ({ by: newId(), network: 'bluesky', week: 2, minutes }))
      await settling(desk.services.database, desk.workspaceId)(weeks, four, 'first-answer')
    })

    // Waits without a word said: no list could show their conversations.
    afterAll(async () => {
      await desk.rows(sql`delete from clock where kind = 'first-answer'`)
      await desk.rows(sql`delete from conversation c where not exists (select from author a
        where a.workspace_id = c.workspace_id and a.author_id = c.author_id)`)
    })

    it.each(Object.keys(STATES))('agreement %s', async (state) => {
      await endAll()
      await STATES[state]?.(few)
      const isTold = state === 'released'
      for (const [role, { member, permissions }] of byRole) {
        const { status, body } = await responseOf(member)
        const told = permissions.includes('inbox.read')
          ? { status: 200, waits: isTold ? [4] : [], agreed: isTold ? 1 : 0, leftOut: isTold ? 0 : 1 }
          : { status: 403 }
        const found = { status, waits: body.groups?.map(({ total }) => total?.waits), agreed: body.agreed }
        expect([role, status === 200 ? { ...found, leftOut: body.leftOut } : { status }]).toEqual([role, told])
        if (status === 200) expect((await responseOf(member, 'network')).body).toMatchObject({ groups: [], leftOut: 1 })
        // Four who closed, and none of them with an answer.
        const goal = isTold ? { now: 0, withheld: null } : { now: null, withheld: 'few-people' }
        if (permissions.includes('workspace.read')) expect([role, await goalOf(member)]).toEqual([role, [goal]])
      }
    })

    it('in a crisis, how soon they were answered is told as their week is', async () => {
      const crisis = { crisisId: newId(), topicId: null, from: new Date(Date.now() - DAY_MS), until: new Date() }
      const measured = () => desk.inWorkspace((tx) => measureCrisis(tx, crisis))
      await endAll()
      expect(await measured()).toMatchObject({ answered: 2, firstAnswerMinutes: null })
      await release(await record(few))
      expect((await measured()).firstAnswerMinutes).toEqual(expect.any(Number))
    })

    it('a crisis begins on the day that the workspace has, as the agreement does', async () => {
      await endAll()
      const validFrom = dayIn(-3)
      await release(await record({ ...few, validFrom }))
      const crisis = { crisisId: newId(), topicId: null, from: new Date(`${validFrom}T02:00:00Z`), until: new Date() }
      const minutesIn = async (timeZone: string) => {
        await desk.rows(sql`update workspace set time_zone = ${timeZone}`)
        return (await desk.inWorkspace((tx) => measureCrisis(tx, crisis))).firstAnswerMinutes
      }
      expect(await minutesIn('America/New_York')).toBeNull()
      expect(await minutesIn('UTC')).toEqual(expect.any(Number))
    })

    it('is told of weeks that the agreement knew of, of the whole desk, and never as a figure about a member', async () => {
      await endAll()
      await release(await record({ ...few, validFrom: TODAY }))
      expect((await responseOf(ada)).body).toMatchObject({ groups: [], leftOut: 1 })
      const { teamId } = await desk.ask<{ teamId: string }>('accounts.teams.create', { name: 'Nights', memberIds: [] })
      const { documentId } = await document()
      const paper = { title: 'Desk', purpose: 'What we promise', validFrom: TODAY, expiresOn: dayIn(9), documentId }
      expect(await outcome('accounts.agreements.record', { ...paper, ...few, teamId }, ada)).toEqual([
        400,
        'agreement-whole-desk',
      ])
      const agreementId = await record(few)
      await release(agreementId)
      expect((await outcome('measurement.staff.analyse', question(agreementId, few), ada))[0]).toBe(400)
      expect(await outcome('measurement.staff.analyse', question(agreementId), ada)).toEqual([403, 'agreement-figure'])
      await endAll()
    })
  })

  it('of everybody: is the same with an agreement as without', async () => {
    const figures = proceduresOf(contract)
      .filter(
        ({ method, allow }) => method === 'GET' && !['public', 'customer', 'signed-in', 'installation'].includes(allow),
      )
      .filter(({ output }) =>
        placesOf(jsonSchemaOf(output, 'output')).some(({ schema }) => /integer|number/.test(String(schema.type))),
      )
      .map(({ path, input, allow }) => {
        const root = { path: '', name: '', schema: jsonSchemaOf(input, 'input') }
        return { path, allow, input: inputOf(root, root, desk.workspaceId, new Map()) }
      })
    expect(figures.length).toBeGreaterThan(30)
    const answers = async () => {
      const told = new Map<string, string>()
      for (const [role, { member, permissions }] of byRole)
        for (const { path, allow, input } of figures)
          if (permissions.some((permission) => permission === allow)) {
            const { status, body } = await desk.tell(path, input, member)
            told.set(`${role} ${path}`, `${status} ${JSON.stringify(body ?? null).replaceAll(TIME, '')}`)
          }
      return told
    }
    await queryAsAdmin(
      desk.app.test.admin,
      'update staff_agreement set ended_at = now(), ended_by = recorded_by where ended_at is null',
    )
    const without = await answers()
    await release(await record())
    const changed = [...(await answers())].filter(([key, answer]) => without.get(key) !== answer).map(([key]) => key)
    // The agreement itself, the trail of it, the machine, and for how long a source has been heard.
    const MOVING = / (health|accounts\.agreements|privacy\.trail|listening\.sources)\./
    expect(changed.filter((key) => !MOVING.test(key))).toEqual([])
  })
})

describe('who did what', () => {
  const step = (before: Date) =>
    desk.inWorkspace((tx) => staffEvents.step?.(tx, before, desk.services) ?? Promise.resolve(0))
  const events = () =>
    queryAsAdmin<{
      position: string
      actor_id: string | null
      subjects: Record<string, string>
      event_id: string
      old: boolean
    }>(
      desk.app.test.admin,
      `select position, event_id, actor_id, subjects, at < now() - interval '90 days' as old
       from event where workspace_id = $1 order by position`,
      [desk.workspaceId],
    )

  it('stands by another pseudonym in each event after ninety days, and in no younger one', async () => {
    const { anna, services, workspaceId } = desk
    const { conversationId } = await desk.conversationOf('kunde.test')
    await desk.ask('inbox.conversations.change', {
      which: { conversationIds: [conversationId] },
      change: { change: 'assign', memberId: anna.memberId, teamId: null },
    })
    const all = await events()
    const half = all[Math.floor(all.length / 2)]?.position
    await queryAsAdmin(
      desk.app.test.admin,
      `update event set at = at - case when position < $2 then interval '200 days' else interval '150 days' end where workspace_id = $1`,
      [workspaceId, half],
    )
    await desk.ask(
      'inbox.conversations.change',
      {
        which: { conversationIds: [conversationId] },
        change: { change: 'reopen' },
      },
      anna,
    )
    const before = await events()
    const limit = new Date(Date.now() - 90 * DAY_MS)
    const due = await desk.inWorkspace((tx) => staffEvents.due(tx, limit, services))
    expect(due.rows).toBeGreaterThan(0)
    while ((await step(limit)) > 0);
    const after = await events()
    const ids = [anna, desk.ben, ada, carlo, desk.app.workspace.owner].map(({ memberId }) => memberId)
    for (const { old, actor_id, subjects } of after.filter((event) => event.old)) {
      expect(old && ids.includes(actor_id ?? '')).toBe(false)
      expect(ids.filter((one) => JSON.stringify(subjects).includes(one))).toEqual([])
    }
    for (const [index, event] of before.entries())
      if (event.actor_id === anna.memberId)
        expect(after[index]?.actor_id).toBe(
          event.old ? pseudonymOf(services.secrets, workspaceId, anna.memberId, event.event_id) : anna.memberId,
        )
    expect(before.some((event) => event.old && event.actor_id === anna.memberId)).toBe(true)
    expect(after.some((event) => !event.old && event.actor_id === anna.memberId)).toBe(true)
    const left = await queryAsAdmin(
      desk.app.test.admin,
      `select 1 from event_subject s join event e using (workspace_id, position)
       where s.subject_id = any($1) and e.at < now() - interval '90 days'`,
      [ids],
    )
    expect(left).toEqual([])
    expect(await step(limit)).toBe(0)
    expect((await desk.inWorkspace((tx) => staffEvents.due(tx, limit, services))).rows).toBe(0)
  })

  it('is one person still where people are counted, and only there', async () => {
    const { anna, services } = desk
    const all = (await events()).flatMap(({ event_id: eventId, actor_id: actorId, old }) =>
      actorId ? [{ eventId, actorId, old }] : [],
    )
    const behind = await desk.inWorkspace((tx) => behindPseudonyms(tx, services.secrets, all))
    const hers = all.filter(({ actorId }) => behind.get(actorId) === anna.memberId)
    expect(hers.length).toBeGreaterThan(1)
    expect(hers.every(({ old }) => old)).toBe(true)
    // Whoever learns from another row whose event one is, learns nothing about the others.
    expect(new Set(hers.map(({ actorId }) => actorId)).size).toBe(hers.length)
  })

  it('cannot be taken out of young events, whoever asks the database', async () => {
    const { anna } = desk
    const young = (await events()).filter((event) => !event.old && event.actor_id === anna.memberId)
    await desk.inWorkspace((tx) =>
      sql`select system.pseudonymise_staff(0, 1000000, ${[anna.memberId]}::uuid[], ${[desk.workspaceId]}::uuid[])`.execute(
        tx.sql,
      ),
    )
    const kept = (await events()).filter((event) => !event.old && event.actor_id === anna.memberId)
    expect(kept.length).toBe(young.length)
  })

  it('is shown without a name in the trail afterwards', async () => {
    const { items } = await desk.ask<{ items: { actor: { kind: string; name: string | null }; at: string }[] }>(
      'privacy.trail.list',
      { until: new Date(Date.now() - 100 * DAY_MS).toISOString(), limit: 100 },
    )
    expect(items.length).toBeGreaterThan(0)
    expect(items.filter(({ actor }) => actor.kind === 'member' && actor.name !== null)).toEqual([])
  })
})

describe('the queries of staff protection, as the application’s role', () => {
  it('walk the indexes that they name', async () => {
    const queries = await desk.inWorkspace(async (tx) => [
      analysesQuery(tx, { limit: 50 }),
      analysesQuery(tx, { limit: 50, memberId: desk.anna.memberId }),
      masksQuery(tx, [desk.anna.memberId]),
    ])
    const indexes = ['staff_analysis_at', 'staff_analysis_member', 'post_mask_pkey']
    for (const explained of await explain(
      desk,
      queries.map((query, index) => [query, indexes[index] ?? ''] as const),
    ))
      expect(explained, explained.plan).toMatchObject({ usesIndex: true })
  })
})

describe('the register of what is recorded about staff', () => {
  const ASSIGNED = {
    en: 'Somebody assigned a conversation',
    de: 'Jemand hat ein Gespräch zugewiesen',
    nl: 'Iemand heeft een gesprek toegewezen',
  }
  const read = (as: TestMember, language = 'en', format = 'markdown') =>
    desk.tell('privacy.records.staff', { language, format }, as) as Promise<{
      status: number
      body: { document?: string }
    }>

  it('is for the council, and for whoever may do what the council may', async () => {
    for (const [role, { member, permissions }] of byRole)
      expect([role, (await read(member)).status]).toEqual([role, permissions.includes('staff.council') ? 200 : 403])
  })

  it('names every column in which a member stands, and every kind of event, in each language', async () => {
    const columns = await queryAsAdmin<{ name: string }>(
      desk.app.test.admin,
      `select distinct a.attname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid = 'uuid'::regtype and a.attnum > 0
         and a.attname ~ '(^|_)(member|holder|actor)_id$|_by$'`,
    )
    expect(columns.length).toBeGreaterThan(10)
    for (const language of ['en', 'de', 'nl'] as const) {
      const { document = '' } = (await read(carlo, language)).body
      for (const { name } of columns) {
        const words = MEMBER_COLUMNS[name]?.[['en', 'de', 'nl'].indexOf(language)] ?? `no words for ${name}`
        expect(document).toContain(words)
      }
      // An event without words would stand there as its type.
      const types = modules.flatMap((module) => Object.keys(module.eventPermissions ?? {}))
      expect(types.length).toBeGreaterThan(100)
      expect(types.filter((type) => document.includes(type))).toEqual([])
      expect(document).not.toContain('{{')
      expect(document).toContain(ASSIGNED[language])
      expect(document).toContain('90')
    }
  })

  it('calls roles as the settings do', () => {
    for (const role of ROLES)
      expect(ROLE_LABELS[role]).toEqual(
        [englishSettings, germanSettings, dutchSettings].map((settings) => settings.role[role].name),
      )
  })

  it('says what agreements allow now, and that nothing is counted where there are none', async () => {
    const title = 'Mentoring round'
    const agreementId = await record({ title, expiresOn: dayIn(7) })
    await release(agreementId)
    expect((await read(carlo)).body.document).toContain(title)
    await queryAsAdmin(
      desk.app.test.admin,
      'update staff_agreement set ended_at = now(), ended_by = recorded_by where ended_at is null',
    )
    expect((await read(carlo)).body.document).not.toContain(title)
    expect((await read(carlo)).body.document).toContain('There are none')
  })

  it('is a page that runs nothing', async () => {
    const headers = { cookie: carlo.cookie, 'x-rapport-workspace': desk.workspaceId, host: 'localhost:3000' }
    const page = await desk.app.request('/files/privacy/staff-record.html?language=de', { headers })
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const text = await page.text()
    expect(text).toContain('Was über Beschäftigte aufgezeichnet wird')
    // A council reads words: nothing is called as the database or the trail's code calls it.
    const tables = text.split('<h2>').slice(1, 4).join()
    const cells = [...tables.matchAll(/<td>([^<]*)<\/td>/g)].map(([, cell]) => cell ?? '')
    expect(cells.length).toBeGreaterThan(100)
    expect(cells.filter((cell) => /_|^[a-z]+$|\b(by|at|id)\b|[a-z][A-Z]/.test(cell))).toEqual([])
  })
})
