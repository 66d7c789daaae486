import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationItem } from '../../contract/inbox-conversations.ts'
import { newId } from '../platform/ids.ts'
import { explain } from '../platform/testing/explain.ts'
import { openingOf, placesOfAnswers, placesOfTurns } from './author-timeline.ts'
import { type Desk, openDesk } from './testing/desk.ts'

interface Entry {
  kind: string
  at: string
  turn?: string
  because?: string | null
  position?: string
  actor?: { kind: string; id: string | null }
  writtenBy?: { kind: string; id: string | null } | null
  post?: { postId: string; text: string }
  conversation?: { conversationId: string; state: string; opening: string | null; author: { authorId: string } }
}
interface Page {
  items: Entry[]
  nextCursor: string | null
}

let desk: Desk
let uwe: ConversationItem
let uweElsewhere: ConversationItem
let personId: string

const change = (conversationId: string, what: string) =>
  desk.ask(
    'inbox.conversations.change',
    { which: { conversationIds: [conversationId] }, change: { change: what } },
    desk.ben,
  )
const ofPerson = (input: Record<string, unknown> = {}) =>
  desk.ask<Page>('listening.timelines.ofPerson', { personId, limit: 100, ...input })
const ofAuthor = (authorId: string, input: Record<string, unknown> = {}) =>
  desk.ask<Page>('listening.timelines.ofAuthor', { authorId, limit: 100, ...input })

const tell = ({ kind, turn, because, post }: Entry): string =>
  post ? `${kind} ${post.text}` : [kind, turn, because].filter(Boolean).join(' ')
const keyOf = (entry: Entry): string => `${entry.kind} ${entry.post?.postId ?? entry.position ?? JSON.stringify(entry)}`

beforeAll(async () => {
  desk = await openDesk()
  const first = desk.says('uwe.test', '@nordwind.test My rucksack is torn')
  await desk.hear()
  uwe = await desk.conversationOf('uwe.test')
  const { deliveryId } = await desk.answer(uwe, 'We send you a new one', { close: true })
  await desk.deliver()
  expect((await desk.delivery(deliveryId)).state).toBe('sent')
  desk.says('uwe.test', '@nordwind.test Nothing came', first)
  await desk.hear()
  desk.saysInApp('It is on its way', first)
  await desk.hear()
  desk.says('uwe-two.test', '@nordwind.test Me again, from my other account')
  await desk.hear()
  uweElsewhere = await desk.conversationOf('uwe-two.test')
  await change(uweElsewhere.conversationId, 'close')
  const person = (await desk.conversationOf('uwe.test')).person
  personId = person?.personId ?? ''
})
afterAll(() => desk.close())

describe('the timeline of an author', () => {
  it('tells of their posts, of the turns of their conversations and of our answers as one story', async () => {
    const { items } = await ofAuthor(uwe.author.authorId)
    const told = items.map(tell).filter((line) => !/^(handle|linked)/.test(line))
    expect(told.toSorted()).toEqual(
      [
        'post @nordwind.test My rucksack is torn',
        'conversation opened addressed',
        'answer We send you a new one ^AA',
        'conversation closed answered',
        'post @nordwind.test Nothing came',
        'conversation reopened newer-post',
        'answer It is on its way',
        'conversation closed answered-elsewhere',
      ].toSorted(),
    )
    const turns = items.flatMap(({ kind, turn }) => (kind === 'conversation' ? [turn] : []))
    expect(turns).toEqual(['closed', 'reopened', 'closed', 'opened'])
    const times = items.map(({ at }) => at)
    expect(times).toEqual(times.toSorted().reverse())
  })

  it('names who of us answered, who closed it, and how each conversation stands today', async () => {
    const { items } = await ofAuthor(uwe.author.authorId)
    const [elsewhere, ours] = items.filter(({ kind }) => kind === 'answer')
    expect(ours?.writtenBy).toEqual({ kind: 'member', id: desk.anna.memberId })
    expect(elsewhere?.writtenBy).toBeNull()
    const { conversationId } = uwe
    expect(items.filter(({ conversation }) => conversation).map(({ conversation }) => conversation)).toEqual(
      Array(6).fill(expect.objectContaining({ conversationId, state: 'closed', opening: 'My rucksack is torn' })),
    )
    const other = await ofAuthor(uweElsewhere.author.authorId)
    expect(other.items.find(({ turn }) => turn === 'closed')).toMatchObject({
      because: 'by-hand',
      actor: { kind: 'member', id: desk.ben.memberId },
    })
  })

  it('tells conversations apart by their first whole words', () => {
    expect(openingOf('@nordwind.test @other.test  My rucksack\nis torn')).toBe('My rucksack is torn')
    expect(openingOf(`${'word '.repeat(11)}wordy endings`)).toBe(`${'word '.repeat(11)}wordy …`)
    expect([null, '', '@nordwind.test', `https://nordwind.test/${'a'.repeat(60)}`].map(openingOf)).toEqual(
      Array(4).fill(null),
    )
  })

  it('tells nothing of the inbox to those who may not read it', async () => {
    const { secret } = await desk.ask<{ secret: string }>('accounts.keys.create', {
      name: 'Directory',
      scopes: ['people.read', 'posts.read'],
    })
    const answer = await desk.tell(
      'listening.timelines.ofAuthor',
      { authorId: uwe.author.authorId, limit: 100 },
      { key: secret },
    )
    expect(answer.status).toBe(200)
    const kinds = new Set((answer.body as unknown as Page).items.map(({ kind }) => kind))
    expect([...kinds].sort()).toEqual(['handle', 'linked', 'post'])
  })

  it('is narrowed to posts where only these are wanted', async () => {
    const { items } = await ofAuthor(uwe.author.authorId, { only: 'posts' })
    expect(items.map(tell)).toEqual(['post @nordwind.test Nothing came', 'post @nordwind.test My rucksack is torn'])
  })

  it('refuses a cursor that it did not write, and one of a strand that the reader may not see', async () => {
    const page = await ofAuthor(uwe.author.authorId, { limit: 1 })
    const ofOurs = Buffer.from(JSON.stringify(['2026-01-01T00:00:00.000000', 'answer', uwe.conversationId]))
    for (const [after, only] of [
      ['nonsense', undefined],
      [ofOurs.toString('base64url'), 'posts'],
      [Buffer.from('["yesterday","post","x"]').toString('base64url'), undefined],
    ]) {
      const input = { authorId: uwe.author.authorId, after, only }
      const refused = await desk.tell('listening.timelines.ofAuthor', input, desk.anna)
      expect(refused).toMatchObject({ status: 400, body: { data: { code: 'cursor-invalid' } } })
    }
    expect(page.nextCursor).not.toBeNull()
  })
})

describe('a person with several accounts', () => {
  const listed = async (filters: Record<string, unknown>) =>
    (await desk.conversations(filters)).map(({ conversationId }) => conversationId).sort()

  it('has the conversations of all of them, on the timeline and as a filter of the inbox', async () => {
    expect(await listed({ personId })).toEqual([uwe.conversationId])
    const { links } = await desk.ask<{ links: { linkId: string }[] }>('people.authors.get', {
      authorId: uweElsewhere.author.authorId,
    })
    await desk.ask('people.persons.withdraw', { linkId: links[0]?.linkId, reason: 'the same as Uwe' })
    const { linkId } = await desk.ask<{ linkId: string }>('people.persons.link', {
      personId,
      authorId: uweElsewhere.author.authorId,
      method: 'customer-told',
      evidence: 'says so',
      legalBasis: 'contract',
    })
    const both = [uwe.conversationId, uweElsewhere.conversationId].sort()
    expect(await listed({ personId })).toEqual(both)
    expect(await listed({ authorId: uweElsewhere.author.authorId })).toEqual([uweElsewhere.conversationId])
    const told = (await ofPerson()).items.flatMap(({ conversation }) => conversation?.conversationId ?? [])
    expect([...new Set(told)].sort()).toEqual(both)

    await desk.ask('people.persons.withdraw', { linkId, reason: 'not he' })
    expect(await listed({ personId })).toEqual([uwe.conversationId])
    const after = (await ofPerson()).items.flatMap(({ conversation }) => conversation?.conversationId ?? [])
    expect([...new Set(after)]).toEqual([uwe.conversationId])
    await desk.ask('people.persons.link', {
      personId,
      authorId: uweElsewhere.author.authorId,
      method: 'customer-told',
      evidence: 'he after all',
      legalBasis: 'contract',
    })
  })
})

describe('a timeline that is narrowed', () => {
  const kinds = async (input: Record<string, unknown>) => [
    ...new Set((await ofPerson(input)).items.map(({ kind }) => kind)),
  ]

  it('tells one kind of entries', async () => {
    expect(await kinds({ only: 'posts' })).toEqual(['post'])
    expect(await kinds({ only: 'conversations' })).toEqual(['conversation'])
    expect(await kinds({ only: 'answers' })).toEqual(['answer'])
    expect((await kinds({ only: 'identity' })).toSorted()).toEqual(['handle', 'linked', 'withdrawn'])
  })

  it('tells what happened on one network, and nothing of a network where they are not', async () => {
    const all = (await ofPerson()).items.length
    expect((await ofPerson({ network: 'bluesky' })).items).toHaveLength(all)
    expect((await ofPerson({ network: 'elsewhere' })).items).toEqual([])
  })

  it('tells what happened from one moment on and before another', async () => {
    const times = (await ofPerson()).items.map(({ at }) => new Date(at).getTime())
    const middle = new Date(times[Math.floor(times.length / 2)] ?? 0)
    const later = (await ofPerson({ from: middle })).items
    const earlier = (await ofPerson({ until: middle })).items
    expect(later.every(({ at }) => new Date(at) >= middle)).toBe(true)
    expect(earlier.every(({ at }) => new Date(at) < middle)).toBe(true)
    expect(later.length + earlier.length).toBe(times.length)
    expect((await ofPerson({ from: middle, until: middle })).items).toEqual([])
  })

  it('tells posts in which every word stands', async () => {
    await desk.inWorkspace((tx) =>
      sql`insert into post_term (workspace_id, term, published_at, post_id)
        select p.workspace_id, t.term, p.published_at, p.post_id from post p, unnest('{rucksack,torn}'::text[]) t(term)
        where p.workspace_id = ${tx.workspaceId} and p.text like '%rucksack is torn%' on conflict do nothing`.execute(
        tx.sql,
      ),
    )
    expect((await ofPerson({ text: 'torn rucksack' })).items.map(({ kind }) => kind)).toEqual(['post'])
    expect((await ofPerson({ text: 'torn tent' })).items).toEqual([])
  })
})

describe('pages of the timeline', () => {
  it('lose nothing and tell nothing twice, when entries of every kind share a moment or differ by a microsecond', async () => {
    const both = [uwe.conversationId, uweElsewhere.conversationId]
    await desk.inWorkspace(async (tx) => {
      const counter = await sql<{ base: string }>`update event_counter set position = position + 40
        where workspace_id = ${tx.workspaceId} returning position - 40 as base`.execute(tx.sql)
      const base = counter.rows[0]?.base ?? '0'
      // Pairs at one moment, moments one microsecond apart, positions not in the order of time.
      await sql`
        insert into event (workspace_id, position, event_id, at, type, actor_kind, subjects, codes)
        select ${tx.workspaceId}, ${base}::bigint + n, gen_random_uuid(),
          timestamptz '2026-03-01 12:00:00.000500Z' + ((n * 7 % 40) / 2) * interval '1 microsecond',
          'conversation.closed', 'system', jsonb_build_object('conversationId', (${both}::text[])[1 + n % 2]), '{}'
        from generate_series(1, 40) n`.execute(tx.sql)
      for (const [direction, authorId, many] of [
        ['in', uwe.author.authorId, 20],
        ['in', uweElsewhere.author.authorId, 20],
        ['out', null, 20],
      ] as const)
        await sql`
          with ours as (select author_id from author where workspace_id = ${tx.workspaceId} and own),
          made as (
            insert into post (workspace_id, post_id, network, external_id, author_id, direction, text, published_at, heard_at, content_hash)
            select ${tx.workspaceId}, gen_random_uuid(), 'bluesky', gen_random_uuid()::text,
              coalesce(${authorId}::uuid, (select author_id from ours)), ${direction}, 'at one moment',
              timestamptz '2026-03-01 12:00:00.000500Z' + (n / 4) * interval '1 microsecond', now(), ''
            from generate_series(1, ${many}::int) n returning *)
          insert into conversation_post (workspace_id, conversation_id, post_id, published_at, direction, content_hash, version)
          select made.workspace_id, c, post_id, published_at, direction, '', 1 from made, unnest(${both}::uuid[]) c
          where made.direction = 'out'`.execute(tx.sql)
      await sql`update person_link set linked_at = '2026-03-01 12:00:00.000Z'
        where workspace_id = ${tx.workspaceId} and person_id = ${personId}`.execute(tx.sql)
    })
    const whole = await walk(100)
    expect(whole.filter((key) => key.startsWith('conversation'))).toHaveLength(40 + 6)
    expect(whole.filter((key) => key.startsWith('answer'))).toHaveLength(20 + 2)
    expect(whole.filter((key) => key.startsWith('post'))).toHaveLength(40 + 3)
    expect(new Set(whole).size).toBe(whole.length)
    for (const limit of [1, 2, 3, 7, 50]) expect(await walk(limit)).toEqual(whole)
  })

  async function walk(limit: number): Promise<string[]> {
    const keys: string[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const page: Page = await ofPerson({ limit, ...(after ? { after } : {}) })
      keys.push(...page.items.map(keyOf))
      after = page.nextCursor
    }
    return keys
  }

  it('are found by index, as the application’s role', async () => {
    const before = { at: '2026-03-01T12:00:00.000500', key: '5' }
    const uuidBefore = { ...before, key: newId() }
    const queries = await desk.inWorkspace(async (tx) => [
      placesOfTurns(tx, [newId(), newId()], before, 31),
      placesOfAnswers(tx, [newId(), newId()], uuidBefore, 31),
    ])
    const explained = await explain(desk, [
      [queries[0] ?? sql``, 'event_turn'],
      [queries[1] ?? sql``, 'conversation_post_ours'],
    ])
    for (const { plan } of explained) {
      expect(plan).not.toMatch(/Seq Scan/)
      // Inside each conversation the index gives the order; only the merged few are sorted.
      expect(plan.match(/Sort Key/g)?.length ?? 0).toBeLessThanOrEqual(2)
    }
    expect(explained[0]?.plan).toMatch(/Index.* using event_turn /)
    expect(explained[1]?.plan).toMatch(/Index.* using conversation_post_ours /)
  })
})
