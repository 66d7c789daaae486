import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HeardAuthor } from '../connectors/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { beginByContact, ownAccount, rememberAuthors } from './index.ts'

let app: TestApp
const NOON = new Date('2026-11-20T12:00:00Z')

beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const account = (handle: string, change: Partial<HeardAuthor> = {}): HeardAuthor => ({
  network: 'pond',
  scope: '',
  networkId: `id-of-${handle}`,
  handle,
  name: null,
  avatarUrl: null,
  bio: null,
  url: null,
  followers: null,
  stable: true,
  ...change,
})
const inWorkspace = <T>(work: Parameters<typeof app.services.database.inWorkspace<T>>[2]) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const remember = async (...accounts: HeardAuthor[]) => {
  const { byKey } = await inWorkspace((tx) => rememberAuthors(tx, accounts, NOON))
  return [...byKey.values()].map((author) => author.authorId)
}
const as = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const call = (path: string, input: unknown) => app.call(`people.${path}`, input, as())
const ask = async <Answer>(path: string, input: unknown): Promise<Answer> => {
  const answer = await call(path, input)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body as Answer
}
interface Author {
  person: { personId: string; name: string } | null
  handles: { handle: string }[]
  links: {
    linkId: string
    method: string
    legalBasis: string
    evidence: unknown
    linkedBy: unknown
    withdrawn: { because: string } | null
  }[]
}
const author = (authorId: string | undefined) => ask<Author>('authors.get', { authorId })
const begin = (authorId: string | undefined) =>
  ask<{ personId: string; linkId: string }>('persons.begin', { authorId, reason: 'rang the hotline' })

const untilSomebodyWaits = async () => {
  for (;;) {
    const { rows } = await inWorkspace((tx) =>
      sql`select 1 from pg_locks where not granted and locktype = 'transactionid'`.execute(tx.sql),
    )
    if (rows.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('authors', () => {
  it('are known by their network id, never by their handle', async () => {
    const [first] = await remember(account('sam'))
    const [second] = await remember(account('sam', { networkId: 'another-account' }))
    const [again] = await remember(account('sam.renamed', { networkId: 'id-of-sam' }))
    expect(second).not.toBe(first)
    expect(again).toBe(first)
    expect((await author(first)).handles.map((period) => period.handle)).toEqual(['sam.renamed', 'sam'])
  })

  it('keep what is known when a network does not tell it', async () => {
    const [authorId] = await remember(account('ida', { name: 'Ida', followers: 12, bio: 'skier' }))
    await remember(account('ida', { handle: null, name: null }))
    expect(await author(authorId)).toMatchObject({ handle: 'ida', name: 'Ida', followers: '12', bio: 'skier' })
  })

  it('begin one handle when two sources hear them for the first time at the same moment', async () => {
    let letFirstEnd = () => {}
    const held = new Promise<void>((resolve) => (letFirstEnd = resolve))
    let firstWrote = () => {}
    const written = new Promise<void>((resolve) => (firstWrote = resolve))
    const first = inWorkspace(async (tx) => {
      await rememberAuthors(tx, [account('twice')], NOON)
      firstWrote()
      await held
    })
    await written
    // The second sees no row yet, waits for the first, and finds it then.
    const second = inWorkspace((tx) => rememberAuthors(tx, [account('twice')], new Date(NOON.getTime() + 1)))
    await untilSomebodyWaits()
    letFirstEnd()
    await first
    const [known] = (await second).byKey.values()
    expect((await author(known?.authorId)).handles.map((period) => period.handle)).toEqual(['twice'])
  })

  it('become one row when they are heard at the same moment, in whatever order', async () => {
    const crowd = Array.from({ length: 30 }, (_, index) => account(`crowd-${index}`))
    const runs = await Promise.all([remember(...crowd), remember(...crowd.toReversed()), remember(...crowd)])
    expect(new Set(runs.flat()).size).toBe(30)
  })

  it('are found by the beginning of handle or name, without case and accents, each once', async () => {
    await remember(
      account('zoe.devries', { name: 'Zoë de Vries' }),
      account('xx', { name: 'Zoëlle' }),
      account('Zoological'),
    )
    const list = async (search: string) =>
      (await ask<{ items: { handle: string }[] }>('authors.list', { search })).items.map((item) => item.handle)
    expect((await list('ZOE')).toSorted()).toEqual(['xx', 'zoe.devries'])
    expect(await list('zoe de')).toEqual(['zoe.devries'])
    expect(await list('@zoolog')).toEqual(['Zoological'])
    expect(await list('%')).toEqual([])
  })

  it('are listed page by page, each once', async () => {
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await ask<{ items: { authorId: string }[]; nextCursor: string | null }>('authors.list', {
        limit: 7,
        after,
      })
      seen.push(...page.items.map((item) => item.authorId))
      if (page.nextCursor === null) break
      after = page.nextCursor
    }
    const all = await inWorkspace(async (tx) => (await sql`select from author`.execute(tx.sql)).rows.length)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe(all)
  })
})

describe('persons', () => {
  it('begin for a stated reason, with a link that says who, how and on what legal basis', async () => {
    const [authorId] = await remember(account('nora', { name: 'Nora' }))
    const { personId } = await begin(authorId)
    const found = await author(authorId)
    expect(found.person).toEqual({ personId, name: 'Nora' })
    expect(found.links).toMatchObject([
      {
        method: 'agent-confirmed',
        legalBasis: 'legitimate-interest',
        evidence: { reason: 'rang the hotline' },
        linkedBy: { kind: 'member', id: app.workspace.owner.memberId },
        withdrawn: null,
      },
    ])
    expect((await call('persons.begin', { authorId, reason: '' })).status).toBe(400)
  })

  it('have an account at a time to themselves: another link is refused until the first is withdrawn', async () => {
    const [one, two] = await remember(account('double-1'), account('double-2'))
    const { personId, linkId } = await begin(one)
    const other = await begin(two)
    const link = {
      personId: other.personId,
      authorId: one,
      method: 'customer-told',
      evidence: 'said so',
      legalBasis: 'consent',
    }
    expect(await call('persons.link', link)).toMatchObject({ status: 409, body: { data: { code: 'author-linked' } } })
    await ask('persons.withdraw', { linkId, reason: 'two people' })
    await ask('persons.link', link)
    const history = (await author(one)).links
    expect(history.map((entry) => entry.withdrawn?.because ?? null)).toEqual([null, 'two people'])
    expect((await author(one)).person?.personId).toBe(other.personId)
    expect((await ask<{ links: unknown[] }>('persons.get', { personId })).links).toHaveLength(1)
  })

  it('get one link and one refusal when two people link at the same moment', async () => {
    const [shared, a, b] = await remember(account('shared'), account('owner-a'), account('owner-b'))
    const persons = await Promise.all([begin(a), begin(b)])
    const answers = await Promise.all(
      persons.map(({ personId }) =>
        call('persons.link', {
          personId,
          authorId: shared,
          method: 'agent-confirmed',
          evidence: 'same voice',
          legalBasis: 'contract',
        }),
      ),
    )
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409])
  })

  it('refuse a link withdrawn twice, and one that is unknown', async () => {
    const [authorId] = await remember(account('twice'))
    const { linkId } = await begin(authorId)
    await ask('persons.withdraw', { linkId, reason: 'wrong' })
    expect((await call('persons.withdraw', { linkId, reason: 'wrong' })).status).toBe(409)
    expect((await call('persons.withdraw', { linkId: authorId, reason: 'wrong' })).status).toBe(404)
  })

  it('begin once by contact, however often somebody writes, and never from an account of ours', async () => {
    const [customer, own] = await remember(account('customer'), account('our-desk'))
    await inWorkspace((tx) => ownAccount(tx, own as string))
    const contact = (authorId: string | undefined) =>
      inWorkspace((tx) => beginByContact(tx, authorId as string, 'wrote-to-us', authorId as string, NOON))
    const persons = await Promise.all([contact(customer), contact(customer), contact(customer)])
    expect(new Set(persons).size).toBe(1)
    expect(await contact(own)).toBeNull()
    expect((await call('persons.begin', { authorId: own, reason: 'us' })).status).toBe(400)
  })

  it('are found by name and keep what an agent wrote', async () => {
    const [authorId] = await remember(account('quirin', { name: 'Quirin Öttl' }))
    const { personId } = await begin(authorId)
    await ask('persons.update', { personId, name: 'Quirin Oettl', language: 'de', note: 'prefers mail' })
    const { items } = await ask<{ items: { personId: string; authors: { handle: string }[] }[] }>('persons.list', {
      search: 'quirin o',
    })
    expect(items).toMatchObject([{ personId, authors: [{ handle: 'quirin' }] }])
    expect(await ask('persons.get', { personId })).toMatchObject({
      name: 'Quirin Oettl',
      language: 'de',
      note: 'prefers mail',
    })
  })

  it('leave reasons and notes out of the event log’s shape', async () => {
    const { rows } = await inWorkspace((tx) =>
      sql<{ shape: string }>`select (subjects::text || codes::text) as shape from event`.execute(tx.sql),
    )
    const shapes = rows.map((row) => row.shape).join()
    for (const word of ['hotline', 'two people', 'prefers mail', 'Quirin', 'nora']) expect(shapes).not.toContain(word)
  })

  it('are out of reach for a viewer who would link, and for another workspace', async () => {
    const [authorId] = await remember(account('foreign'))
    const viewer = await app.join(app.workspace.workspaceId, 'viewer')
    const input = { authorId, reason: 'x' }
    const refused = await app.call('people.persons.begin', input, {
      cookie: viewer.cookie,
      workspaceId: app.workspace.workspaceId,
    })
    expect(refused.status).toBe(403)
    const other = await app.createWorkspace('Other')
    const foreign = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    expect((await app.call('people.authors.get', { authorId }, foreign)).status).toBe(404)
    expect((await app.call('people.persons.begin', input, foreign)).status).toBe(404)
  })
})
