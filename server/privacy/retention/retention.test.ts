import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import german from '../../../web/privacy/later-texts/protection.de.json' with { type: 'json' }
import english from '../../../web/privacy/later-texts/protection.en.json' with { type: 'json' }
import dutch from '../../../web/privacy/later-texts/protection.nl.json' with { type: 'json' }
import { type Desk, openDesk } from '../../inbox/testing/desk.ts'
import { modules } from '../../modules.ts'
import { runRetention } from './running.ts'

const DAY_MS = 86_400_000
let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  desk.says('frieda.pond', '@nordwind.test the Angel is broken')
  await desk.hear()
  const { conversationId } = await desk.conversationOf('frieda.pond')
  await desk.ask('inbox.notes.add', { conversationId, text: 'call back on Monday' }, desk.anna)
  const which = { conversationIds: [conversationId] }
  await desk.ask('inbox.conversations.change', {
    which,
    change: { change: 'close', reason: { code: 'settled-elsewhere' } },
  })
  await age(400)
})
afterAll(() => desk?.close())

/** As if the conversation had been closed so many days ago. */
const age = (days: number) =>
  desk.rows(sql`update conversation set closed_at = ${new Date(Date.now() - days * DAY_MS)} where state = 'closed'`)
const kinds = modules.flatMap((module) => module.retention ?? [])
const run = () => runRetention(desk.services, kinds, [desk.workspaceId])
const change = (kind: string, days: number, reason = 'decided so') =>
  desk.tell('privacy.retention.change', { kind, days, reason }, desk.app.workspace.owner)
const preview = (kind: string, days: number) =>
  desk.ask<{ rows: number; oldest: string | null; sample: string[] }>('privacy.retention.preview', { kind, days })
const notes = () => desk.rows(sql<{ text: string }>`select text from note`)
const texts = async () => (await desk.rows(sql<{ text: string }>`select text from post`)).map(({ text }) => text)

describe('a retention rule', () => {
  it('says what would go, and takes nothing', async () => {
    expect(await preview('notes', 300)).toMatchObject({ rows: 1, sample: ['call back on Monday'] })
    expect(await preview('notes', 500)).toMatchObject({ rows: 0, oldest: null, sample: [] })
    expect(await preview('closed-conversations', 300)).toMatchObject({ rows: 1 })
    expect(await notes()).toHaveLength(1)
  })

  it('keeps within its limits, and is changed for a reason only', async () => {
    expect((await change('notes', 5)).body).toMatchObject({
      data: { code: 'retention-days-invalid', params: { minDays: 30 } },
    })
    expect((await change('notes', 60, ' ')).status).toBe(400)
    expect((await change('moonlight', 60)).status).toBe(404)
    expect((await desk.tell('privacy.retention.list', {}, desk.lead)).status).toBe(403)
  })

  it('takes what is older, once, and leaves the rest', async () => {
    await run()
    expect(await notes()).toHaveLength(1)
    await change('notes', 365)
    await run()
    expect(await notes()).toEqual([])
    expect(await texts()).toContain('@nordwind.test the Angel is broken')
    await change('closed-conversations', 365)
    await run()
    await run()
    expect(await texts()).not.toContain('@nordwind.test the Angel is broken')
  })

  it('of heard posts is the one that the settings of the workspace know', async () => {
    await change('heard-posts', 12)
    const { settings } = await desk.ask<{ settings: { retentionDays: number } }>('accounts.workspaces.get', {})
    expect(settings.retentionDays).toBe(12)
    await desk.ask('accounts.workspaces.update', { settings: { retentionDays: 45 } })
    const { items } = await desk.ask<{ items: { kind: string; days: number }[] }>('privacy.retention.list', {})
    expect(items.find(({ kind }) => kind === 'heard-posts')?.days).toBe(45)
    expect(items.find(({ kind }) => kind === 'authors')?.days).toBe(45)
  })

  it('every kind has a name in every language', () => {
    for (const texts of [german, english, dutch])
      expect(Object.keys(texts.protection.retention.kind).sort()).toEqual(kinds.map(({ kind }) => kind).sort())
  })

  it('each dry run answers, whatever the kind', async () => {
    for (const { kind, defaultDays } of kinds)
      expect((await preview(kind, defaultDays)).rows, kind).toBeGreaterThanOrEqual(0)
  })
})
