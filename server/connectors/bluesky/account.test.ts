import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { say } from '../../../twin/compose.ts'
import { startTwin, type Twin } from '../../../twin/twin.ts'
import { newId } from '../../platform/ids.ts'
import type { Connection, Cursor, HeardPost, OutgoingPost } from '../connector.ts'
import { openOutside } from '../outside.ts'
import { blueskyAccount } from './account.ts'

let twin: Twin
let us: string
let connection: Connection
const signal = AbortSignal.timeout(60_000)
const makeConnector = () => blueskyAccount(openOutside({ allowPrivate: twin.urls.allowPrivate }))
let connector: ReturnType<typeof makeConnector>

beforeAll(async () => {
  twin = await startTwin({ story: false })
  us = twin.control.account({ handle: 'brand.test', password: 'twin-password' }).did
  twin.control.account({ handle: 'customer.test', name: 'Karla Kundin' })
  connection = { settings: twin.urls.bluesky, credentials: { identifier: '@brand.test', appPassword: 'twin-password' } }
  connector = makeConnector()
})
afterAll(() => twin.stop())
beforeEach(() => void twin.control.clearFaults())

async function poll(cursor: Cursor) {
  const outcome = await connector.poll?.(connection, cursor, signal)
  if (!outcome?.ok) throw new Error(outcome?.failure.name)
  return outcome.value
}

async function pollAll(from: Cursor): Promise<{ posts: HeardPost[]; cursor: Cursor; polls: number }> {
  const posts: HeardPost[] = []
  let cursor = from
  for (let polls = 1; ; polls++) {
    const batch = await poll(cursor)
    posts.push(...batch.items.flatMap((item) => (item.kind === 'post' ? [item.post] : [])))
    cursor = batch.cursor
    if (!batch.more) return { posts, cursor, polls }
  }
}

const outgoing = (text: string, more: Partial<OutgoingPost> = {}): OutgoingPost => ({
  text,
  language: 'de',
  parent: null,
  root: null,
  media: [],
  networkKey: newId(),
  createdAt: new Date('2026-03-01T12:00:00Z'),
  ...more,
})

const medium = (bytes: number, mediaType: string) => ({
  bytes: new Uint8Array(bytes),
  mediaType,
  width: 1,
  height: 1,
  alt: '',
})

async function publish(post: OutgoingPost) {
  const outcome = await connector.publish?.(connection, post, signal)
  if (!outcome?.ok) throw new Error(`${outcome?.failure.name}: ${outcome?.failure.detail}`)
  return outcome.value
}

test('a password goes out in the clear to nobody but a listed place', async () => {
  const plain = { ...connection, settings: { ...twin.urls.bluesky, service: 'http://pds.example' } }
  const outcome = await connector.check(plain, signal)
  expect(outcome).toMatchObject({ ok: false, failure: { name: 'forbidden-address' } })
  expect(outcome.ok ? '' : outcome.failure.detail).toContain('not encrypted')
})

const recordOf = (uri: string) => twin.world.records.get(uri)?.value as Record<string, unknown>

describe('hearing', () => {
  test('a storm of mentions is heard whole, page by page, and nothing twice', async () => {
    const { cursor } = await pollAll(null)
    const said = Array.from(
      { length: 730 },
      (_, index) => twin.control.post({ by: 'customer.test', text: `@brand.test Nummer ${index}` }).uri,
    )
    const storm = await pollAll(cursor)
    const heard = storm.posts.map((post) => post.externalId)
    expect(storm.polls).toBeGreaterThan(7)
    expect(new Set(heard).size).toBe(heard.length)
    expect(said.every((uri) => heard.includes(uri))).toBe(true)
    const after = twin.control.post({ by: 'customer.test', text: '@brand.test danach' }).uri
    expect((await pollAll(storm.cursor)).posts.map((post) => post.externalId)).toEqual([after])
  })

  test('what is said in the middle of a walk is heard by the next one', async () => {
    const { cursor } = await pollAll(null)
    for (let index = 0; index < 150; index++)
      twin.control.post({ by: 'customer.test', text: `@brand.test Welle ${index}` })
    const first = await poll(cursor)
    expect(first.more).toBe(true)
    const meanwhile = twin.control.post({ by: 'customer.test', text: '@brand.test zwischendurch' }).uri
    const rest = await pollAll(first.cursor)
    const next = await pollAll(rest.cursor)
    const heard = [
      ...first.items.flatMap((item) => (item.kind === 'post' ? [item.post] : [])),
      ...rest.posts,
      ...next.posts,
    ]
    expect(heard.filter((post) => post.externalId === meanwhile)).toHaveLength(1)
    expect(heard.filter((post) => post.text.includes('Welle'))).toHaveLength(150)
  })

  test('what the network indexes a little late is heard as well, and once', async () => {
    twin.control.post({ by: 'customer.test', text: '@brand.test pünktlich' })
    const { cursor } = await pollAll(null)
    const customer = twin.world.accountOf('customer.test')?.did as string
    const at = new Date(Date.now() - 30_000).toISOString()
    const late = say(twin.world, customer, { text: '@brand.test verspätet', at }).uri
    const first = await pollAll(cursor)
    expect(first.posts.map((post) => post.externalId)).toEqual([late])
    expect((await pollAll(first.cursor)).posts).toEqual([])
  })

  test('an answer given in the app itself is heard, and is not addressed to us', async () => {
    const { cursor } = await pollAll(null)
    const question = twin.control.post({ by: 'customer.test', text: '@brand.test eine Frage' })
    const answer = twin.control.post({ by: 'brand.test', text: 'eine Antwort', answers: question.uri })
    const { posts } = await pollAll(cursor)
    expect(posts.find((post) => post.externalId === answer.uri)).toMatchObject({
      author: { networkId: us },
      addressed: false,
      parent: { externalId: question.uri },
    })
    expect(posts.find((post) => post.externalId === question.uri)).toMatchObject({
      author: { handle: 'customer.test', name: 'Karla Kundin' },
      addressed: true,
    })
  })

  test('callers with the same credentials share one sign-in', async () => {
    const fresh = makeConnector()
    twin.control.fault({ kind: 'rate-limit', path: 'createSession', times: 100 })
    const armed = twin.faults.met()
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => fresh.check(connection, signal)))
    expect(outcomes.every((outcome) => !outcome.ok && outcome.failure.name === 'rate-limited')).toBe(true)
    expect(twin.faults.met() - armed).toBe(1)
    twin.control.clearFaults()
    expect((await fresh.check(connection, signal)).ok).toBe(true)
  })
})

describe('speaking', () => {
  test('links, mentions and tags are marked by their place in bytes', async () => {
    const text = 'Grüße an @customer.test 🙂, mehr: https://example.org/größe #Störung'
    const { externalId } = await publish(outgoing(text))
    const bytes = Buffer.from(text)
    const facets = recordOf(externalId).facets as {
      index: { byteStart: number; byteEnd: number }
      features: object[]
    }[]
    const marked = facets.map(({ index, features }) => [
      bytes.subarray(index.byteStart, index.byteEnd).toString(),
      features[0],
    ])
    expect(marked).toEqual([
      ['@customer.test', expect.objectContaining({ did: twin.world.accountOf('customer.test')?.did })],
      ['https://example.org/größe', expect.objectContaining({ uri: 'https://example.org/größe' })],
      ['#Störung', expect.objectContaining({ tag: 'Störung' })],
    ])
  })

  test('a handle that nobody has stays plain text', async () => {
    const { externalId } = await publish(outgoing('Hallo @niemand.test'))
    const facets = (recordOf(externalId).facets ?? []) as { features: { did?: string }[] }[]
    expect(facets.flatMap((facet) => facet.features).some((feature) => feature.did === 'niemand.test')).toBe(false)
  })

  test('time, language and both references are those that were frozen', async () => {
    const root = twin.control.post({ by: 'customer.test', text: 'Wurzel' })
    const parent = twin.control.post({ by: 'customer.test', text: 'Zweig', answers: root.uri })
    const { externalId } = await publish(
      outgoing('Antwort', {
        parent: { externalId: parent.uri, reference: parent.cid },
        root: { externalId: root.uri, reference: root.cid },
      }),
    )
    expect(recordOf(externalId)).toMatchObject({
      createdAt: '2026-03-01T12:00:00.000Z',
      langs: ['de'],
      reply: { root: { uri: root.uri, cid: root.cid }, parent: { uri: parent.uri, cid: parent.cid } },
    })
  })

  test.each([
    ['an empty post', { text: ' \n ' }],
    ['five images', { media: Array.from({ length: 5 }, () => medium(1, 'image/png')) }],
    ['an image of more than a megabyte', { media: [medium(1_000_001, 'image/png')] }],
    ['a file that is no image', { media: [medium(9, 'application/pdf')] }],
    [
      'a reply to a post whose content id is unknown',
      { parent: { externalId: 'at://did:plc:x/app.bsky.feed.post/3jzfcijpj2z2a', reference: null } },
    ],
    ['a key that the network would refuse', { networkKey: 'draft 7' }],
  ])('%s is refused before anything is sent', async (_what, more) => {
    const records = twin.world.records.size
    const outcome = await connector.publish?.(connection, outgoing('Text', more), signal)
    expect(outcome).toMatchObject({ ok: false, failure: { name: 'refused' } })
    expect(twin.world.records.size).toBe(records)
    expect(twin.world.blobs.size).toBe(0)
  })

  test('posts of others cannot be removed', async () => {
    const { uri } = twin.control.post({ by: 'customer.test', text: 'nicht eures' })
    expect(await connector.remove?.(connection, uri, signal)).toMatchObject({ ok: false, failure: { name: 'refused' } })
    expect(twin.world.records.has(uri)).toBe(true)
  })
})

test('an account that was taken down is gone, ours is named as a matter of credentials', async () => {
  const { did } = twin.control.account({ handle: 'rude.test' })
  twin.control.status({ account: 'rude.test', status: 'takendown' })
  expect(await connector.profile?.(connection, did, signal)).toMatchObject({ ok: false, failure: { name: 'gone' } })
  expect(await connector.profile?.(connection, 'did:plc:nobody', signal)).toMatchObject({
    ok: false,
    failure: { name: 'gone' },
  })
  twin.control.revokePassword({ account: 'brand.test' })
  expect(await connector.poll?.(connection, null, signal)).toMatchObject({
    ok: false,
    failure: { name: 'credentials-expired' },
  })
})
