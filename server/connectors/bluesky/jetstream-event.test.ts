import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dataFolder } from '../../../scripts/data-folder.ts'
import { readStreamEvent } from './jetstream-event.ts'
import { parseSettings } from './settings.ts'

const parsed = parseSettings({})
const settings = parsed.ok ? parsed.value : (undefined as never)
const DID = 'did:plc:abcdefghijklmnopqrstuvwx'
const read = (event: unknown) => readStreamEvent(typeof event === 'string' ? event : JSON.stringify(event), settings)
const commit = (more: object) => ({
  did: DID,
  time_us: 1_783_175_888_085_434,
  kind: 'commit',
  commit: {
    rev: '3mptbypluud2a',
    operation: 'create',
    collection: 'app.bsky.feed.post',
    rkey: '3jzfcijpj2z2a',
    ...more,
  },
})
const record = { text: 'hello', createdAt: '2026-07-04T14:38:08.999Z' }

test('a post made, changed and deleted', () => {
  expect(read(commit({ record, cid: 'bafyone' })).item).toMatchObject({
    kind: 'post',
    post: { text: 'hello', editedAt: null },
  })
  const changed = read(commit({ operation: 'update', record, cid: 'bafytwo' })).item
  expect(changed?.kind === 'post' && changed.post.editedAt?.getTime()).toBe(1_783_175_888_085)
  expect(read(commit({ operation: 'delete' })).item).toMatchObject({
    kind: 'post-deleted',
    externalId: `at://${DID}/app.bsky.feed.post/3jzfcijpj2z2a`,
  })
})

test('an account that goes and comes back', () => {
  const account = (body: object) =>
    read({ did: DID, time_us: 1, kind: 'account', account: { did: DID, seq: 1, ...body } }).item
  expect(account({ active: false, status: 'takendown' })).toMatchObject({ kind: 'author-gone', reason: 'taken-down' })
  expect(account({ active: false, status: 'suspended' })).toMatchObject({ kind: 'author-gone', reason: 'taken-down' })
  expect(account({ active: false, status: 'deleted' })).toMatchObject({ kind: 'author-gone', reason: 'deleted' })
  expect(account({ active: false, status: 'deactivated' })).toMatchObject({
    kind: 'author-gone',
    reason: 'deactivated',
  })
  expect(account({ active: true })).toMatchObject({ kind: 'author-back', networkId: DID })
  expect(account({ active: false, status: 'desynchronized' })).toBeNull()
  expect(account({ active: false, status: 'constructor' })).toBeNull()
})

test('a handle that changed, told or left out', () => {
  const identity = (body: object) =>
    read({ did: DID, time_us: 1, kind: 'identity', identity: { did: DID, ...body } }).item
  expect(identity({ handle: 'new.test' })).toMatchObject({
    kind: 'author-changed',
    author: { networkId: DID, handle: 'new.test' },
  })
  expect(identity({})).toMatchObject({ kind: 'author-changed', author: { handle: null } })
})

test('what does not concern us moves the clock and brings nothing', () => {
  expect(read(commit({ collection: 'app.bsky.feed.like', record: {} }))).toMatchObject({
    item: null,
    timeUs: 1_783_175_888_085_434,
  })
  expect(read({ did: DID, time_us: 5, kind: 'news-of-tomorrow' })).toMatchObject({ item: null, timeUs: 5 })
})

test.each([
  ['cut off', '{"did":"did:plc:x","time_us":17'],
  ['no object', '[]'],
  ['no time', { did: DID, kind: 'commit' }],
  ['a time that is no number', { did: DID, time_us: '17', kind: 'commit' }],
  ['no DID', { time_us: 1, kind: 'commit' }],
  ['a DID that is none', { did: 'did:plc:../x', time_us: 1, kind: 'commit' }],
  ['no commit', { did: DID, time_us: 1, kind: 'commit' }],
  ['no record', commit({})],
  ['an unknown operation', commit({ operation: 'truncate' })],
  ['a record key that is none', commit({ rkey: 'a/b', record })],
])('%s is put aside with a reason', (_what, event) => {
  const { item } = read(event)
  expect(item?.kind).toBe('malformed')
  expect(item?.kind === 'malformed' && item.reason.length).toBeGreaterThan(3)
})

test('the same event has the same key, whichever instance stamped it', () => {
  const one = read(commit({ record, cid: 'bafyone' }))
  const other = read({ ...commit({ record, cid: 'bafyone' }), time_us: 9 })
  expect(other.key).toBe(one.key)
  expect(read(commit({ operation: 'delete' })).key).not.toBe(one.key)
})

const folder = join(dataFolder() ?? '', 'payloads', 'bluesky_jetstream')
const present = dataFolder() !== null && existsSync(folder)

describe.skipIf(!present)(
  `live events of the real network${present ? '' : ' (skipped: RAPPORT_DATA is not there)'}`,
  () => {
    const lines = (name: string) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean)
    const manifest = () => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, number>

    test('all are read, and posts are counted as an independent program counts them', () => {
      const events = lines('expected_v1.jsonl')
      expect(events.length).toBe(manifest().v1_events)
      const kinds = new Map<string, number>()
      let elsewhere = 0
      for (const line of events) {
        const { item, timeUs } = readStreamEvent(line, settings)
        expect(timeUs).toBeGreaterThan(0)
        if (item === null) elsewhere++
        else kinds.set(item.kind, (kinds.get(item.kind) ?? 0) + 1)
      }
      const posts = events.filter((line) => line.includes('"collection":"app.bsky.feed.post"'))
      const made = posts.filter((line) => !line.includes('"operation":"delete"')).length
      expect(kinds.get('malformed') ?? 0).toBe(0)
      expect(kinds.get('post')).toBe(made)
      expect(kinds.get('post-deleted') ?? 0).toBe(posts.length - made)
      expect(kinds.get('author-changed')).toBe(manifest().identity)
      expect((kinds.get('author-gone') ?? 0) + (kinds.get('author-back') ?? 0)).toBe(manifest().account)
      expect(elsewhere).toBe(events.length - posts.length - 2)
    })

    test('every kind of event of another capture is read', () => {
      for (const line of lines('golden_v1.jsonl'))
        expect(readStreamEvent(line, settings).item?.kind).not.toBe('malformed')
    })

    test('an event that is cut anywhere is put aside and never throws', () => {
      for (const line of lines('golden_v1.jsonl'))
        for (let length = 0; length < line.length; length += 37)
          expect(readStreamEvent(line.slice(0, length), settings).item?.kind).toBe('malformed')
    })
  },
)
