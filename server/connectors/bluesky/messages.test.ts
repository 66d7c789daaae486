import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTwin, type Twin } from '../../../twin/twin.ts'
import { newId } from '../../platform/ids.ts'
import type { Connection, Connector, Cursor, HeardPost, OutgoingPost } from '../connector.ts'
import { openOutside } from '../outside.ts'
import { blueskyAccount } from './account.ts'

let twin: Twin
let us: string
let connector: Connector
let connection: Connection
let now = Date.now()
const signal = AbortSignal.timeout(60_000)

beforeAll(async () => {
  twin = await startTwin({ story: false })
  us = twin.control.account({ handle: 'brand.test', password: 'twin-password' }).did
  twin.control.account({ handle: 'customer.test', name: 'Karla Kundin' })
  connector = blueskyAccount(openOutside({ allowPrivate: twin.urls.allowPrivate, clock: { now: () => new Date(now) } }))
  connection = { settings: twin.urls.bluesky, credentials: { identifier: 'brand.test', appPassword: 'twin-password' } }
})
afterAll(() => twin.stop())
beforeEach(() => void twin.control.clearFaults())

async function pollAll(from: Cursor): Promise<{ posts: HeardPost[]; cursor: Cursor }> {
  const posts: HeardPost[] = []
  let cursor = from
  for (;;) {
    const batch = await connector.poll?.(connection, cursor, signal)
    if (!batch?.ok) throw new Error(batch?.failure.detail)
    posts.push(...batch.value.items.flatMap((item) => (item.kind === 'post' ? [item.post] : [])))
    cursor = JSON.parse(JSON.stringify(batch.value.cursor)) as Cursor
    if (!batch.value.more) return { posts, cursor }
  }
}

const didOf = (handle: string) => twin.world.accountOf(handle)?.did as string
const outgoing = (text: string, more: Partial<OutgoingPost> = {}): OutgoingPost => ({
  ...{ text, visibility: 'private', language: null, parent: null, root: null, media: [] },
  ...{ networkKey: newId(), createdAt: new Date() },
  ...more,
})
const publish = (post: OutgoingPost) => connector.publish?.(connection, post, signal)

test('a message is heard as a private post of the same account that speaks in public, once, in the thread of the two', async () => {
  const { cursor } = await pollAll(null)
  twin.control.message({ from: 'customer.test', to: 'brand.test', text: 'Unter uns' })
  twin.control.post({ by: 'customer.test', text: '@brand.test vor allen' })
  const heard = await pollAll(cursor)
  const [hidden] = heard.posts.filter((post) => post.visibility === 'private')
  const [open] = heard.posts.filter((post) => post.visibility !== 'private')
  expect(hidden).toMatchObject({
    text: 'Unter uns',
    addressed: true,
    author: { networkId: didOf('customer.test'), name: 'Karla Kundin' },
  })
  expect(open?.author.networkId).toBe(hidden?.author.networkId)
  expect((await pollAll(heard.cursor)).posts).toEqual([])
  twin.control.message({ from: 'customer.test', to: 'brand.test', text: 'Noch etwas' })
  const [later] = (await pollAll(heard.cursor)).posts
  expect(later?.root).toEqual(hidden?.root)
})

test('an account that is new here hears what was said lately, ours too, and what follows', async () => {
  twin.control.message({ from: 'brand.test', to: 'customer.test', text: 'Aus der App' })
  const first = await pollAll(null)
  const own = first.posts.find(({ text }) => text === 'Aus der App')
  expect(own).toMatchObject({ author: { networkId: us }, addressed: false, visibility: 'private' })
  twin.control.message({ from: 'customer.test', to: 'brand.test', text: 'Danach' })
  expect((await pollAll(first.cursor)).posts.map(({ text }) => text)).toEqual(['Danach'])
})

test('an answer goes into the thread, a first word begins it, and neither is seen in public', async () => {
  const records = twin.world.records.size
  const begun = await publish(outgoing('Guten Tag', { recipient: twin.control.account({ handle: 'neu.test' }).did }))
  if (!begun?.ok) throw new Error(begun?.failure.detail)
  expect(begun.value.externalId.startsWith(`${begun.value.root?.externalId}/`)).toBe(true)
  const place = { externalId: begun.value.externalId, reference: null }
  const answered = await publish(outgoing('Noch ein Wort', { parent: place, root: begun.value.root ?? null }))
  expect(answered).toMatchObject({ ok: true, value: { root: begun.value.root } })
  const convo = [...twin.directMessages.convos.values()].find(({ members }) => members.includes(didOf('neu.test')))
  expect(convo?.messages.map(({ text }) => text)).toEqual(['Guten Tag', 'Noch ein Wort'])
  expect(twin.world.records.size).toBe(records)
})

test.each(['none', 'following'] as const)('whoever takes messages from "%s" refuses ours, by name', async (from) => {
  const handle = `closed-${from}.test`
  const { did } = twin.control.account({ handle })
  twin.control.takesMessages({ account: handle, from })
  expect(await publish(outgoing('Hallo', { recipient: did }))).toMatchObject({
    ok: false,
    failure: { name: 'refused' },
  })
})

test.each([
  ['nobody', { recipient: null }],
  ['nothing to say', { text: ' ', recipient: 'did:plc:x' }],
  ['more than a message takes', { text: 'ä'.repeat(1_001) }],
])('a message to %s is refused', async (_what, more) => {
  const recipient = didOf('customer.test')
  expect(await publish(outgoing('Text', { recipient, ...more }))).toMatchObject({
    ok: false,
    failure: { name: 'refused' },
  })
})

test('where messages may not be read, posts are heard all the same, and messages are tried again after an hour', async () => {
  const { cursor } = await pollAll(null)
  twin.control.fault({ kind: 'server-error', status: 403, path: 'chat.bsky.convo', times: 1 })
  twin.control.message({ from: 'customer.test', to: 'brand.test', text: 'Im Dunkeln' })
  twin.control.post({ by: 'customer.test', text: '@brand.test im Hellen' })
  const closed = await pollAll(cursor)
  expect(closed.posts.map(({ text }) => text)).toEqual(['@brand.test im Hellen'])
  expect((await pollAll(closed.cursor)).posts).toEqual([])
  now += 61 * 60_000
  expect((await pollAll(closed.cursor)).posts.map(({ text }) => text)).toContain('Im Dunkeln')
})

test('a bad day of the message service loses nothing', async () => {
  const { cursor } = await pollAll(null)
  twin.control.message({ from: 'customer.test', to: 'brand.test', text: 'Trotzdem' })
  twin.control.fault({ kind: 'server-error', status: 502, path: 'chat.bsky.convo', times: 1 })
  const failed = await pollAll(cursor)
  expect(failed.posts).toEqual([])
  expect((await pollAll(failed.cursor)).posts.map(({ text }) => text)).toEqual(['Trotzdem'])
})

test('a place that the service no longer knows is given up: what was said lately is heard, and what may lie before is a gap', async () => {
  const { cursor } = await pollAll(null)
  twin.control.message({ from: 'customer.test', to: 'brand.test', text: 'Nach dem Umzug' })
  const forget = () => twin.control.fault({ kind: 'server-error', status: 400, path: 'convo.getLog', times: 1 })
  forget()
  const fresh = await connector.poll?.(connection, cursor, signal)
  if (!fresh?.ok) throw new Error(fresh?.failure.detail)
  expect(fresh.value.gap).toBeUndefined()
  forget()
  const weeksAgo = Date.now() - 21 * 86_400_000
  const anew = await connector.poll?.(connection, { ...cursor, 'messages.at': weeksAgo }, signal)
  if (!anew?.ok) throw new Error(anew?.failure.detail)
  expect(anew.value.gap?.from.getTime()).toBe(weeksAgo)
  expect(anew.value.gap?.until.getTime()).toBeGreaterThan(weeksAgo)
  const texts = anew.value.items.map((item) => (item.kind === 'post' ? item.post.text : item.kind))
  expect(texts).toContain('Nach dem Umzug')
  twin.control.message({ from: 'customer.test', to: 'brand.test', text: 'Und weiter' })
  expect((await pollAll(anew.value.cursor)).posts.map(({ text }) => text)).toEqual(['Und weiter'])
})

test('a service that refuses every place is asked once an hour, not with every poll from the beginning', async () => {
  const { cursor } = await pollAll(null)
  twin.control.fault({ kind: 'server-error', status: 400, path: 'convo.getLog', times: 2 })
  const anew = await pollAll(cursor)
  twin.control.message({ from: 'customer.test', to: 'brand.test', text: 'Später' })
  const closed = await pollAll(anew.cursor)
  expect(closed.posts).toEqual([])
  now += 61 * 60_000
  expect((await pollAll(closed.cursor)).posts.map(({ text }) => text)).toEqual(['Später'])
})
