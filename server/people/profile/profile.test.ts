import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HeardAuthor } from '../../connectors/index.ts'
import { conversationFigures } from '../../inbox/index.ts'
import { postFigures } from '../../listening/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { createTestApp, type TestApp, type TestMember } from '../../testing/app.ts'
import { object, refreshSummaries, rememberAuthors, segmentsOfAuthors } from '../index.ts'
import { profileData } from './personal-data.ts'

const NOON = new Date('2026-11-20T12:00:00Z')
let app: TestApp
let agent: TestMember
let viewer: TestMember

beforeAll(async () => {
  app = await createTestApp()
  agent = await app.join(app.workspace.workspaceId, 'agent')
  viewer = await app.join(app.workspace.workspaceId, 'viewer')
})
afterAll(() => app.close())

const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const call = (path: string, input: unknown, as: TestMember = app.workspace.owner) =>
  app.call(`people.${path}`, input, { cookie: as.cookie, workspaceId: app.workspace.workspaceId })
const ask = async <Answer>(path: string, input: unknown, as?: TestMember): Promise<Answer> => {
  const answer = await call(path, input, as)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body as Answer
}
/** Events are handled, and everything that is due is made anew. */
const settle = async () => {
  await app.settle()
  while ((await refreshSummaries(app.services, app.workspace.workspaceId, [postFigures, conversationFigures])) > 0);
}

const account = (handle: string, name: string, change: Partial<HeardAuthor> = {}): HeardAuthor => ({
  network: 'pond',
  scope: '',
  networkId: `id-of-${handle}`,
  handle,
  name,
  avatarUrl: null,
  bio: null,
  url: null,
  followers: null,
  stable: true,
  ...change,
})
const remember = async (heard: HeardAuthor): Promise<string> => {
  const { byKey } = await inWorkspace((tx) => rememberAuthors(tx, [heard], NOON))
  return [...byKey.values()][0]?.authorId ?? ''
}
const begin = async (handle: string, name: string, change: Partial<HeardAuthor> = {}) => {
  const authorId = await remember(account(handle, name, change))
  const { personId } = await ask<{ personId: string }>('persons.begin', { authorId, reason: 'rang the hotline' })
  return { authorId, personId }
}
const says = (authorId: string, count: number, change: { sentiment?: string; intent?: string; addressed?: boolean }) =>
  inWorkspace((tx) =>
    sql`insert into post (workspace_id, post_id, network, external_id, author_id, text, language, published_at, heard_at,
        content_hash, addressed, sentiment, intent)
      select ${tx.workspaceId}, gen_random_uuid(), 'pond', gen_random_uuid()::text, ${authorId}, 'word', 'de', now() - interval '1 day',
        now(), '', ${change.addressed ?? true}, ${change.sentiment ?? null}, ${change.intent ?? null}
      from generate_series(1, ${count}::int)`.execute(tx.sql),
  )
const profile = (personId: string) =>
  ask<{
    scores: { score: string; points: number }[]
    profiled: boolean
    tags: string[]
    segments: { segmentId: string; name: string }[]
    notes: { noteId: string | null; text: string; editedAt: string | null }[]
  }>('profile.get', { personId })

describe('notes', () => {
  it('are dated, edited and removed by whoever may link, and refused to viewers', async () => {
    const { personId } = await begin('note.test', 'Nora Notiz')
    const { noteId } = await ask<{ noteId: string }>('profile.addNote', { personId, text: 'Prefers mail' }, agent)
    await ask('profile.editNote', { noteId, text: 'Prefers the phone' }, agent)
    const [note] = (await profile(personId)).notes
    expect(note).toMatchObject({ noteId, text: 'Prefers the phone' })
    expect(note?.editedAt).not.toBeNull()
    expect((await call('profile.addNote', { personId, text: 'x' }, viewer)).status).toBe(403)
    expect((await call('profile.addNote', { personId, text: '  ' }, agent)).status).toBe(400)
    expect((await call('profile.addNote', { personId: newId(), text: 'x' }, agent)).status).toBe(404)
    await ask('profile.removeNote', { noteId })
    expect((await profile(personId)).notes).toEqual([])
    expect((await call('profile.removeNote', { noteId })).status).toBe(404)
  })

  it('of before stand as the oldest', async () => {
    const { personId } = await begin('old.test', 'Otto Alt')
    await inWorkspace((tx) =>
      sql`update person set note = 'As it was' where workspace_id = ${tx.workspaceId} and person_id = ${personId}`.execute(
        tx.sql,
      ),
    )
    await ask('profile.addNote', { personId, text: 'Newer' })
    expect((await profile(personId)).notes.map(({ text, noteId }) => [text, noteId === null])).toEqual([
      ['Newer', false],
      ['As it was', true],
    ])
  })
})

describe('tags of persons', () => {
  it('are put on and taken off once, whatever is said twice', async () => {
    const { personId } = await begin('tag.test', 'Tia Tag')
    await ask('profile.tag', { personId, add: ['VIP', 'Presse', 'VIP'] })
    await ask('profile.tag', { personId, add: ['VIP'], remove: ['Presse', 'never there'] })
    expect((await profile(personId)).tags).toEqual(['VIP'])
    expect((await call('profile.tag', { personId, add: ['x'.repeat(41)] })).status).toBe(400)
  })
})

describe('scores', () => {
  it('are made of what was said to us, and explained by what they are made of', async () => {
    const { personId, authorId } = await begin('fan.test', 'Frida Fan', { followers: 999 })
    await says(authorId, 3, { sentiment: 'positive', intent: 'praise' })
    await says(authorId, 5, { sentiment: 'positive', addressed: false })
    await settle()
    const { items, profiled } = await ask<{
      profiled: boolean
      items: { score: string; points: number; parts: { term: { input: string }; amount: number; points: number }[] }[]
    }>('scores.ofPerson', { personId })
    expect(profiled).toBe(true)
    const advocate = items.find(({ score }) => score === 'advocate')
    expect(advocate?.points).toBe(3 * 8 + 3 * 8)
    expect(advocate?.parts.map(({ term, amount, points }) => [term.input, amount, points])).toEqual([
      ['positivePosts', 3, 24],
      ['praises', 3, 24],
      ['negativePosts', 0, 0],
    ])
    expect(items.find(({ score }) => score === 'influence')?.points).toBeCloseTo(15 * 3 + 12 * Math.log10(4), 0)
    expect((await profile(personId)).scores.find(({ score }) => score === 'advocate')?.points).toBe(48)
  })

  it('count orders and contracts of the person’s customer number, without what was cancelled or given back', async () => {
    const { personId } = await begin('buyer.test', 'Bea Buyer')
    const orders = [
      ['order', 'completed', 124_000, 0],
      ['order', 'cancelled', 99_000, 0],
      ['order', 'refunded', 50_000, 50_000],
      ['contract', 'active', null, 0],
    ] as const
    await inWorkspace(async (tx) => {
      for (const [at, [kind, state, amount, refunded]] of orders.entries())
        await sql`insert into purchase (workspace_id, purchase_id, kind, system, external_id, person_id, state, happened_at, amount,
            refunded, currency, created_at, updated_at, told_at)
          values (${tx.workspaceId}, ${newId()}, ${kind}, 'shop', ${`B-${at}`}, ${personId}, ${state}, now() - interval '10 days', ${amount},
            ${refunded}, ${amount === null ? null : 'EUR'}, now(), now(), now())`.execute(tx.sql)
      await sql`insert into person_due values (${tx.workspaceId}, ${personId}, now()) on conflict do nothing`.execute(
        tx.sql,
      )
    })
    await settle()
    const { items, currency } = await ask<{
      currency: string
      items: { score: string; parts: { term: { input: string }; amount: number }[] }[]
    }>('scores.ofPerson', { personId })
    const value = items.find(({ score }) => score === 'value')
    expect(currency).toBe('EUR')
    expect(Object.fromEntries(value?.parts.map(({ term, amount }) => [term.input, amount]) ?? [])).toMatchObject({
      spent: 1240,
      orders: 2,
      contracts: 1,
    })
  })

  it('are none for whoever objected, at once, and come back when the objection is lifted', async () => {
    const { personId, authorId } = await begin('nein.test', 'Nele Nein')
    await says(authorId, 2, { sentiment: 'negative' })
    await settle()
    expect((await profile(personId)).scores).toHaveLength(4)
    await inWorkspace((tx) =>
      object(tx, { personId, kind: 'profiling', channel: 'mail', reason: 'does not want it', at: NOON }),
    )
    expect(await profile(personId)).toMatchObject({ profiled: false, scores: [], segments: [] })
    expect(await ask('scores.ofPerson', { personId })).toMatchObject({ profiled: false, items: [] })
    await settle()
    const kept = await inWorkspace((tx) =>
      sql<{ inputs: unknown; value: number | null }>`select inputs, value from person_summary
        where workspace_id = ${tx.workspaceId} and person_id = ${personId}`.execute(tx.sql),
    )
    expect(kept.rows).toEqual([{ inputs: {}, value: null }])
  })

  it('follow a saved formula, with its versions, and go back to the one that came with Rapport', async () => {
    const { personId, authorId } = await begin('formel.test', 'Franz Formel', { followers: 10 })
    await says(authorId, 1, { sentiment: 'positive' })
    await settle()
    const terms = [{ input: 'followers', scale: 'each', weight: 5, cap: 40 }]
    const { items: tried } = await ask<{ items: { person: { personId: string }; would: number }[] }>('scores.preview', {
      score: 'influence',
      terms,
    })
    expect(tried.find(({ person }) => person.personId === personId)?.would).toBe(40)
    expect((await call('scores.save', { score: 'influence', terms, because: 'x' }, agent)).status).toBe(403)
    expect((await call('scores.save', { score: 'influence', terms: [], because: 'x' })).status).toBe(400)
    expect((await call('scores.save', { score: 'influence', terms, because: ' ' })).status).toBe(400)
    await ask('scores.save', { score: 'influence', terms, because: 'Small networks count too' })
    await settle()
    const influence = async () => (await profile(personId)).scores.find(({ score }) => score === 'influence')?.points
    expect(await influence()).toBe(40)
    await ask('scores.reset', { score: 'influence', because: 'As it was' })
    await settle()
    expect(await influence()).not.toBe(40)
    const { items } = await ask<{ items: { because: string; terms: unknown }[] }>('scores.versions', {
      score: 'influence',
    })
    expect(items.map(({ because, terms: of }) => [because, of === null])).toEqual([
      ['As it was', true],
      ['Small networks count too', false],
    ])
  })
})

describe('segments', () => {
  const rule = { match: 'all', conditions: [{ field: 'tags', is: 'anyOf', words: ['Stammkundin'] }] }

  it('hold whom their rule holds, live, for lists and for routing', async () => {
    const { personId, authorId } = await begin('stamm.test', 'Stine Stamm')
    const { segmentId } = await ask<{ segmentId: string }>('segments.create', { name: 'Stamm', rule })
    await ask('profile.tag', { personId, add: ['Stammkundin'] })
    await settle()
    const { items } = await ask<{ items: { segmentId: string; count: { persons: number; estimated: boolean } }[] }>(
      'segments.list',
      {},
    )
    expect(items.find((each) => each.segmentId === segmentId)?.count).toEqual({ persons: 1, estimated: false })
    const { items: who } = await ask<{ items: { personId: string }[] }>('segments.persons', { segmentId })
    expect(who.map((each) => each.personId)).toEqual([personId])
    expect((await profile(personId)).segments).toEqual([{ segmentId, name: 'Stamm' }])
    const held = await inWorkspace((tx) => segmentsOfAuthors(tx, [authorId, newId()], new Date()))
    expect([...held]).toEqual([[authorId, [segmentId]]])
    await inWorkspace((tx) => object(tx, { authorId, kind: 'profiling', channel: 'mail', reason: '', at: NOON }))
    expect(await inWorkspace((tx) => segmentsOfAuthors(tx, [authorId], new Date()))).toEqual(new Map())
    await settle()
    expect((await ask<{ items: unknown[] }>('segments.persons', { segmentId })).items).toEqual([])
  })

  it('hold whoever was tagged a moment ago, and let go of whoever lost the tag', async () => {
    const { personId } = await begin('momentarily.test', 'Mo Mentan')
    await settle()
    const rule = { match: 'all', conditions: [{ field: 'tags', is: 'anyOf', words: ['Sofort'] }] }
    const { segmentId } = await ask<{ segmentId: string }>('segments.create', { name: 'Sofort', rule })
    const counted = async () =>
      (await ask<{ items: { segmentId: string; count: { persons: number } }[] }>('segments.list', {})).items.find(
        (each) => each.segmentId === segmentId,
      )?.count.persons
    await ask('profile.tag', { personId, add: ['Sofort'] })
    expect([(await profile(personId)).segments, await counted()]).toEqual([[{ segmentId, name: 'Sofort' }], 1])
    await ask('profile.tag', { personId, remove: ['Sofort'] })
    expect([(await profile(personId)).segments, await counted()]).toEqual([[], 0])
    await ask('segments.remove', { segmentId })
  })

  it('narrow lists of posts, and are nobody’s once they are gone', async () => {
    const { personId, authorId } = await begin('liste.test', 'Lisa Liste')
    const other = await begin('andere.test', 'Anna Andere')
    await says(authorId, 2, {})
    await says(other.authorId, 3, {})
    const { segmentId } = await ask<{ segmentId: string }>('segments.create', {
      name: 'Liste',
      rule: { match: 'all', conditions: [{ field: 'tags', is: 'anyOf', words: ['auf der Liste'] }] },
    })
    await ask('profile.tag', { personId, add: ['auf der Liste'] })
    await settle()
    const { cookie } = app.workspace.owner
    const found = async () => {
      const as = { cookie, workspaceId: app.workspace.workspaceId }
      const { body } = await app.call('listening.posts.search', { segmentId, limit: 50 }, as)
      return (body as { items: { author: { authorId: string } }[] }).items.map(({ author }) => author.authorId)
    }
    expect(await found()).toEqual([authorId, authorId])
    const file = await app.request(`/files/posts.csv?segmentId=${segmentId}&workspace=${app.workspace.workspaceId}`, {
      headers: { cookie },
    })
    expect((await file.text()).match(/liste\.test|andere\.test/g)).toEqual(['liste.test', 'liste.test'])
    await ask('segments.remove', { segmentId })
    expect(await found()).toEqual([])
  })

  it('offer the words that occur among persons', async () => {
    const words = await ask<{ tags: string[]; networks: string[] }>('segments.words', {})
    expect(words.tags).toContain('auf der Liste')
    expect(words.networks).toEqual(['pond'])
  })

  it('have a name of their own, and are changed by leads only', async () => {
    const { segmentId } = await ask<{ segmentId: string }>('segments.create', { name: 'Kiel', rule })
    expect((await call('segments.create', { name: 'KIEL', rule })).status).toBe(409)
    expect((await call('segments.create', { name: 'Other', rule }, agent)).status).toBe(403)
    expect((await call('segments.create', { name: 'Empty', rule: { match: 'all', conditions: [] } })).status).toBe(400)
    await ask('segments.update', { segmentId, name: 'Kiel und Umland' })
    await ask('segments.remove', { segmentId })
    expect((await call('segments.persons', { segmentId })).status).toBe(404)
    expect((await call('segments.remove', { segmentId })).status).toBe(404)
  })
})

describe('erasure', () => {
  it('leaves no note, tag, figure, key, nor a word that nobody else is called', async () => {
    const { personId } = await begin('weg.test', 'Xaver Unverwechselbar')
    await ask('profile.addNote', { personId, text: 'gone soon' })
    await ask('profile.tag', { personId, add: ['gone'] })
    await settle()
    const left = () =>
      inWorkspace(async (tx) => {
        const { rows } = await sql<{ many: number }>`
          select (select count(*) from person_note where person_id = ${personId}) + (select count(*) from person_tag where person_id = ${personId})
            + (select count(*) from person_summary where person_id = ${personId}) + (select count(*) from person_name_key where person_id = ${personId})
            + (select count(*) from name_word_key where word in ('xaver', 'unverwechselbar')) as many`.execute(tx.sql)
        return Number(rows[0]?.many)
      })
    expect(await left()).toBeGreaterThan(10)
    const subject = { personIds: [personId], authorIds: [], names: [] }
    const erasers = profileData.flatMap((entry) => ('erase' in entry ? [entry.erase] : []))
    await inWorkspace(async (tx) => {
      for (const eraser of erasers) while ((await eraser.step(tx, subject, app.services)) > 0);
    })
    expect(await left()).toBe(0)
  })
})
