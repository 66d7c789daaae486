import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endSnoozes } from './snoozes.ts'
import { type Desk, openDesk } from './testing/desk.ts'

let desk: Desk
let customers = 0
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

async function writes(text = 'Hello?'): Promise<{ handle: string; uri: string; conversationId: string }> {
  const handle = `guest-${++customers}.test`
  const uri = desk.says(handle, `@nordwind.test ${text}`)
  await desk.hear()
  return { handle, uri, conversationId: (await desk.conversationOf(handle)).conversationId }
}
const change = (conversationIds: string[], what: Record<string, unknown>, as = desk.anna) =>
  desk.ask<{ changed: string[]; unchanged: number }>(
    'inbox.conversations.change',
    { which: { conversationIds }, change: what },
    as,
  )

describe('a thread', () => {
  it('holds one conversation for each author who speaks to us', async () => {
    const root = desk.saysInApp('New colours are here')
    for (const name of ['ida', 'jan', 'kim']) desk.says(`${name}.test`, `Nice, ${name} asks: when?`, root)
    await desk.hear()
    const three = await Promise.all(['ida.test', 'jan.test', 'kim.test'].map((handle) => desk.conversationOf(handle)))
    expect(new Set(three.map((one) => one.threadId)).size).toBe(1)
    expect(new Set(three.map((one) => one.conversationId)).size).toBe(3)
    const [ida] = three
    const opened = await desk.ask<{
      thread: { posts: { text: string; depth: number; ofThisConversation: boolean }[]; participants: unknown[] }
    }>('inbox.conversations.get', { conversationId: ida?.conversationId }, desk.anna)
    await desk.hearThread(root)
    expect(opened.thread.posts.filter((post) => post.ofThisConversation).map((post) => post.text)).toEqual([
      'Nice, ida asks: when?',
    ])
    expect(opened.thread.participants.length).toBeGreaterThanOrEqual(3)
  })

  it('is continued, not opened anew, by the same author', async () => {
    const { handle, uri } = await writes()
    desk.says(handle, 'And another thing', uri)
    await desk.hearThread(uri)
    const found = (await desk.conversations()).filter((one) => one.author.handle === handle)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ postCount: 2, version: '2' })
  })
})

describe('a conversation', () => {
  it('that was closed opens again when the customer writes, and goes to whom it belonged', async () => {
    const { handle, uri, conversationId } = await writes()
    await change([conversationId], { change: 'assign', memberId: desk.ben.memberId, teamId: null })
    await change([conversationId], { change: 'close' })
    expect(await desk.conversationOf(handle)).toMatchObject({ state: 'closed', waitingSince: null })
    desk.says(handle, '@nordwind.test Still broken', uri)
    await desk.hear()
    const again = await desk.conversationOf(handle)
    expect(again).toMatchObject({ state: 'open', assignedMemberId: desk.ben.memberId })
    expect(again.waitingSince).not.toBeNull()
    const told = await desk.ask<{ items: { kind: string; times: number }[] }>('notifications.list', {}, desk.ben)
    expect(told.items.map((one) => one.kind).sort()).toEqual(['assignment', 'newer-post'])
  })

  it('waits again for what its closing laid aside when it is reopened by hand', async () => {
    const { handle, conversationId } = await writes()
    const { waitingSince } = await desk.conversationOf(handle)
    await change([conversationId], { change: 'close' })
    await change([conversationId], { change: 'reopen' })
    expect(await desk.conversationOf(handle)).toMatchObject({ state: 'open', waitingSince })
  })

  it('comes back when its snooze ends, and earlier when the customer writes', async () => {
    const first = await writes()
    const second = await writes()
    const until = new Date(Date.now() + 3_600_000)
    await change([first.conversationId, second.conversationId], { change: 'snooze', until })
    expect(await desk.conversationOf(first.handle)).toMatchObject({
      state: 'snoozed',
      snoozedUntil: until.toISOString(),
    })
    desk.says(second.handle, '@nordwind.test Hello again', second.uri)
    await desk.hear()
    expect(await desk.conversationOf(second.handle)).toMatchObject({ state: 'open', snoozedUntil: null })
    expect(await endSnoozes(desk.services)).toBe(0)
    await desk.rows(sql`update conversation set snoozed_until = now() where conversation_id = ${first.conversationId}`)
    expect(await endSnoozes(desk.services)).toBe(1)
    expect((await desk.conversationOf(first.handle)).state).toBe('open')
  })

  it('answered in the network’s own app is noticed and closes', async () => {
    const { handle, uri } = await writes('Anyone there?')
    desk.saysInApp('Yes, we wrote to you!', uri)
    await desk.hearThread(uri)
    expect(await desk.conversationOf(handle)).toMatchObject({ state: 'closed', waitingSince: null, version: '2' })
  })

  it('answered in the app while a colleague is writing stays open, and the colleague’s answer is refused', async () => {
    const { handle, uri, conversationId } = await writes('Anyone?')
    const before = await desk.conversationOf(handle)
    await desk.ask('inbox.leases.claim', { conversationId }, desk.anna)
    desk.saysInApp('Answered from the phone', uri)
    await desk.hearThread(uri)
    expect(await desk.conversationOf(handle)).toMatchObject({ state: 'open', waitingSince: null })
    const late = await desk.tell(
      'inbox.answers.send',
      { conversations: [{ conversationId, againstVersion: before.version }], text: 'Late' },
      desk.anna,
    )
    expect(late.body.data).toMatchObject({ code: 'newer-post', news: [{ posts: [{ direction: 'out' }] }] })
  })

  it('closes by itself when everything the customer said was deleted, and shows tombstones', async () => {
    const { handle, uri, conversationId } = await writes('My card number is 1234')
    await desk.hearDeletion(uri)
    expect(await desk.conversationOf(handle)).toMatchObject({
      state: 'closed',
      waitingSince: null,
      version: '2',
      lastPost: { snippet: '', deleted: true },
    })
    const opened = await desk.ask<{ thread: { posts: { text: string; deleted: unknown }[] } }>(
      'inbox.conversations.get',
      { conversationId },
      desk.anna,
    )
    expect(opened.thread.posts).toMatchObject([{ text: '', deleted: { because: 'upstream' } }])
  })

  it('has a timeline of notes, answers and what was done, by whom', async () => {
    const { handle, conversationId } = await writes()
    await desk.ask(
      'inbox.notes.add',
      { conversationId, text: 'Known customer', mentions: [desk.ben.memberId] },
      desk.anna,
    )
    await desk.answer(await desk.conversationOf(handle), 'Hello!', { close: true })
    await desk.deliver()
    const opened = await desk.ask<{ timeline: { kind: string; type?: string; text?: string; actor?: unknown }[] }>(
      'inbox.conversations.get',
      { conversationId },
      desk.ben,
    )
    expect(opened.timeline.map((entry) => entry.type ?? entry.kind)).toEqual([
      'conversation.opened',
      'note',
      'answer',
      'conversation.closed',
      'answer.sent',
    ])
    expect(opened.timeline[3]?.actor).toEqual({ kind: 'member', id: desk.anna.memberId })
  })

  it('makes a person of the customer who is answered', async () => {
    const { handle } = await writes()
    await desk.answer(await desk.conversationOf(handle), 'Hi!')
    await desk.deliver()
    expect((await desk.conversationOf(handle)).person).not.toBeNull()
  })

  it('can be made of a post that nobody addressed to us', async () => {
    const uri = desk.says('passer-by.test', 'Nordwind trains are late again')
    await desk.hearThread(uri)
    expect((await desk.conversations()).some((one) => one.author.handle === 'passer-by.test')).toBe(false)
    const [post] = await desk.rows(sql<{ post_id: string }>`select post_id from post where external_id = ${uri}`)
    const made = await desk.ask('inbox.conversations.open', { postId: post?.post_id }, desk.anna)
    expect(made).toMatchObject({ opened: true })
    expect(await desk.conversationOf('passer-by.test')).toMatchObject({ openedBecause: 'agent', state: 'open' })
    expect(await desk.ask('inbox.conversations.open', { postId: post?.post_id }, desk.anna)).toMatchObject({
      opened: false,
    })
  })
})
