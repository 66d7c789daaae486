import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HeardAuthor } from '../../connectors/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { explain } from '../../platform/testing/explain.ts'
import { createTestApp, type TestApp, type TestMember } from '../../testing/app.ts'
import { noteProfiles, refreshSummaries, rememberAuthors } from '../index.ts'
import { identityQuery } from './find-by-identity.ts'
import { namesQuery, neighbourQuery, rangeQuery } from './find-by-name.ts'
import { readTyped } from './typed.ts'
import { neighbourKeys } from './word-neighbours.ts'

const NOON = new Date('2026-11-20T12:00:00Z')
let app: TestApp
let viewer: TestMember
const ids = new Map<string, string>()

const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const ask = async <Answer>(path: string, input: unknown, as: TestMember = app.workspace.owner): Promise<Answer> => {
  const answer = await app.call(`people.${path}`, input, { cookie: as.cookie, workspaceId: app.workspace.workspaceId })
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body as Answer
}
interface Found {
  persons: { personId: string; name: string; found: { by: string; value: string; exact: boolean } }[]
  accounts: { authorId: string; handle: string; found: { by: string } }[]
}
const search = (text: string, as: TestMember = viewer) => ask<Found>('search', { text, limit: 10 }, as)
/** Names in the order in which they were found, and by what the first was. */
const names = async (text: string) => (await search(text)).persons.map(({ name }) => name)
const firstBy = async (text: string) => {
  const [first] = (await search(text)).persons
  return first && [first.name, first.found.by]
}
const settle = async () => {
  await app.settle()
  while ((await refreshSummaries(app.services, app.workspace.workspaceId, [])) > 0);
}

const account = (handle: string, name: string | null, change: Partial<HeardAuthor> = {}): HeardAuthor => ({
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
const begin = async (handle: string, name: string) => {
  const authorId = await remember(account(handle, name))
  const { personId } = await ask<{ personId: string }>('persons.begin', { authorId, reason: 'rang the hotline' })
  ids.set(name, personId)
  return personId
}
/** A contact point as imports and proofs write it. */
const contactPoint = (personId: string, kind: string, networkId: string, scope = '') =>
  inWorkspace((tx) =>
    sql`insert into author (workspace_id, author_id, network, scope, network_id, kind, person_id, first_heard_at, last_heard_at)
      values (${tx.workspaceId}, ${newId()}, ${kind}, ${scope}, ${networkId}, ${kind}, ${personId}, now(), now())`.execute(
      tx.sql,
    ),
  )

beforeAll(async () => {
  app = await createTestApp()
  viewer = await app.join(app.workspace.workspaceId, 'viewer')
  await inWorkspace((tx) =>
    sql`update workspace set languages = '{de,nl}' where workspace_id = ${tx.workspaceId}`.execute(tx.sql),
  )
  const jutta = await begin('jutta-wieland.test', 'Jutta Wieland')
  await contactPoint(jutta, 'mail', 'jutta.wieland@mailbox.example.org')
  await contactPoint(jutta, 'mail', 'juwi77@chor.example.org')
  await contactPoint(jutta, 'phone', '+493023125417')
  await contactPoint(jutta, 'customer-number', 'K-10442', 'shop')
  await contactPoint(jutta, 'site', 'https://jutta-wieland.example.org/chor')
  await begin('tombecker.test', 'Thomas Becker')
  await begin('mueller.test', 'Jörg Müller-Lüdenscheidt')
  await begin('sanne.test', 'Sanne van der Heide')
  await begin('bela.test', 'Béla')
  await settle()
  await remember(account('juwi.renamed', null, { networkId: 'id-of-jutta-wieland.test' }))
  await remember(account('nobody-known.test', 'Nobody Known'))
  await settle()
})
afterAll(() => app.close())

describe('names', () => {
  it('are found with letters missing, doubled, wrong and swapped', async () => {
    for (const text of [
      'Jutta Wieland',
      'Juta Wieland',
      'Jutta Weiland',
      'Jutta Wielant',
      'Jutta Wielannd',
      'Jtta Wieland',
      'jutta wilend',
    ])
      expect((await names(text))[0], text).toBe('Jutta Wieland')
  })

  it('are found in any order, by one word, by a beginning, and with an initial', async () => {
    for (const text of [
      'Wieland Jutta',
      'Wieland, Jutta',
      'wieland',
      'jutta',
      'wiel',
      'J. Wieland',
      'Wieland J',
      'Jutta W',
    ])
      expect((await names(text))[0], text).toBe('Jutta Wieland')
  })

  it('are found however umlauts are written, and without what stands between', async () => {
    for (const text of ['Joerg Mueller', 'Jorg Muller', 'jörg müller', 'Lüdenscheidt', 'Mueler'])
      expect((await names(text))[0], text).toBe('Jörg Müller-Lüdenscheidt')
    expect((await names('Sanne Heide'))[0]).toBe('Sanne van der Heide')
    expect((await names('bela'))[0]).toBe('Béla')
  })

  it('that are others are not found', async () => {
    expect(await names('Katharina Ostermann')).toEqual([])
    expect(await names('Jutta Becker')).not.toContain('Jutta Wieland')
    expect(await names('✨')).toEqual([])
  })
})

describe('identities', () => {
  it('are found by handle, typed as people type it, and by one that was given up', async () => {
    expect(await firstBy('@tombecker.test')).toEqual(['Thomas Becker', 'handle'])
    expect(await firstBy('https://pond.example/profile/tombecker.test')).toEqual(['Thomas Becker', 'handle'])
    expect(await firstBy('tombeck')).toEqual(['Thomas Becker', 'handle'])
    expect(await firstBy('juwi.renamed')).toEqual(['Jutta Wieland', 'handle'])
    expect(await firstBy('JUTTA-WIELAND.test')).toEqual(['Jutta Wieland', 'former-handle'])
  })

  it('are found by mail, customer number, and phone as it is dialled at home', async () => {
    expect(await firstBy('Jutta.Wieland@mailbox.example.org')).toEqual(['Jutta Wieland', 'mail'])
    expect(await firstBy('juwi77')).toEqual(['Jutta Wieland', 'mail'])
    expect(await firstBy('K-10442')).toEqual(['Jutta Wieland', 'customer-number'])
    expect(await firstBy('k-10442')).toEqual(['Jutta Wieland', 'customer-number'])
    for (const site of ['www.Jutta-Wieland.example.org/chor/', 'http://jutta-wieland.example.org/chor?utm_source=mail'])
      expect(await firstBy(site)).toEqual(['Jutta Wieland', 'site'])
    for (const text of ['+49 30 23125 417', '030 23125417', '(030) 23125-417', '0049 30 23125417', '030/23125417'])
      expect(await firstBy(text), text).toEqual(['Jutta Wieland', 'phone'])
  })

  it('that belong to nobody are told as accounts', async () => {
    const { persons, accounts } = await search('nobody-known')
    expect(persons).toEqual([])
    expect(accounts.map(({ handle, found }) => [handle, found.by])).toEqual([['nobody-known.test', 'handle']])
  })

  it('that several share lead to each of them', async () => {
    const family = '+493023125999'
    const authorId = newId()
    await inWorkspace(async (tx) => {
      await sql`insert into author (workspace_id, author_id, network, network_id, kind, first_heard_at, last_heard_at)
        values (${tx.workspaceId}, ${authorId}, 'phone', ${family}, 'phone', now(), now())`.execute(tx.sql)
      for (const name of ['Jutta Wieland', 'Béla']) {
        const operationId = newId()
        await sql`insert into graph_operation (workspace_id, operation_id, kind, done_at, done_by_kind)
          values (${tx.workspaceId}, ${operationId}, 'link', now(), 'system')`.execute(tx.sql)
        await sql`insert into person_link (workspace_id, link_id, person_id, author_id, method, legal_basis, linked_at, linked_by_kind,
            operation_id, position, shared)
          select ${tx.workspaceId}, ${newId()}, ${ids.get(name)}, ${authorId}, 'imported', 'contract', now(), 'system', operation_id,
            position, true from graph_operation where operation_id = ${operationId}`.execute(tx.sql)
      }
    })
    expect((await names('030 23125 999')).sort()).toEqual(['Béla', 'Jutta Wieland'])
  })
})

describe('the search', () => {
  it('sees its own workspace only, and asks for a text', async () => {
    const other = await app.createWorkspace('Südwind')
    const as = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    expect((await app.call('people.search', { text: 'Jutta Wieland' }, as)).body).toEqual({ persons: [], accounts: [] })
    expect((await app.call('people.search', { text: ' ' }, as)).status).toBe(400)
    expect((await app.call('people.search', { text: 'x'.repeat(101) }, as)).status).toBe(400)
  })

  it('finds somebody by the name that their profile tells after they began under an account’s id', async () => {
    const nameless = account('spaet.test', null, { handle: null })
    const authorId = await remember(nameless)
    await ask('persons.begin', { authorId, reason: 'rang the hotline' })
    await settle()
    const profile = account('spaet.test', 'Nikolaus Spätgenannt')
    await inWorkspace((tx) => noteProfiles(tx, [{ account: nameless, profile }], NOON))
    await settle()
    expect(await names('Spätgenannt')).toEqual(['Nikolaus Spätgenannt'])
  })

  it('follows a changed name, and forgets the one before', async () => {
    const personId = await begin('wandel.test', 'Wanda Vorher')
    await settle()
    expect(await names('Wanda Vorher')).toEqual(['Wanda Vorher'])
    await inWorkspace(async (tx) => {
      await sql`update person set name = 'Wanda Nachher' where workspace_id = ${tx.workspaceId} and person_id = ${personId}`.execute(
        tx.sql,
      )
      await sql`update author set name = 'Wanda Nachher' where workspace_id = ${tx.workspaceId} and person_id = ${personId}`.execute(
        tx.sql,
      )
      await sql`insert into person_due values (${tx.workspaceId}, ${personId}, now()) on conflict do nothing`.execute(
        tx.sql,
      )
    })
    await settle()
    expect(await names('Nachher')).toEqual(['Wanda Nachher'])
    expect(await names('Vorher')).toEqual([])
  })

  it('takes whatever anybody types', async () => {
    for (const text of [
      "'; drop table person",
      '\0',
      '%_\\',
      '@',
      '#',
      '+',
      '\u{10ffff}',
      'https://',
      '()',
      '٣٤٥٦٧',
      'a b c d e f g h',
    ])
      expect(
        (
          await app.call(
            'people.search',
            { text: `x${text}` },
            { cookie: viewer.cookie, workspaceId: app.workspace.workspaceId },
          )
        ).status,
        text,
      ).toBe(200)
  })

  it('is served by indexes, as the application’s role', async () => {
    const queries = await inWorkspace(async (tx) => ({
      identity: identityQuery(tx, readTyped('jutta.wieland@mailbox.example.org', ['de'])),
      neighbours: neighbourQuery(tx, neighbourKeys('wieland')),
      ranges: rangeQuery(tx, [{ from: 'jutta wieland', below: 'jutta wieland\u{10ffff}' }]),
      names: namesQuery(tx, [...ids.values()]),
    }))
    const plans = await explain({ inWorkspace }, [
      [queries.identity, 'author_contact'],
      [queries.neighbours, 'name_word_key_pkey'],
      [queries.ranges, 'person_name_key_pkey'],
      [queries.names, 'person_pkey'],
    ])
    for (const { plan } of plans)
      expect(plan).not.toMatch(/Seq Scan on (author|person|author_handle|name_word_key|person_name_key)/)
    const [identity, neighbours, ranges, names] = plans
    expect(identity?.plan).toMatch(/author_contact/)
    expect(identity?.plan).toMatch(/author_by_handle/)
    expect(identity?.plan).toMatch(/author_handle_key/)
    expect(neighbours?.plan).toMatch(/Index.* using name_word_key_pkey[\s\S]*key = \(g\.key/)
    expect(ranges?.plan).toMatch(/Index.* using person_name_key_pkey[\s\S]*key >= \(r\.from_key/)
    // Not the partial index of the same rows, which would be read whole.
    expect(names?.plan).not.toMatch(/person_by_name/)
    expect(names?.plan).toMatch(/Index Cond: .*person_id = g\.person_id/)
    expect(names?.plan).toMatch(/author_person/)
  })
})
