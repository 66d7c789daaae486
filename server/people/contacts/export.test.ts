import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FILE_START, openTable } from '../../connectors/index.ts'
import { queryAsAdmin } from '../../platform/testing/database.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { readContacts } from './reading.ts'
import { cardOf } from './vcard-write.ts'

let app: TestApp
let folder = ''
const persons = new Map<string, string>()

beforeAll(async () => {
  app = await createTestApp()
  folder = await mkdtemp(path.join(tmpdir(), 'rapport-export-'))
  const put = async (externalId: string, contact: object) => {
    const input = { system: 'crm', externalId, legalBasis: 'contract', ...contact }
    const { body } = await app.call('people.contacts.put', input, as())
    persons.set(externalId, (body as { personId: string }).personId)
  }
  await put('1', {
    givenName: 'Mara',
    familyName: 'Quitte',
    mails: ['mara@quitte.example'],
    phones: ['+49 40 1234567'],
    city: 'Hamburg; Altona',
  })
  await put('2', { name: '=HYPERLINK("http://evil.example")', mails: ['evil@formula.example'], note: 'only for us' })
  await put('3', { name: 'Still Silent', mails: ['still@example.org'], doNotContact: true })
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const as = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const get = (file: string, cookie = as().cookie) =>
  app.request(`/files/${file}`, { headers: { cookie, 'x-rapport-workspace': as().workspaceId } })

describe('persons as a file', () => {
  it('are one line each, with formulas disarmed and a mark on whoever must not be contacted', async () => {
    const answer = await get('persons.csv')
    const text = Buffer.from(await answer.arrayBuffer()).toString()
    expect(answer.headers.get('content-type')).toContain('text/csv')
    const [header, ...lines] = text.split('\r\n').slice(0, -1)
    expect(header).toMatch(/^\ufeffid,name,given-name/)
    expect(header).not.toContain('note')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain('Mara Quitte')
    expect(lines[0]).toContain("'+49401234567")
    expect(lines[0]).toContain('crm: 1')
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
    expect(lines[2]).toMatch(/,yes$/)
  })

  it('carry the fields that were chosen, without the mark where a program cannot read it, and always the objection', async () => {
    const text = await (await get('persons.csv?fields=name,note&mark=no')).text()
    expect(text.split('\r\n')[0]).toBe('name,note,do-not-contact')
    expect(text).toContain('only for us')
    expect((await get('persons.csv?fields=name,password')).status).toBe(400)
  })

  it('are one person alone where that is asked, and nobody where nobody is known by the id', async () => {
    const text = await (await get(`persons.csv?person=${persons.get('1')}`)).text()
    expect(text.trim().split('\r\n')).toHaveLength(2)
    expect(
      (await (await get('persons.csv?person=01990000-0000-7000-8000-000000000000')).text()).trim().split('\r\n'),
    ).toHaveLength(1)
  })

  it('are a workbook whose cells are texts', async () => {
    const file = path.join(folder, 'persons.xlsx')
    await writeFile(file, Buffer.from(await (await get('persons.xlsx?fields=name,phones')).arrayBuffer()))
    using table = await openTable(file)
    const cells: string[][] = []
    for await (const record of table.records(FILE_START)) if ('cells' in record) cells.push(record.cells)
    expect(table.columns).toEqual(['name', 'phones', 'do-not-contact'])
    expect(cells[0]?.slice(0, 2)).toEqual(['Mara Quitte', '+49401234567'])
    expect(cells[1]?.[0]).toBe('=HYPERLINK("http://evil.example")')
  })

  it('are cards that can be read again, in lines of 75 bytes', async () => {
    const text = await (await get('persons.vcf')).text()
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
    const file = path.join(folder, 'persons.vcf')
    await writeFile(file, text)
    const told = []
    for await (const { row } of readContacts(file)) if (row.kind === 'contact') told.push(row.told)
    expect(told[0]).toMatchObject({
      fields: { name: 'Mara Quitte', given: 'Mara', family: 'Quitte', city: 'Hamburg; Altona' },
      mails: ['mara@quitte.example'],
      phones: ['+49401234567'],
    })
    expect(told[2]?.tags).toContain('DO NOT CONTACT')
  })

  it('are an event, and refused to whoever may not export', async () => {
    const events = await queryAsAdmin<{ codes: { format: string } }>(
      app.test.admin,
      `select codes from event where type = 'contacts.exported' and workspace_id = $1`,
      [as().workspaceId],
    )
    expect(events.map(({ codes }) => codes.format)).toContain('vcf')
    const agent = await app.join(as().workspaceId, 'agent')
    expect((await get('persons.csv', agent.cookie)).status).toBe(403)
  })
})

it('a card folds no line within a character', () => {
  const nobody = { mails: [], phones: [], sites: [], numbers: [], accounts: [], doNotContact: false }
  const name = 'ß€𝄞'.repeat(40)
  const card = cardOf({ personId: '1', name, fields: new Map(), ...nobody }, new Set(['name']))
  expect(card.replaceAll('\r\n ', '')).toContain(`FN:${name}`)
  for (const line of card.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
})

describe('the timeline of a person', () => {
  it('tells of orders and contracts among everything else, and alone where that is asked', async () => {
    const order = {
      system: 'crm',
      externalId: 'O-1',
      kind: 'order',
      customer: { number: '1' },
      happenedAt: '2026-11-02T10:00:00Z',
    }
    await app.call('people.purchases.put', { ...order, amount: '12000', currency: 'EUR' }, as())
    const ask = async (input: object) => {
      const { body } = await app.call('listening.timelines.ofPerson', { personId: persons.get('1'), ...input }, as())
      return (body as { items: { kind: string; purchase?: { externalId: string } }[] }).items
    }
    expect((await ask({})).map(({ kind }) => kind)).toContain('purchase')
    expect(await ask({ only: 'purchases' })).toMatchObject([{ purchase: { externalId: 'O-1' } }])
    expect(await ask({ only: 'purchases', until: '2026-11-01T00:00:00Z' })).toEqual([])
  })
})
