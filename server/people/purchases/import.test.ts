import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../platform/events.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { importPurchases, runPurchaseImport } from './import-run.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const as = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const ask = async <Answer>(name: string, input: unknown): Promise<Answer> => {
  const { status, body } = await app.call(`people.purchases.${name}`, input, as())
  if (status !== 200) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`)
  return body as Answer
}
const headers = () => ({ cookie: as().cookie, 'x-rapport-workspace': as().workspaceId })
const TABLE = `Bestellnummer;Kundennummer;Datum;Betrag;Status;Titel
4711;K1;2026-10-01;120,00 €;bezahlt;Teekanne
4712;K1;2026-10-02;1.234,50 €;storniert;Service
4713;;2026-10-02;5,00 €;;
4714;K2;irgendwann;5,00 €;;
4715;K2;2026-10-03;fünf;;
4716;1.2E+17;2026-10-03;5,00 €;;
4717;K2;2026-10-03;5,00 €;verloren;
`

describe('a file of orders', () => {
  it('is understood, taken in row by row, refused where it cannot be read, and taken in again without news', async () => {
    const file = path.join(app.services.config.home, 'orders.csv')
    await writeFile(file, TABLE)
    const request = {
      workspaceId: as().workspaceId,
      file,
      actor: SYSTEM,
      settings: { system: 'shop', kind: 'order' as const },
    }
    expect(await importPurchases(app.services, request)).toMatchObject({
      state: 'done',
      rows: 7,
      rejected: 5,
      counts: { created: 2, updated: 0, unchanged: 0 },
    })
    expect(await ask('get', { system: 'shop', externalId: '4711' })).toMatchObject({
      amount: '12000',
      currency: 'EUR',
      state: 'completed',
      title: 'Teekanne',
      customer: { value: 'K1', scope: 'shop' },
    })
    expect(await ask('get', { system: 'shop', externalId: '4712' })).toMatchObject({
      amount: '123450',
      state: 'cancelled',
    })
    expect(await importPurchases(app.services, request)).toMatchObject({
      counts: { created: 0, updated: 0, unchanged: 2 },
    })
  })

  it('is uploaded, mapped, started and read by a worker; refused rows are given back with their lines', async () => {
    const sent = await app.request('/files/purchases/imports?name=orders.csv', {
      method: 'POST',
      headers: headers(),
      body: TABLE,
    })
    const { importId } = (await sent.json()) as { importId: string }
    const { mapping, problems } = await ask<{ mapping: Record<string, string>; problems: unknown[] }>(
      'imports.inspect',
      { importId },
    )
    expect(problems).toEqual([])
    expect(mapping).toMatchObject({ Bestellnummer: 'externalId', Kundennummer: 'customerNumber', Betrag: 'amount' })
    await ask('imports.start', { importId, system: 'other-shop', currency: 'EUR', mapping })
    await runPurchaseImport(app.services, as().workspaceId, importId, new AbortController().signal)
    expect(await ask('imports.get', { importId })).toMatchObject({ state: 'done', rejected: 5, counts: { created: 2 } })
    const { items } = await ask<{ items: { line: string; code: string }[] }>('imports.rejections', { importId })
    expect(items.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '4 customer-missing',
      '5 purchase-date-unreadable',
      '6 amount-unreadable',
      '7 number-damaged',
      '8 state-unknown',
    ])
    const csv = await app.request(`/files/purchases/imports/${importId}/rejections.csv?language=nl`, {
      headers: headers(),
    })
    expect(await csv.text()).toContain('Het bedrag ‘fünf’ is niet te lezen.')
  })

  it('is looked at before it is taken in: what is new, changed, the same, and refused with its reason', async () => {
    const rows = `${TABLE}4711;K1;2026-10-01;99,00 €;bezahlt;Teekanne\n4720;K9;2026-10-04;7,00 €;;Tasse\n`
    const sent = await app.request('/files/purchases/imports?name=orders.csv', {
      method: 'POST',
      headers: headers(),
      body: rows,
    })
    const { importId } = (await sent.json()) as { importId: string }
    const settings = { system: 'other-shop', currency: 'EUR' }
    await ask('imports.rehearse', { importId, ...settings })
    await runPurchaseImport(app.services, as().workspaceId, importId, new AbortController().signal)
    const looked = await ask<{ rehearsal: { samples: { line: number; outcome: string }[] } }>('imports.get', {
      importId,
    })
    // 4711 and 4712 came with the file before; the second row of 4711 says something else.
    expect(looked).toMatchObject({
      state: 'uploaded',
      rehearsing: false,
      rows: 0,
      rehearsal: { rows: 9, whole: true, rejected: 5, counts: { created: 1, updated: 1, unchanged: 2 } },
    })
    expect(looked.rehearsal.samples).toContainEqual(
      expect.objectContaining({
        line: 6,
        outcome: 'refused',
        problem: expect.objectContaining({ code: 'amount-unreadable' }),
      }),
    )
    expect((await app.call('people.purchases.get', { system: 'other-shop', externalId: '4720' }, as())).status).toBe(
      404,
    )
    await ask('imports.start', { importId, ...settings })
    await runPurchaseImport(app.services, as().workspaceId, importId, new AbortController().signal)
    expect(await ask('imports.get', { importId })).toMatchObject({
      state: 'done',
      rejected: 5,
      counts: { created: 1, updated: 1, unchanged: 2 },
    })
  })

  it('without a column for the number or the customer is refused as a whole', async () => {
    const file = path.join(app.services.config.home, 'none.csv')
    await writeFile(file, 'Datum;Betrag\n2026-10-01;5\n')
    const settings = { system: 'shop', kind: 'order' as const }
    expect(
      await importPurchases(app.services, { workspaceId: as().workspaceId, file, actor: SYSTEM, settings }),
    ).toMatchObject({
      state: 'failed',
      problem: { code: 'no-purchase-id' },
    })
  })
})
