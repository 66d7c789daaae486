import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClockRules, ClockWait } from '../../../contract/inbox-clocks.ts'
import { ALWAYS_OPEN } from '../../clocks/index.ts'
import { crisesOf } from '../../crisis/index.ts'
import { refreshSummaries } from '../../people/index.ts'
import { explain } from '../../platform/testing/explain.ts'
import type { TestMember } from '../../testing/app.ts'
import { type Desk, openDesk } from '../testing/desk.ts'
import { keepClocks } from './keeping.ts'
import { changePolicy } from './policies.ts'
import { watchClocks } from './watching.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const always = { timeZone: 'Europe/Berlin', week: ALWAYS_OPEN, closed: [], special: [] }

let desk: Desk
let calendarId = ''
let clockPolicyId = ''
let version = 1
let teamId = ''

/** An hour to the first answer, two to the next, a day to the end; nothing moves by itself. */
const rules = (changed: Partial<ClockRules> = {}): ClockRules => ({
  calendarId,
  applies: { sourceIds: [], networks: [], languages: [], mentions: false },
  targets: [
    { clock: 'first-answer', priority: 'urgent', minutes: 10 },
    { clock: 'first-answer', minutes: 60 },
    { clock: 'next-answer', minutes: 120 },
    { clock: 'resolution', minutes: 1_440 },
  ],
  pauses: { waiting: true, snoozed: true, crisis: true },
  answers: ['public', 'private'],
  reopening: 'continue',
  ladders: { 'first-answer': [], 'next-answer': [], resolution: [] },
  ...changed,
})

const at = (ms: number) => ({ ...desk.services, clock: { now: () => new Date(Date.now() + ms) } })
const promise = async (changed: Partial<ClockRules>) => {
  const asked = { clockPolicyId, against: version, name: 'Everybody', rules: rules(changed) }
  version = (await desk.ask<{ version: number }>('inbox.clocks.policies.update', asked)).version
}
/** The worker of so many milliseconds later, until it has nothing left to do. */
const watch = async (ms: number) => {
  while ((await watchClocks(at(ms), crisesOf)) > 0) await desk.app.settle()
}
const clocksOf = async (conversationId: string, as: TestMember = desk.anna) =>
  desk.ask<{ waits: ClockWait[]; turn: string | null; remindMeAt: string | null }>(
    'inbox.clocks.of',
    { conversationId },
    as,
  )
const waitOf = async (conversationId: string, clock: string) =>
  (await clocksOf(conversationId)).waits.find((wait) => wait.clock === clock)
const kept = (conversationId: string, kind = 'first-answer') =>
  desk.rows(
    sql<{ state: string; due_at: Date | null; ended_by: string | null; target_minutes: number }>`
      select state, due_at, ended_by, target_minutes from clock
      where conversation_id = ${conversationId} and kind = ${kind} order by started_at`,
  )
const steps = (conversationId: string) =>
  desk.rows(
    sql<{ step: string; outcome: string }>`
      select step, outcome from clock_step where conversation_id = ${conversationId} order by done_at, step`,
  )
const told = (memberId: string, conversationId: string) =>
  desk.rows(
    sql<{ kind: string; news: string | null; times: number }>`
      select kind, news, times from notification
      where member_id = ${memberId} and subject_id = ${conversationId} and kind in ('clock', 'reminder')`,
  )
let customers = 0
const asks = async (text = 'Where is my parcel?') => {
  const handle = `customer-${++customers}.test`
  const uri = desk.says(handle, `@nordwind.test ${text}`)
  await desk.hear()
  return { ...(await desk.conversationOf(handle)), handle, uri }
}
const assign = (conversationId: string, memberId: string | null, team: string | null = null) =>
  desk.ask('inbox.conversations.change', {
    which: { conversationIds: [conversationId] },
    change: { change: 'assign', memberId, teamId: team },
  })

beforeAll(async () => {
  desk = await openDesk()
  teamId = (
    await desk.ask<{ teamId: string }>('accounts.teams.create', {
      name: 'Care',
      memberIds: [desk.anna.memberId, desk.ben.memberId],
    })
  ).teamId
  calendarId = (
    await desk.ask<{ calendarId: string }>('inbox.clocks.calendars.create', { name: 'Always', rules: always })
  ).calendarId
  clockPolicyId = (
    await desk.ask<{ clockPolicyId: string }>('inbox.clocks.policies.create', {
      name: 'Everybody',
      rules: rules(),
      validFrom: new Date(Date.now() - DAY),
    })
  ).clockPolicyId
})
afterAll(() => desk.close())

describe('the clocks of a conversation', () => {
  it('run from the customer’s words to our answer, and are explained to the minute', async () => {
    const one = await asks()
    const waiting = await waitOf(one.conversationId, 'first-answer')
    expect(waiting).toMatchObject({ state: 'running', targetMinutes: 60, policyName: 'Everybody' })
    expect(Date.parse(String(waiting?.dueAt)) - Date.parse(String(waiting?.startedAt))).toBe(60 * MINUTE)
    expect(waiting?.spans.map(({ why }) => why)).toEqual(['open'])
    expect((await desk.conversationOf(one.handle)).dueAt).toBe(waiting?.dueAt)

    await desk.answer(await desk.conversationOf(one.handle), 'We look for it.')
    expect(await waitOf(one.conversationId, 'first-answer')).toMatchObject({ state: 'running' })
    await desk.deliver()
    expect(await waitOf(one.conversationId, 'first-answer')).toMatchObject({ state: 'met', endedBy: 'answered' })
    expect(await clocksOf(one.conversationId)).toMatchObject({ turn: 'customer' })
    // It is the customer's turn: nothing is due, and the resolution rests until somebody says that it is ours.
    expect(await waitOf(one.conversationId, 'resolution')).toMatchObject({ state: 'paused', because: 'waiting' })
    expect((await desk.conversationOf(one.handle)).dueAt).toBeNull()
    await desk.ask('inbox.clocks.turn', { conversationId: one.conversationId, turn: 'ours' }, desk.anna)
    await desk.app.settle()
    expect(await waitOf(one.conversationId, 'resolution')).toMatchObject({ state: 'running' })

    desk.says(one.handle, '@nordwind.test And?', one.uri)
    await desk.hear()
    expect(await waitOf(one.conversationId, 'next-answer')).toMatchObject({ state: 'running', targetMinutes: 120 })
  })

  it('what a customer takes away was never asked, and what we heard too late was not answered by what we said before', async () => {
    const one = await asks()
    await desk.answer(await desk.conversationOf(one.handle), 'It is on its way.')
    await desk.deliver()
    const uri = desk.says(one.handle, '@nordwind.test Still nothing', one.uri)
    await desk.hear()
    // As if it had been published before our answer, and the network had told of it only now.
    await desk.rows(sql`update conversation_post set published_at = published_at - interval '1 hour'
      where conversation_id = ${one.conversationId} and direction = 'in'`)
    expect(await waitOf(one.conversationId, 'next-answer')).toMatchObject({ state: 'running' })
    await desk.hearDeletion(uri)
    expect(await waitOf(one.conversationId, 'next-answer')).toBeUndefined()
    expect(await kept(one.conversationId, 'next-answer')).toEqual([])
  })

  it('what was answered in the network’s own app and is heard with its question was answered then', async () => {
    const handle = `customer-${++customers}.test`
    const uri = desk.says(handle, '@nordwind.test Are you open on Sunday?')
    desk.says('nordwind.test', `@${handle} From ten to four.`, uri)
    await desk.hear()
    const { conversationId } = await desk.conversationOf(handle)
    expect(await waitOf(conversationId, 'first-answer')).toMatchObject({ state: 'met', endedBy: 'answered' })
  })

  it('keep in the list what they say here, and say it again from nothing', async () => {
    const one = await asks()
    const before = await kept(one.conversationId)
    await desk.rows(sql`delete from clock where conversation_id = ${one.conversationId}`)
    await desk.inWorkspace((tx) => keepClocks(tx, [one.conversationId, one.conversationId], new Date(), crisesOf))
    expect(await kept(one.conversationId)).toEqual(before)
    expect(before).toMatchObject([{ state: 'running', target_minutes: 60 }])
  })

  it('stand while it is snoozed, and a reminder comes once without moving it', async () => {
    const one = await asks()
    const until = new Date(Date.now() + 3 * 60 * MINUTE)
    const change = { which: { conversationIds: [one.conversationId] }, change: { change: 'snooze', until } }
    await desk.ask('inbox.conversations.change', change, desk.anna)
    await desk.app.settle()
    const wait = await waitOf(one.conversationId, 'first-answer')
    expect(wait).toMatchObject({ state: 'paused', because: 'snoozed' })
    // Due an hour of counted time after it began, and the three hours do not count.
    expect(Math.round((Date.parse(String(wait?.dueAt)) - Date.parse(String(wait?.startedAt))) / (60 * MINUTE))).toBe(4)
    await desk.ask(
      'inbox.clocks.remind',
      { conversationId: one.conversationId, at: new Date(Date.now() + DAY) },
      desk.ben,
    )
    await watch(DAY / 2)
    expect(await told(desk.ben.memberId, one.conversationId)).toEqual([])
    await watch(DAY + MINUTE)
    await watch(2 * DAY)
    expect(await told(desk.ben.memberId, one.conversationId)).toEqual([{ kind: 'reminder', news: null, times: 1 }])
    expect(await clocksOf(one.conversationId, desk.ben)).toMatchObject({ remindMeAt: null })
    // Pressed twice at once it is one reminder.
    await Promise.all(
      [1, 2].map((days) =>
        desk.ask(
          'inbox.clocks.remind',
          { conversationId: one.conversationId, at: new Date(Date.now() + days * DAY) },
          desk.ben,
        ),
      ),
    )
    await desk.ask('inbox.clocks.remind', { conversationId: one.conversationId, at: null }, desk.ben)
    const past = await desk.tell(
      'inbox.clocks.remind',
      { conversationId: one.conversationId, at: new Date(0) },
      desk.ben,
    )
    expect(past.body.data?.code).toBe('reminder-time')
  })
})

describe('a crisis', () => {
  it('stops the clocks of what it is about from its declaration to its all-clear', async () => {
    const one = await asks()
    const { crisisId } = await desk.ask<{ crisisId: string }>(
      'crisis.declare',
      { name: 'Storm', topicId: null, teamId: null, playbookId: null },
      desk.lead,
    )
    await desk.app.settle()
    await watch(0)
    expect(await waitOf(one.conversationId, 'first-answer')).toMatchObject({ state: 'paused', because: 'crisis' })
    expect((await desk.conversationOf(one.handle)).dueAt).toBeNull()
    await desk.ask('crisis.end', { crisisId, lessons: '' }, desk.lead)
    await desk.app.settle()
    await watch(0)
    const wait = await waitOf(one.conversationId, 'first-answer')
    expect(wait?.state).toBe('running')
    expect(wait?.spans.map(({ why }) => why)).toContain('crisis')
  })
})

describe('a ladder', () => {
  const care = (): ClockRules['ladders']['first-answer'] => [
    { name: 'warn', at: { when: 'before', minutes: 15 }, action: { do: 'warn' } },
    { name: 'return', at: { when: 'due' }, action: { do: 'return-to-queue' } },
    { name: 'other', at: { when: 'after', minutes: 10 }, action: { do: 'reassign' } },
    { name: 'lead', at: { when: 'after', minutes: 20 }, action: { do: 'escalate', to: { role: 'lead' } } },
    { name: 'team', at: { when: 'after', minutes: 30 }, action: { do: 'escalate', to: { teamId } } },
  ]

  it('warns, gives back, passes on and escalates, each once: after a clock set back, and after a restart', async () => {
    await promise({ ladders: { 'first-answer': care(), 'next-answer': [], resolution: [] } })
    const one = await asks()
    await assign(one.conversationId, desk.anna.memberId, teamId)
    await watch(50 * MINUTE)
    await watch(51 * MINUTE)
    expect(await told(desk.anna.memberId, one.conversationId)).toEqual([
      { kind: 'clock', news: 'nearly-due', times: 1 },
    ])
    await watch(61 * MINUTE)
    expect(await desk.conversationOf(one.handle)).toMatchObject({ assignedMemberId: null, assignedTeamId: teamId })
    expect(await kept(one.conversationId)).toMatchObject([{ state: 'breached' }])
    // Set back by an hour and put right again: what was done is not done again, and what is due stays due.
    await desk.inWorkspace((tx) => keepClocks(tx, [one.conversationId], new Date(), crisesOf))
    await assign(one.conversationId, desk.anna.memberId, teamId)
    await watch(62 * MINUTE)
    expect(await desk.conversationOf(one.handle)).toMatchObject({ assignedMemberId: desk.anna.memberId })
    await watch(71 * MINUTE)
    expect(await desk.conversationOf(one.handle)).toMatchObject({ assignedMemberId: desk.ben.memberId })
    // The machine stood still over both of these.
    await watch(5 * 60 * MINUTE)
    await watch(6 * 60 * MINUTE)
    expect(await steps(one.conversationId)).toEqual(
      ['warn', 'return', 'other', 'lead', 'team'].map((step) => ({ step, outcome: 'done' })),
    )
    expect(await told(desk.lead.memberId, one.conversationId)).toMatchObject([{ news: 'escalated', times: 1 }])
    const trail = (await desk.ask<{ timeline: { type?: string }[] }>(
      'inbox.conversations.get',
      { conversationId: one.conversationId },
      desk.anna,
    )) as { timeline: { type?: string }[] }
    expect(trail.timeline.filter(({ type }) => type === 'conversation.clock-moved')).toHaveLength(5)
    const explained = await waitOf(one.conversationId, 'first-answer')
    expect(explained?.steps.map(({ step, outcome }) => [step, outcome])).toEqual([
      ['warn', 'done'],
      ['return', 'done'],
      ['other', 'done'],
      ['lead', 'done'],
      ['team', 'done'],
    ])
  })

  it('escalates to a role of the workspace’s own, as long as there is one', async () => {
    const { roleId } = await desk.ask<{ roleId: string }>('accounts.roles.create', {
      name: 'Ombud',
      permissions: ['workspace.read', 'inbox.read'],
      preset: null,
    })
    const ombud = await desk.app.join(desk.workspaceId, 'agent', 'Ole Ombud')
    await desk.ask('accounts.members.update', { memberId: ombud.memberId, roleId })
    const own = [{ name: 'own', at: { when: 'due' as const }, action: { do: 'escalate' as const, to: { roleId } } }]
    await promise({ ladders: { 'first-answer': own, 'next-answer': [], resolution: [] } })
    const one = await asks()
    await watch(61 * MINUTE)
    expect(await told(ombud.memberId, one.conversationId)).toMatchObject([{ news: 'escalated', times: 1 }])
    expect(await told(desk.lead.memberId, one.conversationId)).toEqual([])
    const unknown = [{ ...own[0], action: { do: 'escalate', to: { roleId: clockPolicyId } } }]
    const asked = { clockPolicyId, against: version, name: 'Everybody' }
    const ladders = { 'first-answer': unknown, 'next-answer': [], resolution: [] }
    const refused = await desk.tell(
      'inbox.clocks.policies.update',
      { ...asked, rules: { ...rules(), ladders } },
      desk.app.workspace.owner,
    )
    expect(refused.body.data?.code).toBe('role-unknown')
    await promise({ ladders: { 'first-answer': care(), 'next-answer': [], resolution: [] } })
  })

  it('does a step not at all where its transaction fails, and once when two workers come together', async () => {
    const one = await asks()
    await assign(one.conversationId, desk.anna.memberId)
    await desk.app.settle()
    const later = new Date(Date.now() + 61 * MINUTE)
    const killed = desk.inWorkspace(async (tx) => {
      await keepClocks(tx, [one.conversationId], later, crisesOf)
      throw new Error('kill -9')
    })
    await expect(killed).rejects.toThrow('kill -9')
    expect(await steps(one.conversationId)).toEqual([])
    expect(await desk.conversationOf(one.handle)).toMatchObject({ assignedMemberId: desk.anna.memberId })
    await Promise.all(
      [1, 2, 3].map(() => desk.inWorkspace((tx) => keepClocks(tx, [one.conversationId], later, crisesOf))),
    )
    expect(await steps(one.conversationId)).toEqual([
      { step: 'return', outcome: 'done' },
      // Nobody looked while there was still time to warn.
      { step: 'warn', outcome: 'overtaken' },
    ])
    expect(await told(desk.anna.memberId, one.conversationId)).toMatchObject([{ news: 'returned', times: 1 }])
  })

  it('takes nothing from whoever is writing, and takes it when they are not', async () => {
    const one = await asks()
    await assign(one.conversationId, desk.anna.memberId)
    await desk.ask('inbox.leases.claim', { conversationId: one.conversationId }, desk.anna)
    await watch(61 * MINUTE)
    expect(await desk.conversationOf(one.handle)).toMatchObject({ assignedMemberId: desk.anna.memberId })
    await desk.ask('inbox.leases.release', { conversationId: one.conversationId }, desk.anna)
    await watch(63 * MINUTE)
    expect(await desk.conversationOf(one.handle)).toMatchObject({ assignedMemberId: null })
  })

  it('stops with the answer, and moves nothing for a promise that is made afterwards', async () => {
    const answered = await asks()
    await desk.answer(await desk.conversationOf(answered.handle), 'Here you are.')
    await desk.deliver()
    await promise({ ladders: { 'first-answer': [], 'next-answer': [], resolution: [] } })
    const old = await asks()
    await watch(DAY)
    expect(await steps(answered.conversationId)).toEqual([])
    // A promise of one minute, valid from yesterday and made an hour later: it is late, and nobody is stirred up by it.
    version = await desk.inWorkspace((tx) =>
      changePolicy(
        tx,
        clockPolicyId,
        version,
        {
          name: 'Everybody',
          rules: rules({
            targets: [{ clock: 'first-answer', minutes: 1 }],
            ladders: { 'first-answer': care(), 'next-answer': [], resolution: [] },
          }),
          validFrom: new Date(Date.now() - DAY),
        },
        new Date(Date.now() + 60 * MINUTE),
      ),
    )
    await watch(61 * MINUTE)
    expect(await kept(old.conversationId)).toMatchObject([{ state: 'breached', target_minutes: 1 }])
    const outcomes = (await steps(old.conversationId)).map(({ outcome }) => outcome)
    expect(new Set(outcomes)).toEqual(new Set(['before-promise']))
  })
})

describe('promises and hours', () => {
  it('are versions: what began before keeps what it was promised, unless a version is valid from before', async () => {
    await promise({})
    const before = await asks()
    await promise({ targets: [{ clock: 'first-answer', minutes: 30 }] })
    const after = await asks()
    expect((await waitOf(before.conversationId, 'first-answer'))?.targetMinutes).toBe(60)
    expect((await waitOf(after.conversationId, 'first-answer'))?.targetMinutes).toBe(30)
    const back = { clockPolicyId, against: version, name: 'Everybody', validFrom: new Date(Date.now() - DAY) }
    version = (
      await desk.ask<{ version: number }>('inbox.clocks.policies.update', {
        ...back,
        rules: rules({ targets: [{ clock: 'first-answer', minutes: 45 }] }),
      })
    ).version
    await watch(0)
    expect(await kept(before.conversationId)).toMatchObject([{ target_minutes: 45 }])
    expect(await kept(after.conversationId)).toMatchObject([{ target_minutes: 45 }])
    const stale = await desk.tell('inbox.clocks.policies.update', { ...back, against: 1, rules: rules() }, desk.lead)
    expect(stale.body.data?.code).toBe('clock-policy-changed')
  })

  it('are read anew for all others where one conversation cannot be read', async () => {
    await promise({ targets: [{ clock: 'first-answer', minutes: 30 }] })
    const [poison, other] = [await asks(), await asks()]
    // Nothing of ours writes it, and nothing can count by it.
    const spoil = (because: string) =>
      desk.rows(sql`update conversation set opened_at = ${because} where conversation_id = ${poison.conversationId}`)
    await desk.rows(
      sql`update conversation set opened_because = 'agent' where conversation_id = ${poison.conversationId}`,
    )
    await spoil('infinity')
    await expect(
      desk.inWorkspace((tx) => keepClocks(tx, [poison.conversationId], new Date(), crisesOf)),
    ).rejects.toThrow()
    const asked = { clockPolicyId, against: version, name: 'Everybody', validFrom: new Date(Date.now() - DAY) }
    const shorter = rules({ targets: [{ clock: 'first-answer', minutes: 15 }] })
    version = (await desk.ask<{ version: number }>('inbox.clocks.policies.update', { ...asked, rules: shorter }))
      .version
    await watch(0)
    expect(await kept(other.conversationId)).toMatchObject([{ target_minutes: 15 }])
    expect(await kept(poison.conversationId)).toMatchObject([{ target_minutes: 30 }])
    expect(await desk.rows(sql`select from clock_recount`)).toEqual([])
    await spoil('now')
  })

  it('hours that change tomorrow move what is due tomorrow, for waits that run already', async () => {
    await promise({ targets: [{ clock: 'first-answer', minutes: 2 * 1_440 }] })
    const one = await asks()
    const due = Date.parse(String((await waitOf(one.conversationId, 'first-answer'))?.dueAt))
    const tomorrow = new Date(Date.now() + DAY)
    const day = (days: number) =>
      new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(tomorrow.getTime() + days * DAY)
    await desk.ask('inbox.clocks.calendars.update', {
      calendarId,
      against: 1,
      name: 'Always',
      rules: { ...always, closed: [{ from: day(0), until: day(3), name: 'Move' }] },
      validFrom: new Date(Date.now() + MINUTE),
    })
    await watch(0)
    const [now] = await kept(one.conversationId)
    expect(Number(now?.due_at) - due).toBeGreaterThan(2 * DAY)
    expect((await desk.conversationOf(one.handle)).dueAt).toBe(now?.due_at?.toISOString())
    await desk.ask('inbox.clocks.calendars.update', { calendarId, against: 2, name: 'Always', rules: always })
    await watch(0)
    expect(await kept(one.conversationId)).toMatchObject([{ due_at: new Date(due) }])
  })

  it('the narrowest promise that fits decides, and urgency by the first target that fits', async () => {
    await promise({})
    const { clockPolicyId: narrow } = await desk.ask<{ clockPolicyId: string }>('inbox.clocks.policies.create', {
      name: 'On Bluesky',
      rules: rules({
        applies: { sourceIds: [], networks: ['bluesky'], languages: [], mentions: false },
        targets: [{ clock: 'first-answer', minutes: 20 }],
      }),
    })
    const one = await asks()
    expect(await waitOf(one.conversationId, 'first-answer')).toMatchObject({ clockPolicyId: narrow, targetMinutes: 20 })
    await desk.ask('inbox.clocks.policies.remove', { clockPolicyId: narrow })
    const next = await asks()
    expect(await waitOf(next.conversationId, 'first-answer')).toMatchObject({ clockPolicyId, targetMinutes: 60 })
    // What began under it keeps it.
    expect(await waitOf(one.conversationId, 'first-answer')).toMatchObject({ clockPolicyId: narrow })
    const gone = await desk.tell('inbox.clocks.policies.remove', { clockPolicyId: narrow }, desk.lead)
    expect(gone.status).toBe(404)
    await desk.rows(sql`update conversation set priority = 'urgent' where conversation_id = ${next.conversationId}`)
    expect(await waitOf(next.conversationId, 'first-answer')).toMatchObject({ targetMinutes: 10 })
  })

  it('a segment that a customer comes into changes nothing of what they were promised before', async () => {
    const { segmentId } = await desk.ask<{ segmentId: string }>('people.segments.create', {
      name: 'Regulars',
      rule: { match: 'all', conditions: [{ field: 'tags', is: 'anyOf', words: ['Regular'] }] },
    })
    await promise({
      targets: [
        { clock: 'first-answer', segmentId, minutes: 1 },
        { clock: 'first-answer', minutes: 60 },
        { clock: 'next-answer', segmentId, minutes: 1 },
        { clock: 'next-answer', minutes: 120 },
      ],
    })
    const one = await asks()
    await desk.answer(await desk.conversationOf(one.handle), 'It is on its way.')
    await desk.deliver()
    const [author] = await desk.rows(
      sql<{ person_id: string }>`select person_id from author where handle = ${one.handle}`,
    )
    await desk.ask('people.profile.tag', { personId: author?.person_id, add: ['Regular'] })
    await desk.app.settle()
    while ((await refreshSummaries(desk.services, desk.workspaceId, [])) > 0);
    desk.says(one.handle, '@nordwind.test And now?', one.uri)
    await desk.hear()
    expect(await waitOf(one.conversationId, 'next-answer')).toMatchObject({ targetMinutes: 1 })
    expect(await waitOf(one.conversationId, 'first-answer')).toMatchObject({ state: 'met', targetMinutes: 60 })
  })

  it('are refused where they cannot hold, and only those who manage clocks change them', async () => {
    const refusal = async (path: string, input: unknown, as = desk.lead) =>
      (await desk.tell(path, input, as)).body.data?.code
    const wrong = { ...always, timeZone: 'Mars/Olympus' }
    expect(await refusal('inbox.clocks.calendars.create', { name: 'Mars', rules: wrong })).toBe('calendar-wrong')
    expect(await refusal('inbox.clocks.calendars.create', { name: 'Always', rules: always })).toBe(
      'calendar-name-taken',
    )
    expect(await refusal('inbox.clocks.calendars.remove', { calendarId })).toBe('calendar-in-use')
    const policy = (changed: Partial<ClockRules>) => ({ name: 'Other', rules: rules(changed) })
    const twice = [
      { clock: 'first-answer' as const, minutes: 5 },
      { clock: 'first-answer' as const, priority: 'low' as const, minutes: 9 },
    ]
    expect(await refusal('inbox.clocks.policies.create', policy({ targets: twice }))).toBe('clock-policy-wrong')
    expect(
      await refusal(
        'inbox.clocks.policies.create',
        policy({ targets: [{ clock: 'resolution', segmentId: teamId, minutes: 5 }] }),
      ),
    ).toBe('segment-unknown')
    expect(await refusal('inbox.clocks.policies.create', { ...policy({}), validFrom: new Date(0) })).toBe(
      'valid-from-too-far',
    )
    expect((await desk.tell('inbox.clocks.policies.remove', { clockPolicyId }, desk.anna)).status).toBe(403)
  })

  it('a preview shows the fortnight and the holidays without keeping anything', async () => {
    const preview = await desk.ask<{
      problems: unknown[]
      days: { openMinutes: number }[]
      holidays: { rule: string; names: { de: string; nl: string }; worked: boolean }[]
    }>('inbox.clocks.calendars.preview', {
      year: 2026,
      rules: { ...always, holidays: { country: 'DE', state: 'BY', types: ['public'], worked: ['01-06'] } },
    })
    expect(preview.problems).toEqual([])
    expect(preview.days).toHaveLength(14)
    expect(preview.holidays).toContainEqual(
      expect.objectContaining({
        rule: '01-06',
        worked: true,
        names: expect.objectContaining({ de: 'Heilige Drei Könige' }),
      }),
    )
    const { items } = await desk.ask<{ items: { code: string }[] }>('inbox.clocks.calendars.places', {
      country: 'DE',
      language: 'de',
    })
    expect(items.map(({ code }) => code)).toContain('BY')
  })
})

describe('the list', () => {
  it('shows what is due soonest first, what is late, and what soon will be; of a colleague it does not', async () => {
    const ids = async (filters: Record<string, unknown>) =>
      (await desk.conversations({ state: 'open', ...filters })).map(({ conversationId }) => conversationId)
    const due = await desk.conversations({ state: 'open', order: 'due' })
    expect(due.length).toBeGreaterThan(3)
    const times = due.map(({ dueAt }) => Number(new Date(String(dueAt))))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    const [first] = due
    await desk.rows(
      sql`update conversation set due_at = now() - interval '1 minute' where conversation_id = ${first?.conversationId}`,
    )
    expect(await ids({ due: 'late' })).toEqual([first?.conversationId])
    expect(await ids({ due: 'soon' })).not.toContain(first?.conversationId)
    const pages = await desk.ask<{ items: unknown[]; nextCursor: string }>('inbox.conversations.list', {
      order: 'due',
      limit: 1,
    })
    const next = await desk.ask<{ items: { conversationId: string }[] }>('inbox.conversations.list', {
      order: 'due',
      limit: 1,
      after: pages.nextCursor,
    })
    expect(next.items[0]?.conversationId).toBe(due[1]?.conversationId)
    const colleague = await desk.tell(
      'inbox.conversations.list',
      { memberId: desk.ben.memberId, due: 'late' },
      desk.anna,
    )
    expect(colleague.body.data?.code).toBe('filter-names-colleague')
  })

  it('and the worker walk indexes, as the application’s role', async () => {
    const { workspaceId } = desk
    const explained = await explain(desk, [
      [
        sql`select conversation_id from conversation c where c.workspace_id = ${workspaceId} and c.state = 'open'
          and c.due_at is not null order by c.due_at, c.conversation_id limit 51`,
        'conversation_due',
      ],
      [
        sql`select conversation_id from clock_watch where workspace_id = ${workspaceId} and look_at <= now()
          order by look_at limit 100`,
        'clock_watch_next',
      ],
      [
        sql`select 1 from event where workspace_id = ${workspaceId} and conversation_id = any(${['x']}::text[])`,
        'event_conversation',
      ],
    ])
    for (const { usesIndex, plan } of explained) expect(usesIndex, plan).toBe(true)
  })
})
