import { existsSync } from 'node:fs'
import path from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../../inbox/testing/desk.ts'
import { dataRegister } from '../../modules.ts'
import { SYSTEM } from '../../platform/events.ts'
import { workOnce } from '../working.ts'
import { deleteExpiredArchives } from './archives.ts'
import { withoutOthers } from './collecting.ts'
import { valueHtml } from './values.ts'

let desk: Desk
let personId = ''
beforeAll(async () => {
  desk = await openDesk()
  desk.says('frieda.pond', '@nordwind.test <b>where</b> is my Angel?')
  desk.says('otto.pond', '@nordwind.test otto wants a canoe')
  await desk.hear()
  await desk.answer(await desk.conversationOf('frieda.pond'), 'On its way.')
  await desk.deliver()
  await desk.hear()
  const { conversationId } = await desk.conversationOf('frieda.pond')
  const text = '@frieda.pond is the sister of @otto.pond, otto@pond.example'
  await desk.ask('inbox.notes.add', { conversationId, text }, desk.anna)
  const [row] = await desk.rows(sql<{ person_id: string }>`select person_id from author where handle = 'frieda.pond'`)
  personId = row?.person_id ?? ''
  await desk.rows(sql`insert into author_past (workspace_id, author_id, attribute, value, seen_until)
    select workspace_id, author_id, 'bio', 'Collects wooden boats', now() from author where handle = 'frieda.pond'`)
})
afterAll(() => desk?.close())

const order = async (language = 'nl') =>
  (await desk.ask<{ archiveId: string }>('privacy.archives.create', { personId, language })).archiveId
const work = () => workOnce(desk.services, dataRegister())
const download = (archiveId: string, cookie = desk.app.workspace.owner.cookie) =>
  desk.app.request(`/files/access/${archiveId}.zip?workspace=${desk.workspaceId}`, { headers: { cookie } })
const list = async () =>
  (await desk.ask<{ items: { archiveId: string; state: string; downloads: number }[] }>('privacy.archives.list', {}))
    .items

describe('a copy of everything held about a person', () => {
  it('holds what they said and were answered, in their language, and nothing of others', async () => {
    const archiveId = await order()
    expect((await download(archiveId)).status).toBe(409)
    await work()
    const answer = await download(archiveId)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
    const { data } = JSON.parse(text('data.json')) as { data: Record<string, Record<string, unknown>[]> }
    expect(data.post).toMatchObject([{ text: '@nordwind.test <b>where</b> is my Angel?' }])
    expect(data.delivery).toMatchObject([{ text: expect.stringContaining('On its way.') }])
    expect(data.note).toMatchObject([{ text: '@frieda.pond is the sister of […], […]' }])
    expect(data.author).toMatchObject([{ handle: 'frieda.pond' }])
    expect(data.author_past).toMatchObject([{ attribute: 'bio', value: 'Collects wooden boats' }])
    expect(text('index.html')).toContain('Collects wooden boats')
    expect(text('index.html')).toContain('&lt;b&gt;where')
    expect(text('index.html')).toContain('Wat je schreef')
    for (const name of Object.keys(files)) expect(text(name), name).not.toMatch(/otto(?!m)|canoe/)
    const fields = JSON.parse(text('schema.json')) as { name: string; legalBasis: string; fields: { name: string }[] }[]
    for (const [table, rows] of Object.entries(data))
      for (const column of Object.keys(rows[0] ?? {}))
        expect(
          fields.find(({ name }) => name === table)?.fields.map(({ name }) => name),
          table,
        ).toContain(column)
  })

  it('is fetched by those alone who manage data protection, and each time is told', async () => {
    const [archive] = await list()
    expect((await download(archive?.archiveId ?? '', desk.lead.cookie)).status).toBe(403)
    await download(archive?.archiveId ?? '')
    expect((await list())[0]).toMatchObject({ state: 'done', downloads: 2 })
    expect(await desk.rows(sql`select from event where type = 'archive.downloaded'`)).toHaveLength(2)
  })

  it('goes when its time has passed, with its file', async () => {
    const archiveId = await order()
    await work()
    const file = path.join(desk.services.config.home, 'access', desk.workspaceId, `${archiveId}.zip`)
    expect(existsSync(file)).toBe(true)
    await desk.rows(sql`update access_archive set expires_at = now() - interval '1 minute'`)
    expect(await desk.inWorkspace((tx) => deleteExpiredArchives(desk.services, tx), SYSTEM)).toBe(2)
    expect(existsSync(file)).toBe(false)
    expect((await download(archiveId)).status).toBe(409)
  })

  it('that a worker left half made is made by the next', async () => {
    const archiveId = await order()
    await desk.rows(sql`update access_archive set state = 'running', attempts = 1, lease_until = now() + interval '1 hour'
      where archive_id = ${archiveId}`)
    await work()
    expect((await list()).find((one) => one.archiveId === archiveId)?.state).toBe('running')
    await desk.rows(
      sql`update access_archive set lease_until = now() - interval '1 second' where archive_id = ${archiveId}`,
    )
    await work()
    expect((await list()).find((one) => one.archiveId === archiveId)?.state).toBe('done')
  })
})

it('what names others is taken out of notes, dates and one’s own names stay', () => {
  const subject = { personIds: [], authorIds: [], names: ['frieda.pond', '+49 431 123456'] }
  const row = {
    text: 'rang +49 431 123456, not +49 30 9876543; @frieda.pond and @otto',
    created_at: '2026-11-22T08:00:00+00:00',
  }
  expect(withoutOthers(row, subject)).toEqual({
    text: 'rang +49 431 123456, not […]; @frieda.pond and […]',
    created_at: '2026-11-22T08:00:00+00:00',
  })
})

it('what is handed out is read in words: states, money, shares; ids of machines are left to programs', () => {
  const time = new Intl.DateTimeFormat('de', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  const read = (table: string, row: Record<string, unknown>, language: 'de' | 'en' = 'de') =>
    Object.keys(row).map((column) => valueHtml(table, column, row, { language, time }).replaceAll('\u00a0', ' '))
  const order = { state: 'completed', amount: 2995, currency: 'EUR' }
  expect(read('purchase', order)).toEqual(['abgeschlossen', '29,95 €', 'EUR'])
  expect(read('purchase', { amount: '2995', currency: 'JPY' }, 'en')).toEqual(['¥2,995', 'JPY'])
  expect(read('person_summary', { spent: 59.9, language: 'de', inputs: { currency: 'EUR' } })).toEqual([
    '59,90 €',
    'Deutsch',
    '<ul><li><span>Währung</span> EUR</li></ul>',
  ])
  const proof = { sending: 'sent', state: 'before-staff', way: 'phone-code' }
  expect(read('proof', proof, 'en')).toEqual(['sent', 'looked at by one of us', 'code by text message'])
  expect(read('post', { sentiment: 'negative', sentiment_probability: 0.46945402 })).toEqual(['negativ', '47 %'])
  expect(read('post', { external_id: 'at://did:plc:x/post/1', mentions: ['did:plc:x'] })).toEqual(['', ''])
  const evidence = { post: '01a2031f-400b-70ea-8b2d-e2b837d03884', way: 'sign-in' }
  expect(read('person_link', { method: 'imported', evidence }, 'en')).toEqual([
    'from a file or another system',
    '<ul><li><span>Way</span> sign-in</li></ul>',
  ])
  // Words of people are theirs, whatever they spell.
  expect(read('note', { text: 'sent', reason: 'spam' })).toEqual(['sent', 'spam'])
})
