import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LetterDesk, openLetterDesk } from '../inbox/testing/letter-desk.ts'
import { allowCodes, type Customer, nameMailServer, offerProofs, visitAs } from './testing/customer.ts'

/** Anybody can write an address on a letter: a code in one proves the address only where something vouches for it. */
let desk: LetterDesk
let slug = ''

beforeAll(async () => {
  desk = await openLetterDesk()
  slug = desk.app.workspace.slug
  await allowCodes(desk.app)
  await nameMailServer(desk.app)
  await offerProofs(desk.app)
})
afterAll(() => desk?.closeAll())

/** A visit that was given a code for the address. */
async function awaiting(address: string): Promise<{ customer: Customer; code: string }> {
  const customer = await visitAs(desk.app, { slug })
  const { body } = await customer.ask<{ code: string }>('POST', '/portal/proofs/account', {
    ...(await customer.agreed()),
    network: 'mail',
    handle: address,
  })
  return { customer, code: body.code }
}
const becameOf = async (customer: Customer) => {
  const { known, attempts } = await customer.page()
  return { known, states: attempts.map(({ state }) => state) }
}
const questions = async () =>
  (await desk.ask<{ items: { questionId: string; because: string; shown: string }[] }>('proofs.questions.list', {}))
    .items

it.each([
  ['says nothing', {}],
  ['found nothing to check', { 'Authentication-Results': 'mx.nordwind.test; dmarc=none header.from=kundin.test' }],
  ['repeats what the sender wrote', { 'Authentication-Results': 'mx.nordwind.test; spf=none (you; dmarc=pass)' }],
])('of whose sender the receiving server %s, people decide', async (what, head) => {
  const address = `${what.replaceAll(' ', '-')}@kundin.test`
  const { customer, code } = await awaiting(address)
  await desk.writes(address, code, head)
  expect(await becameOf(customer)).toEqual({ known: false, states: ['before-staff'] })
  const question = (await questions()).find(({ shown }) => shown === address)
  expect(question).toMatchObject({ because: 'sender-unproven' })
  await desk.ask('proofs.questions.decide', { questionId: question?.questionId, decision: 'leave' })
  const [author] = await desk.rows(
    sql<{ linked: boolean }>`select exists (select from person_link l where l.author_id = a.author_id
      and l.method = 'customer-proved') as linked from author a where a.network_id = ${address}`,
  )
  expect(author).toEqual({ linked: false })
})

it('whose sender the receiving server confirmed proves the address', async () => {
  const { customer, code } = await awaiting('karla@kundin.test')
  await desk.writes('karla@kundin.test', code, {
    'Authentication-Results':
      'mx.nordwind.test; spf=pass smtp.mailfrom=kundin.test; dmarc=pass header.from=kundin.test',
  })
  expect(await becameOf(customer)).toMatchObject({ known: true, states: ['proven'] })
  expect(await questions()).toEqual([])
})

it('that answers a letter of ours to that address proves it; one that answers a letter to somebody else does not', async () => {
  await desk.writes('paula@kundin.test', 'Where is my parcel?')
  await desk.answer(await desk.conversationOf('paula@kundin.test'), 'On its way.')
  await desk.deliver()
  const id = /Message-ID: <([^>]+)>/i.exec(desk.mail.sent.at(-1)?.raw ?? '')?.[1]
  const other = await awaiting('olaf@else.test')
  await desk.writes('olaf@else.test', other.code, { 'In-Reply-To': `<${id}>` })
  expect((await becameOf(other.customer)).known).toBe(false)
  const { customer, code } = await awaiting('paula@kundin.test')
  await desk.writes('paula@kundin.test', code, { 'In-Reply-To': `<${id}>` })
  expect((await becameOf(customer)).known).toBe(true)
})
