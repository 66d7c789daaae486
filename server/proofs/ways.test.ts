import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Mailbox, startMailbox } from '../../e2e/mailbox.ts'
import { startIdentityProvider, type TestIdentityProvider } from '../accounts/testing/identity-provider.ts'
import { ORIGIN, walkThrough } from '../accounts/testing/provider-sign-in.ts'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { queryAsAdmin } from '../platform/testing/database.ts'
import { explain } from '../platform/testing/explain.ts'
import { codesIn, newPostedCode } from './codes.ts'
import { linkedQuery } from './connections.ts'
import { accountOfDomain, type Outside } from './domain-handle.ts'
import { awaitedQuery, namedQuery } from './heard-codes.ts'
import { linksBack } from './links-back.ts'
import { masked } from './mask.ts'
import { readGatewaySecret } from './settings.ts'
import { allowCodes, type Customer, nameMailServer, offerProofs, runCode, visitAs } from './testing/customer.ts'

let desk: Desk
let slug = ''
let web: Server
let host = ''
let mailbox: Mailbox
let directory: TestIdentityProvider
/** What the customers' server answers, by path; a text that begins with > leads elsewhere. */
const pages = new Map<string, string>()

beforeAll(async () => {
  web = createServer((request, response) => {
    const page = pages.get((request.url ?? '').replace(/\?.*/, ''))
    if (page?.startsWith('>')) return response.writeHead(302, { location: page.slice(1) }).end()
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(page ?? 'gone')
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(web.address() as AddressInfo).port}`
  desk = await openDesk()
  slug = desk.app.workspace.slug
  mailbox = await startMailbox()
  directory = await startIdentityProvider(`${ORIGIN}/p/${slug}/signed-in`)
  await allowCodes(desk.app)
  await nameMailServer(desk.app, mailbox.port)
  await offerProofs(desk.app, {
    gateway: { address: desk.twin.urls.gateway, body: '{"to": "{to}", "text": "{text}"}', header: '' },
  })
})
afterAll(async () => {
  directory?.stop()
  web?.close()
  await mailbox?.stop()
  await desk?.close()
})

const visit = async () => {
  await queryAsAdmin(desk.app.test.admin, 'truncate system.rate_limit')
  return visitAs(desk.app, { slug, language: 'de' })
}
const begin = async (customer: Customer, way: string, input: object) =>
  customer.ask<{ proofId: string; place: string; address: string }>('POST', `/portal/proofs/${way}`, {
    ...(await customer.agreed()),
    ...input,
  })
const look = async (customer: Customer, proofId: string) =>
  (await customer.ask<{ outcome: string }>('POST', `/portal/proofs/${proofId}/look`, {})).body.outcome
const shown = async (customer: Customer) =>
  (await customer.page()).connections.map((one) => `${one.network} ${one.shown} ${one.way}`).toSorted()
const codeOf = (answer: { body: { data?: { code?: string } } }) => answer.body.data?.code

describe('a code that is sent', () => {
  it('arrives in the mailbox, and the mail says who asked and what to do otherwise', async () => {
    const customer = await visit()
    const { body } = await begin(customer, 'mail', { address: 'jana@example.org' })
    await runCode(desk.app, desk.workspaceId, body.proofId)
    const mail = await mailbox.next('jana@example.org')
    expect(mail.text).toContain('Waren Sie es nicht, brauchen Sie nichts zu tun.')
    const code = /\d{4} \d{4}/.exec(mail.text)?.[0] ?? ''
    const answer = await customer.ask<{ outcome: string }>('POST', `/portal/proofs/${body.proofId}/code`, { code })
    expect(answer.body.outcome).toBe('proven')
  })

  it('arrives on a telephone through the gateway, in one text message', async () => {
    const customer = await visit()
    const { body } = await begin(customer, 'phone', { number: '0151 23456789' })
    await runCode(desk.app, desk.workspaceId, body.proofId)
    const [message] = desk.twin.messages.slice(-1)
    expect(message?.to).toBe('+4915123456789')
    expect(message?.text.length).toBeLessThanOrEqual(160)
    const code = /\d{4} \d{4}/.exec(message?.text ?? '')?.[0] ?? ''
    await customer.ask('POST', `/portal/proofs/${body.proofId}/code`, { code })
    expect(await shown(customer)).toEqual(['phone +4915123456789 phone-code'])
  })

  it('goes to no landline, no country that is not served, and no address that is none', async () => {
    const customer = await visit()
    expect(codeOf(await begin(customer, 'phone', { number: '+49 30 901820' }))).toBe('phone-invalid')
    expect(codeOf(await begin(customer, 'phone', { number: '+31 6 12345678' }))).toBe('phone-country')
    expect(codeOf(await begin(customer, 'mail', { address: 'a@b@c' }))).toBe('contact-invalid')
  })

  it('that could not be sent is told as such', async () => {
    const customer = await visit()
    await nameMailServer(desk.app, 9)
    const { body } = await begin(customer, 'mail', { address: 'unsent@example.org' })
    // Nobody is there: tried again later.
    await expect(runCode(desk.app, desk.workspaceId, body.proofId)).rejects.toThrow('unreachable')
    await nameMailServer(desk.app, mailbox.port)
    await runCode(desk.app, desk.workspaceId, body.proofId)
    expect((await customer.page()).attempts[0]).toMatchObject({ sending: 'sent' })
  })

  it('takes the gateway’s secret anew with a new address, and keeps it with the old one', async () => {
    const gateway = { address: `http://${host}/sms`, body: '{"to":"{to}","text":"{text}"}', header: 'authorization' }
    await offerProofs(desk.app, { gateway, gatewaySecret: 'secret of the first' })
    await offerProofs(desk.app, { gateway: { ...gateway, header: 'x-key' } })
    const moved = { ...gateway, address: `http://${host}/elsewhere` }
    await expect(offerProofs(desk.app, { gateway: moved })).rejects.toThrow('gateway-secret-again')
    const stored = () => desk.inWorkspace((tx) => readGatewaySecret(desk.services, tx))
    expect(await stored()).toBe('secret of the first')
    await offerProofs(desk.app, { gateway: moved, gatewaySecret: '' })
    expect(await stored()).toBe('')
  })

  it('is not offered by telephone while no gateway is set', async () => {
    await offerProofs(desk.app, { gateway: null })
    const customer = await visit()
    expect(codeOf(await begin(customer, 'phone', { number: '0151 23456789' }))).toBe('not-offered')
    await offerProofs(desk.app, {
      gateway: { address: desk.twin.urls.gateway, body: '{"to": "{to}", "text": "{text}"}', header: '' },
    })
  })
})

describe('a site', () => {
  it('is proven by a link back with rel="me", once it is there', async () => {
    const customer = await visit()
    const { body } = await begin(customer, 'site', { address: `http://${host}/about/` })
    expect(await look(customer, body.proofId)).toBe('unreadable')
    pages.set('/about/', `<p>Me. <a href="${body.place}">no rel</a></p>`)
    expect(await look(customer, body.proofId)).toBe('not-linked')
    pages.set('/about/', `<p>Me. <a rel="nofollow me" href="${body.place}">…</a></p>`)
    expect(await look(customer, body.proofId)).toBe('proven')
    expect(await shown(customer)).toEqual([`site ${host}/about site-link`])
  })

  it('is not proven by another customer’s link', async () => {
    const [one, other] = [await visit(), await visit()]
    const first = await begin(one, 'site', { address: `http://${host}/shared/` })
    const second = await begin(other, 'site', { address: `http://${host}/shared/` })
    pages.set('/shared/', `<a rel="me" href="${first.body.place}">…</a>`)
    expect(await look(other, second.body.proofId)).toBe('not-linked')
    expect(await look(one, first.body.proofId)).toBe('proven')
  })

  it('is not proven by a redirect to somebody else’s server, nor by an address with a query', async () => {
    const elsewhere = createServer((request, response) =>
      response.writeHead(302, { location: `http://${host}/mine/` }).end(String(request.url)),
    )
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const victim = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    const customer = await visit()
    const { body } = await begin(customer, 'site', { address: `http://${victim}/` })
    pages.set('/mine/', `<a rel="me" href="${body.place}">…</a>`)
    expect(await look(customer, body.proofId)).toBe('unreadable')
    elsewhere.close()
    expect(codeOf(await begin(customer, 'site', { address: `http://${victim}/?to=x` }))).toBe('site-invalid')
  })

  it('that lies inside our own network is not looked at', async () => {
    const customer = await visit()
    const { body } = await begin(customer, 'site', { address: 'http://169.254.169.254/latest/' })
    expect(await look(customer, body.proofId)).toBe('unreadable')
  })

  it.each([
    ['<script>"<a rel=me href=ADDRESS>"</script>', false],
    ['<textarea><a rel="me" href="ADDRESS"></textarea>', false],
    ['<!-- <a rel="me" href="ADDRESS"> -->', false],
    ['<template><a rel="me" href="ADDRESS"></a></template>', false],
    ['<a rel="home" href="ADDRESS">', false],
    ['<a rel="me" href="ADDRESSx">', false],
    ['<link rel="ME" href="ADDRESS/">', true],
    ['<A REL="nofollow\tme" HREF=ADDRESS>', true],
  ])('is read as a browser reads it: %s', (markup, links) => {
    const address = 'https://crm.example/p/x/me/abc'
    expect(linksBack(markup.replace('ADDRESS', address), address, 'https://me.example/')).toBe(links)
  })
})

describe('an account of the fediverse', () => {
  const finger = (actor: string) =>
    JSON.stringify({
      links: [
        { rel: 'self', type: 'application/activity+json', href: actor },
        { rel: 'http://webfinger.net/rel/profile-page', href: actor.replace('/users/', '/@') },
      ],
    })
  const field = (place: string) => `<a href="${place}" rel="me nofollow noopener">link</a>`

  it('is proven by a field of its actor, under the actor’s address', async () => {
    const actor = `http://${host}/users/ada`
    const customer = await visit()
    const { body } = await begin(customer, 'profile', { account: `@ada@${host}` })
    pages.set('/.well-known/webfinger', finger(actor))
    pages.set('/users/ada', JSON.stringify({ id: actor, name: 'Ada', attachment: [] }))
    expect(await look(customer, body.proofId)).toBe('not-linked')
    const attachment = [{ type: 'PropertyValue', name: 'Me', value: field(body.place) }]
    pages.set('/users/ada', JSON.stringify({ id: actor, name: 'Ada', attachment }))
    expect(await look(customer, body.proofId)).toBe('proven')
    expect(await shown(customer)).toEqual([`mastodon ada@${host} profile-link`])
    const rows = await desk.rows(sql<{ network_id: string }>`select network_id from author where network = 'mastodon'`)
    expect(rows).toEqual([{ network_id: actor }])
  })

  it('is proven by the fields that the Mastodon API tells, where the actor is shown to servers only', async () => {
    const actor = `http://${host}/users/bea`
    const customer = await visit()
    const { body } = await begin(customer, 'profile', { account: `@bea@${host}` })
    pages.set('/.well-known/webfinger', finger(actor))
    pages.set(
      '/api/v1/accounts/lookup',
      JSON.stringify({ uri: actor, display_name: 'Bea', fields: [{ name: 'x', value: field(body.place) }] }),
    )
    expect(await look(customer, body.proofId)).toBe('proven')
  })

  it('is not proven by an actor that calls itself otherwise', async () => {
    pages.delete('/api/v1/accounts/lookup')
    const customer = await visit()
    const { body } = await begin(customer, 'profile', { account: `@cem@${host}` })
    pages.set('/.well-known/webfinger', finger(`http://${host}/users/cem`))
    const attachment = [{ type: 'PropertyValue', name: 'Me', value: field(body.place) }]
    pages.set('/users/cem', JSON.stringify({ id: `http://${host}/users/victim`, attachment }))
    expect(await look(customer, body.proofId)).toBe('unreadable')
  })

  it('is not proven by the page of another account of its server, whatever a server of the prover says', async () => {
    const victim = `http://${host}/users/victim`
    const theirs = createServer((_, response) =>
      response.end(
        JSON.stringify({
          links: [
            { rel: 'self', type: 'application/activity+json', href: victim },
            { rel: 'http://webfinger.net/rel/profile-page', href: `http://${host}/@mallory` },
          ],
        }),
      ),
    )
    await new Promise<void>((resolve) => theirs.listen(0, '127.0.0.1', resolve))
    const customer = await visit()
    const account = `@mallory@127.0.0.1:${(theirs.address() as AddressInfo).port}`
    const { body } = await begin(customer, 'profile', { account })
    pages.set('/users/victim', JSON.stringify({ id: victim, name: 'Victim', attachment: [] }))
    pages.set('/@mallory', field(body.place))
    expect(await look(customer, body.proofId)).toBe('not-linked')
    const told = { url: `http://${host}/@mallory`, fields: [{ name: 'x', value: field(body.place) }] }
    pages.set('/api/v1/accounts/lookup', JSON.stringify(told))
    expect(await look(customer, body.proofId)).toBe('not-linked')
    theirs.close()
  })
})

describe('a Bluesky account that is named like a domain', () => {
  const did = 'did:plc:abcdefghijklmnopqrstuvwx'
  const outside = (given: Partial<{ txt: string[][]; site: string; alsoKnownAs: string[] }>): Outside => ({
    txt: async () => given.txt ?? [],
    look: async (address) =>
      address.startsWith('https://plc.test/')
        ? {
            status: 200,
            url: address,
            text: JSON.stringify({ id: did, alsoKnownAs: given.alsoKnownAs ?? ['at://ada.example'] }),
          }
        : { status: given.site ? 200 : 404, url: address, text: given.site ?? '' },
    directory: 'https://plc.test',
  })

  it('is found by DNS or by the site, if it names the domain as well', async () => {
    expect(await accountOfDomain(outside({ txt: [['did=', did]] }), 'ada.example')).toMatchObject({ networkId: did })
    expect(await accountOfDomain(outside({ site: `${did}\n` }), 'ada.example')).toMatchObject({ networkId: did })
    expect(await accountOfDomain(outside({ site: did, alsoKnownAs: ['at://bea.example'] }), 'ada.example')).toBeNull()
    expect(await accountOfDomain(outside({ txt: [[`did=${did}`], ['did=did:plc:zzz']] }), 'ada.example')).toBeNull()
    expect(await accountOfDomain(outside({ site: 'did:plc:../../x' }), 'ada.example')).toBeNull()
  })

  it('asks for the site first', async () => {
    const customer = await visit()
    expect(codeOf(await begin(customer, 'domain-handle', { handle: 'ada.example' }))).toBe('site-first')
  })
})

describe('a sign-in at a provider', () => {
  let issuerId = ''
  beforeAll(async () => {
    const made = await desk.ask<{ issuerId: string }>('proofs.settings.addIssuer', {
      name: 'Shop',
      issuer: directory.issuer,
      clientId: directory.clientId,
      clientSecret: directory.clientSecret,
      system: 'shop',
      takesMail: true,
    })
    issuerId = made.issuerId
  })
  const signIn = async (customer: Customer, login: string) => {
    const { body } = await begin(customer, 'sign-in', { workspace: slug, issuerId })
    const back = await walkThrough(body.address, login)
    return new URL(back).search.slice(1)
  }
  const finish = (customer: Customer, answer: string) =>
    customer.ask<{ outcome: string }>('POST', '/portal/proofs/signed-in', { workspace: slug, answer })

  it('proves the customer number and the mail address that the provider calls verified', async () => {
    const customer = await visit()
    const answer = await finish(customer, await signIn(customer, 'strong-ada'))
    expect(answer.body.outcome).toBe('proven')
    expect(await shown(customer)).toEqual(['customer-number strong-ada sign-in', 'mail ada@example.org sign-in'])
    const rows = await desk.rows(sql<{ scope: string }>`select scope from author where network_id = 'strong-ada'`)
    expect(rows).toEqual([{ scope: 'shop' }])
  })

  it('takes no address that the provider does not vouch for', async () => {
    const customer = await visit()
    await finish(customer, await signIn(customer, 'unverified-bea'))
    expect(await shown(customer)).toEqual(['customer-number unverified-bea sign-in'])
  })

  it('is of the visit that began it, and its answer is taken once', async () => {
    const [customer, thief] = [await visit(), await visit()]
    const answer = await signIn(customer, 'cem')
    expect(codeOf(await finish(thief, answer))).toBe('proof-ended')
    expect((await finish(customer, answer)).status).toBe(200)
    expect(codeOf(await finish(customer, answer))).toBe('proof-ended')
  })

  it('that carries another’s code is refused', async () => {
    const [customer, other] = [await visit(), await visit()]
    const mine = new URLSearchParams(await signIn(customer, 'dana'))
    const theirs = new URLSearchParams(await signIn(other, 'egon'))
    mine.set('code', theirs.get('code') ?? '')
    const answer = await finish(customer, mine.toString())
    expect([answer.status, codeOf(answer)]).toEqual([502, 'sign-in-refused'])
    expect((await customer.page()).known).toBe(false)
  })

  it('puts a second number of one system before staff', async () => {
    const customer = await visit()
    await finish(customer, await signIn(customer, 'one'))
    const second = await finish(customer, await signIn(customer, 'two'))
    expect(second.body.outcome).toBe('before-staff')
    expect(await shown(customer)).toEqual(['customer-number one sign-in', 'mail one@example.org sign-in'])
  })

  it('has its secret sent to no other provider than the one it was entered for', async () => {
    const input = { name: 'Shop', clientId: directory.clientId, system: 'shop', takesMail: true, issuerId }
    const update = async (issuer: string) =>
      (await desk.tell('proofs.settings.updateIssuer', { ...input, issuer }, desk.app.workspace.owner)).body.data?.code
    expect(await update(`${directory.issuer}/elsewhere`)).toBe('issuer-secret-again')
    expect(await update(directory.issuer)).toBeUndefined()
  })

  it('is set up only over TLS, at an address that has a discovery document', async () => {
    const setUp = async (issuer: string) => {
      const input = { name: 'X', issuer, clientId: 'x', clientSecret: 'y', system: 'x', takesMail: false }
      return (await desk.tell('proofs.settings.addIssuer', input, desk.app.workspace.owner)).body.data?.code
    }
    expect(await setUp('http://id.example.org')).toBe('issuer-not-https')
    expect(await setUp(`http://${host}`)).toBe('issuer-unreachable')
  })
})

describe('codes and masks', () => {
  it('recognises a code as people write it, and nothing else', () => {
    const code = newPostedCode('de')
    const letters = code.slice(-9).replace('-', '').toLowerCase()
    expect(codesIn(`hier: ${code}.`)).toEqual([letters])
    expect(codesIn(code.toLowerCase().replaceAll('-', ' '))).toEqual([letters])
    expect(codesIn(`x${code}`)).toEqual([])
    expect(codesIn(`${code}9`)).toEqual([])
    expect(codesIn('a'.repeat(100_000))).toEqual([])
  })

  it('shortens what was not proven so far that nobody learns it', () => {
    expect(masked('mail', 'saskia@example.org')).toBe('s•••@e•••.org')
    expect(masked('mail', 'al@b.de')).toBe('•••@b•••.de')
    expect(masked('phone', '+4915112345678')).toBe('+49 ••• 78')
    expect(masked('customer-number', '1234')).toBe('•••')
    expect(masked('bluesky', 'saskia.test')).toBe('sa•••')
  })
})

it('hot queries are answered by an index', async () => {
  const now = new Date()
  const plans = await explain(desk, [
    [awaitedQuery(desk.workspaceId, now), 'proof_code'],
    [namedQuery(desk.workspaceId, now), 'proof_code'],
    [linkedQuery(desk.workspaceId, desk.sourceId, desk.sourceId), 'author_person'],
  ])
  for (const { usesIndex, plan } of plans) expect(usesIndex, plan).toBe(true)
})
