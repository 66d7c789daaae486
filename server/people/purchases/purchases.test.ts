import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../platform/events.ts'
import { explain } from '../../platform/testing/explain.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { beginPersonOf, contactPoint, mergePersons, undoOperation } from '../graph/index.ts'
import { minorUnitsOf } from './money.ts'
import { purchaseTotals } from './reading.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const NOON = new Date('2026-11-20T12:00:00Z')
const inWorkspace = <T>(work: Parameters<typeof app.services.database.inWorkspace<T>>[2]) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const as = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const call = (path: string, input: unknown) => app.call(`people.purchases.${path}`, input, as())
const ask = async <Answer>(path: string, input: unknown): Promise<Answer> => {
  const answer = await call(path, input)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body as Answer
}
interface Outcome {
  outcome: string
  purchaseId: string
  updatedAt: string
  problem: { code: string } | null
}
interface Listed {
  items: { externalId: string; state: string; amount: string; person: { personId: string; name: string } | null }[]
}
const put = (externalId: string, change: object, system = 'shop') =>
  ask<Outcome>('put', { system, externalId, ...change })
const order = (number: string, change: object = {}) => ({
  kind: 'order',
  customer: { number },
  happenedAt: '2026-11-01T10:00:00Z',
  amount: '12000',
  currency: 'EUR',
  title: 'Kettle',
  ...change,
})
const begin = (kind: 'customer-number' | 'mail', value: string, scope = 'shop') =>
  inWorkspace(async (tx) => {
    const authorId = await contactPoint(tx, { kind, value, ...(kind === 'customer-number' ? { scope } : {}) }, NOON)
    const { personId } = await beginPersonOf(
      tx,
      { authorId, because: 'imported', reason: '', evidence: {}, legalBasis: 'contract' },
      NOON,
    )
    return personId
  })
const of = async (personId: string) =>
  (await ask<Listed>('list', { personId })).items.map(({ externalId }) => externalId)

describe('a purchase', () => {
  it('is told once, however often it is sent, and changed where something is new', async () => {
    expect(await put('A1', order('100'))).toMatchObject({ outcome: 'created' })
    const again = await put('A1', order('100'))
    expect(again).toMatchObject({ outcome: 'unchanged' })
    expect(await put('A1', { state: 'completed' })).toMatchObject({ outcome: 'updated', purchaseId: again.purchaseId })
    expect(await ask('get', { system: 'shop', externalId: 'A1' })).toMatchObject({
      state: 'completed',
      amount: '12000',
      title: 'Kettle',
      customer: { kind: 'customer-number', scope: 'shop', value: '100' },
      person: null,
    })
  })

  it('waits for its customer and is theirs as soon as somebody is known by that number', async () => {
    await put('B1', order('200'))
    const personId = await begin('customer-number', '200')
    expect(await of(personId)).toEqual(['B1'])
  })

  it('is found by mail address whatever the case, and is written on a person where that is named', async () => {
    const personId = await begin('mail', 'Anna@Example.org')
    await put('C1', order('', { customer: { mail: 'ANNA@example.org' } }))
    await put('C2', order('', { customer: { personId }, happenedAt: '2026-11-02T10:00:00Z' }))
    expect(await of(personId)).toEqual(['C2', 'C1'])
  })

  it('stays with its number when two persons turn out to be one, and when they turn out not to', async () => {
    const [one, other] = [await begin('customer-number', '301'), await begin('customer-number', '302')]
    await put('D1', order('301'))
    await put('D2', order('302', { happenedAt: '2026-11-03T10:00:00Z' }))
    const { operationId } = await inWorkspace((tx) =>
      mergePersons(
        tx,
        { personIds: [one, other], method: 'agent-confirmed', evidence: {}, legalBasis: 'contract' },
        NOON,
      ),
    )
    expect([await of(one), await of(other)]).toEqual([
      ['D2', 'D1'],
      ['D2', 'D1'],
    ])
    expect(await inWorkspace((tx) => purchaseTotals(tx, [other]))).toEqual(
      new Map([[other, [expect.objectContaining({ orders: 2, orderAmount: '24000', currency: 'EUR' })]]]),
    )
    await inWorkspace((tx) => undoOperation(tx, operationId, 'wrong', NOON))
    expect([await of(one), await of(other)]).toEqual([['D1'], ['D2']])
  })

  it('of which older news arrive late is left as it is', async () => {
    await put('E1', order('400', { toldAt: '2026-11-10T00:00:00Z', state: 'completed' }))
    expect(await put('E1', { toldAt: '2026-11-09T00:00:00Z', state: 'open' })).toMatchObject({ outcome: 'stale' })
    expect(await ask('get', { system: 'shop', externalId: 'E1' })).toMatchObject({ state: 'completed' })
  })

  it('is refused to whoever did not see what was changed meanwhile', async () => {
    const seen = await put('F1', order('500'))
    await put('F1', { title: 'Kettle, blue' })
    expect(await put('F1', { title: 'Kettle, red', ifUpdatedAt: seen.updatedAt })).toMatchObject({
      outcome: 'changed-meanwhile',
    })
    expect(await put('F2', order('500', { ifUpdatedAt: seen.updatedAt }))).toMatchObject({
      outcome: 'changed-meanwhile',
    })
  })

  it('counts without what was cancelled, withdrawn or given back', async () => {
    const personId = await begin('customer-number', '600')
    await put('G1', order('600'))
    await put('G2', order('600', { refunded: '2000' }))
    await put('G3', order('600', { state: 'cancelled' }))
    await put('G4', order('600'))
    await ask('withdraw', { system: 'shop', externalId: 'G4', reason: 'a test order' })
    await put('G5', order('600', { currency: 'JPY', amount: '5000' }))
    const { totals } = await app
      .call('people.purchases.totals', { personId }, as())
      .then(({ body }) => body as { totals: { currency: string; orderAmount: string; orders: number }[] })
    expect(totals.map(({ currency, orderAmount, orders }) => `${currency} ${orderAmount} ${orders}`).sort()).toEqual([
      'EUR 22000 2',
      'JPY 5000 1',
    ])
    expect((await call('withdraw', { system: 'shop', externalId: 'G4', reason: 'again' })).status).toBe(404)
    expect(await put('G4', { title: 'real after all' })).toMatchObject({ outcome: 'updated' })
  })

  it('does not add what is paid for a contract that runs to what was paid once, nor one that ended to it', async () => {
    const personId = await begin('customer-number', '601')
    await put('H1', order('601'))
    await put('H2', order('601', { kind: 'contract', amount: '3995', state: 'active' }))
    await put('H3', order('601', { kind: 'contract', amount: '2995', state: 'ended' }))
    const totals = await inWorkspace((tx) => purchaseTotals(tx, [personId]))
    expect(totals.get(personId)).toMatchObject([
      { currency: 'EUR', orders: 1, orderAmount: '12000', contracts: 1, contractAmount: '3995' },
    ])
  })
})

describe('many purchases', () => {
  it('each have an outcome; one that is refused leaves the others alone', async () => {
    const { outcomes } = await ask<{ outcomes: Outcome[] }>('putMany', {
      system: 'shop',
      purchases: [
        { externalId: 'M1', ...order('700') },
        { externalId: 'M2', kind: 'order', customer: { number: '700' } },
        { externalId: 'M3', ...order('700', { amount: '5', currency: 'XXZ' }) },
        { externalId: 'M1', ...order('700', { state: 'completed' }) },
        { externalId: 'M4', ...order('700', { refunded: '12001' }) },
        { externalId: 'M5', ...order('', { customer: { mail: 'no address' } }) },
      ],
    })
    expect(outcomes.map(({ outcome, problem }) => problem?.code ?? outcome)).toEqual([
      'created',
      'needed-for-new',
      'currency-unknown',
      'updated',
      'refunded-more-than-paid',
      'customer-invalid',
    ])
  })

  it('that are told by two at once become one each', async () => {
    const told = Array.from({ length: 20 }, (_, index) => ({ externalId: `N${index}`, ...order('800') }))
    const answers = await Promise.all(
      [told, told.toReversed()].map((purchases) =>
        ask<{ outcomes: Outcome[] }>('putMany', { system: 'shop', purchases }),
      ),
    )
    const all = answers.flatMap(({ outcomes }) => outcomes.map(({ outcome }) => outcome))
    expect(all.filter((outcome) => outcome === 'created')).toHaveLength(20)
    expect(all.filter((outcome) => outcome === 'unchanged')).toHaveLength(20)
  })

  it('are refused to who may only read, and unknown to another workspace', async () => {
    const agent = await app.join(app.workspace.workspaceId, 'agent')
    const asAgent = { cookie: agent.cookie, workspaceId: app.workspace.workspaceId }
    const input = { system: 'shop', externalId: 'A1', ...order('1') }
    expect((await app.call('people.purchases.put', input, asAgent)).status).toBe(403)
    const other = await app.createWorkspace('Südwind')
    const there = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    expect((await app.call('people.purchases.get', { system: 'shop', externalId: 'A1' }, there)).status).toBe(404)
  })
})

it('purchases of a person are found through indexes', async () => {
  const test = { inWorkspace }
  const explained = await explain(test, [
    [
      sql`select purchase_id from purchase where workspace_id = ${app.workspace.workspaceId}
        and customer_kind = 'mail' and customer_scope = '' and customer_id = 'a@b.example'`,
      'purchase_customer',
    ],
    [
      sql`select purchase_id from purchase where workspace_id = ${app.workspace.workspaceId}
        order by happened_at desc, purchase_id desc limit 50`,
      'purchase_newest',
    ],
  ])
  for (const { usesIndex, plan } of explained) expect(usesIndex, plan).toBe(true)
})

describe('amounts as people write them', () => {
  it.each([
    ['120', 'EUR', '12000'],
    ['1.234,56', 'EUR', '123456'],
    ['1,234.56 USD', 'USD', '123456'],
    ['1 234,5', 'EUR', '123450'],
    ["1'234.50", 'CHF', '123450'],
    ['€ 0,99', 'EUR', '99'],
    ['12,-', 'EUR', '1200'],
    ['1.234', 'EUR', '123400'],
    ['1.234', 'KWD', '1234'],
    ['5000', 'JPY', '5000'],
    ['12,345,678.90', 'USD', '1234567890'],
  ])('%s %s is %s minor units', (written, currency, units) => {
    expect(minorUnitsOf(written, currency)).toBe(units)
  })

  it.each([
    ['1.23.4', 'EUR'],
    ['-5', 'EUR'],
    ['12,345', 'JPY'],
    ['1e5', 'EUR'],
    ['free', 'EUR'],
  ])('%s %s is either a number of thousands or refused', (written, currency) => {
    expect([null, '12345']).toContain(minorUnitsOf(written, currency))
  })
})
