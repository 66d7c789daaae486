import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../../contract/index.ts'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { hear } from '../listening/index.ts'
import { anAuthor, aPost, heard } from '../listening/testing/heard.ts'
import { newId } from '../platform/ids.ts'
import { pixels } from '../publishing/photo.fixture.ts'
import type { TestMember } from '../testing/app.ts'
import { jsonSchemaOf, proceduresOf } from '../testing/procedures.ts'
import { pseudonym } from './pseudonyms.ts'

/** Paula is only heard: her post matches a topic, and nobody answered. Frieda wrote to us, so she is a person. */
const HERS = /paula\.pond|Paula Pondicherry/i
const LIVE_MS_MAX = 20_000
let desk: Desk
let viewer: TestMember
beforeAll(async () => {
  desk = await openDesk()
  viewer = await desk.app.join(desk.workspaceId, 'viewer', 'Vera Viewer')
  await desk.ask('listening.topics.create', { name: 'Ponds', query: 'pond', languages: ['en'], kind: 'brand' })
  const author = anAuthor('paula.pond', {
    name: 'Paula Pondicherry',
    url: 'https://pond.example/paula.pond',
    avatarUrl: 'https://pond.example/paula.pond.png',
    bio: 'Paula Pondicherry, of the pond',
  })
  const post = aPost('paula.pond/1', 'I like my pond better than theirs', {
    author,
    url: 'https://pond.example/paula.pond/1',
  })
  const before = anAuthor('paula.pond', {
    name: 'Paula von Pondicherry',
    url: 'https://pond.example/paula.pond/before',
    avatarUrl: 'https://pond.example/paula.pond/before.png',
  })
  const earlier = aPost('paula.pond/0', 'My first pond', { author: before, url: 'https://pond.example/paula.pond/0' })
  await hear(desk.services, desk.workspaceId, desk.sourceId, heard(earlier))
  await hear(desk.services, desk.workspaceId, desk.sourceId, heard(post))
  desk.says('frieda.pond', '@nordwind.test where is my pond?')
  await desk.hear()
  await desk.ask('accounts.workspaces.update', { settings: { pseudonymous: true } })
})
afterAll(() => desk?.close())

const asViewer = (path: string, input: unknown) => desk.tell(path, input, viewer)

describe('in a workspace with pseudonyms', () => {
  it('a viewer reads what was said, and not who said it', async () => {
    const { status, body } = await asViewer('listening.posts.search', { limit: 20 })
    expect(status).toBe(200)
    expect(JSON.stringify(body)).toContain('I like my pond better')
    expect(JSON.stringify(body)).not.toMatch(HERS)
    expect(JSON.stringify(body)).toContain('frieda.pond')
    const agents = await desk.tell('listening.posts.search', { limit: 20 }, desk.anna)
    expect(JSON.stringify(agents.body)).toMatch(HERS)
  })

  it('keeps one pseudonym for an account, which cannot be worked out without the keys', async () => {
    const first = JSON.stringify((await asViewer('people.authors.list', {})).body)
    const [row] = await desk.rows(sql<{ author_id: string }>`select author_id from author where handle = 'paula.pond'`)
    const name = pseudonym(desk.services.secrets, desk.workspaceId, row?.author_id ?? '')
    expect(name).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)
    expect(first).toContain(name)
    expect(pseudonym(desk.services.secrets, newId(), row?.author_id ?? '')).not.toBe(name)
  })

  it('refuses to be asked by handle or author', async () => {
    for (const [path, input] of [
      ['people.authors.list', { search: 'paula' }],
      ['listening.posts.search', { query: 'author:paula.pond', limit: 5 }],
      ['listening.posts.search', { query: '@paula.pond', limit: 5 }],
      ['listening.posts.search', { query: '@ünal', limit: 5 }],
      ['inbox.conversations.list', { text: '@paula' }],
      ['inbox.conversations.count', { filters: [{ text: '@paula' }] }],
    ] as const)
      expect(await asViewer(path, input), path).toMatchObject({
        status: 403,
        body: { data: { code: 'authors-are-pseudonymous' } },
      })
  })

  it('finds persons by what is typed, and no account that is nobody’s', async () => {
    const found = async (text: string, who: TestMember) =>
      (await desk.tell('people.search', { text }, who)).body as { persons: unknown[]; accounts: unknown[] }
    expect((await found('paula.pond', desk.anna)).accounts).toHaveLength(1)
    expect((await found('paula.pond', viewer)).accounts).toEqual([])
    expect((await found('frieda.pond', viewer)).persons).toHaveLength(1)
  })

  it('covers every answer that a viewer may get, asked with the ids that belong to her', async () => {
    const ids = await idsOfPaula()
    const leaks: string[] = []
    const answered = []
    for (const { path, method, input } of proceduresOf(contract)) {
      const asked = method === 'GET' ? askedWith(jsonSchemaOf(input, 'input'), ids) : null
      if (!asked) continue
      const { status, body } = await asViewer(path, asked)
      if (status !== 200) continue
      answered.push(path)
      if (HERS.test(JSON.stringify(body))) leaks.push(`${path} ${JSON.stringify(asked)}`)
    }
    expect(leaks).toEqual([])
    expect(answered.length).toBeGreaterThan(25)
    expect(answered).toContain('people.authors.get')
    expect(answered).toContain('people.authors.past')
    expect(answered).toContain('listening.posts.get')
  })

  it('covers what is asked by POST as well, in every list that a look at a query or a topic brings', async () => {
    const ids = await idsOfPaula()
    const query = 'pond'
    const about = { topicId: ids.topicId, query, languages: ['en'], days: 30 }
    const asked: [string, Record<string, unknown>][] = [
      ['listening.workbench.preview', about],
      ['listening.workbench.estimates', about],
      ['listening.workbench.compare', { ...about, query: 'pond OR lake' }],
      ['listening.workbench.changed', { ...about, query: 'lake', which: 'lost' }],
      ['listening.triage.queue', { topicId: ids.topicId }],
      ['inbox.conversations.count', { filters: [{ state: 'open' }] }],
    ]
    let told = ''
    for (const [path, input] of asked) {
      const { status, body } = await asViewer(path, input)
      expect([path, status]).toEqual([path, 200])
      expect(JSON.stringify(body), path).not.toMatch(HERS)
      told += JSON.stringify(body)
    }
    // Her words are among the answers: it is not for want of posts that nobody is named.
    expect(told).toContain('I like my pond better')
  })

  it('shows no picture of hers to a viewer', async () => {
    const { authorId } = await idsOfPaula()
    const picture = await pixels({ width: 8, height: 8 }).png()
    const site = createServer((_, response) => response.setHeader('content-type', 'image/png').end(picture))
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    try {
      const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/paula.png`
      await desk.rows(sql`update author set avatar_url = ${address} where author_id = ${authorId}`)
      const pictureFor = async ({ cookie }: TestMember) =>
        (
          await desk.app.request(`/media/authors/${authorId}`, {
            headers: { cookie, 'x-rapport-workspace': desk.workspaceId },
          })
        ).status
      expect(await pictureFor(desk.anna)).toBe(200)
      expect(await pictureFor(viewer)).toBe(404)
    } finally {
      site.close()
    }
  })

  it('tells nothing of her in what is told live', async () => {
    // Live messages are made of events alone, which hold ids and codes.
    const events = await desk.rows(sql<{ event: string }>`select e::text as event from event e`)
    expect(events.length).toBeGreaterThan(0)
    expect(events.map(({ event }) => event).join('\n')).not.toMatch(HERS)
  })

  it('tells nothing of her in the stream of a viewer who watches while she writes', async () => {
    const stop = new AbortController()
    const { cookie } = viewer
    const stream = await desk.app.request(`/live?workspace=${desk.workspaceId}`, {
      headers: { cookie },
      signal: stop.signal,
    })
    expect(stream.status).toBe(200)
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader()
    const author = anAuthor('paula.pond', { name: 'Paula Pondicherry' })
    const post = aPost('paula.pond/2', 'One more pond, live', { author })
    await hear(desk.services, desk.workspaceId, desk.sourceId, heard(post))
    let told = ''
    const deadline = Date.now() + LIVE_MS_MAX
    while (!told.includes('posts.heard') && Date.now() < deadline) {
      const { value, done } = await reader.read()
      if (done) break
      told += new TextDecoder().decode(value)
    }
    await reader.cancel()
    stop.abort()
    expect(told).toContain('posts.heard')
    expect(told).not.toMatch(HERS)
    expect(told).not.toContain('One more pond')
  })

  it('shows a file of posts and a key without the permission no names either', async () => {
    const { secret } = await desk.ask<{ secret: string }>('accounts.keys.create', {
      name: 'Figures',
      scopes: ['posts.read', 'posts.export'],
    })
    const file = await desk.app.request('/files/posts.csv', { headers: { authorization: `Bearer ${secret}` } })
    const text = await file.text()
    expect(text).toContain('I like my pond better')
    expect(text).not.toMatch(HERS)
  })
})

async function idsOfPaula(): Promise<Record<string, string>> {
  const [row] = await desk.rows(sql<Record<string, string>>`
    select a.author_id as "authorId", p.post_id as "postId", m.topic_id as "topicId", o.person_id as "personId",
      c.conversation_id as "conversationId", s.source_id as "sourceId"
    from author a join post p on p.workspace_id = a.workspace_id and p.author_id = a.author_id
      join mention m on m.workspace_id = p.workspace_id and m.post_id = p.post_id
      cross join (select person_id from person limit 1) o cross join (select conversation_id from conversation limit 1) c
      cross join (select source_id from source limit 1) s
    where a.handle = 'paula.pond' and a.person_id is null limit 1`)
  return row ?? {}
}

/** The least that the procedure asks for; null where it needs something that is not hers. */
function askedWith(
  schema: ReturnType<typeof jsonSchemaOf>,
  ids: Record<string, string>,
): Record<string, unknown> | null {
  const asked: Record<string, unknown> = {}
  for (const [name, { default: standard, enum: words }] of Object.entries(schema.properties ?? {})) {
    if (ids[name]) asked[name] = ids[name]
    else if (!schema.required?.includes(name) || standard !== undefined) continue
    else if (words) asked[name] = words[0]
    else return null
  }
  return asked
}
