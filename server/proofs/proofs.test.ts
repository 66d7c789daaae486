import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { contactPoint, erasePerson, suppress } from '../people/index.ts'
import { allowCodes, type Customer, nameMailServer, offerProofs, visitAs } from './testing/customer.ts'

let desk: Desk
let slug = ''

beforeAll(async () => {
  desk = await openDesk()
  slug = desk.app.workspace.slug
  await allowCodes(desk.app)
  await nameMailServer(desk.app)
  await offerProofs(desk.app)
})
afterAll(() => desk?.close())

const visit = (language: 'en' | 'de' | 'nl' = 'en') => visitAs(desk.app, { slug, language })

/** Asks for a code that an account must post, and lets somebody post it. */
async function postCode(customer: Customer, handle: string, by = handle): Promise<string> {
  const { body } = await customer.ask<{ code: string }>('POST', '/portal/proofs/account', {
    ...(await customer.agreed()),
    network: 'bluesky',
    handle,
  })
  desk.says(by, `@nordwind.test ${body.code}`)
  await desk.hear()
  return body.code
}

describe('a customer', () => {
  it('proves a mail address by a code and sees it, why, since when and by whom', async () => {
    const customer = await visit()
    expect(customer.entered.status).toBe(200)
    expect(await customer.page()).toMatchObject({ known: false, connections: [] })
    expect(await customer.proveMail('Jan.Peters@Example.org')).toMatchObject({
      status: 200,
      body: { outcome: 'proven' },
    })
    expect(await customer.page()).toMatchObject({
      known: true,
      connections: [
        {
          network: 'mail',
          shown: 'jan.peters@example.org',
          masked: false,
          because: 'proved',
          way: 'mail-code',
          by: 'you',
        },
      ],
    })
  })

  it('proves an account by a code in a reply, and both belong to one person', async () => {
    const customer = await visit('de')
    await customer.proveMail('saskia@example.org')
    const code = await postCode(customer, 'saskia.test')
    expect(code).toMatch(/^KONTO-VERBINDEN-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    const { connections } = await customer.page()
    expect(connections.map(({ network, shown, because }) => [network, shown, because])).toEqual([
      ['bluesky', 'saskia.test', 'proved'],
      ['mail', 'saskia@example.org', 'proved'],
    ])
    const persons = await desk.rows(
      sql<{ person_id: string }>`select distinct person_id from author
        where handle = 'saskia.test' or network_id = 'saskia@example.org'`,
    )
    expect(persons).toHaveLength(1)
  })

  it('comes back with one of them and finds both', async () => {
    const customer = await visit()
    await customer.proveMail('saskia@example.org')
    expect((await customer.page()).connections).toHaveLength(2)
  })

  it('leaves each agreement in the ledger, word for word and in its language', async () => {
    const rows = await desk.rows(
      sql<{
        text: string
        language: string
        given: boolean
        channel: string
      }>`select c.text, c.language, c.given, c.channel
        from consent c join author a on a.workspace_id = c.workspace_id and a.author_id = c.author_id
        where a.handle = 'saskia.test'`,
    )
    expect(rows).toEqual([
      {
        text: expect.stringContaining(
          'Ich möchte, dass Nordwind diese Adresse oder dieses Konto mit meiner Person verbindet',
        ),
        language: 'de',
        given: true,
        channel: 'portal',
      },
    ])
  })

  it('cuts an account off at once, and its consent is withdrawn', async () => {
    const customer = await visit('de')
    await customer.proveMail('saskia@example.org')
    await postCode(customer, 'saskia.test')
    const account = (await customer.page()).connections.find(({ network }) => network === 'bluesky')
    const cut = await customer.ask('POST', `/portal/connections/${account?.authorId}/cut`, await customer.agreed('cut'))
    expect(cut.status).toBe(200)
    expect((await customer.page()).connections.map(({ network }) => network)).toEqual(['mail'])
    const rows = await desk.rows(
      sql<{ given: boolean; withdrawn: boolean }>`select c.given, c.withdrawn_at is not null as withdrawn from consent c
        join author a on a.workspace_id = c.workspace_id and a.author_id = c.author_id
        where a.handle = 'saskia.test' order by c.stated_at`,
    )
    expect(rows).toEqual([
      { given: true, withdrawn: true },
      { given: true, withdrawn: true },
      { given: false, withdrawn: false },
    ])
  })

  it('sees what we linked ourselves shortened, and cuts it only once it is proven', async () => {
    const customer = await visit()
    await customer.proveMail('mira@example.org')
    const personId = await personOf('mira@example.org')
    await desk.inWorkspace(async (tx) => {
      const authorId = await contactPoint(tx, { kind: 'phone', value: '+4915112345678' }, new Date())
      return authorId
    })
    const [phone] = await desk.rows(
      sql<{ author_id: string }>`select author_id from author where network_id = '+4915112345678'`,
    )
    await desk.ask('people.persons.link', {
      personId,
      authorId: phone?.author_id,
      method: 'agent-confirmed',
      evidence: 'told us on the phone',
      legalBasis: 'contract',
    })
    const seen = (await customer.page()).connections.find(({ network }) => network === 'phone')
    expect(seen).toMatchObject({ shown: '+49 ••• 78', masked: true, because: 'confirmed', by: 'colleague' })
    expect(
      await customer.ask('POST', `/portal/connections/${phone?.author_id}/cut`, await customer.agreed('cut')),
    ).toMatchObject({ status: 409, body: { data: { code: 'cut-needs-proof' } } })
    expect((await customer.page()).connections.map(({ network }) => network)).toEqual(['phone', 'mail'])
  })

  it('is told which system named what came with data', async () => {
    await desk.ask('people.contacts.put', {
      system: 'kundenbuch',
      externalId: 'K-7',
      legalBasis: 'contract',
      name: 'Jorinde Petersen',
      mails: ['jorinde@example.org'],
      phones: ['+4915112345679'],
    })
    const customer = await visit()
    await customer.proveMail('jorinde@example.org')
    const { connections } = await customer.page()
    const told = connections.filter(({ because }) => because === 'imported')
    expect(told.map(({ network, source }) => [network, source]).sort()).toEqual([
      ['customer-number', 'kundenbuch'],
      ['phone', 'kundenbuch'],
    ])
  })

  it('may come back after an erasure by proving it anew: a new consent, and nothing of the old', async () => {
    const mail = 'zurueck@example.org'
    const before = await visit()
    await before.proveMail(mail)
    const hers = () =>
      desk.rows(sql<{ author_id: string; person_id: string }>`select author_id, person_id from author
        where network = 'mail' and network_id = ${mail}`)
    const [old] = await hers()
    await desk.inWorkspace(async (tx) => {
      await suppress(tx, desk.services.secrets, { network: 'mail', scope: '', networkId: mail }, 'erasure')
      await erasePerson(tx, old?.person_id ?? '', new Date())
    })
    expect(await before.page()).toMatchObject({ known: false, connections: [] })
    const again = await visit()
    expect(await again.proveMail(mail)).toMatchObject({ status: 200, body: { outcome: 'proven' } })
    expect((await again.page()).connections).toMatchObject([{ shown: mail, because: 'proved' }])
    const [now] = await hers()
    expect(now?.author_id).not.toBe(old?.author_id)
    expect(now?.person_id).not.toBe(old?.person_id)
    expect(
      await desk.rows(sql`select given, purpose, channel from consent where author_id = ${now?.author_id}`),
    ).toEqual([{ given: true, purpose: 'linking', channel: 'portal' }])
    expect(await desk.rows(sql`select from suppression`)).toEqual([])
    expect(
      await desk.rows(
        sql`select subjects ->> 'author' as author, actor_kind from event where type = 'identity.returned'`,
      ),
    ).toEqual([{ author: now?.author_id, actor_kind: 'customer' }])
  })

  it('takes a copy of what the page shows', async () => {
    const customer = await visit()
    await customer.proveMail('copy@example.org')
    expect(await customer.ask('GET', '/portal/copy')).toMatchObject({
      status: 200,
      body: { brand: 'Nordwind', connections: [{ shown: 'copy@example.org' }], statements: [{ given: true }] },
    })
  })

  it('ends the visit, and nothing is to be seen with it any more', async () => {
    const customer = await visit()
    await customer.proveMail('ended@example.org')
    const { cookie } = customer
    await customer.ask('POST', '/portal/visits/end', { workspace: slug })
    const answer = await desk.app.request('/api/v1/portal/connections', {
      headers: { cookie, 'x-rapport-portal': slug },
    })
    expect(answer.status).toBe(401)
  })
})

async function personOf(networkId: string): Promise<string> {
  const [row] = await desk.rows(
    sql<{ person_id: string }>`select person_id from author where network_id = ${networkId}`,
  )
  return row?.person_id ?? ''
}
