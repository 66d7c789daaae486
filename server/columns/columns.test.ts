import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Column, ColumnInput } from '../../contract/columns-shapes.ts'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { addressedStatement, ofPersonStatement } from '../listening/candidates.ts'
import { newId } from '../platform/ids.ts'
import { explain } from '../platform/testing/explain.ts'
import type { TestMember } from '../testing/app.ts'
import type { Layout } from './layouts.ts'

interface Arrived {
  matches: { columnId: string; postId: string; spans: { field: string; start: number; end: number }[] }[]
  posts: { postId: string; text: string }[]
}

let desk: Desk
let topicId: string
let personId: string

const named = { columnId: null, name: null }
const create = (columns: unknown[], as?: TestMember, more: object = {}) =>
  desk.ask<Layout>('columns.layouts.create', { name: 'Desk', columns, ...more }, as)
const saved = ({ layoutId, version, name, shared }: Layout, columns: unknown[], as?: TestMember) =>
  desk.ask<Layout>('columns.layouts.save', { layoutId, version, name, shared, columns }, as)
const codeOf = async (path: string, input: unknown, as: TestMember = desk.anna) =>
  (await desk.tell(`columns.${path}`, input, as)).body.data?.code
const allPosts = async () =>
  (await desk.ask<{ items: { postId: string }[] }>('listening.posts.search', { limit: 100 })).items.map(
    ({ postId }) => postId,
  )
const idsIn = (arrived: Arrived, columnId: string | undefined) =>
  arrived.matches.filter((match) => match.columnId === columnId).map(({ postId }) => postId)

beforeAll(async () => {
  desk = await openDesk()
  const topic = { name: 'Nordwind', query: 'nordwind OR parcel', languages: ['en'], kind: 'brand' }
  topicId = (await desk.ask<{ topicId: string }>('listening.topics.create', topic)).topicId
  desk.says('kunde.test', '@nordwind.test where is my parcel? It is awful')
  desk.says('gast.test', '@nordwind.test a fine shop, thank you')
  desk.says('kunde.test', '@nordwind.test still no parcel, and no answer')
  await desk.hear()
  const person = (await desk.conversationOf('kunde.test')).person
  personId = person?.personId ?? ''
})
afterAll(() => desk.close())

describe('a layout', () => {
  it('is its maker’s own until it is shared, and then everybody’s to read', async () => {
    const own = await create([{ ...named, kind: 'mentions', filters: {} }], desk.anna)
    const { layoutId } = own
    expect(await codeOf('layouts.get', { layoutId }, desk.ben)).toBe('layout-unknown')
    expect(await codeOf('posts', { layoutId, postIds: [] }, desk.ben)).toBe('layout-unknown')
    expect(await codeOf('layouts.remove', { layoutId }, desk.lead)).toBe('layout-unknown')
    expect(await codeOf('layouts.create', { name: 'Ours', shared: true, columns: [] })).toBe('permission-missing')
    const shared = await create([{ ...named, kind: 'mentions', filters: {} }], desk.lead, { shared: true })
    const listed = await desk.ask<{ items: { layoutId: string; shared: boolean }[] }>(
      'columns.layouts.list',
      {},
      desk.ben,
    )
    expect(listed.items).toMatchObject([{ layoutId: shared.layoutId, shared: true }])
    const change = { layoutId: shared.layoutId, version: 1, name: 'Mine now', shared: false, columns: [] }
    expect(await codeOf('layouts.save', change, desk.ben)).toBe('permission-missing')
    await desk.ask('columns.layouts.remove', { layoutId: shared.layoutId }, desk.lead)
    await desk.ask('columns.layouts.remove', { layoutId }, desk.anna)
    expect(await codeOf('layouts.get', { layoutId })).toBe('layout-unknown')
  })

  it('keeps its columns and everybody’s look at them when they are moved; who is late is told', async () => {
    const before = await create(
      [
        { ...named, kind: 'mentions', filters: {} },
        { ...named, kind: 'topic', topicId, filters: { language: 'en' }, order: 'useful' },
      ],
      desk.lead,
      { shared: true },
    )
    const [mentions, topic] = before.columns as [Column, Column]
    expect(topic).toMatchObject({ topicName: 'Nordwind', order: 'useful', look: { sound: false, width: 340 } })
    const look = { ...mentions.look, width: 500, muted: true }
    await desk.ask('columns.look', { columnId: mentions.columnId, ...look }, desk.ben)
    const after = await saved(before, [topic, { ...mentions, name: 'To us' }], desk.lead)
    expect(after.columns.map(({ columnId }) => columnId)).toEqual([topic.columnId, mentions.columnId])
    expect(await codeOf('layouts.save', { ...before, columns: [] }, desk.lead)).toBe('layout-changed')
    const bens = await desk.ask<Layout>('columns.layouts.get', { layoutId: before.layoutId }, desk.ben)
    expect(bens.columns[1]).toMatchObject({ name: 'To us', look: { width: 500, muted: true } })
    expect(after.columns[1]?.look).toMatchObject({ width: 340, muted: false })
    // Whoever may not change it makes one of their own of it.
    const copy = await create(
      after.columns.map((column) => ({ ...column, columnId: null })),
      desk.ben,
    )
    expect(copy.columns).toHaveLength(2)
    expect(copy.columns[0]?.columnId).not.toBe(topic.columnId)
    expect(await codeOf('layouts.save', { ...copy, columns: [topic] }, desk.ben)).toBe('column-unknown')
    expect(await codeOf('look', { columnId: newId(), ...look }, desk.ben)).toBe('column-unknown')
  })

  it('says who a column is about to whoever may read persons, and to others that it is about somebody', async () => {
    const { roleId } = await desk.ask<{ roleId: string }>('accounts.roles.create', {
      name: 'Reads posts',
      permissions: ['workspace.read', 'sources.read', 'topics.read', 'posts.read'],
    })
    const reader = await desk.app.join(desk.workspaceId, 'viewer', 'Rosa Reads')
    await desk.ask('accounts.members.update', { memberId: reader.memberId, roleId })
    await desk.rows(sql`update person set name = 'Karla Kunde' where person_id = ${personId}`)
    const { layoutId } = await create([{ ...named, kind: 'person', personId, filters: {} }], desk.lead, {
      shared: true,
    })
    const nameFor = async (as: TestMember) =>
      (await desk.ask<{ columns: { person: { name: string } }[] }>('columns.layouts.get', { layoutId }, as)).columns[0]
        ?.person.name
    expect(await nameFor(desk.anna)).toBe('Karla Kunde')
    expect(await nameFor(reader)).toBe('')
    await desk.ask('columns.layouts.remove', { layoutId }, desk.lead)
  })

  it('takes no column that could show nothing', async () => {
    const refused = (column: unknown) => codeOf('layouts.create', { name: 'X', columns: [column] })
    expect(await refused({ ...named, kind: 'topic', topicId: newId(), filters: {} })).toBe('topic-unknown')
    expect(await refused({ ...named, kind: 'approvals' })).toBeUndefined()
    expect(await refused({ ...named, kind: 'person', personId: newId(), filters: {} })).toBe('person-unknown')
    expect(await refused({ ...named, kind: 'search', query: '(parcel', filters: {} })).toBe('query-invalid')
    expect(await refused({ ...named, kind: 'mentions', filters: { segmentId: newId() } })).toBe('segment-unknown')
    expect(await refused({ ...named, kind: 'queue', filters: { tagId: newId() } })).toBe('tag-unknown')
  })

  it('can be moved and narrowed though what one of its columns asks for has gone', async () => {
    const { tagId } = await desk.ask<{ tagId: string }>('inbox.tags.create', { name: 'Soon gone' })
    const before = await create([{ ...named, kind: 'queue', filters: { tagId } }], desk.anna)
    await desk.ask('inbox.tags.remove', { tagId })
    const after = await saved(before, [...before.columns, { ...named, kind: 'mentions', filters: {} }], desk.anna)
    expect(after.columns).toHaveLength(2)
  })
})

it('a post leads to its conversation, and one that nobody took up to none', async () => {
  const of = async (postId: unknown) =>
    (await desk.ask<{ conversationId: string | null }>('columns.conversationOf', { postId }, desk.anna)).conversationId
  const { conversationId, lastPost } = await desk.conversationOf('kunde.test')
  expect(await of(lastPost?.postId)).toBe(conversationId)
  expect(await of(newId())).toBeNull()
})

describe('what arrives', () => {
  const posts: ColumnInput[] = []
  let layout: Layout

  beforeAll(async () => {
    posts.push(
      { ...named, kind: 'topic', topicId, filters: {}, order: 'newest' },
      { ...named, kind: 'topic', topicId, filters: { sentiment: 'negative' }, order: 'newest' },
      { ...named, kind: 'search', query: 'parcel AND NOT answer', filters: {}, order: 'newest' },
      {
        ...named,
        kind: 'search',
        query: 'author:gast.test OR awful',
        filters: { network: 'bluesky' },
        order: 'newest',
      },
      { ...named, kind: 'mentions', filters: { direction: 'in' }, order: 'newest' },
      { ...named, kind: 'person', personId, filters: {}, order: 'newest' },
      { ...named, kind: 'mentions', filters: { network: 'mastodon' }, order: 'newest' },
    )
    layout = await create(posts, desk.anna)
  })

  const arrivedIn = (more: object, as = desk.anna) =>
    desk.ask<Arrived>('columns.posts', { layoutId: layout.layoutId, ...more }, as)
  const searched = async (column: Column) => {
    const { kind, filters } = column
    const asked = {
      ...filters,
      ...(kind === 'topic' && { topicId: column.topicId }),
      ...(kind === 'search' && { query: column.query }),
      ...(kind === 'person' && { personId: column.personId }),
      ...(kind === 'mentions' && { addressed: true }),
    }
    const { items } = await desk.ask<{ items: { postId: string; spans: unknown }[] }>(
      'listening.posts.search',
      asked,
      desk.anna,
    )
    return items.map(({ postId, spans }) => ({ columnId: column.columnId, postId, spans }))
  }

  it('belongs in exactly the columns whose search finds it, with the same marks', async () => {
    const arrived = await arrivedIn({ postIds: await allPosts() })
    expect(arrived.matches.length).toBeGreaterThan(8)
    expect(new Set(arrived.matches.map(({ columnId }) => columnId)).size).toBe(6)
    for (const column of layout.columns)
      expect(arrived.matches.filter(({ columnId }) => columnId === column.columnId)).toEqual(await searched(column))
  })

  it('comes with its text once, and not for columns that only count', async () => {
    const postIds = await allPosts()
    const countedColumnIds = layout.columns.map(({ columnId }) => columnId)
    const counted = await arrivedIn({ postIds, countedColumnIds })
    expect(counted.posts).toEqual([])
    expect(counted.matches).toEqual((await arrivedIn({ postIds })).matches)
    const shown = await arrivedIn({ postIds: [], shownPostIds: postIds.slice(0, 1) })
    expect(shown).toMatchObject({ matches: [], posts: [{ postId: postIds[0] }] })
    const all = await arrivedIn({ postIds })
    expect(all.posts.map(({ postId }) => postId).toSorted()).toEqual(postIds.toSorted())
  })

  it('of a deleted post, of none that is known, and of what a removed topic found is nothing', async () => {
    const uri = desk.says('gast.test', '@nordwind.test a parcel that I regret')
    await desk.hear()
    const [postId] = await allPosts()
    await desk.hearDeletion(uri)
    expect(await arrivedIn({ postIds: [postId, newId()] })).toEqual({ matches: [], posts: [] })
    const topic = { name: 'Short-lived', query: 'parcel', languages: ['en'], kind: 'brand' }
    const { topicId: goneId } = await desk.ask<{ topicId: string }>('listening.topics.create', topic)
    const gone = await create([{ ...named, kind: 'topic', topicId: goneId, filters: {} }], desk.anna)
    await desk.ask('listening.topics.remove', { topicId: goneId })
    const left = await desk.ask<Layout>('columns.layouts.get', { layoutId: gone.layoutId }, desk.anna)
    expect(left.columns).toEqual([])
  })

  it('of a closed source is nothing to whoever may not read there, in a column that everybody shares', async () => {
    const shared = await create([{ ...named, kind: 'mentions', filters: {} }], desk.lead, { shared: true })
    const carla = await desk.app.join(desk.workspaceId, 'agent', 'Carla Conrad')
    const postIds = await allPosts()
    const ask = () => desk.ask<Arrived>('columns.posts', { layoutId: shared.layoutId, postIds }, carla)
    expect(idsIn(await ask(), shared.columns[0]?.columnId).length).toBeGreaterThan(0)
    const role = { memberId: carla.memberId, sourceId: desk.sourceId, role: 'none' }
    await desk.ask('accounts.roles.setSourceRole', role)
    expect(await ask()).toEqual({ matches: [], posts: [] })
  })

  it('where accounts have pseudonyms, tells nothing by columns that ask for an account', async () => {
    const shared = await create(
      [
        { ...named, kind: 'search', query: 'author:gast.test', filters: {} },
        { ...named, kind: 'search', query: 'shop', filters: {} },
      ],
      desk.lead,
      { shared: true },
    )
    const vera = await desk.app.join(desk.workspaceId, 'viewer', 'Vera Vos')
    const postIds = await allPosts()
    const columnIds = async () => {
      const arrived = await desk.ask<Arrived>('columns.posts', { layoutId: shared.layoutId, postIds }, vera)
      return new Set(arrived.matches.map(({ columnId }) => columnId))
    }
    expect((await columnIds()).size).toBe(2)
    await desk.rows(sql`update workspace set settings = settings || '{"pseudonymous": true}'`)
    expect([...(await columnIds())]).toEqual([shared.columns[1]?.columnId])
    await desk.rows(sql`update workspace set settings = settings || '{"pseudonymous": false}'`)
  })

  it('conversations stand in the queues whose list holds them, as they are now', async () => {
    const queues = [
      { ...named, kind: 'queue', filters: { state: 'open' }, order: 'newest' },
      { ...named, kind: 'queue', filters: { state: 'open' }, order: 'waiting' },
      { ...named, kind: 'queue', filters: { state: 'closed' }, order: 'newest' },
      { ...named, kind: 'queue', filters: { personId }, order: 'oldest' },
    ]
    const { layoutId, columns } = await create(queues, desk.anna)
    const before = await desk.conversations()
    const closing = before.find(({ author }) => author.handle === 'gast.test')
    const which = { conversationIds: [closing?.conversationId] }
    await desk.ask('inbox.conversations.change', { which, change: { change: 'close' } }, desk.anna)
    const conversationIds = before.map(({ conversationId }) => conversationId)
    const arrived = await desk.ask<{
      matches: { columnId: string; conversationId: string }[]
      conversations: { state: string }[]
    }>('columns.conversations', { layoutId, conversationIds, shownConversationIds: which.conversationIds }, desk.anna)
    expect(arrived.conversations).toMatchObject([{ state: 'closed' }])
    for (const [index, { filters, order }] of queues.entries()) {
      const listed = await desk.conversations({ ...filters, order })
      const found = arrived.matches.filter(({ columnId }) => columnId === columns[index]?.columnId)
      expect(found.map(({ conversationId }) => conversationId).toSorted()).toEqual(
        listed.map(({ conversationId }) => conversationId).toSorted(),
      )
      expect(found.length).toBeGreaterThan(0)
    }
  })
})

it('lists of columns are found by index, as the application’s role', async () => {
  const { workspaceId } = desk
  const before = { publishedAt: new Date(), postId: newId() }
  const person = sql`select said.* from (${ofPersonStatement({ workspaceId }, personId, before, 50)}) said`
  const explained = await explain(desk, [
    [addressedStatement({ workspaceId }, before, 50), 'post_addressed'],
    [
      sql`select 1 from layout_column where workspace_id = ${workspaceId} and layout_id = ${newId()} order by place`,
      'layout_column_layout',
    ],
  ])
  for (const { usesIndex, plan } of explained) expect(usesIndex, plan).toBe(true)
  // The newest of each account are put in order, and nothing is read through.
  const [{ plan } = { plan: '' }] = await explain(desk, [[person, 'post_author']])
  expect(plan).toMatch(/using post_author\b/)
  expect(plan).not.toContain('Seq Scan')
})
