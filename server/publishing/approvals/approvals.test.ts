import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Approval } from '../../../contract/publishing-approvals.ts'
import { answering } from '../../inbox/index.ts'
import { type Desk, openDesk } from '../../inbox/testing/desk.ts'
import { explain } from '../../platform/testing/explain.ts'
import type { TestMember } from '../../testing/app.ts'
import { expireApprovals } from '../index.ts'

let desk: Desk
let mia: TestMember
let count = 0
beforeAll(async () => {
  desk = await openDesk()
  mia = await desk.app.join(desk.workspaceId, 'lead', 'Mia Meyer')
  await save({ always: { reply: 'four-eyes' } })
})
afterAll(() => desk?.close())

async function save(changes: Record<string, unknown>, as?: TestMember) {
  const { version, document } = await desk.ask<{ version: number; document: object }>('publishing.policy.get', {})
  return desk.tell(
    'publishing.policy.save',
    { against: version, document: { ...document, ...changes } },
    as ?? desk.lead,
  )
}

/** A customer writes, and Anna asks for approval of an answer. */
async function asked(text: string, extra: Record<string, unknown> = {}, as: TestMember = desk.anna) {
  const handle = `asker-${++count}.test`
  const uri = desk.says(handle, '@nordwind.test Where is my parcel?')
  await desk.hear()
  const { conversationId, version } = await desk.conversationOf(handle)
  const conversations = [{ conversationId, againstVersion: version }]
  const approval = await desk.ask<Approval>('inbox.answers.submit', { conversations, text, ...extra }, as)
  return { handle, uri, conversationId, approval, approvalId: approval.approvalId, conversations }
}

const get = (approvalId: string, as: TestMember = desk.lead) =>
  desk.ask<Approval & { remarks: { text: string }[]; before: string | null }>(
    'publishing.approvals.get',
    { approvalId },
    as,
  )
const codeOf = ({ body }: Awaited<ReturnType<Desk['tell']>>) => body.data?.code
const approveAs = (approvalId: string, as: TestMember) => desk.tell('publishing.approvals.approve', { approvalId }, as)
const news = async (as: TestMember) =>
  (await desk.ask<{ items: { kind: string; news: string | null; path: string }[] }>('notifications.list', {}, as)).items

describe('a text that needs four eyes', () => {
  it('does not go by itself, and says what is asked for', async () => {
    const { conversations } = await asked('Tomorrow.')
    const sent = await desk.tell('inbox.answers.send', { conversations, text: 'Today.', undoSeconds: 0 }, desk.anna)
    expect([sent.status, codeOf(sent)]).toEqual([409, 'policy-four-eyes'])
    expect(sent.body.data?.news).toMatchObject({ verdict: 'four-eyes', always: ['reply'] })
    expect(await desk.deliver()).toBe(0)
  })

  it('goes when another person approves it, in its author’s name and once', async () => {
    const { approvalId, conversationId, handle } = await asked('It left on Monday.', {
      close: true,
      note: 'Please look',
    })
    expect(await get(approvalId)).toMatchObject({ state: 'open', mayApprove: true, text: 'It left on Monday. ^AA' })
    expect((await get(approvalId, desk.anna)).mayApprove).toBe(false)
    expect((await news(desk.lead))[0]).toMatchObject({
      kind: 'approval',
      news: 'asked',
      path: `approvals/${approvalId}`,
    })
    const own = await approveAs(approvalId, desk.anna)
    expect([own.status, codeOf(own)]).toEqual([403, 'own-text'])
    const agent = await approveAs(approvalId, desk.ben)
    expect([agent.status, codeOf(agent)]).toEqual([403, 'permission-missing'])

    const outcomes = await Promise.all([approveAs(approvalId, desk.lead), approveAs(approvalId, mia)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(outcomes.map(codeOf)).toContain('approval-decided')
    const { deliveryId } = await get(approvalId)
    expect((await desk.delivery(deliveryId ?? '')).createdBy).toEqual({ kind: 'member', id: desk.anna.memberId })
    await desk.deliver()
    expect(desk.published().filter((text) => text === 'It left on Monday. ^AA')).toHaveLength(1)
    expect(await desk.conversationOf(handle)).toMatchObject({ conversationId, state: 'closed', waitingSince: null })
    expect((await news(desk.anna))[0]).toMatchObject({ kind: 'approval', news: 'approved' })
    expect((await news(mia)).filter((one) => one.path === `approvals/${approvalId}`)).toHaveLength(1)
  })

  it('comes back when the customer writes first, with the text as a draft', async () => {
    const { handle, uri, conversationId, approvalId } = await asked('We look for it.')
    desk.says(handle, '@nordwind.test It has arrived, thanks', uri)
    await desk.hear()
    expect(await get(approvalId)).toMatchObject({ state: 'stale', decidedBy: { kind: 'system' } })
    const late = await approveAs(approvalId, desk.lead)
    expect(codeOf(late)).toBe('approval-decided')
    const opened = await desk.ask<{ myDraft: { text: string } | null }>(
      'inbox.conversations.get',
      { conversationId },
      desk.anna,
    )
    expect(opened.myDraft?.text).toBe('We look for it.')
    expect((await news(desk.anna))[0]).toMatchObject({ news: 'stale' })
  })

  it('is not approved while the customer writes: whoever comes second finds what is new', async () => {
    const { conversationId, approvalId } = await asked('We ask the carrier.')
    // The customer's post is in the conversation, and the subscriber that takes approvals back has not run yet.
    await desk.rows(sql`update conversation set version = version + 1 where conversation_id = ${conversationId}`)
    const answer = await approveAs(approvalId, desk.lead)
    expect(answer).toMatchObject({ status: 200, body: { state: 'stale', deliveryId: null } })
    expect(await desk.deliver()).toBe(0)
  })

  it('does nothing when the process dies between approving and queueing', async () => {
    const { approvalId } = await asked('It is on its way.')
    const dying = {
      ...answering,
      queue: async (...given: Parameters<typeof answering.queue>) => {
        await answering.queue(...given)
        throw new Error('killed')
      },
    }
    const { approve } = await import('./deciding.ts')
    const looker = { id: desk.lead.memberId, mayAt: () => true }
    const died = desk.inWorkspace((tx) => approve(desk.services, tx, dying, { approvalId }, looker), {
      kind: 'member',
      id: desk.lead.memberId,
    })
    await expect(died).rejects.toThrow('killed')
    expect(await get(approvalId)).toMatchObject({ state: 'open', deliveryId: null })
    expect(await desk.deliver()).toBe(0)
    expect((await approveAs(approvalId, desk.lead)).status).toBe(200)
    expect(await desk.deliver()).toBe(1)
  })

  it('is bound to its exact words: a text changed behind its back is neither approved nor sent', async () => {
    const { approvalId } = await asked('Exactly this.')
    await desk.rows(sql`update approval set text = 'Something else' where approval_id = ${approvalId}`)
    expect(codeOf(await approveAs(approvalId, desk.lead))).toBe('approval-changed')
    const other = await asked('Exactly that.')
    await approveAs(other.approvalId, desk.lead)
    await desk.rows(sql`update delivery set text = 'Another thing' where text = 'Exactly that. ^AA'`)
    await desk.deliver()
    expect(desk.published().filter((text) => text === 'Another thing')).toEqual([])
    const { deliveryId } = await get(other.approvalId)
    expect(await desk.delivery(deliveryId ?? '')).toMatchObject({ state: 'refused', failure: 'policy' })
  })

  it('cannot become a delivery in the database either, unless its judgement clears it', async () => {
    const { approvalId } = await asked('Not yet.')
    const insert = (judgement: ReturnType<typeof sql>) =>
      desk.rows(sql`
      insert into delivery (workspace_id, delivery_id, source_id, network, text, network_key, created_by_kind, judgement_id)
      select workspace_id, gen_random_uuid(), source_id, 'bluesky', text, gen_random_uuid(), 'system', ${judgement}
      from approval a where a.approval_id = ${approvalId}`)
    await expect(insert(sql`null`)).rejects.toThrow('delivery_is_judged')
    await expect(insert(sql`a.judgement_id`)).rejects.toThrow('judgement_clears')
  })

  it('ends when nobody decides in time', async () => {
    const { approvalId, conversationId } = await asked('Nobody looks.')
    await desk.rows(sql`update approval set expires_at = now() - interval '1 second' where approval_id = ${approvalId}`)
    expect(await expireApprovals(desk.services, answering)).toBe(1)
    expect(await get(approvalId)).toMatchObject({ state: 'expired' })
    const { items } = await desk.ask<{ items: Approval[] }>('publishing.approvals.ofConversation', { conversationId })
    expect(items.map(({ state }) => state)).toEqual(['expired'])
  })
})

describe('what a second person does with a text', () => {
  it('declines it with a reason, and its author has it back', async () => {
    const { approvalId, conversationId } = await asked('Whatever.')
    await desk.ask('publishing.approvals.decline', { approvalId, remark: 'Say when' }, desk.lead)
    const shown = await get(approvalId, desk.anna)
    expect(shown).toMatchObject({ state: 'declined', decidedBy: { kind: 'member', name: 'Lea Lind' } })
    expect(shown.remarks.map(({ text }) => text)).toEqual(['Say when'])
    const { myDraft } = await desk.ask<{ myDraft: { text: string } }>(
      'inbox.conversations.get',
      { conversationId },
      desk.anna,
    )
    expect(myDraft.text).toBe('Whatever.')
  })

  it('edits it, which makes a text that the editor cannot approve and its author or a third can', async () => {
    const { approvalId } = await asked('Your parcel is probbly lost.', { note: 'Short enough?' })
    const edited = await desk.ask<Approval>(
      'publishing.approvals.edit',
      { approvalId, text: 'We are looking for your parcel.' },
      desk.lead,
    )
    expect(edited).toMatchObject({
      state: 'open',
      text: 'We are looking for your parcel. ^AA',
      writtenBy: desk.lead.memberId,
      mayApprove: false,
    })
    expect((await get(approvalId)).state).toBe('edited')
    const opened = await get(edited.approvalId, desk.anna)
    expect(opened).toMatchObject({ before: 'Your parcel is probbly lost.', mayApprove: true })
    expect(opened.remarks.map(({ text }) => text)).toEqual(['Short enough?'])
    expect(codeOf(await approveAs(edited.approvalId, desk.lead))).toBe('own-text')
    expect((await approveAs(edited.approvalId, desk.anna)).status).toBe(200)
    await desk.deliver()
    expect(desk.published()).toContain('We are looking for your parcel. ^AA')
  })

  it('cannot edit into it what the policy refuses', async () => {
    const { approvalId } = await asked('We pay you back.')
    const refused = await desk.tell(
      'publishing.approvals.edit',
      { approvalId, text: 'We pay to DE89 3704 0044 0532 0130 00.' },
      desk.lead,
    )
    expect([refused.status, codeOf(refused)]).toEqual([409, 'policy-refused'])
    expect((await get(approvalId)).state).toBe('open')
  })

  it('is asked by name, and its stand-in while it is away; an author never stands in for their own text', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString()
    await desk.ask('publishing.approvals.setStandIn', { standIn: { memberId: mia.memberId, until } }, desk.lead)
    const one = await asked('Ask Lea.', { askedMemberId: desk.lead.memberId })
    expect(one.approval.standInId).toBe(mia.memberId)
    expect((await news(mia))[0]?.path).toBe(`approvals/${one.approvalId}`)
    const count = (as: TestMember) => desk.ask<{ waiting: number }>('publishing.approvals.count', {}, as)
    const before = await count(mia)
    const two = await asked('Mia writes.', { askedMemberId: desk.lead.memberId }, mia)
    expect(await count(mia)).toEqual(before)
    expect(codeOf(await approveAs(two.approvalId, mia))).toBe('own-text')
    const wrong = await desk.tell(
      'publishing.approvals.setStandIn',
      { standIn: { memberId: desk.ben.memberId, until } },
      desk.lead,
    )
    expect(codeOf(wrong)).toBe('cannot-approve')
    await desk.ask('publishing.approvals.setStandIn', { standIn: null }, desk.lead)
  })

  it('may be withdrawn by its author alone', async () => {
    const { approvalId } = await asked('Never mind.')
    expect(codeOf(await desk.tell('publishing.approvals.withdraw', { approvalId }, desk.ben))).toBe(
      'approval-of-another',
    )
    await desk.ask('publishing.approvals.withdraw', { approvalId }, desk.anna)
    expect((await get(approvalId)).state).toBe('withdrawn')
  })
})

describe('a guest', () => {
  const guest = async (approvalId: string, as = desk.lead) => {
    const { link, guestId } = await desk.ask<{ link: string; guestId: string }>(
      'publishing.approvals.inviteGuest',
      { approvalId, name: 'Kundin AG', days: 2 },
      as,
    )
    return { token: new URL(link).hash.slice(1), guestId }
  }
  const call = async (procedure: string, input: unknown) =>
    (await desk.app.call(`publishing.approvals.${procedure}`, input)) as {
      status: number
      body: Record<string, unknown> & { data?: { code: string } }
    }

  it('sees one text and nothing of staff, and their yes sends it and stands in the trail', async () => {
    const { approvalId } = await asked('The client shall read this.', { note: 'Internal: hurry' })
    const { token, guestId } = await guest(approvalId)
    const seen = await call('guestRead', { token })
    expect(seen).toMatchObject({
      status: 200,
      body: {
        state: 'open',
        text: 'The client shall read this. ^AA',
        guest: 'Kundin AG',
        answers: { text: expect.stringContaining('parcel') },
      },
    })
    expect(JSON.stringify(seen.body)).not.toMatch(/Anna|Lea|hurry|memberId/)
    const version = seen.body.version
    const decided = await call('guestDecide', { token, version, decision: 'approve' })
    expect(decided).toMatchObject({ status: 200, body: { state: 'approved' } })
    const again = await call('guestDecide', { token, version, decision: 'decline', remark: 'No after all' })
    expect(again.body.data?.code).toBe('approval-decided')
    expect(await get(approvalId)).toMatchObject({ decidedBy: { kind: 'guest', id: guestId, name: 'Kundin AG' } })
    await desk.deliver()
    expect(desk.published()).toContain('The client shall read this. ^AA')
    const events = await desk.rows<{ type: string }>(
      sql`select type from event where subjects ->> 'guestId' = ${guestId} order by position`,
    )
    expect(events.map(({ type }) => type)).toEqual([
      'approval.guest-invited',
      'approval.guest-opened',
      'approval.approved',
    ])
  })

  it('says no with a reason, and nothing is sent; the page says until when its link holds, and no name that is kept', async () => {
    const { approvalId } = await asked('Rather not.')
    const { token, guestId } = await guest(approvalId)
    await desk.rows(sql`update approval_guest set expires_at = now() + interval '1 hour' where guest_id = ${guestId}`)
    await desk.rows(sql`update workspace set settings = settings || '{"pseudonymous": true}'`)
    const { version, expiresAt, answers } = (await call('guestRead', { token })).body
    expect(new Date(String(expiresAt)).getTime()).toBeLessThan(Date.now() + 3_700_000)
    expect(answers).toMatchObject({ text: expect.stringContaining('parcel'), author: null })
    await desk.rows(sql`update workspace set settings = settings || '{"pseudonymous": false}'`)
    const silent = await call('guestDecide', { token, version, decision: 'decline' })
    expect(silent.body.data?.code).toBe('reason-missing')
    await call('guestDecide', { token, version, decision: 'decline', remark: 'Too early' })
    expect(await get(approvalId)).toMatchObject({ state: 'declined', decidedBy: { kind: 'guest' } })
  })

  it('has a link that ends, can be ended, is nobody’s own way around four eyes, and is for one text', async () => {
    const { approvalId } = await asked('One text.')
    const first = await guest(approvalId)
    const { version } = (await call('guestRead', { token: first.token })).body
    const edited = await desk.ask<Approval>(
      'publishing.approvals.edit',
      { approvalId, text: 'Other words.' },
      desk.lead,
    )
    const decided = await call('guestDecide', { token: first.token, version, decision: 'approve' })
    expect(decided.body.data?.code).toBe('approval-decided')
    const own = await desk.tell(
      'publishing.approvals.inviteGuest',
      { approvalId: edited.approvalId, name: 'Me', days: 1 },
      desk.lead,
    )
    expect(codeOf(own)).toBe('own-text')
    const second = await guest(edited.approvalId, mia)
    await desk.ask('publishing.approvals.revokeGuest', { guestId: second.guestId }, mia)
    expect((await call('guestRead', { token: second.token })).status).toBe(404)
    const third = await guest(edited.approvalId, mia)
    await desk.rows(sql`update approval_guest set expires_at = now() where guest_id = ${third.guestId}`)
    expect((await call('guestRead', { token: third.token })).status).toBe(404)
    expect((await call('guestRead', { token: 'A'.repeat(43) })).status).toBe(404)
  })

  it('may be one of ten at a time, whoever was invited before; their links end with the member who invited them', async () => {
    const { approvalId } = await asked('Everybody shall see this.')
    const max = await desk.app.join(desk.workspaceId, 'lead', 'Max Mol')
    const guests = []
    for (let at = 0; at < 10; at++) guests.push(await guest(approvalId, max))
    const invite = { approvalId, name: 'One more', days: 1 }
    expect(codeOf(await desk.tell('publishing.approvals.inviteGuest', invite, mia))).toBe('too-many-guests')
    await desk.ask('publishing.approvals.revokeGuest', { guestId: guests[0]?.guestId }, mia)
    const [, other] = guests
    const hers = await guest(approvalId, mia)
    expect((await call('guestRead', { token: other?.token })).status).toBe(200)
    await desk.ask('accounts.members.update', { memberId: max.memberId, state: 'disabled' })
    expect((await call('guestRead', { token: other?.token })).status).toBe(404)
    await desk.app.settle()
    const { guests: listed } = await desk.ask<{ guests: { guestId: string; revokedAt: string | null }[] }>(
      'publishing.approvals.get',
      { approvalId },
      desk.lead,
    )
    expect(listed.filter(({ revokedAt }) => revokedAt === null).map(({ guestId }) => guestId)).toEqual([hers.guestId])
    expect((await call('guestRead', { token: hers.token })).status).toBe(200)
  })

  it('who tries links is slowed down', async () => {
    const tries = await Promise.all(Array.from({ length: 70 }, () => call('guestRead', { token: 'B'.repeat(43) })))
    expect(tries.some(({ status }) => status === 429)).toBe(true)
  })
})

describe('a bot', () => {
  it('drafts by its key, and a person lets it go', async () => {
    desk.says('bot-asker.test', '@nordwind.test Are you open?')
    await desk.hear()
    const { conversationId, version } = await desk.conversationOf('bot-asker.test')
    const conversations = [{ conversationId, againstVersion: version }]
    const sent = await desk.tell('inbox.answers.send', { conversations, text: 'Yes.' }, { key: desk.bot })
    expect(codeOf(sent)).toBe('policy-four-eyes')
    const { body } = await desk.tell('inbox.answers.submit', { conversations, text: 'Yes.' }, { key: desk.bot })
    const { approvalId } = body as unknown as Approval
    expect(await get(approvalId)).toMatchObject({ author: { kind: 'bot' }, mayApprove: true })
    const itself = await desk.tell('publishing.approvals.approve', { approvalId }, { key: desk.bot })
    expect(itself.status).toBe(403)
    expect((await approveAs(approvalId, desk.lead)).status).toBe(200)
    await desk.deliver()
    expect(desk.published()).toContain('Yes.')
  })
})

describe('lists of approvals', () => {
  it('hold what ends next first, page by page', async () => {
    const list = (input: object) =>
      desk.ask<{ items: Approval[]; nextCursor: string | null }>('publishing.approvals.list', input, desk.lead)
    const all = (await list({ show: 'open', limit: 100 })).items
    expect(all.length).toBeGreaterThan(2)
    const one = await list({ show: 'open', limit: 2 })
    const two = await list({ show: 'open', limit: 100, after: one.nextCursor })
    expect([...one.items, ...two.items].map(({ approvalId }) => approvalId)).toEqual(
      all.map(({ approvalId }) => approvalId),
    )
    expect(all.map(({ expiresAt }) => expiresAt)).toEqual(all.map(({ expiresAt }) => expiresAt).toSorted())
    const mine = await desk.ask<{ items: Approval[] }>('publishing.approvals.list', { show: 'mine' }, mia)
    expect(mine.items.map(({ text }) => text)).toEqual(['Mia writes. ^MM'])
  })

  it('walk their indexes', async () => {
    const { workspaceId } = desk
    const some = sql`'00000000-0000-7000-8000-000000000000'`
    const explained = await explain(desk, [
      [
        sql`select approval_id from approval where workspace_id = ${workspaceId} and state = 'open'
          and (expires_at, approval_id) > (now(), ${some}) order by expires_at, approval_id limit 51`,
        'approval_open',
      ],
      [
        sql`select approval_id from approval where workspace_id = ${workspaceId}
          order by asked_at desc, approval_id desc limit 51`,
        'approval_newest',
      ],
      [
        sql`select approval_id from approval_conversation where workspace_id = ${workspaceId} and conversation_id = ${some}`,
        'approval_conversation_conversation',
      ],
      [
        sql`select version from policy_version where workspace_id = ${workspaceId} order by version desc limit 1`,
        'policy_version_pkey',
      ],
    ])
    expect(explained.filter(({ usesIndex }) => !usesIndex)).toEqual([])
  })
})
