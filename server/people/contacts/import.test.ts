import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { dataFolder } from '../../../scripts/data-folder.ts'
import { takeWaiting } from '../../imports/index.ts'
import { SYSTEM } from '../../platform/events.ts'
import { queryAsAdmin } from '../../platform/testing/database.ts'
import { betweenTurns } from '../../platform/testing/turns.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { lockGraph } from '../graph/index.ts'
import { importContacts, runContactImport } from './import-run.ts'

const KILLS = 2

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const workspaceId = () => app.workspace.workspaceId
const as = () => ({ cookie: app.workspace.owner.cookie, workspaceId: workspaceId() })
const headers = () => ({ cookie: as().cookie, 'x-rapport-workspace': workspaceId() })
const call = (name: string, input: unknown) => app.call(`people.contacts.${name}`, input, as())
const ask = async <Answer>(name: string, input: unknown): Promise<Answer> => {
  const answer = await call(name, input)
  if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body as Answer
}
const count = async (from: ReturnType<typeof sql>, workspace = workspaceId()) =>
  app.services.database.inWorkspace(workspace, SYSTEM, async (tx) =>
    Number((await sql<{ n: string }>`select count(*) as n from ${from}`.execute(tx.sql)).rows[0]?.n),
  )
const upload = async (content: string | Uint8Array<ArrayBuffer>, name = 'contacts.csv') => {
  const answer = await app.request(`/files/contacts/imports?name=${name}`, {
    method: 'POST',
    headers: headers(),
    body: content,
  })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { importId: string }).importId
}
interface Counts {
  begun: number
  joined: number
  changed: number
  unchanged: number
  possible: number
  warned: number
}
interface View {
  state: string
  rows: number
  rejected: number
  counts: Counts
  problem: { code: string } | null
  rehearsal: {
    rows: number
    rejected: number
    counts: Counts
    samples: { line: number; outcome: string; candidates: { name: string }[] }[]
  } | null
}
const get = (importId: string) => ask<View>('imports.get', { importId })
const work = (importId: string) => runContactImport(app.services, workspaceId(), importId, new AbortController().signal)
const choices = { system: 'fair', legalBasis: 'legitimate-interest' as const }
const take = async (importId: string, given: object = {}) => {
  await ask('imports.start', { importId, ...choices, ...given })
  await work(importId)
  return get(importId)
}
const rehearse = async (importId: string, given: object = {}) => {
  await ask('imports.rehearse', { importId, ...choices, ...given })
  await work(importId)
  return get(importId)
}
const HEADER = 'Nummer;Vorname;Nachname;E-Mail;Telefon;Firma;Funktion;Ort\n'
const mapping = {
  Nummer: 'externalId',
  Vorname: 'given',
  Nachname: 'family',
  'E-Mail': 'mail',
  Telefon: 'phone',
  Firma: 'organisation',
  Funktion: 'role',
  Ort: 'city',
}
const line = (id: number, change: { mail?: string; phone?: string; city?: string } = {}) =>
  `K${id};Vorname${id};Nachname${id};${change.mail ?? `k${id}@fair.example`};${change.phone ?? ''};;;${change.city ?? 'Bremen'}\n`

describe('a file of contacts', () => {
  it('is uploaded, understood, rehearsed without a trace, taken in, and taken in again without news', async () => {
    const content = `${HEADER}A1;Mara;Quitte;mara@a.example, m.q@a.example;+49 421 123456;Quitte & Söhne;Leitung;Bremen\nA2;Jörg;Größe;joerg@a.example;;;;Köln\n;Ohne;Nummer;;;;;\n`
    const importId = await upload(content)
    const inspection = await ask<{ mapping: Record<string, string>; problems: unknown[] }>('imports.inspect', {
      importId,
    })
    expect(inspection).toMatchObject({
      problems: [],
      mapping: { Vorname: 'given', 'E-Mail': 'mail', Firma: 'organisation' },
    })
    const rehearsed = await rehearse(importId, { mapping })
    expect(rehearsed).toMatchObject({ state: 'uploaded', rehearsal: { rows: 3, rejected: 1, counts: { begun: 2 } } })
    expect(rehearsed.rehearsal?.samples).toMatchObject([
      { line: 2, outcome: 'begun' },
      { line: 3, outcome: 'begun' },
      { line: 4, outcome: 'refused' },
    ])
    expect(await count(sql`person`)).toBe(0)
    expect(await take(importId, { mapping })).toMatchObject({
      state: 'done',
      rows: 3,
      rejected: 1,
      counts: { begun: 2 },
    })
    expect((await get(importId)).rehearsal).toMatchObject({ rows: 3, samples: [] })
    expect(await count(sql`person where name = 'Mara Quitte'`)).toBe(1)
    expect(await count(sql`person_link where method = 'imported'`)).toBe(6)
    expect(await count(sql`organisation_membership where role = 'Leitung'`)).toBe(1)
    expect(existsSync(path.join(app.services.config.home, 'imports', workspaceId(), importId))).toBe(false)
    const again = await upload(content)
    expect((await rehearse(again, { mapping })).rehearsal).toMatchObject({ counts: { unchanged: 2 } })
    expect(await take(again, { mapping })).toMatchObject({ counts: { begun: 0, changed: 0, unchanged: 2 } })
  })

  it('says before anything is taken in what is new, changed, perhaps known, and refused: each with a sample', async () => {
    await take(await upload(HEADER + line(100) + line(101)), { mapping })
    const content = `${HEADER}${line(100)}${line(101, { city: 'Celle' })}${line(102)}${line(103, { mail: 'k100@fair.example' })}${line(104, { mail: 'k102@fair.example' })}`
    const importId = await upload(content)
    const { rehearsal } = await rehearse(importId, { mapping })
    expect(rehearsal?.counts).toMatchObject({ unchanged: 1, changed: 1, begun: 1, possible: 2 })
    const possible = rehearsal?.samples.filter(({ outcome }) => outcome === 'possible')
    expect(possible).toMatchObject([
      { line: 5, candidates: [{ name: 'Vorname100 Nachname100' }] },
      { line: 6, candidates: [{ name: 'Vorname102 Nachname102' }] },
    ])
    expect((await take(importId, { mapping })).counts).toMatchObject(rehearsal?.counts as Counts)
    const { items } = await ask<{ items: unknown[] }>('proposals', { importId })
    expect(items).toHaveLength(2)
  })

  it('with numbers that a spreadsheet damaged is refused; damaged phones are left out and named with their lines', async () => {
    const ids = await upload(`${HEADER}5.7E+17;A;B;a@x.example;;;;\n`)
    await ask('imports.start', { importId: ids, ...choices, mapping })
    await work(ids)
    expect(await get(ids)).toMatchObject({ state: 'failed', problem: { code: 'ids-damaged' } })
    const content =
      HEADER + line(200, { phone: '4.94021E+11' }) + line(201, { phone: '4215551234' }) + line(202, { mail: 'none' })
    const importId = await upload(content)
    const { problems } = await ask<{ problems: { code: string; params: object }[] }>('imports.inspect', {
      importId,
      mapping,
    })
    expect(problems).toMatchObject([
      { code: 'phones-damaged', params: { line: 2 } },
      { code: 'phones-without-zero', params: { line: 3 } },
    ])
    expect(await take(importId, { mapping })).toMatchObject({ rejected: 0, counts: { begun: 3, warned: 2 } })
    const csv = await app.request(`/files/contacts/imports/${importId}/rejections.csv?language=de`, {
      headers: headers(),
    })
    const text = await csv.text()
    expect(text).toContain('Ein Tabellenprogramm hat die Telefonnummer 4.94021E+11 beschädigt')
    expect(text).toContain('mail-left-out')
  })

  it('is read in the encodings and shapes that programs write: Windows-1252 with semicolons, and Excel', async () => {
    const old = await upload(Buffer.from(`${HEADER}W1;Zoë;Größe;zoe@w.example;;;;Köln\n`, 'latin1') as never)
    await take(old, { mapping })
    expect(await count(sql`person where name = 'Zoë Größe'`)).toBe(1)
    const row = (values: string[]) => values.map((value) => ({ value }))
    const book = await writeExcelFile([
      row(['Kundennummer', 'Name', 'E-Mail']),
      row(['0007', 'Ilse Igel', 'ilse@w.example']),
    ]).toBuffer()
    const excel = await upload(new Uint8Array(book), 'contacts.xlsx')
    expect(await take(excel)).toMatchObject({ state: 'done', counts: { begun: 1 } })
    expect(await count(sql`author where network = 'customer-number' and network_id = '0007'`)).toBe(1)
  })

  it('of cards needs no mapping', async () => {
    const cards = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Karl Karte', 'EMAIL:karl@karte.example', 'END:VCARD', ''].join(
      '\r\n',
    )
    expect(await take(await upload(cards, 'karten.vcf'))).toMatchObject({ state: 'done', counts: { begun: 1 } })
    expect(await count(sql`person where name = 'Karl Karte'`)).toBe(1)
  })

  it('keeps consents only with the words under which they were given', async () => {
    const content = 'Nummer;Name;Newsletter\nC1;Cleo;ja\nC2;Nils;nein\nC3;Otto;vielleicht\n'
    const columns = { Nummer: 'externalId', Name: 'name', Newsletter: 'consent:contact' }
    const consent = { text: 'Ich möchte den Newsletter.', language: 'de', channel: 'letter' }
    expect(await take(await upload(content), { mapping: columns, consent })).toMatchObject({ counts: { warned: 1 } })
    expect(await count(sql`consent where purpose = 'contact' and given and text = ${consent.text}`)).toBe(1)
    expect(await count(sql`consent where purpose = 'contact' and not given`)).toBe(1)
  })

  it('is not started without a source, a basis and something by which a contact is known', async () => {
    const importId = await upload('Name,Ort\nAnna,Bonn\n')
    expect((await call('imports.start', { importId, system: 'fair' })).status).toBe(400)
    expect((await call('imports.start', { importId, legalBasis: 'consent' })).status).toBe(400)
    await ask('imports.start', { importId, ...choices })
    await work(importId)
    expect(await get(importId)).toMatchObject({ state: 'failed', problem: { code: 'no-identity-column' } })
  })

  it('is no business of whoever may not take files in, nor of the import of posts', async () => {
    const importId = await upload(HEADER + line(1))
    const agent = await app.join(workspaceId(), 'agent')
    const asAgent = { cookie: agent.cookie, workspaceId: workspaceId() }
    expect((await app.call('people.contacts.imports.get', { importId }, asAgent)).status).toBe(403)
    expect((await app.call('listening.imports.get', { importId }, as())).status).toBe(404)
    await ask('imports.remove', { importId })
  })

  it('keeps a mapping under a name for the next one', async () => {
    await ask('imports.saveMapping', { name: 'Messe', ...choices, mapping })
    await ask('imports.saveMapping', { name: 'Messe', ...choices, system: 'fair-2026', mapping })
    const { items } = await ask<{ items: unknown[] }>('imports.mappings', {})
    expect(items).toMatchObject([{ name: 'Messe', settings: { system: 'fair-2026', mapping } }])
    await ask('imports.removeMapping', { name: 'Messe' })
    expect(await ask('imports.mappings', {})).toEqual({ items: [] })
  })
})

describe('an import of contacts that is killed', () => {
  it('goes on behind its last batch: nobody twice, nobody lost', async () => {
    const rows = 500
    const content = HEADER + Array.from({ length: rows }, (_, index) => line(10_000 + index)).join('')
    const importId = await upload(content)
    await ask('imports.start', { importId, ...choices, mapping })
    for (let kill = 0; kill < KILLS; kill++) {
      const child = fork(path.join(import.meta.dirname, 'testing/import-child.ts'), {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        execArgv: [],
      })
      const ended = once(child, 'exit')
      const { rows: before } = await get(importId)
      await betweenTurns((run) => app.services.database.inWorkspace(workspaceId(), SYSTEM, run), lockGraph, {
        begin: () => {
          const { database, config } = app.services
          child.send({ connection: database.connection, home: config.home, workspaceId: workspaceId(), importId })
        },
        meanwhile: async () => {
          child.kill('SIGKILL')
          await ended
        },
      })
      expect((await get(importId)).rows).toBeGreaterThan(before)
    }
    expect(await get(importId)).toMatchObject({ state: 'running' })
    // Two workers believe to hold it.
    await Promise.all([work(importId), work(importId)])
    if ((await get(importId)).state === 'running') await work(importId)
    expect(await get(importId)).toMatchObject({ state: 'done', rows, rejected: 0, counts: { begun: rows } })
    expect(await count(sql`person where name like 'Vorname10___ %'`)).toBe(rows)
    expect(
      await count(
        sql`author where network = 'mail' and network_id like 'k10___@fair.example' and person_id is not null`,
      ),
    ).toBe(rows)
  })

  it('begins its batch anew when it meets somebody who writes the same rows in another order', async () => {
    await take(await upload(HEADER + line(20_000)), { mapping })
    const importId = await upload(HEADER + line(20_000, { city: 'Uelzen' }) + line(20_001))
    await ask('imports.start', { importId, ...choices, mapping })
    const taking: Promise<unknown>[] = []
    await app.services.database.inWorkspace(workspaceId(), SYSTEM, async (tx) => {
      await sql`select from author where workspace_id = ${workspaceId()} and network = 'customer-number'
        and network_id = ${line(20_000).split(';')[0]} for no key update`.execute(tx.sql)
      taking.push(work(importId))
      await untilSomebodyWaits()
      // The import holds the graph and waits for this row: PostgreSQL ends the one that waits longer.
      await lockGraph(tx)
    })
    await Promise.all(taking)
    expect(await get(importId)).toMatchObject({ state: 'done', rows: 2, counts: { changed: 1, begun: 1 } })
  })

  it('is taken once by whoever looks for work, a rehearsal too', async () => {
    const importId = await upload(HEADER + line(1))
    await ask('imports.rehearse', { importId, ...choices, mapping })
    expect(await takeWaiting(app.services, ['posts'])).toBeNull()
    expect(await takeWaiting(app.services, ['contacts'])).toMatchObject({ importId, kind: 'contacts' })
    expect(await takeWaiting(app.services, ['contacts'])).toBeNull()
    await work(importId)
    expect(await get(importId)).toMatchObject({ state: 'uploaded', rehearsal: { rows: 1 } })
  })
})

async function untilSomebodyWaits(): Promise<void> {
  for (let look = 0; look < 300; look++) {
    const waiting = await queryAsAdmin(
      app.test.admin,
      "select from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'",
      [app.test.admin.database],
    )
    if (waiting.length > 0) return
    await delay(10)
  }
  throw new Error('nobody waits for a lock')
}

const people = dataFolder() && path.join(dataFolder() as string, 'entity_resolution')
if (!people) console.info('Skipped: the public data is not here (RAPPORT_DATA names its folder).')

describe.skipIf(!people)('public files of persons', () => {
  const files = [
    {
      name: 'splink/fake_1000.csv',
      rows: 1_000,
      mapping: {
        unique_id: 'externalId',
        first_name: 'given',
        surname: 'family',
        dob: 'birthDate',
        city: 'city',
        email: 'mail',
      },
    },
    {
      name: 'febrl/dataset1.csv',
      rows: 1_000,
      mapping: {
        rec_id: 'externalId',
        given_name: 'given',
        surname: 'family',
        suburb: 'city',
        postcode: 'postcode',
        date_of_birth: 'birthDate',
      },
    },
  ]

  it.each(files)(
    '$name ends as its rehearsal said, and a second run changes nothing',
    { timeout: 120_000 },
    async (file) => {
      const workspace = await app.createWorkspace(`Data ${file.rows} ${file.name.slice(0, 5)}`)
      const settings = { ...choices, inUse: 'propose' as const, mapping: await trimmed(file) }
      const request = {
        workspaceId: workspace.workspaceId,
        file: path.join(people as string, file.name),
        actor: SYSTEM,
        settings,
      }
      const first = await importContacts(app.services, request)
      expect(first).toMatchObject({ state: 'done', rows: file.rows, rejected: 0 })
      const { begun, possible, joined } = first.counts
      expect(begun + possible + joined).toBe(file.rows)
      expect(joined).toBe(0)
      expect(await count(sql`person`, workspace.workspaceId)).toBe(begun)
      const operations = await count(sql`graph_operation`, workspace.workspaceId)
      const second = await importContacts(app.services, request)
      expect(second.counts).toMatchObject({ begun: 0, joined: 0, changed: 0, unchanged: begun, possible })
      expect(await count(sql`graph_operation`, workspace.workspaceId)).toBe(operations)
      expect(await count(sql`person`, workspace.workspaceId)).toBe(begun)
    },
  )

  /** The names of its columns carry blanks. */
  async function trimmed({ name, mapping: wanted }: (typeof files)[number]): Promise<Record<string, string>> {
    const importId = await upload((await fileText(path.join(people as string, name))).slice(0, 2_000))
    const { columns } = await ask<{ columns: { name: string }[] }>('imports.inspect', { importId })
    await ask('imports.remove', { importId })
    return Object.fromEntries(
      columns.flatMap(({ name: column }) => {
        const field = (wanted as unknown as Record<string, string>)[column.trim()]
        return field ? [[column, field]] : []
      }),
    )
  }
})

const fileText = (file: string) => readFile(file, 'utf8')
