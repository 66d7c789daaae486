import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTwin, type Twin } from '../twin/twin.ts'
import { type BlueskyNetwork, startBlueskyNetwork } from './bluesky-network.ts'

/** The twin is worth what its answers are worth: the same questions to both, and the same status and error name. */
const POST = 'app.bsky.feed.post'
const KEY = '3mmoojp4cd223'
const record = { $type: POST, text: 'one', createdAt: '2026-11-21T10:00:00.000Z' }

let network: BlueskyNetwork
let twin: Twin
beforeAll(async () => {
  network = await startBlueskyNetwork()
  twin = await startTwin({ story: false })
})
afterAll(async () => {
  await twin.stop()
  await network.stop()
})

interface Place {
  url: string
  did: string
  token: string
  refresh: string
}

test('the twin answers as the real server does', async () => {
  const { data } = {
    data: await answerOf(network.pdsUrl, 'com.atproto.server.createAccount', {
      handle: 'same.test',
      email: 'same@example.org',
      password: 'same-password',
    }),
  }
  const { did } = twin.control.account({ handle: 'same.test', password: 'same-password' })
  const session = await answerOf(twin.urls.base, 'com.atproto.server.createSession', {
    identifier: 'same.test',
    password: 'same-password',
  })
  const real = {
    url: network.pdsUrl,
    did: String(data.did),
    token: String(data.accessJwt),
    refresh: String(data.refreshJwt),
  }
  const played = { url: twin.urls.base, did, token: String(session.accessJwt), refresh: String(session.refreshJwt) }
  await network.settle()
  for (const [question, ask] of Object.entries(questions)) {
    expect([question, await told(ask(played))]).toEqual([question, await told(ask(real))])
  }
})

const questions: Record<string, (place: Place) => Promise<Response>> = {
  'a first record': (place) =>
    post(place, 'com.atproto.repo.createRecord', { repo: place.did, collection: POST, rkey: KEY, record }),
  'a second record under its key': (place) =>
    post(place, 'com.atproto.repo.createRecord', { repo: place.did, collection: POST, rkey: KEY, record }),
  'a key that is no TID': (place) =>
    post(place, 'com.atproto.repo.createRecord', { repo: place.did, collection: POST, rkey: 'not-a-tid', record }),
  'a key with a space': (place) =>
    post(place, 'com.atproto.repo.createRecord', { repo: place.did, collection: POST, rkey: 'bad key', record }),
  'a text too long': (place) =>
    post(place, 'com.atproto.repo.createRecord', {
      repo: place.did,
      collection: POST,
      record: { ...record, text: 'x'.repeat(4_000) },
    }),
  'a record without text': (place) =>
    post(place, 'com.atproto.repo.createRecord', { repo: place.did, collection: POST, record: { $type: POST } }),
  'the repository of somebody else': (place) =>
    post(place, 'com.atproto.repo.createRecord', {
      repo: 'did:plc:abcdefghijklmnopqrstuvwx',
      collection: POST,
      record,
    }),
  'no token': (place) =>
    post({ ...place, token: '' }, 'com.atproto.repo.createRecord', { repo: place.did, collection: POST, record }),
  'a token of nobody': (place) =>
    post({ ...place, token: 'garbage' }, 'com.atproto.repo.createRecord', {
      repo: place.did,
      collection: POST,
      record,
    }),
  'a record that stands': (place) =>
    get(place, `com.atproto.repo.getRecord?repo=${place.did}&collection=${POST}&rkey=${KEY}`),
  'a record that does not': (place) =>
    get(place, `com.atproto.repo.getRecord?repo=${place.did}&collection=${POST}&rkey=3mmoojp4cd22a`),
  'a list of records': (place) => get(place, `com.atproto.repo.listRecords?repo=${place.did}&collection=${POST}`),
  'a put over a record': (place) =>
    post(place, 'com.atproto.repo.putRecord', {
      repo: place.did,
      collection: POST,
      rkey: KEY,
      record: { ...record, text: 'two' },
    }),
  'a deletion': (place) =>
    post(place, 'com.atproto.repo.deleteRecord', { repo: place.did, collection: POST, rkey: KEY }),
  'a deletion of nothing': (place) =>
    post(place, 'com.atproto.repo.deleteRecord', { repo: place.did, collection: POST, rkey: KEY }),
  'a wrong password': (place) =>
    post({ ...place, token: '' }, 'com.atproto.server.createSession', { identifier: 'same.test', password: 'wrong' }),
  'a refresh': (place) => post({ ...place, token: place.refresh }, 'com.atproto.server.refreshSession'),
  'a refresh with the wrong token': (place) => post(place, 'com.atproto.server.refreshSession'),
  'a session': (place) => get(place, 'com.atproto.server.getSession'),
  'a handle': (place) => get(place, 'com.atproto.identity.resolveHandle?handle=same.test'),
  'a handle of nobody': (place) => get(place, 'com.atproto.identity.resolveHandle?handle=nobody.test'),
  'a profile of nobody': (place) => get(place, 'app.bsky.actor.getProfile?actor=did:plc:abcdefghijklmnopqrstuvwx'),
  'profiles, one of them of nobody': (place) =>
    get(place, `app.bsky.actor.getProfiles?actors=${place.did}&actors=did:plc:abcdefghijklmnopqrstuvwx`),
  'a thread of nothing': (place) => get(place, `app.bsky.feed.getPostThread?uri=at://${place.did}/${POST}/${KEY}`),
  notifications: (place) =>
    get(place, 'app.bsky.notification.listNotifications?limit=10&reasons=mention&reasons=reply'),
  'too many notifications': (place) => get(place, 'app.bsky.notification.listNotifications?limit=1000'),
  'a feed of posts': (place) => get(place, `app.bsky.feed.getAuthorFeed?actor=${place.did}&limit=10`),
  'a feed of nobody': (place) => get(place, 'app.bsky.feed.getAuthorFeed?actor=did:plc:abcdefghijklmnopqrstuvwx'),
  'a post with a picture of 2 MB': async (place) => withPicture(place, 2_000_000),
  'a post with a picture of one byte more': async (place) => withPicture(place, 2_000_001),
  'a blob of more than 5 MB': (place) =>
    post(place, 'com.atproto.repo.uploadBlob', Buffer.alloc(5 * 1024 * 1024 + 1), 'image/png'),
  'a blob': (place) => post(place, 'com.atproto.repo.uploadBlob', Buffer.from('not really a picture'), 'image/png'),
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** What follows the end of a PNG is no part of it, but counts. */
async function withPicture(place: Place, bytes: number): Promise<Response> {
  const file = Buffer.concat([PIXEL, Buffer.alloc(bytes - PIXEL.length)])
  const uploaded = (await (await post(place, 'com.atproto.repo.uploadBlob', file, 'image/png')).json()) as {
    blob: unknown
  }
  const embed = { $type: 'app.bsky.embed.images', images: [{ image: uploaded.blob, alt: 'one dot' }] }
  const withEmbed = { ...record, embed }
  return post(place, 'com.atproto.repo.createRecord', { repo: place.did, collection: POST, record: withEmbed })
}

const get = (place: Place, path: string): Promise<Response> =>
  fetch(`${place.url}/xrpc/${path}`, { headers: { authorization: `Bearer ${place.token}` } })

function post(place: Place, method: string, body?: unknown, type = 'application/json'): Promise<Response> {
  const headers: Record<string, string> = place.token === '' ? {} : { authorization: `Bearer ${place.token}` }
  if (body !== undefined) headers['content-type'] = type
  const bytes = body === undefined ? null : Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body)
  return fetch(`${place.url}/xrpc/${method}`, {
    method: 'POST',
    headers,
    body: bytes,
  })
}

async function answerOf(url: string, method: string, body: unknown): Promise<Record<string, unknown>> {
  return (await post({ url, did: '', token: '', refresh: '' }, method, body)).json() as Promise<Record<string, unknown>>
}

/** Status, name of the error, and the names of what is told otherwise. */
async function told(answer: Promise<Response>): Promise<unknown> {
  const response = await answer
  const body = (await response.json()) as Record<string, unknown>
  if (!response.ok) return { status: response.status, error: body.error }
  return {
    status: response.status,
    told: Object.keys(body)
      .filter((name) => !OPTIONAL.has(name))
      .sort(),
  }
}

/** Told by one of them and needed by nobody: lexicons mark them optional. */
const OPTIONAL = new Set([
  'didDoc',
  'email',
  'emailAuthFactor',
  'emailConfirmed',
  'status',
  'cursor',
  'active',
  'seenAt',
  'priority',
])
