import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RuleRun } from '../../../contract/inbox-routing.ts'
import { newId } from '../../platform/ids.ts'
import type { Condition, Rule } from '../../routing/index.ts'
import { rule } from '../../routing/testing.ts'
import { type Desk, openDesk } from '../testing/desk.ts'

let desk: Desk
let teamId = ''
let tagId = ''
let customers = 0

beforeAll(async () => {
  desk = await openDesk()
  const { memberId } = desk.ben
  teamId = (await desk.ask<{ teamId: string }>('accounts.teams.create', { name: 'Billing', memberIds: [memberId] }))
    .teamId
  tagId = (await desk.ask<{ tagId: string }>('inbox.tags.create', { name: 'Invoice' })).tagId
})
afterAll(() => desk.close())

const words = (query: string): Condition => ({ about: 'text', is: 'matches', query, languages: ['en'] })
const current = () => desk.ask<{ version: number; rules: Rule[] }>('inbox.routing.get', {}, desk.lead)

/** Saves the rules as they are to hold from now on. */
async function rules(...list: Rule[]): Promise<number> {
  const { version } = await current()
  return (
    await desk.ask<{ version: number }>('inbox.routing.save', { againstVersion: version, rules: list }, desk.lead)
  ).version
}

/** Somebody new writes to us. */
async function says(text: string) {
  const handle = `kunde${++customers}.test`
  const uri = desk.says(handle, `@nordwind.test ${text}`)
  await desk.hear()
  return { handle, uri, conversation: await desk.conversationOf(handle) }
}

/** Conversations of somebody, the newest first, after they began another. */
async function writesAgain(handle: string) {
  desk.says(handle, '@nordwind.test Something else')
  await desk.hear()
  return (await desk.conversations()).filter(({ author }) => author.handle === handle)
}

const runsOf = async (conversationId: string): Promise<RuleRun[]> =>
  (await desk.ask<{ items: RuleRun[] }>('inbox.routing.runs', { conversationId }, desk.anna)).items
const outcomes = (runs: RuleRun[]) => runs.flatMap(({ did }) => did.map((deed) => `${deed.do} ${deed.outcome}`))
const change = (conversationId: string, wanted: Record<string, unknown>, as = desk.anna) =>
  desk.ask('inbox.conversations.change', { which: { conversationIds: [conversationId] }, change: wanted }, as)
const toTeam: Rule['actions'][number] = { do: 'assign', to: { kind: 'team', teamId: '' } }
const assignTeam = (): Rule['actions'][number] => ({ ...toTeam, to: { kind: 'team', teamId } })

describe('rules', () => {
  it('route what a customer writes, once, and say on the conversation what each did and why', async () => {
    const version = await rules(
      rule('Invoices', [words('invoice OR bill')], {
        actions: [
          assignTeam(),
          { do: 'priority', priority: 'high' },
          { do: 'tag', tagIds: [tagId] },
          { do: 'four-eyes' },
        ],
      }),
      rule('All others', [], { actions: [{ do: 'priority', priority: 'low' }] }),
    )
    const { conversation, handle } = await says('Where is my invoice?')
    expect(conversation).toMatchObject({ assignedTeamId: teamId, priority: 'high', tags: [{ tagId }] })
    const runs = await runsOf(conversation.conversationId)
    expect(runs.map(({ name, ordinal }) => `${ordinal} ${name}`)).toEqual(['1 Invoices', '2 All others'])
    expect(runs[0]).toMatchObject({ version, because: [{ about: 'text', query: 'invoice OR bill' }] })
    expect(outcomes(runs)).toEqual([
      'assign done',
      'priority done',
      'tag done',
      'four-eyes done',
      // The first that says a priority has its way.
      'priority earlier-rule',
    ])
    // The same post again, and everything that was told once more.
    await desk.hear()
    await desk.rows(sql`update subscription set position = 0 where subscriber = 'inbox.posts' returning 1`)
    await desk.app.settle()
    expect(await runsOf(conversation.conversationId)).toEqual(runs)
    expect((await desk.conversations({ priority: 'high' })).map(({ author }) => author.handle)).toContain(handle)
    const { timeline } = await desk.ask<{ timeline: { type?: string; actor?: { kind: string }; reason?: string }[] }>(
      'inbox.conversations.get',
      { conversationId: conversation.conversationId },
      desk.anna,
    )
    const told = timeline.filter(({ actor }) => actor?.kind === 'rule')
    expect(told.map(({ type, reason }) => `${type} ${reason ?? ''}`.trim())).toEqual([
      'conversation.routed Invoices',
      'conversation.assigned',
      'conversation.prioritised',
      'conversation.tagged',
      'conversation.routed All others',
    ])
  })

  it('for each post act on later posts too, those for the first only on what opened the conversation', async () => {
    await rules(
      rule('First', [words('refund')], { actions: [{ do: 'tag', tagIds: [tagId] }] }),
      rule('Each', [words('refund')], { asks: 'each', actions: [{ do: 'priority', priority: 'urgent' }] }),
    )
    const { conversation, handle, uri } = await says('Hello')
    desk.says(handle, '@nordwind.test I want a refund', uri)
    await desk.hear()
    expect(await desk.conversationOf(handle)).toMatchObject({ priority: 'urgent', tags: [] })
    expect((await runsOf(conversation.conversationId)).map(({ name }) => name)).toEqual(['Each'])
  })

  it('leave alone what a person decided', async () => {
    await rules()
    const { conversation, handle, uri } = await says('Hello')
    const { conversationId } = conversation
    await change(conversationId, { change: 'assign', memberId: desk.anna.memberId, teamId: null })
    await change(conversationId, { change: 'prioritise', priority: 'low' })
    await change(conversationId, { change: 'tag', add: [tagId] })
    await change(conversationId, { change: 'tag', remove: [tagId] })
    await rules(
      rule('Everything', [], {
        asks: 'each',
        actions: [assignTeam(), { do: 'priority', priority: 'urgent' }, { do: 'tag', tagIds: [tagId] }],
      }),
      rule('Close', [], { asks: 'each', actions: [{ do: 'close' }] }),
    )
    desk.says(handle, '@nordwind.test And again', uri)
    await desk.hear()
    expect(await desk.conversationOf(handle)).toMatchObject({
      assignedMemberId: desk.anna.memberId,
      assignedTeamId: null,
      priority: 'low',
      tags: [],
      state: 'open',
    })
    expect(new Set(outcomes(await runsOf(conversationId)))).toEqual(
      new Set(['assign person-decided', 'priority person-decided', 'tag person-decided', 'close person-decided']),
    )
  })

  it('leave a conversation with nobody where a person took it from everybody', async () => {
    await rules(rule('Team', [], { asks: 'each', actions: [assignTeam()] }))
    const { conversation, handle, uri } = await says('Hello')
    expect(conversation.assignedTeamId).toBe(teamId)
    await change(conversation.conversationId, { change: 'assign', memberId: null, teamId: null })
    desk.says(handle, '@nordwind.test Still there', uri)
    await desk.hear()
    expect(await desk.conversationOf(handle)).toMatchObject({ assignedTeamId: null, assignedMemberId: null })
  })

  it('find whoever is there, fits and has most room; where nobody is, the team has it', async () => {
    const staffing = (memberId: string, languages: string[]) =>
      desk.ask('accounts.staffing.update', { memberId, languages, products: [], capacity: 2 })
    await staffing(desk.anna.memberId, ['en'])
    await staffing(desk.ben.memberId, ['en'])
    await staffing(desk.lead.memberId, ['nl'])
    await staffing(desk.app.workspace.owner.memberId, ['nl'])
    const everybody = await desk.ask<{ teamId: string }>('accounts.teams.create', {
      name: 'Everybody',
      memberIds: [desk.anna.memberId, desk.ben.memberId, desk.lead.memberId],
    })
    await rules(
      rule('English', [], {
        actions: [{ do: 'assign', to: { kind: 'skill', teamId: everybody.teamId, language: true, product: null } }],
      }),
    )
    // Anna has one from above: of two that come at once each gets what leaves both even.
    for (const nobody of ['x', 'y', 'z', 'w'])
      desk.says(`skill-${nobody}.test`, '@nordwind.test I would like to know when my parcel will arrive, please')
    await desk.hear()
    const got = await Promise.all(['x', 'y', 'z', 'w'].map((each) => desk.conversationOf(`skill-${each}.test`)))
    expect(got.map(({ language }) => language)).toEqual(['en', 'en', 'en', 'en'])
    const holders = got.map(({ assignedMemberId }) => assignedMemberId)
    const times = (memberId: string | null) => holders.filter((one) => one === memberId).length
    expect([times(desk.anna.memberId), times(desk.ben.memberId), times(null)]).toEqual([1, 2, 1])
    expect(got.every(({ assignedTeamId }) => assignedTeamId === everybody.teamId)).toBe(true)
    const all = await Promise.all(got.map(({ conversationId }) => runsOf(conversationId)))
    expect(outcomes(all.flat()).sort()).toEqual(['assign done', 'assign done', 'assign done', 'assign team-only'])
    expect(JSON.stringify(all)).not.toContain(desk.ben.memberId)
  })

  it('close as noise with the rule as the reason, but not under the hands of whoever writes; the next post opens again', async () => {
    await rules(rule('Noise', [words('giveaway')], { asks: 'each', actions: [{ do: 'close' }] }))
    const { conversation, handle, uri } = await says('Great giveaway!')
    expect(await desk.conversationOf(handle)).toMatchObject({ state: 'closed', waitingSince: null })
    const { rows } = await desk.inWorkspace((tx) =>
      sql<{ codes: unknown; actor_kind: string }>`select codes, actor_kind from event where type = 'conversation.closed'
        and conversation_id = ${conversation.conversationId}`.execute(tx.sql),
    )
    expect(rows).toEqual([{ codes: { because: 'rule' }, actor_kind: 'rule' }])
    desk.says(handle, '@nordwind.test No, seriously: my parcel is missing', uri)
    await desk.hear()
    expect((await desk.conversationOf(handle)).state).toBe('open')
    await desk.ask('inbox.leases.claim', { conversationId: conversation.conversationId }, desk.anna)
    desk.says(handle, '@nordwind.test giveaway', uri)
    await desk.hear()
    expect((await desk.conversationOf(handle)).state).toBe('open')
    expect(outcomes(await runsOf(conversation.conversationId))).toEqual(['close lease-held', 'close done'])
    await desk.ask('inbox.leases.release', { conversationId: conversation.conversationId }, desk.anna)
  })

  it('close nothing while the customer waits for something else too', async () => {
    await rules(rule('Noise', [words('giveaway')], { asks: 'each', actions: [{ do: 'close' }] }))
    const handle = `kunde${++customers}.test`
    const uri = desk.says(handle, '@nordwind.test Great giveaway!')
    desk.says(handle, '@nordwind.test And where is my parcel?', uri)
    await desk.hear()
    const conversation = await desk.conversationOf(handle)
    expect(conversation.state).toBe('open')
    expect(outcomes(await runsOf(conversation.conversationId))).toEqual(['close more-waits'])
    const noisy = `kunde${++customers}.test`
    const first = desk.says(noisy, '@nordwind.test giveaway, giveaway')
    desk.says(noisy, '@nordwind.test another giveaway', first)
    await desk.hear()
    expect((await desk.conversationOf(noisy)).state).toBe('closed')
  })

  it('set off a webhook by a fact in the trail, once', async () => {
    const { webhookId } = await desk.ask<{ webhookId: string }>('systems.webhooks.create', {
      name: 'Shop',
      url: 'https://shop.example/hook',
      types: ['person.begun'],
    })
    await rules(rule('Shop', [words('order')], { actions: [{ do: 'webhook', webhookId }] }))
    const { conversation } = await says('Where is my order?')
    const called = await desk.rows(
      sql<{ subjects: { webhookId: string } }>`select subjects from event where type = 'routing.called'`,
    )
    expect(called.map(({ subjects }) => subjects)).toMatchObject([
      { webhookId, conversationId: conversation.conversationId },
    ])
    await desk.ask('systems.webhooks.remove', { webhookId })
    const gone = await says('Where is my order?')
    expect(outcomes(await runsOf(gone.conversation.conversationId))).toEqual(['webhook gone'])
  })

  it('do what is left of them when what they name is gone', async () => {
    const { teamId: shortLived } = await desk.ask<{ teamId: string }>('accounts.teams.create', {
      name: 'Pop-up',
      memberIds: [],
    })
    await rules(
      rule('Pop-up', [], {
        actions: [
          { do: 'assign', to: { kind: 'team', teamId: shortLived } },
          { do: 'priority', priority: 'high' },
        ],
      }),
    )
    await desk.ask('accounts.teams.remove', { teamId: shortLived })
    const { conversation } = await says('Hello')
    expect(conversation).toMatchObject({ assignedTeamId: null, priority: 'high' })
    expect(outcomes(await runsOf(conversation.conversationId))).toEqual(['assign gone', 'priority done'])
  })

  it('know a desk by its hours, and whom we knew before they wrote from others', async () => {
    const week = Object.fromEntries(
      ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [
        day,
        [{ from: '00:00', until: '24:00' }],
      ]),
    )
    const { calendarId } = await desk.ask<{ calendarId: string }>('inbox.clocks.calendars.create', {
      name: 'Always',
      rules: { timeZone: 'Europe/Berlin', week, closed: [], special: [] },
    })
    await rules(
      rule(
        'Open',
        [
          { about: 'time', is: 'within', calendarId },
          { about: 'addressed', is: 'yes' },
        ],
        {},
      ),
      rule('Closed', [{ about: 'time', is: 'outside', calendarId }], { actions: [{ do: 'tag', tagIds: [tagId] }] }),
      rule(
        'Known',
        [
          { about: 'person', is: 'yes' },
          { about: 'addressed', is: 'yes' },
        ],
        { actions: [{ do: 'tag', tagIds: [tagId] }] },
      ),
    )
    const { conversation, handle } = await says('Hello')
    expect((await runsOf(conversation.conversationId)).map(({ name }) => name)).toContain('Open')
    expect((await runsOf(conversation.conversationId)).map(({ name }) => name)).not.toContain('Closed')
    // Everybody who writes begins as a person: who writes for the first time is not known because of that.
    const known = (runs: RuleRun[]) => runs.find(({ name }) => name === 'Known')
    expect(known(await runsOf(conversation.conversationId))).toBe(undefined)
    const [{ conversationId } = { conversationId: '' }] = await writesAgain(handle)
    // Why a rule held says what is known of the person, to those who may read that.
    expect(known(await runsOf(conversationId))).toMatchObject({
      because: [{ about: 'person' }, { about: 'addressed' }],
      becauseOfPerson: false,
    })
    const { body } = await desk.tell('inbox.routing.runs', { conversationId }, { key: desk.bot })
    expect(known((body as unknown as { items: RuleRun[] }).items)).toMatchObject({
      because: [{ about: 'addressed' }],
      becauseOfPerson: true,
    })
  })
})

describe('versions', () => {
  it('are whole, are not overwritten by whoever saw an older one, and can hold again', async () => {
    const first = await rules(rule('One', []))
    const second = await rules(rule('Two', []))
    const late = await desk.tell('inbox.routing.save', { againstVersion: first, rules: [] }, desk.lead)
    expect(late.body.data?.code).toBe('routing-changed')
    const { version } = await desk.ask<{ version: number }>(
      'inbox.routing.returnTo',
      { version: first, againstVersion: second },
      desk.lead,
    )
    expect((await current()).rules.map(({ name }) => name)).toEqual(['One'])
    const { items } = await desk.ask<{ items: { version: number; returnedTo: number | null; madeBy: string }[] }>(
      'inbox.routing.versions',
      {},
      desk.lead,
    )
    expect(items[0]).toMatchObject({ version, returnedTo: first, madeBy: desk.lead.memberId })
    expect((await desk.tell('inbox.routing.get', {}, desk.anna)).status).toBe(403)
  })

  it('are refused with what is wrong and where', async () => {
    const wrong = rule('Wrong', [words('(open')], { actions: [{ do: 'tag', tagIds: [newId()] }] })
    const { problems } = await desk.ask<{ problems: { code: string; place: number; faults: { message: string }[] }[] }>(
      'inbox.routing.check',
      { rules: [wrong], textLanguage: 'de' },
      desk.lead,
    )
    expect(problems).toMatchObject([
      { code: 'query', place: 0, faults: [{ message: 'Diese Klammer wird nicht geschlossen.' }] },
      { code: 'gone', place: 0 },
    ])
    const { version } = await current()
    const refused = await desk.tell('inbox.routing.save', { againstVersion: version, rules: [wrong] }, desk.lead)
    expect(refused.body.data).toMatchObject({ code: 'rule-wrong', params: { rule: 'Wrong', problem: 'query' } })
  })
})
