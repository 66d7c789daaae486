import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../platform/events.ts'
import { createTestApp, type TestApp, type TestMember } from '../testing/app.ts'
import { guidelinesAsleep } from './index.ts'

let app: TestApp
let workspaceId: string
let owner: TestMember
let lead: TestMember
let anna: TestMember
let viewer: TestMember

beforeAll(async () => {
  app = await createTestApp()
  workspaceId = app.workspace.workspaceId
  owner = app.workspace.owner
  lead = await app.join(workspaceId, 'lead', 'Lea Lind')
  anna = await app.join(workspaceId, 'agent', 'Anna Albers')
  viewer = await app.join(workspaceId, 'viewer', 'Vera Vos')
})
afterAll(() => app.close())

const tell = async (path: string, input: unknown, as: TestMember = owner) =>
  (await app.call(`guidelines.${path}`, input, { cookie: as.cookie, workspaceId })) as {
    status: number
    body: { data?: { code?: string } }
  }
const ask = async <T>(path: string, input: unknown, as: TestMember = owner): Promise<T> => {
  const { status, body } = await tell(path, input, as)
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  return body as T
}
const codeOf = async (path: string, input: unknown, as: TestMember = owner) =>
  (await tell(path, input, as)).body.data?.code
const asleep = (member: TestMember) =>
  app.services.database.inWorkspace(workspaceId, SYSTEM, (tx) => guidelinesAsleep(tx, member.memberId))
const run = (query: RawBuilder<unknown>) =>
  app.services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => (await query.execute(tx.sql)).rows)
/** As if everything had been asked so many days earlier. */
const daysPass = async (days: number) => {
  await run(sql`update guideline_version set valid_from = valid_from - make_interval(days => ${days})`)
  await run(sql`update training set asked_since = asked_since - make_interval(days => ${days})`)
  await run(sql`update member set created_at = created_at - make_interval(days => ${days})`)
  await run(sql`update guideline_setting set gate_since = gate_since - make_interval(days => ${days})`)
}

const texts = {
  en: { title: 'How we speak', text: '# Be kind' },
  de: { title: 'Wie wir sprechen', text: 'Freundlich' },
}
const audience = { forSpeakers: true, roles: [], roleIds: [] }

describe('a guideline', () => {
  let guidelineId: string

  it('is made by whoever manages guidelines and by nobody else', async () => {
    expect(await codeOf('documents.create', { texts, audience }, anna)).toBe('permission-missing')
    const made = await ask<{ guidelineId: string }>('documents.create', { texts, audience }, lead)
    guidelineId = made.guidelineId
    expect(await ask('documents.list', {}, anna)).toMatchObject({
      items: [{ guidelineId, titles: { en: 'How we speak' }, holds: { version: 1 }, next: null }],
    })
  })

  it('is needed by those who speak, and by roles that are named', async () => {
    const needs = async (as: TestMember) =>
      (await ask<{ items: { standing: string }[] }>('mine', {}, as)).items.map(({ standing }) => standing)
    expect(await needs(anna)).toEqual(['open'])
    expect(await needs(viewer)).toEqual([])
    await ask('documents.setAudience', { guidelineId, audience: { ...audience, roles: ['viewer'] } }, lead)
    expect(await needs(viewer)).toEqual(['open'])
    await ask('documents.setAudience', { guidelineId, audience }, lead)
    expect(await needs(viewer)).toEqual([])
  })

  it('does not keep anybody from speaking as long as nobody closes the gate', async () => {
    await daysPass(20)
    expect((await ask<{ items: unknown[] }>('mine', {}, anna)).items).toMatchObject([{ standing: 'overdue' }])
    expect(await asleep(anna)).toBeNull()
  })

  it('gives grace when the gate closes, then speaking sleeps with its reason until it is acknowledged', async () => {
    await ask('settings.update', { gate: true, graceDays: 7 }, lead)
    expect(await asleep(anna)).toBeNull()
    await daysPass(8)
    expect(await asleep(anna)).toEqual({
      reason: 'guideline-unacknowledged',
      params: { what: 'How we speak', aboutId: guidelineId },
    })
    expect(await asleep(viewer)).toBeNull()
    const conversations = [{ conversationId: '019a0000-0000-7000-8000-000000000000', againstVersion: 1 }]
    const answer = { conversations, text: 'Hello' }
    const refused = await app.call('inbox.answers.send', answer, { cookie: anna.cookie, workspaceId })
    expect(refused).toMatchObject({
      status: 403,
      body: {
        data: { code: 'permission-asleep', params: { reason: 'guideline-unacknowledged', what: 'How we speak' } },
      },
    })
    await ask('documents.acknowledge', { guidelineId, version: 1, language: 'de' }, anna)
    await ask('documents.acknowledge', { guidelineId, version: 1, language: 'de' }, anna)
    expect(await asleep(anna)).toBeNull()
    expect(await ask('mine', {}, anna)).toMatchObject({ asleep: false, items: [{ standing: 'done' }] })
  })

  it('asks again with a version that asks again, and not for a corrected word', async () => {
    const publish = (againstVersion: number, asksAgain: boolean) =>
      tell('documents.publish', { guidelineId, againstVersion, texts, asksAgain }, lead)
    expect((await publish(1, false)).status).toBe(200)
    expect(await ask('mine', {}, anna)).toMatchObject({ items: [{ standing: 'done' }] })
    expect((await publish(1, true)).body.data?.code).toBe('guideline-changed')
    expect((await publish(2, true)).status).toBe(200)
    expect(await ask('mine', {}, anna)).toMatchObject({ items: [{ standing: 'open' }] })
    expect(await codeOf('documents.acknowledge', { guidelineId, version: 2, language: 'en' }, anna)).toBe(
      'guideline-newer',
    )
    expect(await codeOf('documents.acknowledge', { guidelineId, version: 3, language: 'nl' }, anna)).toBe(
      'guideline-version-unknown',
    )
    await ask('documents.acknowledge', { guidelineId, version: 3, language: 'en' }, anna)
  })

  it('that holds from later on is announced and asks nobody before', async () => {
    const validFrom = new Date(Date.now() + 86_400_000)
    const next = { en: { title: 'How we shall speak', text: 'Kinder' } }
    await ask('documents.publish', { guidelineId, againstVersion: 3, texts: next, asksAgain: true, validFrom }, lead)
    expect(await ask('documents.list', {}, anna)).toMatchObject({
      items: [{ titles: { en: 'How we speak' }, holds: { version: 3 }, next: { version: 4 } }],
    })
    expect(await ask('mine', {}, anna)).toMatchObject({ items: [{ standing: 'done' }] })
  })

  it('shows the lead whether it is done, and nothing else about anybody', async () => {
    const seen = await ask<{ members: { memberId: string }[] }>('overview', {}, lead)
    expect(seen.members.find(({ memberId }) => memberId === anna.memberId)).toEqual({
      memberId: anna.memberId,
      name: 'Anna Albers',
      standings: [{ aboutId: guidelineId, standing: 'done' }],
    })
    expect(await codeOf('overview', {}, anna)).toBe('permission-missing')
  })

  it('that is retired is needed by nobody and cannot be acknowledged', async () => {
    await ask('documents.retire', { guidelineId }, lead)
    expect((await ask<{ items: unknown[] }>('mine', {}, lead)).items).toEqual([])
    expect(await codeOf('documents.acknowledge', { guidelineId, version: 3, language: 'en' }, lead)).toBe(
      'guideline-unknown',
    )
  })
})

describe('a training', () => {
  type Template = {
    texts: Record<string, { questions: { key: string; options: { key: string; right: boolean }[] }[] }>
  }
  let trainingId: string
  let template: Template

  const rightAnswers = () =>
    Object.fromEntries(
      (template.texts.en?.questions ?? []).map(({ key, options }) => [
        key,
        options.filter(({ right }) => right).map((option) => option.key),
      ]),
    )
  const attempt = (as: TestMember, answers: Record<string, string[]>, version = 1) =>
    tell('trainings.take', { trainingId, version, language: 'en', answers }, as)

  beforeAll(async () => {
    template = await ask<Template>('trainings.template', {}, lead)
    trainingId = (await ask<{ trainingId: string }>('trainings.create', template, lead)).trainingId
  })

  it('begins from a template that asks the same in each language', () => {
    expect(Object.keys(template.texts).sort()).toEqual(['de', 'en', 'nl'])
  })

  it('is refused where languages ask different questions', async () => {
    const { en, de } = template.texts
    const differing = { ...template, texts: { en, de: { ...de, questions: de?.questions.slice(1) } } }
    expect(await codeOf('trainings.create', differing, lead)).toBe('training-languages-differ')
  })

  it('never shows which options are right before an attempt', async () => {
    const seen = await ask<object>('trainings.get', { trainingId }, anna)
    expect(JSON.stringify(seen)).not.toMatch(/"right"|explanation/)
    expect(await codeOf('trainings.edit', { trainingId }, anna)).toBe('permission-missing')
  })

  it('pauses after as many failed attempts as it gives, and explains each time', async () => {
    const first = await attempt(anna, {})
    expect(first.body).toMatchObject({ passed: false, attemptsLeft: 2, pausedUntil: null })
    expect(JSON.stringify(first.body)).toContain('explanation')
    await attempt(anna, {})
    expect((await attempt(anna, {})).body).toMatchObject({ passed: false, attemptsLeft: 0 })
    expect((await attempt(anna, rightAnswers())).body.data?.code).toBe('training-paused')
    await run(sql`update training_standing set paused_until = now() - interval '1 minute'`)
    expect((await attempt(anna, rightAnswers())).body).toMatchObject({ passed: true, attemptsLeft: 3 })
    // That she passed her lead sees; when stands in the trail for the council's permission alone.
    const told = async (as: TestMember) =>
      (await app.call('privacy.trail.list', { type: 'training.passed' }, { cookie: as.cookie, workspaceId }))
        .body as unknown as { items: unknown[] }
    expect((await told(lead)).items).toEqual([])
    expect((await told(owner)).items).toHaveLength(1)
  })

  it('is valid for its months, and a pass is not lost by a failed attempt', async () => {
    await attempt(anna, {})
    const { items } = await ask<{ items: { standing: string; dueAt: string }[] }>('mine', {}, anna)
    expect(items).toMatchObject([{ kind: 'training', standing: 'done' }])
    const months = (+new Date(items[0]?.dueAt ?? 0) - Date.now()) / (30.4 * 86_400_000)
    expect(months).toBeGreaterThan(11.9)
    expect(months).toBeLessThan(12.1)
    await run(sql`update training_standing set valid_until = now() + interval '20 days'`)
    expect(await ask('mine', {}, anna)).toMatchObject({ items: [{ standing: 'renew' }] })
    await run(sql`update training_standing set valid_until = now() - interval '1 day'`)
    expect(await asleep(anna)).toMatchObject({ reason: 'training-missing' })
    await attempt(anna, rightAnswers())
    expect(await asleep(anna)).toBeNull()
  })

  it('counts wrong answers of first tries in full groups of five, so that nobody’s come out by comparing', async () => {
    const wrongAnswers = () =>
      ask<{ people: number; questions: { key: string; wrong: number }[] }>(
        'trainings.wrongAnswers',
        { trainingId },
        lead,
      )
    const people = [lead, owner]
    for (const name of ['Cem', 'Dora', 'Ela', 'Finn']) people.push(await app.join(workspaceId, 'agent', name))
    for (const person of people.slice(0, 3)) await attempt(person, {})
    expect(await wrongAnswers()).toEqual({ people: 0, questions: [] })
    await attempt(people[3] as TestMember, { ...rightAnswers(), 'order-number': ['number'] })
    const full = await wrongAnswers()
    expect(full.people).toBe(5)
    expect(full.questions.find(({ key }) => key === 'order-number')).toEqual({ key: 'order-number', wrong: 5 })
    expect(full.questions.find(({ key }) => key === 'storm')).toEqual({ key: 'storm', wrong: 4 })
    await attempt(people[4] as TestMember, {})
    expect(await wrongAnswers()).toEqual(full)
    const kept = await run(sql`select * from training_standing`)
    expect(JSON.stringify(kept)).not.toContain('order-number')
  })

  it('that changed is taken as it is now', async () => {
    expect(await codeOf('trainings.change', { ...template, trainingId, version: 7, asksAgain: true }, lead)).toBe(
      'training-changed',
    )
    await ask('trainings.change', { ...template, trainingId, version: 1, asksAgain: true }, lead)
    expect((await attempt(anna, {}, 1)).body.data?.code).toBe('training-changed')
    expect(await ask('mine', {}, anna)).toMatchObject({ items: [{ standing: 'open' }] })
  })
})

it('a program acknowledges nothing and passes nothing', async () => {
  const { body } = await app.call(
    'accounts.keys.create',
    { name: 'Robo', scopes: ['workspace.read'] },
    { cookie: owner.cookie, workspaceId },
  )
  const { secret } = body as { secret: string }
  const answer = await app.call('guidelines.mine', {}, { key: secret })
  expect(answer).toMatchObject({ status: 403, body: { data: { code: 'people-only' } } })
})
