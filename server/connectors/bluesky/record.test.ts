import { describe, expect, test } from 'vitest'
import type { HeardPost } from '../connector.ts'
import { authorByDid, authorByProfile } from './author.ts'
import { readPost } from './record.ts'
import { parseSettings } from './settings.ts'

const parsed = parseSettings({})
const settings = parsed.ok ? parsed.value : (undefined as never)
const US = 'did:plc:us'
const THEM = 'did:plc:them'
const URI = `at://${THEM}/app.bsky.feed.post/3jzfcijpj2z2a`
const heardAt = new Date('2026-03-01T12:00:00Z')
const place = { uri: URI, cid: 'bafyone', author: authorByDid(THEM, settings), heardAt, editedAt: null, ownDid: US }
const base = { $type: 'app.bsky.feed.post', text: 'Hallo', createdAt: '2026-02-28T08:00:00.000Z' }

function read(record: unknown, more = {}): HeardPost {
  const post = readPost(record, { ...place, ...more }, settings)
  if (typeof post === 'string') throw new Error(post)
  return post
}

test('a plain post is read whole', () => {
  expect(read({ ...base, langs: ['de'] })).toMatchObject({
    network: 'bluesky',
    externalId: URI,
    reference: 'bafyone',
    text: 'Hallo',
    url: `https://bsky.app/profile/${THEM}/post/3jzfcijpj2z2a`,
    publishedAt: new Date('2026-02-28T08:00:00.000Z'),
    language: 'de',
    site: 'bsky.app',
    parent: null,
    addressed: false,
  })
})

describe('a post is addressed to us', () => {
  const ours = { uri: `at://${US}/app.bsky.feed.post/3jzfcijpj2z2b`, cid: 'bafytwo' }
  const theirs = { uri: `at://${THEM}/app.bsky.feed.post/3jzfcijpj2z2c`, cid: 'bafythree' }
  const mention = [
    { index: { byteStart: 0, byteEnd: 3 }, features: [{ $type: 'app.bsky.richtext.facet#mention', did: US }] },
  ]

  test.each([
    ['when it mentions us', { ...base, facets: mention }, true],
    ['when it answers us', { ...base, reply: { parent: ours, root: theirs } }, true],
    ['when it stands in our thread', { ...base, reply: { parent: theirs, root: ours } }, true],
    ['not when it answers somebody else', { ...base, reply: { parent: theirs, root: theirs } }, false],
  ])('%s', (_when, record, addressed) => {
    expect(read(record).addressed).toBe(addressed)
  })

  test('never when we wrote it ourselves', () => {
    const author = authorByDid(US, settings)
    expect(read({ ...base, facets: mention }, { author, addressed: true }).addressed).toBe(false)
  })
})

test('images, links and quoted posts are named, in JSON and as the client library hands them over', () => {
  const image = { $type: 'blob', ref: { $link: 'bafkreiabcdefghijk' }, mimeType: 'image/jpeg', size: 9 }
  const asObject = { ref: { toString: () => 'bafkreiabcdefghijk' }, mimeType: 'image/jpeg', size: 9 }
  for (const blob of [image, asObject]) {
    const post = read({
      ...base,
      embed: { $type: 'app.bsky.embed.images', images: [{ image: blob, alt: 'ein Zelt' }] },
    })
    expect(post.media).toEqual([
      {
        kind: 'image',
        url: `https://cdn.bsky.app/img/feed_fullsize/plain/${THEM}/bafkreiabcdefghijk@jpeg`,
        previewUrl: `https://cdn.bsky.app/img/feed_thumbnail/plain/${THEM}/bafkreiabcdefghijk@jpeg`,
        alt: 'ein Zelt',
        mediaType: 'image/jpeg',
      },
    ])
  }
  const quote = { $type: 'app.bsky.embed.record', record: { uri: URI, cid: 'bafyone' } }
  expect(read({ ...base, embed: quote }).links).toEqual([`https://bsky.app/profile/${THEM}/post/3jzfcijpj2z2a`])
  const both = {
    $type: 'app.bsky.embed.recordWithMedia',
    record: { record: { uri: URI } },
    media: { $type: 'app.bsky.embed.images', images: [{ image, alt: '' }] },
  }
  expect(read({ ...base, embed: both }).media).toHaveLength(1)
  const card = {
    $type: 'app.bsky.embed.external',
    external: { uri: 'https://example.org/a', title: '', description: '' },
  }
  expect(read({ ...base, embed: card }).links).toEqual(['https://example.org/a'])
})

test('only web addresses leave as links and avatars', () => {
  const features = ['javascript:alert(1)', 'data:text/html,x', 'https://example.org/b', 'no address'].map((uri) => ({
    features: [{ $type: 'app.bsky.richtext.facet#link', uri }],
  }))
  const card = { $type: 'app.bsky.embed.external', external: { uri: 'file:///etc/passwd' } }
  expect(read({ ...base, facets: features, embed: card }).links).toEqual(['https://example.org/b'])
  const author = (avatar: string) => authorByProfile({ did: THEM, handle: 'them.test', avatar }, settings).avatarUrl
  expect(author('javascript:alert(1)')).toBeNull()
  expect(author('https://cdn.bsky.app/a')).toBe('https://cdn.bsky.app/a')
})

test('a language is believed when it is the only one', () => {
  expect(read({ ...base, langs: ['de', 'en'] }).language).toBeNull()
  expect(read({ ...base, langs: ['<script>'] }).language).toBeNull()
  expect(read({ ...base, langs: 'de' }).language).toBeNull()
  expect(read({ ...base, langs: ['pt-BR'] }).language).toBe('pt-BR')
})

test('what anybody may write into a record breaks nothing', () => {
  const hostile = [
    { ...base, createdAt: 'yesterday' },
    { ...base, createdAt: 12 },
    { ...base, facets: 'x', embed: [], reply: 7, langs: {} },
    { ...base, facets: [null, { features: [null, { did: 5 }] }] },
    { ...base, reply: { parent: { uri: 'https://evil.example/' }, root: null } },
    { ...base, embed: { $type: 'app.bsky.embed.images', images: [null, { image: { ref: { $link: '../../x' } } }] } },
    { ...base, text: 'a\u0000b' },
    { ...base, text: 'x'.repeat(100_000) },
  ]
  const posts = hostile.map((record) => read(record))
  expect(posts[0]?.publishedAt).toEqual(heardAt)
  expect(posts[4]?.parent).toBeNull()
  expect(posts[5]?.media).toEqual([])
  expect(posts[6]?.text).toBe('ab')
  expect(posts[7]?.text.length).toBe(20_000)
})

test.each([
  ['no object', 7, URI],
  ['no text', { createdAt: base.createdAt }, URI],
  ['another collection', base, `at://${THEM}/app.bsky.feed.like/3jzfcijpj2z2a`],
])('what is no post says why (%s)', (_what, record, uri) => {
  expect(typeof readPost(record, { ...place, uri }, settings)).toBe('string')
})
