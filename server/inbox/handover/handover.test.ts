import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { put } from '../../../twin/mail/box.ts'
import { hear } from '../../listening/index.ts'
import { connectorsOf, replaceConnectors } from '../../listening/networks.ts'
import { indexAll } from '../../listening/search-index.ts'
import { createLive } from '../../modules.ts'
import { contactPoint, linkIdentity } from '../../people/index.ts'
import { newId } from '../../platform/ids.ts'
import { explain } from '../../platform/testing/explain.ts'
import type { TestMember } from '../../testing/app.ts'
import { HELP, type LetterDesk, openLetterDesk } from '../testing/letter-desk.ts'
import { personStatement, sameAccountStatement } from './claiming.ts'
import { strandsStatement } from './strands.ts'

let desk: LetterDesk
let customers = 0
beforeAll(async () => {
  desk = await openLetterDesk()
})
afterAll(() => desk.closeAll())

interface Handover {
  handoverId: string
  code: string
  address: string
  text: string
}
interface Opened {
  conversation: { conversationId: string; version: string; network: string; waitingSince: Date | null }
  thread: {
    posts: { postId: string; text: string; visibility: string; ofThisConversation: boolean; direction: string }[]
  }
  answer: { network: string; signOff: string } | null
  privateAnswer: { network: string; signOff: string; sourceName: string } | null
}

/** A customer whom nobody else has met, with one public question waiting. */
async function ask(text = 'My parcel never came'): Promise<{ handle: string; mail: string; conversationId: string }> {
  const handle = `customer-${++customers}.test`
  desk.says(handle, `@nordwind.test ${text}`)
  await desk.hear()
  const { conversationId } = await desk.conversationOf(handle)
  return { handle, mail: `customer-${customers}@kundin.test`, conversationId }
}

const prepare = (conversationId: string, extra = {}) =>
  desk.ask<Handover>(
    'inbox.handovers.prepare',
    { conversationId, sourceId: desk.mailSourceId, language: 'de', ...extra },
    desk.anna,
  )
const open = (conversationId: string, as = desk.anna) =>
  desk.ask<Opened>('inbox.conversations.get', { conversationId }, as)
const strandsOf = async (conversationId: string) =>
  (
    await desk.ask<{ strands: { foundBy: string; network: string }[] }>(
      'inbox.handovers.get',
      { conversationId },
      desk.anna,
    )
  ).strands.map(({ foundBy }) => foundBy)
const mailConversations = async () => (await desk.conversations({ network: 'mail' })).length

async function answer(conversationId: string, text: string, extra: Record<string, unknown> = {}) {
  const { conversation } = await open(conversationId)
  const delivery = await desk.answer(conversation as never, text, extra)
  await desk.deliver()
  return desk.delivery(delivery.deliveryId)
}

describe('a case that goes from public to private', () => {
  it('is answered in public with an invitation, in private by letter, and stays one conversation all the way', async () => {
    const { mail, conversationId } = await ask()
    const invitation = await prepare(conversationId)
    expect(invitation.address).toBe(HELP.replace('@', `+${invitation.code.replace('-', '').toLowerCase()}@`))
    expect(invitation.text).toContain(invitation.address)
    expect(await answer(conversationId, invitation.text)).toMatchObject({ state: 'sent', visibility: 'public' })
    const before = await mailConversations()
    await desk.writes(`Karla <${mail}>`, 'My order number is 4711', { To: invitation.address, Subject: 'Paket' })
    const joined = await open(conversationId)
    expect(joined.conversation).toMatchObject({ network: 'bluesky', waitingSince: expect.anything() })
    expect(joined.thread.posts.filter((post) => post.visibility === 'private')).toMatchObject([
      { text: 'My order number is 4711', ofThisConversation: true },
    ])
    expect(await mailConversations()).toBe(before)
    expect(await strandsOf(conversationId)).toEqual(['code'])
    const sent = await answer(conversationId, 'It comes on Monday.', { strand: 'private', close: true })
    expect(sent).toMatchObject({ state: 'sent', visibility: 'private', network: 'mail' })
    expect(desk.mail.sent.at(-1)).toMatchObject({ to: [mail] })
    expect(desk.mail.sent.at(-1)?.raw).toContain('Subject: Re: Paket')
    expect(desk.published().some((text) => text.includes('Monday'))).toBe(false)
    await desk.hearMail()
    const closed = await open(conversationId)
    expect(closed.conversation).toMatchObject({ state: 'closed', waitingSince: null, postCount: 4 })
    await desk.writes(mail, 'Thank you', { 'In-Reply-To': `<${sent.postId}>`, References: '<l1@kundin.test>' })
    expect((await open(conversationId)).conversation).toMatchObject({ state: 'open' })
    const back = await answer(conversationId, 'Gladly!', { strand: 'public', close: true })
    expect(back).toMatchObject({ state: 'sent', visibility: 'public', network: 'bluesky' })
    expect(desk.published().filter((text) => text.startsWith('Gladly!'))).toHaveLength(1)
  })

  it('is found by the code in the subject too, however it is written, and by nobody who makes one up', async () => {
    const { mail, conversationId } = await ask()
    const { code } = await prepare(conversationId)
    await desk.writes(mail, 'Here I am', { Subject: `Re: Ihr Anliegen ${code.toLowerCase().replace('-', ' ')}` })
    expect(await strandsOf(conversationId)).toEqual(['code'])
    const before = await mailConversations()
    await desk.writes('stranger@else.test', 'Let me in', { Subject: '0000-0000' })
    expect(await mailConversations()).toBe(before + 1)
  })

  it('is one invitation however often it is asked for, and its code is good until it is ended', async () => {
    const { mail, conversationId } = await ask()
    const first = await prepare(conversationId)
    expect((await prepare(conversationId)).handoverId).toBe(first.handoverId)
    await desk.ask('inbox.handovers.end', { handoverId: first.handoverId }, desk.anna)
    await desk.writes(mail, 'Too late', { To: first.address })
    expect(await strandsOf(conversationId)).toEqual([])
    expect((await prepare(conversationId)).handoverId).not.toBe(first.handoverId)
  })

  it('is found by an address that the same person has proven, and not by one that was only supposed', async () => {
    const { mail, conversationId } = await ask()
    await prepare(conversationId)
    const supposed = await ask()
    await prepare(supposed.conversationId)
    await linkAs({ mail, conversationId }, 'customer-proved')
    await linkAs(supposed, 'suggested')
    await desk.writes(mail, 'It is me')
    expect(await strandsOf(conversationId)).toEqual(['contact-point'])
    await desk.writes(supposed.mail, 'It may be me')
    expect(await strandsOf(supposed.conversationId)).toEqual([])
  })

  it('a second letter of the thread belongs to it, whoever writes it; an absence note neither waits nor opens it again', async () => {
    const { mail, conversationId } = await ask()
    const { address } = await prepare(conversationId)
    await desk.writes(mail, 'First', { To: address, 'Message-ID': `<first-${customers}@kundin.test>` })
    await answer(conversationId, 'Answered.', { strand: 'private', close: true })
    const thread = { References: `<first-${customers}@kundin.test>` }
    await desk.writes(mail, 'I am away', { ...thread, 'Auto-Submitted': 'auto-replied' })
    expect((await open(conversationId)).conversation).toMatchObject({ state: 'closed', waitingSince: null })
    await desk.writes('husband@kundin.test', 'I write for her', thread)
    expect((await open(conversationId)).conversation).toMatchObject({ state: 'open' })
    expect((await open(conversationId)).thread.posts.map(({ text }) => text)).toContain('I write for her')
  })

  it('a letter that did not arrive is told in the case, which waits for somebody', async () => {
    const { mail, conversationId } = await ask()
    const { address } = await prepare(conversationId)
    await desk.writes(mail, 'Write to me', { To: address, 'Message-ID': `<bounce-${customers}@kundin.test>` })
    const sent = await answer(conversationId, 'We wrote.', { strand: 'private', close: true })
    const id = /Message-ID: <([^>]+)>/i.exec(desk.mail.sent.at(-1)?.raw ?? '')?.[1]
    expect(sent.state).toBe('sent')
    await desk.writes(
      'MAILER-DAEMON@mx.test',
      `550 nobody\n\nMessage-ID: <${id}>\nReferences: <bounce-${customers}@kundin.test>\n`,
      {
        'Auto-Submitted': 'auto-replied',
      },
    )
    expect((await open(conversationId)).conversation).toMatchObject({ state: 'open', waitingSince: expect.anything() })
    await answer(conversationId, 'Once more.', { strand: 'private' })
    expect(desk.mail.sent.at(-1)).toMatchObject({ to: [mail] })
  })

  it('whatever of its thread an agent takes up, it is this case; of a sender whom nobody vouches for it says so', async () => {
    const { mail, conversationId } = await ask()
    const { address } = await prepare(conversationId)
    const first = `<case-${customers}@kundin.test>`
    await desk.writes(mail, 'It is me', { To: address, 'Message-ID': first })
    const said = `I write for customer ${customers}`
    await desk.writes('daughter@kundin.test', said, { References: first })
    const [post] = await desk.rows(sql<{ postId: string }>`select post_id as "postId" from post where text = ${said}`)
    const unverified = async () =>
      (await desk.ask<{ unverified: boolean }>('inbox.handovers.get', { conversationId }, desk.anna)).unverified
    expect(await unverified()).toBe(false)
    await desk.writes('stranger@else.test', 'My order, please', { References: first, 'Reply-To': mail })
    expect(await unverified()).toBe(true)
    const before = (await desk.conversations()).length
    const taken = await desk.ask('inbox.conversations.open', post, desk.anna)
    expect(taken).toEqual({ conversationId, opened: false })
    expect(await desk.conversations()).toHaveLength(before)
  })

  it('we may write first to an address that was proven, and the answer to it comes back to the case', async () => {
    const { mail, conversationId } = await ask()
    const refused = await desk.tell(
      'inbox.answers.send',
      { ...against(await open(conversationId)), text: 'Hello', begin: { sourceId: desk.mailSourceId } },
      desk.anna,
    )
    expect(refused).toMatchObject({ status: 400, body: { data: { code: 'no-private-way' } } })
    await linkAs({ mail, conversationId }, 'customer-proved')
    const sent = await answer(conversationId, 'About your parcel.', {
      begin: { sourceId: desk.mailSourceId, title: 'Your parcel' },
    })
    expect(sent).toMatchObject({ state: 'sent', visibility: 'private', replyToPostId: null })
    expect(desk.mail.sent.at(-1)).toMatchObject({ to: [mail] })
    expect(desk.mail.sent.at(-1)?.raw).toContain('Subject: Your parcel')
    const id = /Message-ID: <([^>]+)>/i.exec(desk.mail.sent.at(-1)?.raw ?? '')?.[1]
    expect(await strandsOf(conversationId)).toEqual(['begun-by-us'])
    await desk.writes(mail, 'Thanks for writing', { 'In-Reply-To': `<${id}>` })
    const { thread } = await open(conversationId)
    expect(thread.posts).toContainEqual(
      expect.objectContaining({ text: 'Thanks for writing', visibility: 'private', ofThisConversation: true }),
    )
  })
})

/** As by a proof, or by a suggestion that somebody took over: the address is the person's who spoke in public. */
const linkAs = (whose: { mail: string; conversationId: string }, method: 'customer-proved' | 'suggested') =>
  desk.inWorkspace(async (tx) => {
    const at = desk.services.clock.now()
    const { rows } = await sql<{ person_id: string }>`
      select a.person_id from conversation c join author a using (workspace_id, author_id)
      where c.conversation_id = ${whose.conversationId}`.execute(tx.sql)
    const authorId = await contactPoint(tx, { kind: 'mail', value: whose.mail }, at)
    const personId = rows[0]?.person_id as string
    await linkIdentity(tx, { authorId, personId, method, evidence: {}, legalBasis: 'consent' }, at)
  })

const against = ({ conversation }: Opened) => ({
  conversations: [{ conversationId: conversation.conversationId, againstVersion: conversation.version }],
})

describe('what was said to us alone', () => {
  it('is answered alone: no private answer goes out in public, nor one answer to several cases', async () => {
    const { mail, conversationId } = await ask()
    const { address } = await prepare(conversationId)
    await desk.writes(mail, 'Between us', { To: address })
    const opened = await open(conversationId)
    const hidden = opened.thread.posts.find((post) => post.visibility === 'private')
    const crossed = await desk.tell(
      'inbox.answers.send',
      { ...against(opened), text: 'Said aloud', strand: 'public', replyToPostId: hidden?.postId },
      desk.anna,
    )
    expect(crossed).toMatchObject({ status: 400, body: { data: { code: 'other-strand' } } })
    expect(opened.answer).toMatchObject({ network: 'bluesky' })
    expect(opened.privateAnswer).toMatchObject({ network: 'mail', sourceName: HELP })
  })

  it('stands in no list of listening, and nowhere for whoever may not read the inbox', async () => {
    const { mail, conversationId } = await ask('Hearken to the larkspur')
    const { address } = await prepare(conversationId)
    await desk.writes(mail, 'Secret larkspur business', { To: address })
    const search = (as?: { key: string }) =>
      as
        ? desk.tell('listening.posts.search', { query: 'larkspur', limit: 50 }, as)
        : desk.ask<{ items: { text: string }[] }>('listening.posts.search', { query: 'larkspur', limit: 50 }, desk.lead)
    const found = (await search()) as { items: { text: string }[] }
    expect(found.items.map(({ text }) => text)).toEqual(['@nordwind.test Hearken to the larkspur'])
    const { postId } = (await open(conversationId)).thread.posts.find((post) => post.visibility === 'private') as {
      postId: string
    }
    expect((await desk.tell('listening.posts.get', { postId }, desk.lead)).status).toBe(404)
    const { secret } = await desk.ask<{ secret: string }>('accounts.keys.create', {
      name: 'Reader of people',
      scopes: ['people.read', 'posts.read'],
    })
    const seen = await desk.tell('listening.posts.thread', { postId }, { key: secret })
    expect(JSON.stringify(seen.body)).not.toContain('Secret')
  })

  it('is not shown as input that could not be read, but to whoever reads that inbox', async () => {
    const letter = 'From: x\n\nSecret and broken'
    await hear(desk.services, desk.workspaceId, desk.mailSourceId, [
      { kind: 'malformed', raw: letter, reason: 'broken' },
    ])
    const { secret } = await desk.ask<{ secret: string }>('accounts.keys.create', {
      name: 'Operator',
      scopes: ['sources.read', 'sources.manage'],
    })
    const shown = { items: [{ reason: 'broken', raw: letter }] }
    const input = { sourceId: desk.mailSourceId, limit: 10 }
    expect(await desk.ask('listening.sources.quarantine', input)).toMatchObject(shown)
    const asOperator = await desk.tell('listening.sources.quarantine', input, { key: secret })
    expect(asOperator.body).toMatchObject({ items: [{ reason: 'broken', raw: null }] })
    const operator = await desk.app.join(desk.workspaceId, 'admin', 'Olga Operator')
    const closed = { memberId: operator.memberId, sourceId: desk.mailSourceId, role: 'none' }
    await desk.ask('accounts.roles.setSourceRole', closed)
    expect(await desk.ask('listening.sources.quarantine', input, operator)).toMatchObject({ items: [{ raw: null }] })
  })

  it('gives its words and its network away to nobody to whom the mailbox is closed', async () => {
    const { mail, conversationId } = await ask('Where is my order?')
    const { address } = await prepare(conversationId)
    await desk.writes(mail, 'The belladonna wilted', { To: address })
    await indexAll(desk.services, desk.workspaceId)
    const outsider = await desk.app.join(desk.workspaceId, 'agent', 'Otto Outside')
    await desk.ask('accounts.roles.setSourceRole', {
      memberId: outsider.memberId,
      sourceId: desk.mailSourceId,
      role: 'none',
    })
    const found = async (as: TestMember, text: string) =>
      (
        await desk.ask<{ items: { conversationId: string }[] }>('inbox.conversations.list', { text, limit: 20 }, as)
      ).items.map((item) => item.conversationId)
    const handovers = (as: TestMember) =>
      desk.ask<{ strands: unknown[]; open: unknown[] }>('inbox.handovers.get', { conversationId }, as)
    expect(await found(desk.anna, 'belladonna')).toEqual([conversationId])
    expect(await found(outsider, 'belladonna')).toEqual([])
    expect(await found(outsider, 'order')).toContain(conversationId)
    expect(await handovers(desk.anna)).toMatchObject({ strands: [{ network: 'mail' }], open: [{ address }] })
    expect(await handovers(outsider)).toMatchObject({ strands: [], open: [] })
  })

  it('is told live to whoever reads the inbox, and to nobody else who reads posts', async () => {
    const { secret } = await desk.ask<{ secret: string }>('accounts.keys.create', {
      name: 'Watcher',
      scopes: ['workspace.read', 'posts.read'],
    })
    const [{ position } = { position: '' }] = await desk.rows(
      sql<{ position: string }>`select position::text from event_counter where workspace_id = ${desk.workspaceId}`,
    )
    await desk.writes('whisper@kundin.test', 'Only for you')
    desk.says('aloud.test', '@nordwind.test For everybody')
    await desk.hear()
    const idOf = async (text: string) =>
      (await desk.rows(sql<{ id: string }>`select post_id as id from post where text = ${text}`))[0]?.id as string
    const [hidden, open] = [await idOf('Only for you'), await idOf('@nordwind.test For everybody')]
    const seenBy = async (headers: Record<string, string>) => {
      const stopping = new AbortController()
      const address = `http://localhost:3000/live?workspace=${desk.workspaceId}&after=${position}`
      const live = createLive(desk.services, stopping.signal)
      const { body } = await live.respond(
        new Request(address, { headers: { host: 'localhost:3000', ...headers } }),
        '::1',
      )
      const decoder = new TextDecoder()
      let seen = ''
      for await (const chunk of body as ReadableStream<Uint8Array>) {
        seen += decoder.decode(chunk, { stream: true })
        if (seen.includes(open)) break
      }
      stopping.abort()
      return seen
    }
    expect(await seenBy({ cookie: desk.anna.cookie })).toContain(hidden)
    expect(await seenBy({ authorization: `Bearer ${secret}` })).not.toContain(hidden)
  })

  it('makes no mention of a topic and no figure', async () => {
    const { topicId } = await desk.ask<{ topicId: string }>('listening.topics.create', {
      name: 'Gentian',
      query: 'gentian',
      languages: ['en'],
    })
    const { mail, conversationId } = await ask('gentian in public')
    const { address } = await prepare(conversationId)
    await desk.writes(mail, 'gentian in private', { To: address })
    const texts = await desk.rows(sql<{ text: string }>`
      select p.text from mention m join post p using (workspace_id, post_id) where m.topic_id = ${topicId}`)
    expect(texts).toEqual([{ text: '@nordwind.test gentian in public' }])
  })

  it('a draft for one strand is given back for that strand', async () => {
    const { mail, conversationId } = await ask()
    const { address } = await prepare(conversationId)
    await desk.writes(mail, 'Between us again', { To: address })
    const { conversation } = await open(conversationId)
    await desk.ask(
      'inbox.drafts.save',
      { conversationId, text: 'Only for you', againstVersion: conversation.version, strand: 'private' },
      desk.anna,
    )
    expect(await open(conversationId)).toMatchObject({ myDraft: { text: 'Only for you', strand: 'private' } })
    const delivery = await desk.answer(conversation as never, 'Only for you', { strand: 'private' })
    desk.mail.faults.arm('nobody')
    await desk.deliver()
    expect(await desk.delivery(delivery.deliveryId)).toMatchObject({ state: 'refused' })
    expect(await open(conversationId)).toMatchObject({ myDraft: { text: 'Only for you', strand: 'private' } })
    await desk.ask('inbox.drafts.discard', { conversationId }, desk.anna)
    const { approvalId } = await desk.ask<{ approvalId: string }>(
      'inbox.answers.submit',
      { ...against(await open(conversationId)), text: 'Approved only for you', strand: 'private' },
      desk.anna,
    )
    await desk.ask('publishing.approvals.withdraw', { approvalId }, desk.anna)
    expect(await open(conversationId)).toMatchObject({ myDraft: { text: 'Approved only for you', strand: 'private' } })
  })

  it('is suggested to nobody else, though it answers a public question as well', async () => {
    const { mail, conversationId } = await ask('The handle of my copper kettle broke after a week')
    const { address } = await prepare(conversationId)
    await desk.writes(mail, 'Here is the receipt', { To: address })
    const sent = await answer(conversationId, 'We refund it to your account.', { strand: 'private' })
    expect(sent).toMatchObject({ state: 'sent' })
    expect(await desk.rows(sql`select from remembered_answer where delivery_id = ${sent.deliveryId}`)).toEqual([])
  })
})

describe('a letter that names an address of ours as its sender', () => {
  const SHOP = 'shop@nordwind.test'

  it('and lies in another inbox of ours waits there, and answers nobody; what lies in our sent folder is ours', async () => {
    desk.mail.account(SHOP, 'letters-shop')
    const { imapPort, smtpPort } = desk.mail
    const server = { imapHost: '127.0.0.1', imapPort, imapSecurity: 'none', smtpHost: '127.0.0.1', smtpPort }
    await desk.ask('listening.sources.create', {
      network: 'mail',
      settings: { address: SHOP, name: 'Shop', ...server, smtpSecurity: 'none' },
      credentials: { user: SHOP, password: 'letters-shop' },
    })
    const { mail, conversationId } = await ask()
    const { address } = await prepare(conversationId)
    const first = `<ours-${customers}@kundin.test>`
    await desk.writes(mail, 'It is broken', { To: address, 'Message-ID': first })
    const { waitingSince } = (await open(conversationId)).conversation
    await desk.writes(SHOP, 'We sent you a new one', { References: first })
    expect((await open(conversationId)).conversation).toMatchObject({ state: 'open', waitingSince })
    await desk.writes(`Colleague <${SHOP}>`, 'A customer complains at the counter', { Subject: 'Complaint' })
    const passedOn = (await desk.conversations({ network: 'mail' })).find((one) => one.author.handle === SHOP)
    expect(passedOn).toMatchObject({ state: 'open', waitingSince: expect.anything() })
    const sent = desk.mail.accounts.get(HELP)?.folders.get('Sent')
    if (!sent) throw new Error('the twin has no sent folder')
    put(
      sent,
      Buffer.from(
        `From: ${HELP}\r\nTo: ${mail}\r\nMessage-ID: <app@nordwind.test>\r\nReferences: ${first}\r\n\r\nDone`,
      ),
      [],
      // Mail servers tell whole seconds: in the same one it would lie before the question.
      new Date(Date.now() + 1_000),
    )
    await desk.hearMail()
    expect((await open(conversationId)).conversation).toMatchObject({ state: 'closed', waitingSince: null })
  })
})

describe('a sign-off', () => {
  it('is the usual one, or the one for the network that the answer goes to', async () => {
    const signOff = 'Best wishes\nAnna Albers, Nordwind'
    await desk.ask('accounts.members.updateMyself', { signOff, network: 'mail' }, desk.anna)
    expect(await desk.ask('accounts.members.signOffs', {}, desk.anna)).toEqual({
      items: [{ network: 'mail', signOff }],
    })
    const { mail, conversationId } = await ask()
    const { address } = await prepare(conversationId)
    await desk.writes(mail, 'Hello', { To: address })
    expect(await open(conversationId)).toMatchObject({ answer: { signOff: '^AA' }, privateAnswer: { signOff } })
    expect(await answer(conversationId, 'Good day.', { strand: 'private' })).toMatchObject({
      text: `Good day.\n\n${signOff}`,
    })
    expect(await answer(conversationId, 'In public.', { strand: 'public' })).toMatchObject({ text: 'In public. ^AA' })
    await desk.ask('accounts.members.updateMyself', { signOff: '', network: 'mail' }, desk.anna)
    expect(await open(conversationId)).toMatchObject({ privateAnswer: { signOff: '^AA' } })
    const tooLong = await desk.tell('accounts.members.updateMyself', { signOff: 'x'.repeat(21) }, desk.anna)
    expect(tooLong.status).toBe(400)
  })
})

describe('a case that goes on by messages of the same network', () => {
  const invite = (conversationId: string) => prepare(conversationId, { sourceId: desk.sourceId, language: 'en' })

  it('is found by the account that spoke in public, goes back and forth, and a later case takes the thread over', async () => {
    const first = await ask()
    expect((await invite(first.conversationId)).text).toContain('direct message')
    desk.twin.control.message({ from: first.handle, to: 'nordwind.test', text: 'Order 4711' })
    await desk.hear()
    expect(await strandsOf(first.conversationId)).toEqual(['same-account'])
    const sent = await answer(first.conversationId, 'It comes today.', { strand: 'private', close: true })
    expect(sent).toMatchObject({ state: 'sent', visibility: 'private', network: 'bluesky' })
    expect(desk.published().some((text) => text.startsWith('It comes today'))).toBe(false)
    await desk.hear()
    expect((await open(first.conversationId)).conversation).toMatchObject({ state: 'closed', postCount: 3 })
    desk.says(first.handle, '@nordwind.test Now the lamp is broken')
    await desk.hear()
    const second = (await desk.conversations()).find(
      (one) => one.author.handle === first.handle && one.conversationId !== first.conversationId,
    )
    await invite(second?.conversationId as string)
    desk.twin.control.message({ from: first.handle, to: 'nordwind.test', text: 'Lamp 4712' })
    await desk.hear()
    expect(await strandsOf(second?.conversationId as string)).toEqual(['same-account'])
    expect((await open(first.conversationId)).conversation).toMatchObject({ state: 'closed', postCount: 3 })
  })

  it('we may write first, and the answer comes back to the case', async () => {
    const { handle, conversationId } = await ask()
    const sent = await answer(conversationId, 'May we help?', { begin: { sourceId: desk.sourceId } })
    expect(sent).toMatchObject({ state: 'sent', visibility: 'private', replyToPostId: null })
    desk.twin.control.message({ from: handle, to: 'nordwind.test', text: 'Yes please' })
    await desk.hear()
    expect(await strandsOf(conversationId)).toEqual(['begun-by-us'])
    expect((await open(conversationId)).thread.posts.map(({ text }) => text)).toContain('Yes please')
  })

  it('a message without a case begins one of its own, and after doubt a person has to look', async () => {
    desk.twin.control.account({ handle: 'unasked.test' })
    desk.twin.control.message({ from: 'unasked.test', to: 'nordwind.test', text: 'Out of the blue' })
    await desk.hear()
    const { conversationId } = await desk.conversationOf('unasked.test')
    expect(await open(conversationId)).toMatchObject({ answer: null, privateAnswer: { network: 'bluesky' } })
    desk.twin.control.fault({ kind: 'cut-after', path: 'sendMessage', times: 1 })
    const doubted = await answer(conversationId, 'Did it arrive?')
    expect(doubted).toMatchObject({ state: 'unknown' })
    await desk.inWorkspace((tx) =>
      sql`update delivery set due_at = now() where delivery_id = ${doubted.deliveryId}`.execute(tx.sql),
    )
    await desk.deliver()
    expect(await desk.delivery(doubted.deliveryId)).toMatchObject({ state: 'unknown', needsDecision: true })
  })

  it('is answered only as long as the network takes answers, and says so before', async () => {
    const { handle, conversationId } = await ask()
    await invite(conversationId)
    desk.twin.control.message({ from: handle, to: 'nordwind.test', text: 'Quickly' })
    await desk.hear()
    const connectors = [...connectorsOf(desk.services).values()]
    replaceConnectors(
      desk.services,
      connectors.map((one) => {
        const { capabilities } = one
        const hours = { ...capabilities.private, replyWindowHours: 24 } as typeof capabilities.private
        return one.network === 'bluesky' ? { ...one, capabilities: { ...capabilities, private: hours } as never } : one
      }),
    )
    const opened = (await open(conversationId)) as Opened & { privateAnswer: { answerableUntil: string } }
    expect(Date.parse(opened.privateAnswer.answerableUntil)).toBeGreaterThan(Date.now())
    await desk.inWorkspace((tx) =>
      sql`update conversation_post set published_at = published_at - interval '2 days'
        where conversation_id = ${conversationId}`.execute(tx.sql),
    )
    const late = await desk.tell(
      'inbox.answers.send',
      { ...against(opened), text: 'Too late', strand: 'private' },
      desk.anna,
    )
    expect(late).toMatchObject({ status: 409, body: { data: { code: 'reply-window-over', params: { hours: 24 } } } })
    replaceConnectors(desk.services, connectors)
  })
})

it('what a private message continues is found by index, as the application’s role', async () => {
  const { workspaceId } = desk
  const id = newId()
  const at = new Date()
  const post = {
    postId: id,
    network: 'mail',
    scope: '',
    rootExternalId: 'x@kundin.test',
    publishedAt: at,
    authorId: id,
  }
  const questions: Parameters<typeof explain>[1] = [
    [strandsStatement({ workspaceId }, [post]), 'strand_pkey'],
    [sameAccountStatement({ workspaceId }, post, { begunAt: at }), 'handover_(source|conversation)'],
    [personStatement({ workspaceId }, post, { begunAt: null }), 'handover_(source|conversation)'],
    [
      sql`select 1 from handover where workspace_id = ${workspaceId} and code = any(array['K7Q2M9XA'])`,
      'handover_code',
    ],
    [sql`select 1 from strand where workspace_id = ${workspaceId} and conversation_id = ${id}`, 'strand_conversation'],
  ]
  // A case has a handful of strands and invitations: those may be sorted, the rest is walked by an index.
  for (const [at, { plan }] of (await explain(desk, questions)).entries()) {
    expect(plan).toMatch(new RegExp(questions[at]?.[1] ?? ''))
    expect(plan).not.toContain('Seq Scan')
  }
})
