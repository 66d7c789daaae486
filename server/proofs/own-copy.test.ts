import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { dataRegister } from '../modules.ts'
import { contactPoint, linkIdentity, mergePersons } from '../people/index.ts'
import { workOnce } from '../privacy/index.ts'
import { allowCodes, type Customer, nameMailServer, offerProofs, visitAs } from './testing/customer.ts'
import { PORTAL_HEADER } from './visits.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await allowCodes(desk.app)
  await nameMailServer(desk.app)
  await offerProofs(desk.app)
})
afterAll(() => desk?.close())

const visit = () => visitAs(desk.app, { slug: desk.app.workspace.slug })
const order = (customer: Customer) => customer.ask('POST', '/portal/everything', { language: 'nl' })
const take = (customer: Customer) =>
  desk.app.request('/api/v1/portal/everything', {
    headers: { [PORTAL_HEADER]: desk.app.workspace.slug, cookie: customer.cookie },
  })
const work = () => workOnce(desk.services, dataRegister())
const personOf = async (mail: string) =>
  (
    await desk.rows(
      sql<{ person_id: string }>`select person_id from author where network = 'mail' and network_id = ${mail}`,
    )
  )[0]?.person_id as string
const GROUNDS = { method: 'agent-confirmed', evidence: {}, legalBasis: 'legitimate-interest' } as const

describe('a customer who proved everything that is linked with them', () => {
  it('gets a copy of everything at once, in their language, told and counted', async () => {
    const customer = await visit()
    await customer.proveMail('frida@example.org')
    expect((await customer.page()).everything).toEqual({ hindered: null, copy: null })
    expect((await take(customer)).status).toBe(409)
    expect((await order(customer)).status).toBe(200)
    expect((await order(customer)).status).toBe(200)
    expect((await customer.page()).everything?.copy?.state).toBe('waiting')
    await work()
    expect((await customer.page()).everything?.copy?.state).toBe('done')
    const answer = await take(customer)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    expect(strFromU8(files['index.html'] ?? new Uint8Array())).toContain('<html lang="nl">')
    expect(strFromU8(files['data.json'] ?? new Uint8Array())).toContain('frida@example.org')
    expect(
      await desk.rows(sql`select type, actor_kind from event where type like 'archive.%' order by position`),
    ).toEqual([
      { type: 'archive.asked', actor_kind: 'customer' },
      { type: 'archive.made', actor_kind: 'system' },
      { type: 'archive.downloaded', actor_kind: 'customer' },
    ])
  })

  it('makes it anew when something was linked since, and gets none in a visit that proved less', async () => {
    const customer = await visit()
    await customer.proveMail('gesa@example.org')
    await order(customer)
    await work()
    await customer.proveMail('gesa.zwei@example.org')
    expect((await customer.page()).everything).toEqual({ hindered: null, copy: null })
    expect((await take(customer)).status).toBe(409)
    await order(customer)
    await work()
    expect((await take(customer)).status).toBe(200)
    const another = await visit()
    await another.proveMail('gesa@example.org')
    expect((await another.page()).everything).toEqual({ hindered: 'unproven', copy: null })
    expect(await order(another)).toMatchObject({ status: 409, body: { data: { code: 'copy-needs-proofs' } } })
    expect((await take(another)).status).toBe(409)
  })
})

describe('a copy of everything is for people to check', () => {
  it('where we linked something that was not proven', async () => {
    const customer = await visit()
    await customer.proveMail('hanne@example.org')
    const personId = await personOf('hanne@example.org')
    await desk.inWorkspace(async (tx) => {
      const authorId = await contactPoint(tx, { kind: 'phone', value: '+49 151 23456789' }, new Date())
      await linkIdentity(tx, { ...GROUNDS, authorId, personId }, new Date())
    })
    expect((await customer.page()).everything).toEqual({ hindered: 'unproven', copy: null })
    expect((await order(customer)).status).toBe(409)
  })

  it('where we said that two are one, even when both are proven', async () => {
    const customer = await visit()
    await customer.proveMail('ida@example.org')
    const other = await visit()
    await other.proveMail('ida.b@example.org')
    const personIds = [await personOf('ida@example.org'), await personOf('ida.b@example.org')]
    await desk.inWorkspace((tx) => mergePersons(tx, { ...GROUNDS, personIds }, new Date()))
    await customer.proveMail('ida.b@example.org')
    expect((await customer.page()).everything).toEqual({ hindered: 'joined-by-others', copy: null })
    expect(await order(customer)).toMatchObject({ status: 409, body: { data: { code: 'copy-needs-people' } } })
  })

  it('and nothing is handed to a visit that proved nothing, or has ended', async () => {
    const customer = await visit()
    expect((await order(customer)).status).toBe(404)
    expect((await take(customer)).status).toBe(404)
    await customer.ask('POST', '/portal/visits/end', { workspace: desk.app.workspace.slug })
    expect((await take(customer)).status).toBe(401)
  })
})
