import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'

let desk: Desk

beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const ask = <T>(path: string, input: unknown, as = desk.lead) => desk.ask<T>(`plan.${path}`, input, as)
const codeOf = async (path: string, input: unknown, as = desk.lead) =>
  (await desk.tell(`plan.${path}`, input, as)).body.data?.code

describe('the desk', () => {
  const doneOf = async () => {
    const { checks } = await ask<{ checks: { check: string; done: boolean }[] }>('desk', {}, desk.anna)
    return checks.filter(({ done }) => done).map(({ check }) => check)
  }

  it('is looked up from what is there, and nothing is ticked', async () => {
    const before = await doneOf()
    expect(before).toEqual(expect.arrayContaining(['brand', 'source', 'account', 'team', 'speaker']))
    for (const check of ['topic', 'heard', 'macro', 'guideline', 'goal', 'scenario', 'mail'])
      expect(before).not.toContain(check)
    const audience = { forSpeakers: true, roles: [], roleIds: [] }
    const texts = { en: { title: 'How we speak', text: 'Kindly' } }
    await desk.ask('guidelines.documents.create', { texts, audience }, desk.lead)
    await desk.ask('inbox.macros.create', { name: 'Hello', text: 'Hello', actions: [] })
    desk.says('kim.test', '@nordwind.test are you there?')
    await desk.hear()
    expect(await doneOf()).toEqual(expect.arrayContaining(['guideline', 'macro', 'heard']))
  })

  it('that only listens needs nobody who speaks', async () => {
    await desk.rows(sql`update workspace set kind = 'listen-only'`)
    const { listenOnly, checks } = await ask<{ listenOnly: boolean; checks: { check: string }[] }>('desk', {})
    await desk.rows(sql`update workspace set kind = 'care-desk'`)
    expect(listenOnly).toBe(true)
    expect(checks.map(({ check }) => check)).not.toContain('account')
    expect(checks.map(({ check }) => check)).toContain('source')
  })
})

describe('a goal', () => {
  const goal = { name: 'Nobody waits in vain', reason: '', dueOn: '2027-03-31', state: 'open' }

  it('is measured where a figure exists, and says nothing where there is nothing to measure', async () => {
    const measure = { figure: 'open-conversations', direction: 'at-most', target: 0 }
    const { goalId } = await ask<{ goalId: string }>('goals.create', { ...goal, measure })
    await ask('goals.create', { ...goal, name: 'A better name', measure: null, dueOn: null })
    type Listed = { items: { name: string; now: number | null; met: boolean | null; dueOn: string | null }[] }
    const before = await ask<Listed>('goals.list', {}, desk.anna)
    expect(before.items).toMatchObject([
      { name: goal.name, now: 1, met: false, dueOn: '2027-03-31' },
      { name: 'A better name', now: null, met: null, dueOn: null },
    ])
    await desk.answer(await desk.conversationOf('kim.test'), 'Yes, we are.')
    await desk.deliver()
    await desk.ask('inbox.conversations.change', {
      which: { conversationIds: [(await desk.conversationOf('kim.test')).conversationId] },
      change: { change: 'close' },
    })
    expect((await ask<Listed>('goals.list', {})).items[0]).toMatchObject({ now: 0, met: true })
    await ask('goals.remove', { goalId })
    expect(await codeOf('goals.remove', { goalId })).toBe('goal-unknown')
  })

  it('is set by whoever manages the plan', async () => {
    expect(await codeOf('goals.create', { ...goal, measure: null }, desk.anna)).toBe('permission-missing')
  })
})

describe('a stakeholder', () => {
  const words = { part: 'Desk', needs: 'Open conversations, daily', decidesOn: 'Goodwill', speaksAbout: 'Repairs' }

  it('is a member once, or somebody else by name; and who is to speak and may not is seen', async () => {
    const member = { ...words, memberId: desk.anna.memberId, name: null }
    await ask('stakeholders.create', member)
    expect(await codeOf('stakeholders.create', member)).toBe('stakeholder-there')
    const { stakeholderId } = await ask<{ stakeholderId: string }>('stakeholders.create', {
      ...words,
      memberId: null,
      name: 'Press office',
    })
    expect(await ask('stakeholders.list', {}, desk.anna)).toMatchObject({
      items: [
        { name: 'Anna Albers', maySpeak: true },
        { name: 'Press office', maySpeak: null },
      ],
    })
    await ask('stakeholders.remove', { stakeholderId })
  })
})

describe('a scenario', () => {
  type Scenario = {
    version: number
    steps: { key: string }[]
    walks: { walkId: string; openPoints: { openPointId: string }[] }[]
  }
  let scenarioId: string

  it('begins from a template in each language', async () => {
    for (const language of ['en', 'de', 'nl']) {
      const { items } = await ask<{ items: { template: string }[] }>('scenarios.templates', { language })
      expect(items).toHaveLength(6)
      const [first] = items
      scenarioId = (await ask<{ scenarioId: string }>('scenarios.create', first)).scenarioId
    }
    expect((await ask<{ items: unknown[] }>('scenarios.list', {}, desk.anna)).items).toHaveLength(3)
  })

  it('is walked through by all together, ends when each step said what it showed, and leaves open points', async () => {
    const { walkId } = await ask<{ walkId: string }>('walks.begin', { scenarioId })
    expect(await ask('walks.begin', { scenarioId })).toEqual({ walkId })
    const { steps } = await ask<Scenario>('scenarios.get', { scenarioId })
    const end = { walkId, outcome: 'gaps', summary: 'Nights are open', openPoints: ['Who is on duty at night?'] }
    expect(await codeOf('walks.end', end)).toBe('steps-missing')
    for (const { key } of steps) await ask('walks.find', { walkId, key, found: 'ok', note: '' })
    expect(await codeOf('walks.find', { walkId, key: 'no-such-step', found: 'ok', note: '' })).toBe('step-unknown')
    await ask('walks.end', end)
    expect(await codeOf('walks.end', end)).toBe('walk-ended')
    const listed = await ask<{ items: { scenarioId: string }[] }>('scenarios.list', {})
    expect(listed.items.find((one) => one.scenarioId === scenarioId)).toMatchObject({
      walking: false,
      lastOutcome: 'gaps',
      openPoints: 1,
    })
    const [walk] = (await ask<Scenario>('scenarios.get', { scenarioId })).walks
    await ask('walks.settle', { openPointId: walk?.openPoints[0]?.openPointId, settled: true })
    const after = await ask<{ items: { scenarioId: string }[] }>('scenarios.list', {})
    expect(after.items.find((one) => one.scenarioId === scenarioId)).toMatchObject({ openPoints: 0 })
  })

  it('that changes leaves walks as they were', async () => {
    const { version, steps } = await ask<Scenario>('scenarios.get', { scenarioId })
    const change = { scenarioId, name: 'Outage', situation: '', steps: [{ key: 'only', text: 'Only this', who: '' }] }
    expect(await codeOf('scenarios.update', { ...change, version: version + 1 })).toBe('scenario-changed')
    await ask('scenarios.update', { ...change, version })
    const after = await ask<Scenario & { walks: { steps: unknown[] }[] }>('scenarios.get', { scenarioId })
    expect(after.steps).toHaveLength(1)
    expect(after.walks[0]?.steps).toHaveLength(steps.length)
    await ask('scenarios.retire', { scenarioId })
    expect(await codeOf('scenarios.get', { scenarioId })).toBe('scenario-unknown')
  })
})

describe('a workspace that only listens', () => {
  it('says nothing: whoever answers is refused, and what was queued before does not go out', async () => {
    desk.says('lou.test', '@nordwind.test and me?')
    await desk.hear()
    const conversation = await desk.conversationOf('lou.test')
    const queued = await desk.answer(conversation, 'Soon.')
    await desk.rows(sql`update workspace set kind = 'listen-only'`)
    const published = desk.published()
    await desk.deliver()
    expect(await desk.delivery(queued.deliveryId)).toMatchObject({ state: 'refused', failure: 'listen-only' })
    expect(desk.published()).toEqual(published)
    const answer = {
      conversations: [{ conversationId: conversation.conversationId, againstVersion: conversation.version }],
      text: 'Now?',
    }
    for (const as of [desk.anna, { key: desk.bot }]) {
      const refused = await desk.tell('inbox.answers.send', answer, as)
      expect(refused).toMatchObject({
        status: 403,
        body: { data: { code: 'permission-asleep', params: { reason: 'listen-only' } } },
      })
    }
    await desk.rows(sql`update workspace set kind = 'care-desk'`)
  })
})
