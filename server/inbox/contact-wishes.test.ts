import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liftObjection, object } from '../people/index.ts'
import { type Desk, openDesk } from './testing/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

const refuses = async (handle: string) => {
  const [row] = await desk.rows(sql<{ author_id: string }>`select author_id from author where handle = ${handle}`)
  return desk.inWorkspace((tx) =>
    object(tx, { authorId: row?.author_id ?? '', kind: 'contact', channel: 'mail', reason: '', at: new Date() }),
  )
}
const opened = (conversationId: string) =>
  desk.ask<{ mayContact: boolean }>('inbox.conversations.get', { conversationId }, desk.anna)

describe('who does not want to be contacted', () => {
  it('is answered while the conversation is open, which says so before anybody writes, and not afterwards', async () => {
    desk.says('quiet.test', '@nordwind.test where is my parcel')
    await desk.hear()
    const asked = await desk.conversationOf('quiet.test')
    expect((await opened(asked.conversationId)).mayContact).toBe(true)
    const objectionId = await refuses('quiet.test')
    expect((await opened(asked.conversationId)).mayContact).toBe(false)
    await desk.answer(asked, 'On its way.', { close: true })
    await desk.deliver()
    const closed = await desk.conversationOf('quiet.test')
    const send = (text: string) =>
      desk.tell(
        'inbox.answers.send',
        { conversations: [{ conversationId: closed.conversationId, againstVersion: closed.version }], text },
        desk.anna,
      )
    const refused = await send('By the way: a discount!')
    expect([refused.status, refused.body.data?.code]).toEqual([409, 'contact-objected'])
    await desk.inWorkspace((tx) => liftObjection(tx, { objectionId, reason: 'asked for news', at: new Date() }))
    expect((await opened(closed.conversationId)).mayContact).toBe(true)
    expect((await send('Here is what you asked for.')).status).toBe(200)
  })

  it('is not written to beneath a post of theirs in somebody else’s conversation', async () => {
    const uri = desk.says('asker.test', '@nordwind.test is the shop open')
    const aside = desk.says('bystander.test', 'I wonder too', uri)
    await desk.hear()
    await desk.hearThread(uri)
    const asked = await desk.conversationOf('asker.test')
    const [post] = await desk.rows(sql<{ post_id: string }>`select post_id from post where external_id = ${aside}`)
    const answer = () =>
      desk.tell(
        'inbox.answers.send',
        {
          conversations: [{ conversationId: asked.conversationId, againstVersion: asked.version }],
          replyToPostId: post?.post_id,
          text: 'Until eight.',
        },
        desk.anna,
      )
    await refuses('bystander.test')
    const refused = await answer()
    expect([refused.status, refused.body.data?.code]).toEqual([409, 'contact-objected'])
    await desk.rows(sql`update objection set lifted_at = now(), lifted_because = '', lifted_by_kind = 'system'
      where author_id = (select author_id from author where handle = 'bystander.test')`)
    expect((await answer()).status).toBe(200)
  })
})
