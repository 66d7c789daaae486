import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { contactPoint, linkIdentity, object } from '../people/index.ts'
import { newId } from '../platform/ids.ts'
import { queryAsAdmin } from '../platform/testing/database.ts'
import { allowCodes, type Customer, nameMailServer, offerProofs, visitAs } from './testing/customer.ts'
import { hashOf } from './tokens.ts'

let desk: Desk
let slug = ''
let moved = 0
const clock = { now: () => new Date(Date.now() + moved) }

beforeAll(async () => {
  desk = await openDesk()
  Object.assign(desk.services, { clock })
  slug = desk.app.workspace.slug
  await allowCodes(desk.app)
  await nameMailServer(desk.app)
  await offerProofs(desk.app)
})
afterAll(() => desk?.close())

const visit = (token?: string) => visitAs(desk.app, { slug, ...(token === undefined ? {} : { token }) })
const codeOf = (answer: { body: { data?: { code?: string } } }) => answer.body.data?.code
/** What the buckets hold belongs to all tests together; each begins with full ones. */
const refill = () => queryAsAdmin(desk.app.test.admin, 'truncate system.rate_limit')

async function inviteTo(
  handle: string,
  asked = 'mail',
): Promise<{ token: string; conversationId: string; proofInvitationId: string }> {
  const { conversationId } = await desk.conversationOf(handle)
  const made = await desk.ask<{ link: string; proofInvitationId: string }>(
    'proofs.invitations.create',
    { conversationId, asked, language: 'en' },
    desk.anna,
  )
  return { token: new URL(made.link).hash.slice(1), conversationId, proofInvitationId: made.proofInvitationId }
}
const stateOf = async (conversationId: string) =>
  (await desk.ask<{ items: { state: string }[] }>('proofs.invitations.list', { conversationId }, desk.anna)).items[0]
    ?.state
const personIdOf = async (networkId: string) =>
  (await desk.rows(sql<{ person_id: string | null }>`select person_id from author where network_id = ${networkId}`))[0]
    ?.person_id
const personOfHandle = async (handle: string) =>
  (await desk.rows(sql<{ person_id: string | null }>`select person_id from author where handle = ${handle}`))[0]
    ?.person_id

describe('an invitation', () => {
  it('that was forwarded makes nobody the author of the conversation', async () => {
    await refill()
    desk.says('kim.test', '@nordwind.test my bill is wrong')
    await desk.hear()
    const { token, conversationId } = await inviteTo('kim.test')
    const stranger = await visit(token)
    await stranger.proveMail('stranger@example.org')
    const page = await stranger.page()
    expect(page.invitation).toMatchObject({ accountProven: false, askedProven: true, done: false })
    expect(page.invitation?.account).not.toContain('kim.test')
    expect(page.connections.map(({ network }) => network)).toEqual(['mail'])
    expect(await stateOf(conversationId)).toBe('part-proven')
    expect(await personIdOf('stranger@example.org')).not.toBe(await personOfHandle('kim.test'))
  })

  it('is done when the account posts its code, whoever else copies it, and works no second time', async () => {
    await refill()
    desk.says('lena.test', '@nordwind.test where is my parcel')
    await desk.hear()
    const { token, conversationId } = await inviteTo('lena.test')
    const lena = await visit(token)
    const { body } = await lena.ask<{ code: string }>('POST', '/portal/proofs/account', {
      ...(await lena.agreed()),
      network: 'bluesky',
      handle: '',
    })
    desk.says('copycat.test', `@nordwind.test ${body.code}`)
    await desk.hear()
    expect((await lena.page()).known).toBe(false)
    desk.says('lena.test', `@nordwind.test ${body.code}`)
    await desk.hear()
    await lena.proveMail('lena@example.org')
    expect((await lena.page()).invitation?.done).toBe(true)
    expect(await stateOf(conversationId)).toBe('proven')
    expect(await personIdOf('lena@example.org')).toBe(await personOfHandle('lena.test'))
    await desk.app.settle()
    const told = await desk.ask<{ items: { kind: string; about: { id: string } }[] }>(
      'notifications.list',
      {},
      desk.anna,
    )
    expect(told.items.filter(({ kind }) => kind === 'proof').map((one) => one.about.id)).toEqual([conversationId])
    expect(codeOf((await visit(token)).entered)).toBe('link-not-valid')
  })

  it('is made for nobody who does not want to be contacted, unless they wait for an answer', async () => {
    await refill()
    desk.says('silent.test', '@nordwind.test what does it cost')
    await desk.hear()
    const { conversationId, author } = await desk.conversationOf('silent.test')
    await desk.inWorkspace((tx) =>
      object(tx, { authorId: author.authorId, kind: 'contact', channel: 'mail', reason: '', at: new Date() }),
    )
    const { token } = await inviteTo('silent.test')
    expect(token).not.toBe('')
    await desk.answer(await desk.conversationOf('silent.test'), 'Nothing.', { close: true })
    await desk.deliver()
    const input = { conversationId, asked: 'mail', language: 'en' }
    const refused = await desk.tell('proofs.invitations.create', input, desk.anna)
    expect([refused.status, refused.body.data?.code]).toEqual([409, 'contact-objected'])
  })

  it('that expired, was withdrawn or replaced opens nothing', async () => {
    await refill()
    desk.says('noor.test', '@nordwind.test hello?')
    await desk.hear()
    const first = await inviteTo('noor.test')
    const second = await inviteTo('noor.test')
    expect(codeOf((await visit(first.token)).entered)).toBe('link-not-valid')
    moved = 8 * 86_400_000
    expect(codeOf((await visit(second.token)).entered)).toBe('link-not-valid')
    expect(await stateOf(second.conversationId)).toBe('expired')
    moved = 0
    await desk.ask('proofs.invitations.revoke', { proofInvitationId: second.proofInvitationId }, desk.anna)
    expect(codeOf((await visit(second.token)).entered)).toBe('link-not-valid')
    expect(await stateOf(second.conversationId)).toBe('revoked')
  })

  it('is stored as a hash of 256 bits, and made a few times an hour for one conversation', async () => {
    await refill()
    desk.says('olaf.test', '@nordwind.test hi')
    await desk.hear()
    const { token, proofInvitationId, conversationId } = await inviteTo('olaf.test')
    const [row] = await desk.rows(
      sql<{ text: string; token_hash: string }>`select to_jsonb(i)::text as text, token_hash from proof_invitation i
        where proof_invitation_id = ${proofInvitationId}`,
    )
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(row?.text).not.toContain(token)
    expect(row?.token_hash).toBe(hashOf(token))
    const input = { conversationId, asked: 'mail', language: 'en' }
    const codes = []
    for (let times = 0; times < 6; times++)
      codes.push((await desk.tell('proofs.invitations.create', input, desk.anna)).status)
    expect(codes).toEqual([200, 200, 200, 200, 429, 429])
  })
})

describe('a code that is posted', () => {
  const awaitCode = async (customer: Customer, handle: string) =>
    (
      await customer.ask<{ code: string }>('POST', '/portal/proofs/account', {
        ...(await customer.agreed()),
        network: 'bluesky',
        handle,
      })
    ).body.code

  it('counts from the named account alone', async () => {
    await refill()
    const customer = await visit()
    const code = await awaitCode(customer, 'named.test')
    desk.says('other.test', `@nordwind.test ${code}`)
    await desk.hear()
    expect((await customer.page()).known).toBe(false)
  })

  it('counts only while it is awaited, and not after the visit was ended', async () => {
    await refill()
    const [late, ended] = [await visit(), await visit()]
    const codes = [await awaitCode(late, 'tardy.test'), await awaitCode(ended, 'ended.test')]
    await ended.ask('POST', '/portal/visits/end', { workspace: slug })
    moved = 25 * 3_600_000
    desk.says('tardy.test', `@nordwind.test ${codes[0]}`)
    desk.says('ended.test', `@nordwind.test ${codes[1]}`)
    await desk.hear()
    moved = 0
    const proved = await desk.rows(
      sql`select 1 from person_link l join author a on a.workspace_id = l.workspace_id and a.author_id = l.author_id
        where a.handle in ('tardy.test', 'ended.test') and l.method = 'customer-proved'`,
    )
    expect(proved).toEqual([])
  })

  it('does not count from a file', async () => {
    await refill()
    const customer = await visit()
    const code = await awaitCode(customer, 'file.test')
    desk.says('file.test', `@nordwind.test ${code}`)
    const importId = newId()
    await desk.hear()
    expect((await customer.page()).known).toBe(true)
    // The same post, said to come from an import, is not looked at: the query that reads posts leaves it out.
    const other = await visit()
    const second = await awaitCode(other, 'file.test')
    const [post] = await desk.rows(
      sql<{ post_id: string }>`select p.post_id from post p join author a on a.workspace_id = p.workspace_id
        and a.author_id = p.author_id where a.handle = 'file.test' limit 1`,
    )
    await queryAsAdmin(
      desk.app.test.admin,
      `with free as (select set_config('session_replication_role', 'replica', false))
       update post set text = $2, import_id = $3 from free where post_id = $1`,
      [post?.post_id, second, importId],
    )
    await desk.inWorkspace(async (tx) =>
      tx.record({ type: 'posts.heard', subjects: { posts: [post?.post_id ?? ''] }, codes: { count: 1 } }),
    )
    await desk.app.settle()
    expect((await other.page()).known).toBe(false)
  })
})

describe('what a proof alone must not join', () => {
  const linked = async (personId: string, kind: 'mail' | 'customer-number', value: string, scope?: string) =>
    desk.inWorkspace(async (tx) => {
      const authorId = await contactPoint(tx, { kind, value, ...(scope ? { scope } : {}) }, new Date())
      const grounds = { method: 'agent-confirmed', evidence: {}, legalBasis: 'contract' } as const
      await linkIdentity(tx, { ...grounds, authorId, personId }, new Date())
      return authorId
    })
  const questions = async () =>
    (await desk.ask<{ items: { questionId: string; because: string; shown: string }[] }>('proofs.questions.list', {}))
      .items

  it('is put before staff where we had linked it with somebody who proved other things', async () => {
    await refill()
    const jan = await visit()
    await jan.proveMail('jan@example.org')
    const janId = (await personIdOf('jan@example.org')) ?? ''
    await linked(janId, 'mail', 'maria@example.org')
    const maria = await visit()
    await maria.proveMail('maria.other@example.org')
    expect((await maria.proveMail('maria@example.org')).body.outcome).toBe('before-staff')
    expect((await maria.page()).connections.map(({ shown }) => shown)).toEqual(['maria.other@example.org'])
    const [question] = (await questions()).filter(({ shown }) => shown === 'maria@example.org')
    expect(question?.because).toBe('proved-by-another')
    await desk.ask('proofs.questions.decide', { questionId: question?.questionId, decision: 'move' })
    expect(await personIdOf('maria@example.org')).toBe(await personIdOf('maria.other@example.org'))
    expect(await personIdOf('jan@example.org')).toBe(janId)
    const again = await desk.tell(
      'proofs.questions.decide',
      { questionId: question?.questionId, decision: 'join' },
      desk.lead,
    )
    expect([again.status, again.body.data?.code]).toEqual([409, 'question-decided'])
  })

  it('is told to everybody who may decide, once until it is read, and to nobody when all is decided', async () => {
    await refill()
    const told = async (as: Desk['anna']) =>
      (
        await desk.ask<{ items: { kind: string; times: number; readAt: string | null }[] }>(
          'notifications.list',
          {},
          as,
        )
      ).items.filter(({ kind, readAt }) => kind === 'question' && readAt === null)
    const open = async () => (await desk.ask<{ open: number }>('proofs.questions.count', {})).open
    await desk.app.settle()
    const [before, known] = [await open(), await told(desk.anna)]
    expect([before, known]).toEqual([0, []])
    const ole = await visit()
    await ole.proveMail('ole@example.org')
    const oleId = (await personIdOf('ole@example.org')) ?? ''
    for (const address of ['ole.one@example.org', 'ole.two@example.org']) {
      await linked(oleId, 'mail', address)
      const other = await visit()
      await other.proveMail(`other.${address}`)
      await other.proveMail(address)
    }
    await desk.app.settle()
    expect(await open()).toBe(2)
    expect(await told(desk.anna)).toMatchObject([{ times: 2 }])
    expect(await told(desk.lead)).toMatchObject([{ times: 2 }])
    expect(await told(await desk.app.join(desk.workspaceId, 'viewer', 'Vera Vogt'))).toEqual([])
    for (const { questionId } of await questions())
      await desk.ask('proofs.questions.decide', { questionId, decision: 'leave' })
    await desk.app.settle()
    expect(await open()).toBe(0)
    expect(await told(desk.anna)).toEqual([])
  })

  it('is put before staff where one of both objected', async () => {
    await refill()
    const before = await visit()
    await before.proveMail('objects@example.org')
    await desk.inWorkspace(async (tx) =>
      object(tx, {
        personId: (await personIdOf('objects@example.org')) ?? '',
        kind: 'profiling',
        channel: 'mail',
        reason: 'no profile',
        at: new Date(),
      }),
    )
    const customer = await visit()
    await customer.proveMail('second@example.org')
    expect((await customer.proveMail('objects@example.org')).body.outcome).toBe('before-staff')
    const [question] = (await questions()).filter(({ shown }) => shown === 'objects@example.org')
    expect(question?.because).toBe('objection')
    await desk.ask('proofs.questions.decide', { questionId: question?.questionId, decision: 'join' })
    expect(await personIdOf('objects@example.org')).toBe(await personIdOf('second@example.org'))
  })

  it('joins by itself what was proven before in another visit', async () => {
    await refill()
    await (await visit()).proveMail('first-visit@example.org')
    const customer = await visit()
    await customer.proveMail('second-visit@example.org')
    expect((await customer.proveMail('first-visit@example.org')).body.outcome).toBe('proven')
    expect((await customer.page()).connections).toHaveLength(2)
    const merges = await desk.rows(
      sql<{ method: string; legal_basis: string; merged_by_kind: string }>`select method, legal_basis, merged_by_kind
        from person_merge order by position desc limit 1`,
    )
    expect(merges).toEqual([{ method: 'customer-proved', legal_basis: 'consent', merged_by_kind: 'customer' }])
  })
})
