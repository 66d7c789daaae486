import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HeardItem } from '../connectors/index.ts'
import { ownAccount, rememberAuthors, suppress } from '../people/index.ts'
import { takeFromSource } from './intake.ts'
import { listeningChanged } from './listeners.ts'
import { anAuthor, aPost, heard, minutesAfterNoon, NOON, replyTo } from './testing/heard.ts'
import { type ListeningTest, listeningTest } from './testing/workspace.ts'
import { createTopic } from './topics.ts'

let test: ListeningTest
const sourceId = '01a20000-0000-7000-8000-000000000001'

beforeAll(async () => {
  test = await listeningTest()
  await test.inWorkspace((tx) =>
    createTopic(tx, { name: 'Nordwind', kind: 'brand', query: 'nordwind', opensConversations: true }, NOON),
  )
})
afterAll(() => test.close())
beforeEach(async () => {
  test.clock.at = minutesAfterNoon(5)
  await test.inWorkspace(async (tx) => {
    for (const table of [
      'mention',
      'post',
      'person_link',
      'graph_operation_person',
      'graph_operation',
      'person',
      'author_handle',
      'author',
      'quarantine',
      'suppression',
    ])
      await sql`delete from ${sql.ref(table)}`.execute(tx.sql)
    await listeningChanged(tx)
  })
})

const take = (items: HeardItem[], change: { keepsEverything?: boolean; tellsEdits?: boolean } = {}) =>
  takeFromSource(test.services, items, {
    workspaceId: test.workspaceId,
    sourceId,
    name: 'The pond',
    keepsEverything: false,
    tellsEdits: true,
    ...change,
  })

const texts = async () =>
  (await test.rows(sql<{ text: string }>`select text from post order by external_id`)).map((row) => row.text)

const weOwn = (handle: string) =>
  test.inWorkspace(async (tx) => {
    const { byKey } = await rememberAuthors(tx, [anAuthor(handle)], NOON)
    for (const { authorId } of byKey.values()) await ownAccount(tx, authorId)
    await listeningChanged(tx)
  })

const lastEvent = async (type: string) => (await test.events()).filter((event) => event.type === type).at(-1)

describe('what is kept', () => {
  it('keeps a post that a topic asked for, with its mention, its author and one event', async () => {
    expect(await take(heard(aPost('1', 'My Nordwind is down')))).toMatchObject({ heard: 1, kept: 1 })
    const rows = await test.rows(sql<{ handle: string; name: string; topic_version: number; direction: string }>`
      select a.handle, t.name, m.topic_version, p.direction from post p join author a using (workspace_id, author_id)
        join mention m using (workspace_id, post_id) join topic t using (workspace_id, topic_id)`)
    expect(rows).toEqual([{ handle: 'mila', name: 'Nordwind', topic_version: 1, direction: 'in' }])
    const [post] = await test.rows(sql<{ post_id: string }>`select post_id from post`)
    expect(await lastEvent('posts.heard')).toEqual({
      type: 'posts.heard',
      subjects: { posts: [post?.post_id] },
      codes: { origin: 'source', matched: 1, addressed: 0, count: 1 },
    })
  })

  it('leaves no trace of a post that nobody asked for', async () => {
    expect(await take(heard(aPost('1', 'Nice weather')))).toMatchObject({ heard: 1, kept: 0 })
    expect(await texts()).toEqual([])
    expect(await test.rows(sql`select from author`)).toEqual([])
  })

  it('keeps everything of a source that is set so', async () => {
    await take(heard(aPost('1', 'Nice weather')), { keepsEverything: true })
    expect(await texts()).toEqual(['Nice weather'])
  })

  it('keeps what is said to us, and the person begins', async () => {
    await take(heard(aPost('1', 'Are you there?', { addressed: true })))
    const persons = await test.rows(sql<{
      name: string
      began_because: string
      method: string
      evidence: { post: string }
    }>`
      select p.name, p.began_because, l.method, l.evidence from person p join person_link l using (workspace_id, person_id)`)
    const [post] = await test.rows(sql<{ post_id: string }>`select post_id from post`)
    expect(persons).toEqual([
      { name: 'mila', began_because: 'wrote-to-us', method: 'wrote-to-us', evidence: { post: post?.post_id } },
    ])
  })

  it('knows by the account that a post is said to us or by us', async () => {
    await weOwn('nord')
    await take(
      heard(
        aPost('1', 'hello', { mentions: ['id-of-nord'] }),
        aPost('2', 'good morning', { author: anAuthor('nord'), mentions: ['id-of-nord'] }),
      ),
    )
    await take(heard(aPost('3', 'good morning to you', replyTo('2'))))
    expect(await test.rows(sql`select external_id, direction, addressed from post order by external_id`)).toEqual([
      { external_id: '1', direction: 'in', addressed: true },
      { external_id: '2', direction: 'out', addressed: false },
      { external_id: '3', direction: 'in', addressed: true },
    ])
  })

  it('keeps an unasked reply in a thread that it keeps, in the same batch and later', async () => {
    await take(
      heard(aPost('1', 'Nordwind?'), aPost('2', 'still broken', replyTo('1')), aPost('9', 'unrelated', replyTo('8'))),
    )
    await take(
      heard(
        aPost('3', 'me too', {
          parent: { externalId: '2', reference: null },
          root: { externalId: '1', reference: null },
        }),
      ),
    )
    expect(await texts()).toEqual(['Nordwind?', 'still broken', 'me too'])
  })

  it('matches each workspace by its own topics and stores for none else', async () => {
    const other = await test.createWorkspace('Other')
    await takeFromSource(test.services, heard(aPost('1', 'Nordwind')), {
      workspaceId: other.workspaceId,
      sourceId,
      name: 'The pond',
      keepsEverything: false,
      tellsEdits: true,
    })
    const kept = await test.inWorkspace(
      async (tx) => (await sql`select from post`.execute(tx.sql)).rows,
      other.workspaceId,
    )
    expect(kept).toEqual([])
  })
})

describe('duplicates, disorder and change', () => {
  it('changes nothing when the same batch comes again', async () => {
    const batch = heard(aPost('1', 'Nordwind one'), aPost('2', 'Nordwind two'))
    await take(batch)
    const events = (await test.events()).length
    expect(await take(batch)).toMatchObject({ heard: 2, kept: 0 })
    expect(await texts()).toEqual(['Nordwind one', 'Nordwind two'])
    expect((await test.events()).length).toBe(events)
  })

  it('stores a post once when two sources hear it at the same moment', async () => {
    await Promise.all(Array.from({ length: 4 }, () => take(heard(aPost('1', 'Nordwind'), aPost('2', 'Nordwind')))))
    expect(await texts()).toEqual(['Nordwind', 'Nordwind'])
    expect(await test.rows(sql`select from mention`)).toHaveLength(2)
  })

  it('applies an edit: new text, mentions of now, to be indexed again', async () => {
    await take(heard(aPost('1', 'Nordwind is bad')))
    await take(heard(aPost('1', 'The wind is bad', { editedAt: minutesAfterNoon(3) })))
    expect(await test.rows(sql`select text, edited_at, indexed from post`)).toEqual([
      { text: 'The wind is bad', edited_at: minutesAfterNoon(3), indexed: false },
    ])
    expect(await test.rows(sql`select from mention`)).toEqual([])
    expect((await lastEvent('posts.edited'))?.codes).toEqual({ count: 1 })
  })

  it('ignores an edit that is older than what is stored', async () => {
    await take(heard(aPost('1', 'Nordwind, second', { editedAt: minutesAfterNoon(4) })))
    await take(heard(aPost('1', 'Nordwind, first', { editedAt: minutesAfterNoon(2) })))
    expect(await texts()).toEqual(['Nordwind, second'])
  })

  it('leaves a stored post alone when its network cannot tell edits', async () => {
    await take(heard(aPost('1', 'Nordwind')))
    await take(heard(aPost('1', 'Nordwind, shortened')), { tellsEdits: false })
    expect(await texts()).toEqual(['Nordwind'])
  })

  it('turns a deleted post into a tombstone without content that never speaks again', async () => {
    await take(heard(aPost('1', 'Nordwind', { title: 'T', links: ['https://a.example/'], media: [] })))
    await take([{ kind: 'post-deleted', network: 'pond', scope: '', externalId: '1', at: minutesAfterNoon(1) }])
    await take(heard(aPost('1', 'Nordwind again', { editedAt: minutesAfterNoon(4) })))
    expect(await test.rows(sql`select title, text, url, links, deleted_at, deleted_because from post`)).toEqual([
      { title: null, text: '', url: null, links: [], deleted_at: minutesAfterNoon(1), deleted_because: 'upstream' },
    ])
    expect((await lastEvent('posts.deleted'))?.codes).toEqual({ because: 'upstream', count: 1 })
  })

  it('does not store a post that the same batch deletes, whichever comes first', async () => {
    const gone: HeardItem = { kind: 'post-deleted', network: 'pond', scope: '', externalId: '1', at: NOON }
    await take([gone, ...heard(aPost('1', 'Nordwind'))])
    await take([...heard(aPost('1', 'Nordwind')), gone])
    expect(await texts()).toEqual([])
  })

  it('keeps the history of handles under one author', async () => {
    await take(heard(aPost('1', 'Nordwind')))
    test.clock.at = minutesAfterNoon(10)
    const renamed = anAuthor('mila.new', { networkId: 'id-of-mila' })
    await take(heard(aPost('2', 'Nordwind', { author: renamed })))
    expect(await test.rows(sql`select handle, seen_from, seen_until from author_handle order by seen_from`)).toEqual([
      { handle: 'mila', seen_from: minutesAfterNoon(5), seen_until: minutesAfterNoon(5) },
      { handle: 'mila.new', seen_from: minutesAfterNoon(10), seen_until: null },
    ])
    expect(await test.rows(sql`select handle from author`)).toEqual([{ handle: 'mila.new' }])
    expect(await lastEvent('author.renamed')).toBeDefined()
  })

  it('follows an account that only changed its name, and takes in none that it does not know', async () => {
    await take(heard(aPost('1', 'Nordwind')))
    await take([
      { kind: 'author-changed', author: anAuthor('mila', { name: 'Mila M.' }), at: NOON },
      { kind: 'author-changed', author: anAuthor('stranger'), at: NOON },
    ])
    expect(await test.rows(sql`select name from author`)).toEqual([{ name: 'Mila M.' }])
  })
})

describe('accounts that go', () => {
  const gone = (at: Date): HeardItem => ({
    kind: 'author-gone',
    network: 'pond',
    scope: '',
    networkId: 'id-of-mila',
    reason: 'deactivated',
    at,
  })

  it('takes their posts along, and what they said before is not taken in again', async () => {
    await take(heard(aPost('1', 'Nordwind')))
    await take([gone(minutesAfterNoon(2))])
    await take(heard(aPost('2', 'Nordwind, late', { publishedAt: minutesAfterNoon(1) })))
    expect(await test.rows(sql`select external_id, text, deleted_because from post`)).toEqual([
      { external_id: '1', text: '', deleted_because: 'author-gone' },
    ])
    expect(await test.rows(sql`select state, state_since from author`)).toEqual([
      { state: 'deactivated', state_since: minutesAfterNoon(2) },
    ])
  })

  it('hears them again when they are back; older news of their going change nothing', async () => {
    await take(heard(aPost('1', 'Nordwind')))
    await take([gone(minutesAfterNoon(2))])
    await take([{ kind: 'author-back', network: 'pond', scope: '', networkId: 'id-of-mila', at: minutesAfterNoon(3) }])
    await take([gone(minutesAfterNoon(2))])
    await take(heard(aPost('1', 'Nordwind')))
    expect(await test.rows(sql`select text, deleted_at from post`)).toEqual([{ text: 'Nordwind', deleted_at: null }])
  })
})

describe('hostile and broken input', () => {
  it('puts what cannot be read into quarantine, with the reason', async () => {
    await take([
      { kind: 'malformed', raw: '{"broken', reason: 'not-json' },
      ...heard(aPost('', 'Nordwind'), aPost('3', 'Nordwind', { publishedAt: new Date(Number.NaN) })),
      ...heard(aPost('x'.repeat(501), 'Nordwind')),
    ])
    const rows = await test.rows(sql<{ reason: string }>`select reason from quarantine order by reason`)
    expect(rows.map((row) => row.reason)).toEqual(['date-unreadable', 'id-missing', 'id-too-long', 'not-json'])
    expect(await texts()).toEqual([])
  })

  it('stores NUL bytes, half characters, future dates and endless texts in a form that can be stored', async () => {
    await take(
      heard(
        aPost('1', `Nordwind\0 \ud83d ${'a'.repeat(30_000)}`, {
          publishedAt: new Date('2999-01-01'),
          url: 'javascript:alert(1)',
          author: anAuthor('mi\0la', { networkId: 'id-of-mila' }),
          links: ['https://ok.example/', 'data:text/html,x', 'https://ok.example/'],
        }),
      ),
    )
    const [row] = await test.rows(sql<{
      text: string
      published_at: Date
      url: string | null
      links: string[]
      handle: string
    }>`
      select p.text, p.published_at, p.url, p.links, a.handle from post p join author a using (workspace_id, author_id)`)
    expect(row).toMatchObject({
      published_at: minutesAfterNoon(15),
      url: null,
      links: ['https://ok.example/'],
      handle: 'mila',
    })
    expect(row?.text).toHaveLength(20_000)
    expect(row?.text.startsWith('Nordwind \ufffd aaa')).toBe(true)
  })

  it('does not collect an account again that asked not to be', async () => {
    await test.inWorkspace((tx) => suppress(tx, test.services.secrets, anAuthor('mila'), 'objection'))
    await take(heard(aPost('1', 'Nordwind'), aPost('2', 'Nordwind', { author: anAuthor('tom') })))
    expect(await test.rows(sql`select handle from author`)).toEqual([{ handle: 'tom' }])
    const [row] = await test.rows(sql<{ identity_hash: string }>`select identity_hash from suppression`)
    expect(row?.identity_hash).not.toContain('mila')
  })

  it('takes what such an account says to us of its own accord afterwards, and nothing else of it', async () => {
    await weOwn('nordwind')
    await test.inWorkspace((tx) => suppress(tx, test.services.secrets, anAuthor('mila'), 'erasure'))
    const [row] = await test.rows(sql<{ since: Date }>`select since from suppression`)
    const since = row?.since ?? NOON
    const said = (id: string, text: string, minutes: number, addressed: boolean) =>
      aPost(id, text, {
        author: anAuthor('mila'),
        publishedAt: new Date(since.getTime() + minutes * 60_000),
        mentions: addressed ? ['id-of-nordwind'] : [],
      })
    test.clock.at = new Date(since.getTime() + 5 * 60_000)
    await take(
      heard(
        said('3', '@nordwind from before, read again', -1, true),
        said('4', 'Nordwind, to nobody', 1, false),
        said('5', '@nordwind it is me again', 2, true),
      ),
    )
    expect(await texts()).toEqual(['@nordwind it is me again'])
    expect(await test.rows(sql`select count(*)::int as persons from person_link where withdrawn_at is null`)).toEqual([
      { persons: 1 },
    ])
  })
})
