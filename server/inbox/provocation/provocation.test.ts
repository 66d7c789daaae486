import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { moderateDue } from '../moderation/carrying-out.ts'
import { type Desk, openDesk } from '../testing/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

interface Guidance {
  level: string
  points: number
  facts: Record<string, number | string | null>
  complaint: { postId: string } | null
  advice: string[]
}
const guidance = async (handle: string) => {
  const { conversationId } = await desk.conversationOf(handle)
  return desk.ask<Guidance>('inbox.provocation.of', { conversationId }, desk.anna)
}
const says = async (handle: string, text: string) => {
  const uri = desk.says(handle, `@nordwind.test ${text}`)
  await desk.hear()
  const [post] = await desk.rows(sql<{ post_id: string }>`select post_id from post where external_id = ${uri}`)
  return post?.post_id ?? ''
}
const label = (postId: string, what: string, value: unknown) =>
  desk.ask('listening.labels.give', { postId, label: { what, value } }, desk.anna)
const close = async (handle: string) => {
  const { conversationId } = await desk.conversationOf(handle)
  const change = { change: 'close', reason: { code: 'provocation' } }
  await desk.ask('inbox.conversations.change', { which: { conversationIds: [conversationId] }, change }, desk.anna)
}

it('a customer who complains for the tenth time, however angrily, has provoked nobody', async () => {
  for (let time = 0; time < 4; time++) {
    const postId = await says('angry.test', `Time ${time}: still no parcel! This is terrible, I am furious.`)
    await label(postId, 'intent', 'complaint')
    await label(postId, 'offensive', false)
  }
  expect(await guidance('angry.test')).toMatchObject({ level: 'none', points: 0, advice: [] })
})

it('insults and what was done about them add up to what to do; what was taken back does not count', async () => {
  for (let time = 0; time < 2; time++) await label(await says('troll.test', `Ha ${time}`), 'offensive', true)
  expect(await guidance('troll.test')).toMatchObject({
    level: 'some',
    points: 2,
    advice: ['do-not-feed', 'close-with-reason'],
  })
  await close('troll.test')
  const postId = await says('troll.test', 'Ha ha')
  await label(postId, 'offensive', true)
  const mute = await desk.ask<{ items: { moderationId: string }[] }>(
    'inbox.moderation.act',
    { action: 'mute', targets: { postIds: [postId] }, reason: 'insult' },
    desk.anna,
  )
  while ((await moderateDue(desk.services)) > 0);
  const muted = await guidance('troll.test')
  expect(muted).toMatchObject({ level: 'repeated', points: 8, facts: { insults: 3, closed: 1, muted: 1 } })
  expect(muted.advice).toEqual(['do-not-feed', 'hide', 'close-with-reason'])
  await desk.ask('inbox.moderation.undo', { moderationIds: mute.items.map((item) => item.moderationId) }, desk.anna)
  while ((await moderateDue(desk.services)) > 0);
  expect(await guidance('troll.test')).toMatchObject({ level: 'some', points: 5, facts: { muted: 0 } })
})

it('somebody with a history who has a point is answered on the point', async () => {
  const postId = await says('troll.test', 'My order is late')
  await label(postId, 'intent', 'complaint')
  await label(postId, 'offensive', false)
  const told = await guidance('troll.test')
  expect(told.complaint?.postId).toBe(postId)
  expect(told.advice).toEqual(['answer-the-matter', 'ask-lead'])
})

it('what was said in private, long ago, or in another workspace counts for nothing', async () => {
  await desk.rows(sql`update post set visibility = 'private' where offensive returning post_id`)
  expect((await guidance('troll.test')).facts).toMatchObject({ insults: 0, closed: 1 })
  await desk.rows(
    sql`update post set visibility = 'public', published_at = now() - interval '2 years' where offensive returning post_id`,
  )
  expect((await guidance('troll.test')).facts).toMatchObject({ insults: 0 })
  const other = await desk.app.createWorkspace('Other')
  const { conversationId } = await desk.conversationOf('troll.test')
  const foreign = await desk.app.call(
    'inbox.provocation.of',
    { conversationId },
    { cookie: other.owner.cookie, workspaceId: other.workspaceId },
  )
  expect(foreign.status).toBe(404)
})
