import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../platform/events.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { importContacts } from './contacts/import-run.ts'
import { importPurchases } from './purchases/import-run.ts'
import { suppress } from './suppression.ts'

const FORGOTTEN_MAIL = 'gone@example.org'
const FORGOTTEN_NUMBER = 'K-4711'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
  await inWorkspace(async (tx) => {
    const forget = (network: string, scope: string, networkId: string) =>
      suppress(tx, app.services.secrets, { network, scope, networkId }, 'erasure')
    await forget('mail', '', FORGOTTEN_MAIL)
    await forget('customer-number', 'shop', FORGOTTEN_NUMBER)
  })
})
afterAll(() => app?.close())

const inWorkspace = <T>(work: Parameters<typeof app.services.database.inWorkspace<T>>[2]) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const call = (name: string, input: unknown) =>
  app.call(`people.${name}`, input, { cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const ask = async <Answer>(name: string, input: unknown): Promise<Answer> => {
  const { status, body } = await call(name, input)
  if (status !== 200) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`)
  return body as Answer
}
/** Nothing that names who was forgotten stands in any of these. */
const traces = async () => {
  const pattern = `%${FORGOTTEN_MAIL}%`
  const { rows } = await inWorkspace((tx) =>
    sql<{ place: string }>`
      select 'author' as place from author a where a::text like ${pattern} or a.network_id = ${FORGOTTEN_NUMBER}
      union all select 'author_field' from author_field f where f::text like ${pattern} or f.value = 'Gone Girl'
      union all select 'contact_proposal' from contact_proposal c where c::text like ${pattern}
      union all select 'purchase' from purchase p where p::text like ${pattern} or p.customer_id = ${FORGOTTEN_NUMBER}
      union all select 'organisation_key' from organisation_key k where k.value = ${FORGOTTEN_NUMBER}
      union all select 'import_rejection' from import_rejection r where r::text like ${pattern}
        or r.raw like ${`%${FORGOTTEN_NUMBER}%`} or r.raw like '%Gone%'`.execute(tx.sql),
  )
  return rows.map(({ place }) => place)
}

describe('who asked to be forgotten', () => {
  it('is taken in by no record that a system tells, by number or by address, and others of the same call are', async () => {
    const { outcomes } = await ask<{ outcomes: { outcome: string; problems: object[] }[] }>('contacts.putMany', {
      system: 'shop',
      contacts: [
        { externalId: FORGOTTEN_NUMBER, name: 'Gone Girl', legalBasis: 'contract' },
        { externalId: 'K-2', name: 'Gone Girl', mails: [FORGOTTEN_MAIL], legalBasis: 'contract' },
        { externalId: 'K-3', name: 'Stays', legalBasis: 'contract' },
      ],
    })
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'begun'])
    for (const { problems } of outcomes.slice(0, 2)) expect(problems).toEqual([{ code: 'suppressed', params: {} }])
    expect(await traces()).toEqual([])
  })

  it('is taken in by no file of contacts, whose list of refused rows gives the line and nothing of it', async () => {
    const file = path.join(app.services.config.home, 'forgotten.csv')
    await writeFile(file, `Number;Name;Mail\nF1;Gone Girl;${FORGOTTEN_MAIL}\nF2;Finn;finn@example.org\n`)
    const ended = await importContacts(app.services, {
      workspaceId: app.workspace.workspaceId,
      file,
      actor: SYSTEM,
      settings: {
        system: 'fair',
        legalBasis: 'contract',
        mapping: { Number: 'externalId', Name: 'name', Mail: 'mail' },
      } as never,
    })
    expect(ended).toMatchObject({ state: 'done', rows: 2, rejected: 1, counts: { begun: 1 } })
    const { rows } = await inWorkspace((tx) =>
      sql`select line::int, code, raw from import_rejection where code = 'suppressed'`.execute(tx.sql),
    )
    expect(rows).toEqual([{ line: 2, code: 'suppressed', raw: '' }])
    expect(await traces()).toEqual([])
  })

  it('gets no order or contract, by number, by address, or by a file', async () => {
    const order = { kind: 'order', happenedAt: '2026-11-01T10:00:00Z', amount: '100', currency: 'EUR' }
    for (const customer of [{ number: FORGOTTEN_NUMBER }, { mail: FORGOTTEN_MAIL }])
      expect(await ask('purchases.put', { system: 'shop', externalId: 'O-1', customer, ...order })).toMatchObject({
        outcome: 'refused',
        purchaseId: null,
        problem: { code: 'suppressed', params: {} },
      })
    const file = path.join(app.services.config.home, 'forgotten-orders.csv')
    await writeFile(
      file,
      `Bestellnummer;Kundennummer;Datum;Betrag\n1;${FORGOTTEN_NUMBER};2026-10-01;1,00 €\n2;K-9;2026-10-01;1,00 €\n`,
    )
    const ended = await importPurchases(app.services, {
      workspaceId: app.workspace.workspaceId,
      file,
      actor: SYSTEM,
      settings: { system: 'shop', kind: 'order' },
    })
    expect(ended).toMatchObject({ state: 'done', rejected: 1, counts: { created: 1 } })
    expect(await traces()).toEqual([])
  })

  it('is no key of an organisation', async () => {
    const { organisationId } = await ask<{ organisationId: string }>('organisations.create', { name: 'Hafenrösterei' })
    const key = { organisationId, kind: 'customer-number', scope: 'shop' }
    const refused = await call('organisations.addKey', { ...key, value: FORGOTTEN_NUMBER })
    expect([refused.status, (refused.body as { data: { code: string } }).data.code]).toEqual([
      409,
      'identity-suppressed',
    ])
    expect((await call('organisations.addKey', { ...key, value: 'K-10' })).status).toBe(200)
    expect(await traces()).toEqual([])
  })

  it('is told apart by nobody who reads the list: it holds keyed hashes alone', async () => {
    const { rows } = await inWorkspace((tx) =>
      sql<{ row: string }>`select s::text as row from suppression s`.execute(tx.sql),
    )
    expect(rows).toHaveLength(2)
    expect(rows.map(({ row }) => row).join()).not.toMatch(/gone|4711|shop|example/)
  })
})
