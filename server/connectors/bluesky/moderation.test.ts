import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTwin, type Twin } from '../../../twin/twin.ts'
import { newId } from '../../platform/ids.ts'
import type { Connection, ModerationAct, ModerationAction } from '../connector.ts'
import { openOutside } from '../outside.ts'
import { blueskyAccount } from './account.ts'

let twin: Twin
let us: string
let them: string
let connection: Connection
let connector: ReturnType<typeof blueskyAccount>
const signal = AbortSignal.timeout(60_000)

beforeAll(async () => {
  twin = await startTwin({ story: false })
  us = twin.control.account({ handle: 'brand.test', password: 'twin-password' }).did
  them = twin.control.account({ handle: 'customer.test' }).did
  connection = { settings: twin.urls.bluesky, credentials: { identifier: 'brand.test', appPassword: 'twin-password' } }
  connector = blueskyAccount(openOutside({ allowPrivate: twin.urls.allowPrivate }))
})
afterAll(() => twin.stop())
beforeEach(() => void twin.control.clearFaults())

/** A post of ours and a reply below it. */
function thread(text = 'Hello') {
  const root = twin.control.post({ by: 'brand.test', text })
  const reply = twin.control.post({ by: 'customer.test', text: 'No', answers: root.uri })
  return {
    root: { externalId: root.uri, reference: root.cid },
    post: { externalId: reply.uri, reference: reply.cid },
  }
}
const act = (action: ModerationAction, more: Partial<ModerationAct> = {}): ModerationAct => ({
  action,
  post: null,
  root: null,
  authorNetworkId: them,
  reason: 'rude',
  note: '',
  networkKey: newId(),
  at: new Date('2026-03-01T12:00:00Z'),
  ...more,
})
async function done(what: ModerationAct): Promise<string> {
  const outcome = await connector.moderate?.(connection, what, signal)
  if (!outcome?.ok) throw new Error(`${outcome?.failure.name}: ${outcome?.failure.detail}`)
  return outcome.value.undoReference ?? ''
}
const undone = async (action: ModerationAction, reference: string) =>
  expect(await connector.undoModeration?.(connection, action, reference, signal)).toEqual({ ok: true, value: null })
const hiddenBelow = (uri: string) =>
  twin.world.records.get(uri.replace('feed.post', 'feed.threadgate'))?.value.hiddenReplies

test('a like is one like however often it is tried, and is taken back', async () => {
  const { post } = thread()
  const like = act('like', { post })
  const reference = await done(like)
  expect(await done(like)).toBe(reference)
  expect(twin.world.likes.get(post.externalId)?.size).toBe(1)
  await undone('like', reference)
  await undone('like', reference)
  expect(twin.world.likes.get(post.externalId)?.size).toBe(0)
})

test('a reply is hidden in a thread of ours beside those that were hidden before, and shown again alone', async () => {
  const { root, post } = thread()
  const other = twin.control.post({ by: 'customer.test', text: 'And no', answers: root.externalId })
  const first = await done(act('hide', { post, root }))
  await done(act('hide', { post: { externalId: other.uri, reference: other.cid }, root }))
  await done(act('hide', { post, root }))
  expect(hiddenBelow(root.externalId)).toEqual([post.externalId, other.uri])
  await undone('hide', first)
  expect(hiddenBelow(root.externalId)).toEqual([other.uri])
})

test('who may reply stays as it was, and two who hide at once lose nothing', async () => {
  const { root, post } = thread()
  const rkey = root.externalId.split('/').at(-1) ?? ''
  const createdAt = new Date().toISOString()
  const gate = { $type: 'app.bsky.feed.threadgate', post: root.externalId, allow: [], createdAt }
  twin.world.writeRecord(us, 'app.bsky.feed.threadgate', rkey, gate)
  const others = [1, 2, 3].map((each) =>
    twin.control.post({ by: 'customer.test', text: `No ${each}`, answers: root.externalId }),
  )
  const posts = [post, ...others.map(({ uri, cid }) => ({ externalId: uri, reference: cid }))]
  await Promise.all(posts.map((one) => done(act('hide', { post: one, root }))))
  expect(hiddenBelow(root.externalId)).toHaveLength(4)
  expect(twin.world.records.get(root.externalId.replace('feed.post', 'feed.threadgate'))?.value.allow).toEqual([])
})

test('nothing is hidden in a thread of somebody else', async () => {
  const root = twin.control.post({ by: 'customer.test', text: 'Mine' })
  const post = { externalId: root.uri, reference: root.cid }
  const outcome = await connector.moderate?.(connection, act('hide', { post, root: post }), signal)
  expect(outcome).toMatchObject({ ok: false, failure: { name: 'refused' } })
})

test('an account is blocked and muted, and neither any more', async () => {
  const blocked = await done(act('block'))
  const muted = await done(act('mute'))
  expect(twin.world.records.get(blocked)?.value).toMatchObject({ subject: them })
  expect([...(twin.world.mutes.get(us) ?? [])]).toEqual([them])
  await undone('block', blocked)
  await undone('mute', muted)
  expect(twin.world.records.get(blocked)).toBeUndefined()
  expect([...(twin.world.mutes.get(us) ?? [])]).toEqual([])
})

test('a report carries its reason and the very version of the post, and is not taken back', async () => {
  const { post } = thread()
  expect(await done(act('report', { post, reason: 'spam', note: 'The same link in forty threads' }))).toBe('')
  expect(twin.world.reports).toMatchObject([
    {
      reasonType: 'com.atproto.moderation.defs#reasonSpam',
      reason: 'The same link in forty threads',
      subject: { uri: post.externalId, cid: post.reference },
    },
  ])
  const outcome = await connector.undoModeration?.(connection, 'report', '', signal)
  expect(outcome).toMatchObject({ ok: false, failure: { name: 'refused' } })
})

test('what the network answers is a failure with a name; a record of somebody else is never deleted', async () => {
  const { post } = thread()
  twin.control.fault({ kind: 'rate-limit', path: '/xrpc/com.atproto.repo.putRecord', retryAfterSeconds: 60 })
  const limited = await connector.moderate?.(connection, act('like', { post }), signal)
  expect(limited).toMatchObject({ ok: false, failure: { name: 'rate-limited' } })
  const foreign = `at://${them}/app.bsky.feed.like/3kaaaaaaaaa22`
  const refused = await connector.undoModeration?.(connection, 'like', foreign, signal)
  expect(refused).toMatchObject({ ok: false, failure: { name: 'refused' } })
})
