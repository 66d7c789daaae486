import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { queryAsAdmin } from '../platform/testing/database.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { changeBasis, consentStateOf, liftObjection, object, recordConsent, withdrawConsent } from './consent/index.ts'
import { listPersons } from './listed-persons.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())

const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>, workspaceId = app.workspace.workspaceId) =>
  app.services.database.inWorkspace(workspaceId, SYSTEM, work)
interface Listed {
  items: { personId: string; name: string; legalBasis: string; saidAt: string | null }[]
  nextCursor: string | null
}
const ask = async (input: object, workspace = app.workspace) =>
  app.call('people.persons.list', { limit: 50, ...input }, { ...workspace.owner, workspaceId: workspace.workspaceId })
const list = async (input: object, workspace = app.workspace) => (await ask(input, workspace)).body as Listed
const names = async (input: object) => (await list(input)).items.map(({ name }) => name)

/** A person with one account; `same`: somebody who is the same. */
const person = (name: string, began = 'agent', same?: string) =>
  inWorkspace(async (tx) => {
    const [personId, authorId] = [newId(), newId()]
    await sql`insert into person (workspace_id, person_id, current_id, name, name_key, began_because, created_by_kind)
      values (${tx.workspaceId}, ${personId}, ${same ?? personId}, ${name}, ${name.toLowerCase()}, ${began}, 'system')`.execute(
      tx.sql,
    )
    await sql`insert into author (workspace_id, author_id, network, network_id, handle, first_heard_at, last_heard_at, person_id)
      values (${tx.workspaceId}, ${authorId}, 'pond', ${authorId}, ${name}, now(), now(), ${same ?? personId})`.execute(
      tx.sql,
    )
    return { personId, authorId }
  })
const at = (day: number) => new Date(Date.UTC(2026, 5, day))
const said = (given: boolean, day: number) =>
  ({ purpose: 'contact', given, text: 'May we write?', language: 'en', channel: 'mail', at: at(day) }) as const

describe('persons by why they are kept', () => {
  it('are those of whom it was said, and those of whom it follows from how they began', async () => {
    const beginnings = ['wrote-to-us', 'answered', 'agent', 'imported', 'proved']
    for (const began of beginnings) await person(`Began ${began}`, began)
    const changed = await person('Changed', 'imported')
    const change = { legalBasis: 'legal-obligation', purpose: 'contract', reason: 'invoices' } as const
    await inWorkspace((tx) => changeBasis(tx, changed.personId, change))
    const found = new Map<string, string>()
    for (const basis of ['consent', 'contract', 'legitimate-interest', 'legal-obligation'])
      for (const item of (await list({ basis })).items) {
        expect(item.legalBasis).toBe(basis)
        found.set(item.name, basis)
        const { bases } = await inWorkspace((tx) => consentStateOf(tx, item.personId))
        expect(bases[0]?.legalBasis).toBe(basis)
      }
    expect(Object.fromEntries(found)).toEqual({
      'Began wrote-to-us': 'legitimate-interest',
      'Began answered': 'legitimate-interest',
      'Began agent': 'legitimate-interest',
      'Began imported': 'contract',
      'Began proved': 'consent',
      Changed: 'legal-obligation',
    })
    expect(await names({ basis: 'contract', search: 'began i' })).toEqual(['Began imported'])
  })
})

describe('persons by what they said', () => {
  it('object as long as they, an account of theirs or somebody who is the same does, the latest first', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const twin = await person('Bo again', 'agent', bo.personId)
    const told = (day: number) => ({ channel: 'mail', reason: '', at: at(day) }) as const
    await inWorkspace((tx) => object(tx, { personId: ada.personId, kind: 'contact', ...told(1) }))
    const lifted = await inWorkspace((tx) => object(tx, { authorId: bo.authorId, kind: 'contact', ...told(2) }))
    await inWorkspace((tx) => object(tx, { personId: twin.personId, kind: 'contact', ...told(3) }))
    const { items } = await list({ objection: 'contact' })
    expect(items.map(({ name, saidAt }) => [name, saidAt])).toEqual([
      ['Bo', at(3).toISOString()],
      ['Ada', at(1).toISOString()],
    ])
    expect(await names({ objection: 'profiling' })).toEqual([])
    await inWorkspace((tx) => liftObjection(tx, { objectionId: lifted, reason: 'asked again', at: at(4) }))
    expect(await names({ objection: 'contact' })).toEqual(['Bo', 'Ada'])
    expect(await names({ objection: 'contact', basis: 'contract' })).toEqual([])
  })

  it('agree, refuse or took it back: once each, by the newest of each place and the strictest of all', async () => {
    const [cleo, dora, emil] = [await person('Cleo'), await person('Dora'), await person('Emil')]
    const same = await person('Emil too', 'agent', emil.personId)
    await inWorkspace((tx) => recordConsent(tx, { personId: cleo.personId, ...said(false, 1) }))
    await inWorkspace((tx) => recordConsent(tx, { personId: cleo.personId, ...said(true, 2) }))
    await inWorkspace((tx) => recordConsent(tx, { authorId: cleo.authorId, ...said(true, 5) }))
    const consentId = await inWorkspace((tx) => recordConsent(tx, { personId: dora.personId, ...said(true, 3) }))
    await inWorkspace((tx) => recordConsent(tx, { personId: emil.personId, ...said(true, 6) }))
    const of = (consentState: string) => names({ consent: 'contact', consentState })
    expect(await of('given')).toEqual(['Emil', 'Cleo', 'Dora'])
    await inWorkspace((tx) => withdrawConsent(tx, { consentId, channel: 'mail', at: at(7) }))
    await inWorkspace((tx) => recordConsent(tx, { authorId: same.authorId, ...said(false, 4) }))
    expect([await of('given'), await of('withdrawn'), await of('refused')]).toEqual([['Cleo'], ['Dora'], ['Emil']])
    for (const { personId } of [cleo, dora, emil]) {
      const { purposes } = await inWorkspace((tx) => consentStateOf(tx, personId))
      const { items } = await list({ consent: 'contact', consentState: purposes.contact })
      expect(items.map((item) => item.personId)).toContain(personId)
    }
    expect(await names({ consent: 'linking' })).toEqual([])
    expect((await ask({ consent: 'linking', objection: 'contact' })).status).toBe(400)
  })
})

/** What PostgreSQL read on this connection, as the application's role. */
async function readSoFar(tx: WorkspaceTransaction): Promise<{ whole: number; fetched: number }> {
  const { rows } = await sql<{ whole: number; fetched: number }>`
    select sum(seq_scan)::int as whole, sum(idx_tup_fetch)::int as fetched from pg_stat_xact_user_tables
    where relname in ('person', 'consent', 'objection', 'author')`.execute(tx.sql)
  return rows[0] ?? { whole: 0, fetched: 0 }
}

/** Enough that the planner chooses for itself; as many states as there are, so that a page is rare among them. */
const MANY = 8_000
describe('of thousands of persons', () => {
  it('a page reads its own part of an index, the first and the next', async () => {
    const workspace = await app.createWorkspace('Südwind')
    await inWorkspace(async (tx) => {
      const ws = sql`${tx.workspaceId}::uuid`
      await sql`with made as (
        insert into person (workspace_id, person_id, current_id, name, name_key, began_because, created_by_kind)
        select ${ws}, id, id, 'P' || n, 'p' || n, case n % 40 when 0 then 'proved' else 'agent' end, 'system'
        from (select gen_random_uuid() as id, n from generate_series(1, ${MANY}::int) n) g returning person_id, name)
      insert into consent (workspace_id, consent_id, person_id, purpose, given, text, language, channel, stated_at,
        recorded_by_kind)
      select ${ws}, gen_random_uuid(), person_id, 'contact', hashtext(name) % 40 <> 0, 'May we?', 'en', 'mail',
        now() - make_interval(mins => hashtext(name) % 10000), 'system' from made`.execute(tx.sql)
      await sql`insert into author (workspace_id, author_id, network, network_id, handle, first_heard_at, last_heard_at, person_id)
        select ${ws}, gen_random_uuid(), 'pond', name, name, now(), now(), person_id from person
        where workspace_id = ${ws}`.execute(tx.sql)
      await sql`insert into objection (workspace_id, objection_id, person_id, kind, reason, channel, objected_at, recorded_by_kind)
        select ${ws}, gen_random_uuid(), person_id, 'contact', '', 'mail', now() - make_interval(mins => hashtext(name) % 10000),
          'system' from person where workspace_id = ${ws} and hashtext(name) % 4 = 0`.execute(tx.sql)
    }, workspace.workspaceId)
    await queryAsAdmin(app.test.admin, 'analyze person, consent, objection, author')
    const asked = [
      {},
      { basis: 'consent' },
      { objection: 'contact' },
      { consent: 'contact' },
      { consent: 'contact', consentState: 'refused' },
    ] as const
    for (const filter of asked) {
      let after: string | undefined
      for (let page = 0; page < 2; page++) {
        const { whole, fetched, listed } = await inWorkspace(async (tx) => {
          const before = await readSoFar(tx)
          const found = await listPersons(tx, { consentState: 'given', limit: 50, after, ...filter })
          const now = await readSoFar(tx)
          return { whole: now.whole - before.whole, fetched: now.fetched - before.fetched, listed: found }
        }, workspace.workspaceId)
        expect(listed.items, JSON.stringify(filter)).toHaveLength(50)
        expect(whole, JSON.stringify(filter)).toBe(0)
        expect(fetched, JSON.stringify(filter)).toBeLessThan(MANY / 4)
        after = listed.nextCursor ?? undefined
        expect(after).toBeDefined()
      }
    }
  })
})
