import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { beginPersonOf, type ContactPoint, contactPoint, linkIdentity, mergePersons } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { CUSTOMER } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { queryAsAdmin } from '../platform/testing/database.ts'
import { sentCode } from './codes.ts'
import { forgetUnproven } from './forgetting.ts'
import { proofsRetention } from './retention.ts'
import { allowCodes, type Customer, nameMailServer, offerProofs, visitAs } from './testing/customer.ts'

let desk: Desk
let slug = ''
let foreign: { workspaceId: string; slug: string }
let moved = 0
const clock = { now: () => new Date(Date.now() + moved) }

beforeAll(async () => {
  desk = await openDesk()
  Object.assign(desk.services, { clock })
  slug = desk.app.workspace.slug
  foreign = await desk.app.createWorkspace('Südwind')
  await allowCodes(desk.app)
  await nameMailServer(desk.app)
  await offerProofs(desk.app)
})
afterAll(() => desk?.close())

const visit = (token?: string) => visitAs(desk.app, { slug, ...(token === undefined ? {} : { token }) })
const codeOf = (answer: { body: { data?: { code?: string } } }) => answer.body.data?.code
/** What the buckets hold belongs to all tests together; each begins with full ones. */
const refill = () => queryAsAdmin(desk.app.test.admin, 'truncate system.rate_limit')

async function beginMail(customer: Customer, address: string): Promise<string> {
  const { body } = await customer.ask<{ proofId: string }>('POST', '/portal/proofs/mail', {
    ...(await customer.agreed()),
    address,
  })
  return body.proofId
}
const enter = (customer: Customer, proofId: string, code = sentCode(desk.services, desk.workspaceId, proofId)) =>
  customer.ask<{ outcome: string }>('POST', `/portal/proofs/${proofId}/code`, { code })

describe('a code', () => {
  it('is refused after five tries, even the right one', async () => {
    await refill()
    const customer = await visit()
    const proofId = await beginMail(customer, 'guess@example.org')
    for (let tries = 0; tries < 5; tries++)
      expect(codeOf(await enter(customer, proofId, '00000000'))).toBe('code-wrong')
    expect(codeOf(await enter(customer, proofId))).toBe('proof-ended')
    expect((await customer.page()).known).toBe(false)
  })

  it('is worth nothing when it comes too late, and nothing a second time', async () => {
    await refill()
    const customer = await visit()
    const late = await beginMail(customer, 'late@example.org')
    moved = 16 * 60_000
    expect(codeOf(await enter(customer, late))).toBe('proof-ended')
    moved = 0
    const proofId = await beginMail(customer, 'twice@example.org')
    expect((await enter(customer, proofId)).body.outcome).toBe('proven')
    expect(codeOf(await enter(customer, proofId))).toBe('proof-ended')
  })

  it('entered twice at once proves once', async () => {
    await refill()
    const customer = await visit()
    const proofId = await beginMail(customer, 'race@example.org')
    const answers = await Promise.all([enter(customer, proofId), enter(customer, proofId), enter(customer, proofId)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    const links = await desk.rows(
      sql`select 1 from person_link l join author a on a.workspace_id = l.workspace_id and a.author_id = l.author_id
        where a.network_id = 'race@example.org'`,
    )
    expect(links).toHaveLength(1)
  })

  it('of somebody who becomes another’s while it is entered is put before staff as it would be a moment later', async () => {
    await refill()
    const at = clock.now()
    const run = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
      desk.services.database.inWorkspace(desk.workspaceId, CUSTOMER, work)
    const grounds = { legalBasis: 'consent', evidence: {} } as const
    const begun = async (tx: WorkspaceTransaction, point: ContactPoint) => {
      const authorId = await contactPoint(tx, point, at)
      return (await beginPersonOf(tx, { authorId, because: 'proved', reason: '', ...grounds }, at)).personId
    }
    const numbered = await run((tx) => begun(tx, { kind: 'customer-number', scope: 'shop', value: 'S1' }))
    const customer = await visit()
    await customer.proveMail('mine.race@example.org')
    await run(async (tx) => {
      const personId = await begun(tx, { kind: 'mail', value: 'theirs.race@example.org' })
      const authorId = await contactPoint(tx, { kind: 'customer-number', scope: 'shop', value: 'S2' }, at)
      await linkIdentity(tx, { authorId, personId, method: 'customer-proved', ...grounds }, at)
    })
    const proofId = await beginMail(customer, 'theirs.race@example.org')
    const [mine] = await desk.rows(
      sql<{ person_id: string }>`select person_id from author where network_id = 'mine.race@example.org'`,
    )
    const entered = await run(async (tx) => {
      const personIds = [numbered, mine?.person_id ?? '']
      await mergePersons(tx, { personIds, method: 'agent-confirmed', ...grounds }, at)
      const entering = enter(customer, proofId)
      await delay(400)
      return { entering }
    })
    expect((await entered.entering).body.outcome).toBe('before-staff')
  })

  it('belongs to the visit that asked for it', async () => {
    await refill()
    const [victim, attacker] = [await visit(), await visit()]
    const proofId = await beginMail(victim, 'mine@example.org')
    expect(codeOf(await enter(attacker, proofId))).toBe('proof-unknown')
    const own = await beginMail(attacker, 'mine@example.org')
    expect(codeOf(await enter(attacker, own, sentCode(desk.services, desk.workspaceId, proofId)))).toBe('code-wrong')
  })

  it('stands nowhere in the database', async () => {
    await refill()
    const customer = await visit()
    const proofId = await beginMail(customer, 'copy@example.org')
    const [row] = await desk.rows(
      sql<{ text: string }>`select to_jsonb(p)::text as text from proof p where proof_id = ${proofId}`,
    )
    expect(row?.text).not.toContain(sentCode(desk.services, desk.workspaceId, proofId))
  })

  it('is sent to one address a few times an hour, whoever asks, known or not', async () => {
    await refill()
    const answers = []
    for (const address of ['known@example.org', 'nobody@example.org']) {
      await refill()
      if (address.startsWith('known')) await (await visit()).proveMail(address)
      await refill()
      const statuses = []
      for (let times = 0; times < 7; times++) {
        const customer = await visit()
        const { status, body } = await customer.ask('POST', '/portal/proofs/mail', {
          ...(await customer.agreed()),
          address,
        })
        statuses.push([status, Object.keys(body).toSorted()])
      }
      answers.push(statuses)
    }
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]?.map(([status]) => status)).toEqual([200, 200, 200, 200, 200, 429, 429])
  })

  it('needs the very text that was shown', async () => {
    await refill()
    const customer = await visit()
    const answer = await customer.ask('POST', '/portal/proofs/mail', {
      statementId: 'another',
      language: 'en',
      address: 'text@example.org',
    })
    expect([answer.status, codeOf(answer)]).toEqual([409, 'text-changed'])
  })
})

describe('a visit', () => {
  it('is of one workspace: its cookie opens no other, under whatever name', async () => {
    await refill()
    await desk.app.call(
      'proofs.settings.update',
      {
        open: true,
        offered: ['mail'],
        texts: {},
        privacyNotice: null,
        invitationDays: 7,
        phoneCountries: [],
        gateway: null,
      },
      { cookie: desk.app.workspace.owner.cookie, workspaceId: foreign.workspaceId },
    )
    const customer = await visit()
    await customer.proveMail('here@example.org')
    const [, token = ''] = customer.cookie.split('=')
    for (const cookie of [customer.cookie, `rapport-customer-${foreign.slug}=${token}`]) {
      const answer = await desk.app.request('/api/v1/portal/connections', {
        headers: { cookie, 'x-rapport-portal': foreign.slug },
      })
      expect(answer.status).toBe(401)
    }
  })

  it('is no member’s session, and a member’s session is no visit', async () => {
    await refill()
    const customer = await visit()
    await customer.proveMail('customer@example.org')
    const asMember = await desk.app.call(
      'people.persons.list',
      {},
      { cookie: customer.cookie, workspaceId: desk.workspaceId },
    )
    expect(asMember.status).toBe(401)
    const asCustomer = await desk.app.request('/api/v1/portal/connections', {
      headers: { cookie: desk.app.workspace.owner.cookie, 'x-rapport-portal': slug },
    })
    expect(asCustomer.status).toBe(401)
  })

  it('ends an hour after its last use', async () => {
    await refill()
    const customer = await visit()
    moved = 61 * 60_000
    expect((await customer.ask('GET', '/portal/connections')).status).toBe(401)
    moved = 0
  })

  it('is guarded from other sites: strict, unreadable, only for its own procedures', async () => {
    await refill()
    const answer = await desk.app.request('/api/v1/portal/visits', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ workspace: slug }),
    })
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^rapport-customer-nordwind=[\w-]{43}; Path=\/api\/v1\/portal; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    )
    const customer = await visit()
    const forged = await desk.app.request('/api/v1/portal/visits/end', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: customer.cookie,
        'x-rapport-portal': slug,
        origin: 'https://evil.example',
        host: 'localhost:3000',
      },
      body: JSON.stringify({ workspace: slug }),
    })
    expect(forged.status).toBe(403)
  })

  it('reaches nothing of other persons by their ids', async () => {
    await refill()
    const [victim, attacker] = [await visit(), await visit()]
    await victim.proveMail('victim@example.org')
    await attacker.proveMail('attacker@example.org')
    const [theirs] = (await victim.page()).connections
    const answers = []
    for (const authorId of [theirs?.authorId, newId()])
      answers.push(await attacker.ask('POST', `/portal/connections/${authorId}/cut`, await attacker.agreed('cut')))
    expect(answers.map((answer) => [answer.status, codeOf(answer)])).toEqual([
      [404, 'connection-unknown'],
      [404, 'connection-unknown'],
    ])
    expect((await victim.page()).connections).toHaveLength(1)
  })

  it('does not begin by guesses, and pages that are closed answer as pages that are not there', async () => {
    await refill()
    const guess = await visitAs(desk.app, { slug, token: 'A'.repeat(43) })
    expect([guess.entered.status, codeOf(guess.entered)]).toEqual([404, 'link-not-valid'])
    await offerProofs(desk.app, { open: false })
    const answers = [await visit(), await visitAs(desk.app, { slug: 'nowhere' })]
    await offerProofs(desk.app)
    expect(answers.map(({ entered }) => [entered.status, codeOf(entered)])).toEqual([
      [404, 'portal-unknown'],
      [404, 'portal-unknown'],
    ])
  })

  it('is counted by address', async () => {
    await refill()
    const statuses = []
    for (let times = 0; times < 31; times++) statuses.push((await visit()).entered.status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  })
})

describe('a crash', () => {
  it('in the middle of a proof leaves nothing of it', async () => {
    await refill()
    const customer = await visit()
    const proofId = await beginMail(customer, 'crash@example.org')
    await queryAsAdmin(
      desk.app.test.admin,
      `create function fail_event() returns trigger language plpgsql as $$ begin raise exception 'power cut'; end $$`,
    )
    await queryAsAdmin(
      desk.app.test.admin,
      `create trigger fail_event before insert on event for each row when (new.type = 'identity.proved') execute function fail_event()`,
    )
    expect((await enter(customer, proofId)).status).toBe(500)
    await queryAsAdmin(desk.app.test.admin, 'drop trigger fail_event on event')
    expect(await desk.rows(sql`select 1 from author where network_id = 'crash@example.org'`)).toEqual([])
    expect((await enter(customer, proofId)).body.outcome).toBe('proven')
  })
})

describe('what is over', () => {
  it('is forgotten: what was typed and never proven within days, visits within a month', async () => {
    await refill()
    const customer = await visit()
    await beginMail(customer, 'typed@example.org')
    moved = 3 * 86_400_000
    await forgetUnproven(desk.services, [desk.workspaceId])
    expect(await desk.rows(sql`select 1 from proof where network_id = 'typed@example.org'`)).toEqual([])
    expect((await desk.rows(sql`select 1 from customer_session limit 1`)).length).toBe(1)
    // A visit outlasts its rule while what it proved is in question.
    type Questions = { items: { questionId: string }[] }
    for (const { questionId } of (await desk.ask<Questions>('proofs.questions.list', {})).items)
      await desk.ask('proofs.questions.decide', { questionId, decision: 'leave' })
    moved = 32 * 86_400_000
    const [rule] = proofsRetention
    const before = new Date(clock.now().getTime() - (rule?.defaultDays ?? 0) * 86_400_000)
    expect(
      (await desk.inWorkspace((tx) => rule?.due(tx, before, desk.services) ?? Promise.reject()))?.rows,
    ).toBeGreaterThan(0)
    await desk.inWorkspace(async (tx) => rule?.step?.(tx, before, desk.services))
    expect(await desk.rows(sql`select 1 from customer_session`)).toEqual([])
    expect(await desk.rows(sql`select 1 from proof`)).toEqual([])
    moved = 0
  })
})
