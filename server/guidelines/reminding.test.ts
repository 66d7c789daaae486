import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../platform/events.ts'
import { createTestApp, type TestApp, type TestMember } from '../testing/app.ts'
import { remindOfGuidelines } from './reminding.ts'

let app: TestApp
let workspaceId: string
let anna: TestMember
beforeAll(async () => {
  app = await createTestApp()
  workspaceId = app.workspace.workspaceId
  anna = await app.join(workspaceId, 'agent', 'Anna Albers')
})
afterAll(() => app.close())

const ask = async <T>(path: string, input: unknown, as: TestMember = app.workspace.owner): Promise<T> => {
  const { status, body } = await app.call(path, input, { cookie: as.cookie, workspaceId })
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  return body as T
}
/** As if everything had been asked so many days earlier. */
const daysPass = (days: number) =>
  app.services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    for (const [table, column] of [
      ['guideline_version', 'valid_from'],
      ['member', 'created_at'],
      ['guideline_setting', 'gate_since'],
      ['training_standing', 'valid_until'],
    ] as const)
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} - make_interval(days => ${days})`.execute(
        tx.sql,
      )
  })
/** Looked at twice: whoever comes back after a crash tells nobody again. What Anna was newly told is read at once. */
const told = async () => {
  await remindOfGuidelines(app.services)
  await remindOfGuidelines(app.services)
  const { items } = await ask<{
    items: { kind: string; news: string; times: number; readAt: unknown; name: string }[]
  }>('notifications.list', {}, anna)
  await ask('notifications.markRead', { everything: true }, anna)
  return items.filter(({ readAt }) => readAt === null).map(({ kind, news, times }) => `${kind} ${news} ${times}`)
}

const texts = { en: { title: 'How we speak', text: '# Be kind' } }

describe('whoever has to know a guideline', () => {
  let guidelineId: string

  it('is told when it asks, once, and of nothing else while no gate is closed', async () => {
    ;({ guidelineId } = await ask<{ guidelineId: string }>('guidelines.documents.create', {
      texts,
      audience: { forSpeakers: true, roles: [], roleIds: [] },
    }))
    expect(await told()).toEqual(['guideline asked 1'])
    await daysPass(100)
    expect(await told()).toEqual([])
  })

  it('is told again of a version that asks again', async () => {
    await ask('guidelines.documents.publish', { guidelineId, texts, asksAgain: true, againstVersion: 1 })
    expect(await told()).toEqual(['guideline asked 1'])
  })

  it('is told three days before the gate shuts them out, and when it does', async () => {
    await ask('guidelines.settings.update', { gate: true, graceDays: 14 })
    expect(await told()).toEqual([])
    await daysPass(12)
    expect(await told()).toEqual(['guideline due-soon 1'])
    await daysPass(3)
    expect(await told()).toEqual(['guideline overdue 1'])
    await ask('guidelines.documents.acknowledge', { guidelineId, version: 2, language: 'en' }, anna)
    await daysPass(300)
    expect(await told()).toEqual([])
  })
})
