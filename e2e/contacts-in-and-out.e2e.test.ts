import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  journey,
  signIn,
  useBrowser,
  type Visitor,
  visit,
} from './browser.ts'
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'

const HEADER = 'Kundennummer;Vorname;Nachname;E-Mail;Telefon;Firma;Funktion;Ort'
/** Known before the file comes. */
const HILKE = '0815;Hilke;Sanddorn;hilke@sanddorn.example;+49 421 2345678;Sanddorn Gartenbau;Inhaberin;Bremen'
const FILE = [
  HEADER,
  // The same address, another number: perhaps the same woman.
  '4711;H.;Sanddorn;hilke@sanddorn.example;;Sanddorn Gartenbau;;Bremen',
  // A spreadsheet made of the phone number what it makes of numbers.
  '4712;Enno;Priel;enno@priel.example;4.9421E+11;;;Leer',
  // Nothing by which anybody could be known.
  ';Ohne;Nummer;;;;;',
].join('\n')
const ORDERS = [
  'Bestellnummer;E-Mail;Datum;Betrag;Status;Artikel',
  'A-101;hilke@sanddorn.example;2026-11-10;49,90;bezahlt;Gartenlaterne',
  'A-102;hilke@sanddorn.example;vielleicht;5,00;;Schnur',
].join('\n')
const TAKEN_MS = 30_000

journey('contacts in and out', () => {
  let desk: CareDesk
  let visitor: Visitor
  let folder = ''
  const browser = useBrowser()
  const place = (rest: string) => `${desk.server.url}/w/kobaltfon/people/${rest}`
  const persons = async (family: string) =>
    ((await desk.api('GET', '/persons?limit=100')) as { items: { personId: string; name: string }[] }).items.filter(
      ({ name }) => name.endsWith(family),
    )
  const lookAtPage = async () => {
    await expectAccessible(visitor.page)
    await expectNoSidewaysScroll(visitor.page)
    visitor.expectNoFaults()
  }
  const bring = async (name: string, content: string, system: string) => {
    const { page } = visitor
    const file = path.join(folder, name)
    await writeFile(file, content)
    await page.goto(place('contacts'))
    await page.locator('input[type="file"]').setInputFiles(file)
    await page.getByLabel('Woher stammen diese Kontakte?').fill(system)
    await page.getByRole('combobox', { name: /^Rechtsgrundlage/ }).click()
    await page.getByRole('option', { name: 'Vertrag' }).click()
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rapport-contacts-'))
    desk = await openCareDesk(MARA, 'de')
    visitor = await visit(browser(), 'Mara on a phone', { language: 'de', phone: true })
    await signIn(visitor.page, desk.server.url, MARA)
  }, 240_000)
  afterAll(async () => {
    await visitor?.leave()
    await desk?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('a first file comes in', async () => {
    const { page } = visitor
    await bring('kunden.csv', [HEADER, HILKE].join('\n'), 'crm')
    await page.getByRole('button', { name: 'Übernehmen' }).click()
    await expect.poll(() => persons('Sanddorn'), { timeout: TAKEN_MS }).toHaveLength(1)
  })

  test('a rehearsal of the next says what would become of each row, and writes nothing', async () => {
    const { page } = visitor
    await bring('messe.csv', FILE, 'messe')
    await lookAtPage()
    await page.getByRole('button', { name: 'Ansehen, was geschähe' }).click()
    const rehearsed = page.getByRole('region', { name: 'Was daraus würde' })
    await rehearsed.waitFor({ timeout: TAKEN_MS })
    await rehearsed.getByText('Hilke Sanddorn').first().waitFor()
    await rehearsed.getByText('4.9421E+11').first().waitFor()
    // On a phone it stands far below the columns: whoever waited is brought there.
    await expect.poll(() => rehearsed.getByRole('heading').evaluate((it) => it === document.activeElement)).toBe(true)
    await lookAtPage()
    expect(await persons('Priel')).toEqual([])
  })

  test('the run takes in what is clear; the duplicate waits and is decided', async () => {
    const { page } = visitor
    await page.getByRole('button', { name: 'Übernehmen' }).click()
    await expect.poll(() => persons('Priel'), { timeout: TAKEN_MS }).toHaveLength(1)
    await page.getByRole('link', { name: 'Entscheiden' }).click()
    await page.getByRole('heading', { name: 'Mögliche Dubletten' }).waitFor()
    await lookAtPage()
    await page.getByRole('checkbox', { name: 'Alle angezeigten auswählen' }).check()
    await page.getByRole('button', { name: 'Dieselben Personen' }).click()
    await expect
      .poll(async () => ((await desk.api('GET', '/contact-proposals')) as { items: unknown[] }).items)
      .toEqual([])
    expect(await persons('Sanddorn')).toHaveLength(1)
  })

  test('her page shows both records, the organisation and the order', async () => {
    await desk.api('PUT', '/purchases/shop/A-100', {
      kind: 'order',
      customer: { mail: 'hilke@sanddorn.example' },
      title: 'Router',
      happenedAt: '2026-11-02T10:00:00Z',
      amount: '12900',
      currency: 'EUR',
      state: 'completed',
    })
    const { page } = visitor
    const [hilke] = await persons('Sanddorn')
    await page.goto(place(`persons/${hilke?.personId}`))
    await page.getByRole('link', { name: 'Sanddorn Gartenbau' }).first().waitFor()
    await page.getByText('hilke@sanddorn.example').first().waitFor()
    await page.getByText('Inhaberin').first().waitFor()
    await page.getByText('A-100').first().waitFor()
    await page.getByText('129,00').first().waitFor()
    await expectNoSidewaysScroll(page)
    visitor.expectNoFaults()
  })

  test('an organisation asks whether somebody with an address of its domain belongs to it', async () => {
    const { page } = visitor
    const { organisationId } = (await desk.api('POST', '/organisations', { name: 'Priel Wasserbau' })) as {
      organisationId: string
    }
    const key = { kind: 'domain', value: 'priel.example' }
    await desk.api('POST', `/organisations/${organisationId}/keys`, key)
    await page.goto(place(`organisations/${organisationId}`))
    await page.getByText('enno@priel.example').waitFor()
    await lookAtPage()
    const [yes] = await page.getByRole('button', { name: /: Enno Priel$/ }).all()
    await yes?.click()
    await page
      .getByRole('button', { name: /: Enno Priel$/ })
      .first()
      .waitFor({ state: 'detached' })
    const { members } = (await desk.api('GET', `/organisations/${organisationId}`)) as {
      members: { method: string; person: { name: string } }[]
    }
    expect(members).toMatchObject([{ method: 'suggested', person: { name: 'Enno Priel' } }])
    await page.getByRole('link', { name: 'Enno Priel' }).waitFor()
    await lookAtPage()
  })

  test('the page of an organisation shows which of its people wait for an answer', async () => {
    const { page } = visitor
    desk.say('enno-priel.test', 'Wo bleibt meine Lieferung?')
    const account = async () =>
      ((await desk.api('GET', '/authors?limit=100')) as { items: { authorId: string; handle: string }[] }).items.find(
        ({ handle }) => handle === 'enno-priel.test',
      )?.authorId
    await expect.poll(account, { timeout: TAKEN_MS }).toBeTruthy()
    const [enno] = await persons('Priel')
    await desk.api('POST', `/authors/${await account()}/moves`, {
      personId: enno?.personId,
      method: 'customer-told',
      legalBasis: 'contract',
      evidence: 'am Telefon genannt',
    })
    await page.goto(place('organisations'))
    await page.getByRole('link', { name: 'Priel Wasserbau' }).click()
    const waiting = page.getByRole('region', { name: 'Offene Gespräche' })
    await waiting.getByText('Enno Priel').waitFor({ timeout: TAKEN_MS })
    await lookAtPage()
    await waiting.getByRole('link', { name: /Wo bleibt meine Lieferung/ }).click()
    await page.waitForURL(/\/inbox\//)
  })

  test('a file of orders is understood, looked at, and taken in; what is refused says why', async () => {
    const { page } = visitor
    const file = path.join(folder, 'bestellungen.csv')
    await writeFile(file, ORDERS)
    await page.goto(place('contacts'))
    await page.getByText('Bestellungen und Verträge', { exact: true }).click()
    await page.waitForURL(/holds=purchases/)
    await page.locator('input[type="file"]').setInputFiles(file)
    await page.getByLabel('Aus welchem System stammen sie?').fill('shop')
    await page.getByLabel('Währung', { exact: true }).fill('eur')
    await lookAtPage()
    await page.getByRole('button', { name: 'Ansehen, was geschähe' }).click()
    const rehearsed = page.getByRole('region', { name: 'Was daraus würde' })
    await rehearsed.getByText('A-101: Gartenlaterne').waitFor({ timeout: TAKEN_MS })
    await rehearsed.getByText('vielleicht').first().waitFor()
    await lookAtPage()
    await page.getByRole('button', { name: 'Übernehmen' }).click()
    await page.getByRole('link', { name: /herunterladen/ }).waitFor({ timeout: TAKEN_MS })
    await lookAtPage()
    const [hilke] = await persons('Sanddorn')
    await page.goto(place(`persons/${hilke?.personId}`))
    await page.getByText('A-101').first().waitFor()
    await page.goBack()
    await page.goBack()
    await page.waitForURL(/holds=purchases/)
    await page.getByRole('link', { name: 'bestellungen.csv' }).waitFor()
    await lookAtPage()
  })

  test('she goes out as a card, which is read again as what is known', async () => {
    const { page } = visitor
    const [hilke] = await persons('Sanddorn')
    const { workspaceId } = (await desk.api('GET', '/workspace')) as { workspaceId: string }
    const query = new URLSearchParams({ person: hilke?.personId ?? '', workspace: workspaceId })
    const answer = await page.request.get(`${desk.server.url}/files/persons.vcf?${query}`)
    expect(answer.status()).toBe(200)
    const card = await answer.text()
    expect(card).toContain('EMAIL')
    expect(card).toContain('hilke@sanddorn.example')
    await bring('zurueck.vcf', card, 'karten')
    await page.getByRole('button', { name: 'Ansehen, was geschähe' }).click()
    const rehearsed = page.getByRole('region', { name: 'Was daraus würde' })
    await rehearsed.getByText('Sanddorn').first().waitFor({ timeout: TAKEN_MS })
    expect(await persons('Sanddorn')).toHaveLength(1)
  })
})
