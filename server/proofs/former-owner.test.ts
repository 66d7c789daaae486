import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { queryAsAdmin } from '../platform/testing/database.ts'
import { allowCodes, type Customer, nameMailServer, offerProofs, visitAs } from './testing/customer.ts'

/** A number or mailbox that was given out again: its new holder proves it, and learns nothing of the former one. */
let desk: Desk
let slug = ''
const GIVEN_OUT_AGAIN = 'given.out.again@example.org'
const OWN = 'former.owner@example.net'
const HANDLE = 'formerowner.test'

beforeAll(async () => {
  desk = await openDesk()
  slug = desk.app.workspace.slug
  await allowCodes(desk.app)
  await nameMailServer(desk.app)
  await offerProofs(desk.app)
  const owner = await visit()
  for (const address of [GIVEN_OUT_AGAIN, OWN]) await owner.proveMail(address)
  const { body } = await owner.ask<{ code: string }>('POST', '/portal/proofs/account', {
    ...(await owner.agreed()),
    network: 'bluesky',
    handle: HANDLE,
  })
  desk.says(HANDLE, `@nordwind.test ${body.code}`)
  await desk.hear()
  expect((await owner.page()).connections.map(({ shown }) => shown).sort()).toEqual([OWN, HANDLE, GIVEN_OUT_AGAIN])
  await owner.ask('POST', '/portal/erasure', await owner.agreed('erasure'))
  expect((await owner.page()).asked).toEqual({ access: false, erasure: true })
})
afterAll(() => desk?.close())

const visit = () => visitAs(desk.app, { slug })
/** Every test asks for a code for the same address. */
const refill = () => queryAsAdmin(desk.app.test.admin, 'truncate system.rate_limit')

const newHolder = async (): Promise<Customer> => {
  await refill()
  const customer = await visit()
  await customer.proveMail(GIVEN_OUT_AGAIN)
  return customer
}
const cut = async (customer: Customer, authorId = '') =>
  customer.ask('POST', `/portal/connections/${authorId}/cut`, await customer.agreed('cut'))

describe('whoever proves an address that was somebody else’s before', () => {
  it('sees in full what this visit proved, and everything of earlier visits shortened, with the reason', async () => {
    const { connections } = await (await newHolder()).page()
    const seen = connections.map(({ shown, masked, because, way, by }) => [shown, masked, because, way, by])
    expect(seen.sort()).toEqual(
      [
        ['fo•••', true, 'proved-earlier', null, 'customer'],
        ['f•••@e•••.net', true, 'proved-earlier', null, 'customer'],
        [GIVEN_OUT_AGAIN, false, 'proved', 'mail-code', 'you'],
      ].sort(),
    )
  })

  it('finds nothing of it in any answer of the page, and no statements but those of this visit', async () => {
    const customer = await newHolder()
    const answers = [await customer.page(), (await customer.ask('GET', '/portal/copy')).body]
    for (const told of [OWN, HANDLE]) expect(JSON.stringify(answers)).not.toContain(told)
    expect(answers[1]).toMatchObject({ statements: [{ purpose: 'linking', given: true }] })
    expect((answers[1] as unknown as { statements: unknown[] }).statements).toHaveLength(1)
  })

  it('is not told what the former owner asked for', async () => {
    expect((await (await newHolder()).page()).asked).toEqual({ access: false, erasure: false })
  })

  it('does not end an invitation for the former owner’s account, nor learns its name by it', async () => {
    const { conversationId } = await desk.conversationOf(HANDLE)
    const invitation = { conversationId, asked: 'mail', language: 'en' }
    const { link } = await desk.ask<{ link: string }>('proofs.invitations.create', invitation, desk.anna)
    await refill()
    const customer = await visitAs(desk.app, { slug, token: new URL(link).hash.slice(1) })
    await customer.proveMail(GIVEN_OUT_AGAIN)
    expect((await customer.page()).invitation).toMatchObject({ account: 'fo•••', accountProven: false, done: false })
    const { items } = await desk.ask<{ items: { state: string }[] }>(
      'proofs.invitations.list',
      { conversationId },
      desk.anna,
    )
    expect(items[0]?.state).toBe('part-proven')
  })

  it('does not cut off what the former owner proved, nor gets a copy of everything by trying', async () => {
    const customer = await newHolder()
    const others = (await customer.page()).connections.filter(({ shown }) => shown !== GIVEN_OUT_AGAIN)
    expect(others).toHaveLength(2)
    for (const { authorId } of others)
      expect(await cut(customer, authorId)).toMatchObject({ status: 409, body: { data: { code: 'cut-needs-proof' } } })
    expect((await customer.page()).connections).toHaveLength(3)
    expect(await customer.ask('POST', '/portal/everything', { language: 'en' })).toMatchObject({ status: 409 })
  })

  it('parts from the former owner by cutting what is theirs now, and begins anew', async () => {
    const customer = await newHolder()
    const mine = (await customer.page()).connections.find(({ masked }) => !masked)
    expect((await cut(customer, mine?.authorId)).status).toBe(200)
    expect(await customer.page()).toMatchObject({ known: false, connections: [], everything: null })
    expect((await customer.ask('GET', '/portal/copy')).status).toBe(404)
    await customer.proveMail(GIVEN_OUT_AGAIN)
    expect((await customer.page()).connections.map(({ shown }) => shown)).toEqual([GIVEN_OUT_AGAIN])
    const owner = await visit()
    await owner.proveMail(OWN)
    expect((await owner.page()).connections.map(({ network }) => network).sort()).toEqual(['bluesky', 'mail'])
  })
})
