import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './testing/desk.ts'

let desk: Desk
let customers = 0
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

/** A customer whom nobody else has met, with one question waiting. */
async function ask(text = 'When does the tram come?'): Promise<{ handle: string; uri: string }> {
  const handle = `customer-${++customers}.test`
  const uri = desk.says(handle, `@nordwind.test ${text}`)
  await desk.hear()
  return { handle, uri }
}

describe('an answer', () => {
  it('goes from the question to the network, once, and the customer no longer waits', async () => {
    const { handle, uri } = await ask()
    const open = await desk.conversationOf(handle)
    expect(open).toMatchObject({ state: 'open', openedBecause: 'addressed', version: '1' })
    expect(open.waitingSince).not.toBeNull()
    const queued = await desk.answer(open, 'In five minutes.', { close: true })
    expect(queued).toMatchObject({ state: 'queued', text: 'In five minutes. ^AA' })
    await desk.deliver()
    expect(await desk.delivery(queued.deliveryId)).toMatchObject({ state: 'sent', attempts: 1, failure: null })
    expect(desk.published().filter((text) => text.startsWith('In five'))).toEqual(['In five minutes. ^AA'])
    const record = [...desk.twin.world.records.values()].find((one) => one.value.text === 'In five minutes. ^AA')
    expect(record?.value.reply).toMatchObject({ parent: { uri }, root: { uri } })
    expect(await desk.conversationOf(handle)).toMatchObject({
      state: 'closed',
      waitingSince: null,
      version: '2',
      postCount: 2,
      undelivered: null,
    })
  })

  it('is not sent when the customer spoke since, and the refusal shows what is new', async () => {
    const { handle, uri } = await ask('Where is my parcel?')
    const seen = await desk.conversationOf(handle)
    desk.says(handle, '@nordwind.test Never mind, it came!', uri)
    await desk.hear()
    const refused = await desk.tell(
      'inbox.answers.send',
      {
        conversations: [{ conversationId: seen.conversationId, againstVersion: seen.version }],
        text: 'We are looking for it.',
      },
      desk.anna,
    )
    expect(refused.status).toBe(409)
    expect(refused.body.data).toMatchObject({ code: 'newer-post', params: { version: '2' } })
    expect(refused.body.data?.news).toMatchObject([
      { version: '2', posts: [{ text: '@nordwind.test Never mind, it came!', version: '2' }], answers: [] },
    ])
    expect(desk.published()).not.toContain('We are looking for it. ^AA')
  })

  it('is refused at the last moment when the thread, read again, holds something new', async () => {
    const { handle, uri } = await ask('Is the shop open?')
    const queued = await desk.answer(await desk.conversationOf(handle), 'Until six.', { close: true })
    desk.says(handle, 'Sorry, I meant the shop in Kiel', uri)
    await desk.deliver()
    expect(await desk.delivery(queued.deliveryId)).toMatchObject({ state: 'refused', failure: 'newer-post' })
    expect(desk.published()).not.toContain('Until six. ^AA')
    const again = await desk.conversationOf(handle)
    expect(again).toMatchObject({ state: 'open', undelivered: 'refused' })
    expect(again.waitingSince).not.toBeNull()
    const opened = await desk.ask<{ myDraft: { text: string; stale: boolean } }>(
      'inbox.conversations.get',
      { conversationId: again.conversationId },
      desk.anna,
    )
    expect(opened.myDraft).toMatchObject({ text: 'Until six.', stale: true })
    const told = await desk.ask<{ items: { kind: string }[] }>('notifications.list', {}, desk.anna)
    expect(told.items[0]).toMatchObject({ kind: 'answer-failed' })
  })

  it('is refused when the post it answers was deleted before sending', async () => {
    const { handle, uri } = await ask('My account number is 4711')
    const queued = await desk.answer(await desk.conversationOf(handle), 'Please delete that.')
    desk.twin.control.remove({ uri })
    await desk.deliver()
    expect(await desk.delivery(queued.deliveryId)).toMatchObject({ state: 'refused', failure: 'post-deleted' })
    expect(desk.published()).not.toContain('Please delete that. ^AA')
  })

  it('can be undone as long as it is queued, and the text comes back as a draft', async () => {
    const { handle } = await ask('Do you deliver on Sunday?')
    const open = await desk.conversationOf(handle)
    const queued = await desk.answer(open, 'No.', { undoSeconds: 30, close: true })
    expect(await desk.deliver()).toBe(0)
    await desk.ask('publishing.deliveries.cancel', { deliveryId: queued.deliveryId }, desk.anna)
    await desk.app.settle()
    expect(await desk.conversationOf(handle)).toMatchObject({ state: 'open', waitingSince: open.waitingSince })
    const opened = await desk.ask<{ myDraft: { text: string } }>(
      'inbox.conversations.get',
      { conversationId: open.conversationId },
      desk.anna,
    )
    expect(opened.myDraft.text).toBe('No.')
  })

  it('cannot be undone by a colleague, nor once it is sent', async () => {
    const { handle } = await ask('Hello?')
    const queued = await desk.answer(await desk.conversationOf(handle), 'Hello!')
    const byBen = await desk.tell('publishing.deliveries.cancel', { deliveryId: queued.deliveryId }, desk.ben)
    expect(byBen).toMatchObject({ status: 403, body: { data: { code: 'delivery-of-another' } } })
    await desk.deliver()
    const tooLate = await desk.tell('publishing.deliveries.cancel', { deliveryId: queued.deliveryId }, desk.anna)
    expect(tooLate).toMatchObject({ status: 409, body: { data: { code: 'delivery-on-its-way' } } })
  })

  it('is refused when it is empty, or longer than the network takes with the sign-off counted', async () => {
    const { handle } = await ask('Why?')
    const { conversationId, version } = await desk.conversationOf(handle)
    const send = (text: string) =>
      desk.tell(
        'inbox.answers.send',
        { conversations: [{ conversationId, againstVersion: version }], text, undoSeconds: 0 },
        desk.anna,
      )
    expect((await send('  ')).body.data?.code).toBe('answer-empty')
    const long = await send('👩🏽‍🚀'.repeat(297))
    expect(long.body.data).toMatchObject({ code: 'answer-too-long', params: { characters: 301, charactersMax: 300 } })
    expect((await send('👩🏽‍🚀'.repeat(296))).status).toBe(200)
  })

  it('answers several conversations of one thread at once', async () => {
    const root = desk.saysInApp('We have new opening hours.')
    desk.says('tom-1.test', 'Also on Sunday?', root)
    desk.says('tina-1.test', 'And on Sunday?', root)
    await desk.hear()
    const both = [await desk.conversationOf('tom-1.test'), await desk.conversationOf('tina-1.test')]
    expect(new Set(both.map((one) => one.threadId)).size).toBe(1)
    const [tom] = both
    if (!tom) throw new Error('nobody')
    const queued = await desk.answer(tom, 'Yes, on Sunday too.', {
      conversations: both.map(({ conversationId, version }) => ({ conversationId, againstVersion: version })),
      close: true,
    })
    await desk.deliver()
    expect((await desk.delivery(queued.deliveryId)).state).toBe('sent')
    for (const handle of ['tom-1.test', 'tina-1.test'])
      expect(await desk.conversationOf(handle)).toMatchObject({ state: 'closed', waitingSince: null, postCount: 2 })
  })

  it('does not mix threads', async () => {
    const first = await ask('One')
    const second = await ask('Two')
    const conversations = [await desk.conversationOf(first.handle), await desk.conversationOf(second.handle)]
    const refused = await desk.tell(
      'inbox.answers.send',
      {
        conversations: conversations.map(({ conversationId, version }) => ({
          conversationId,
          againstVersion: version,
        })),
        text: 'Hello both',
      },
      desk.anna,
    )
    expect(refused).toMatchObject({ status: 400, body: { data: { code: 'several-threads' } } })
  })

  it('lets two answers of one agent go out in their order', async () => {
    const { handle } = await ask('How do I reset it?')
    const open = await desk.conversationOf(handle)
    await desk.answer(open, 'First hold the button (1/2)')
    await desk.answer({ ...open, version: '2' }, 'then let it go (2/2)')
    for (let round = 0; round < 3; round++) await desk.deliver({ waitMs: 0 })
    const sent = desk.published().filter((text) => /\(\d\/2\)/.test(text))
    expect(sent).toEqual(['First hold the button (1/2) ^AA', 'then let it go (2/2) ^AA'])
  })
})
