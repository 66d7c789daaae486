import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkspace } from '../../accounts/index.ts'
import { SYSTEM } from '../../platform/events.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import { rememberAuthors } from '../authors.ts'
import { beginPersonOf } from '../graph/index.ts'
import type { ContactChange } from './contact-change.ts'
import { takeContact } from './contacts.ts'
import type { Source } from './judging.ts'
import { takeStretch } from './stretch.ts'

const RUNS = 12
const AT = new Date('2026-11-20T12:00:00Z')

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const source = (inUse: Source['inUse'] = 'propose'): Source => ({
  system: 'crm',
  legalBasis: 'contract',
  inUse,
  consent: { text: 'Ich möchte Post.', language: 'de', channel: 'letter' },
  secrets: app.services.secrets,
  at: AT,
  importId: null,
  line: null,
})

/** Few values, so that records of one file meet each other and themselves. */
const among = (words: readonly string[]) => fc.subarray([...words], { maxLength: 2 })
const change: fc.Arbitrary<ContactChange> = fc.record({
  externalId: fc.option(fc.constantFrom('1', '2', '3', '4', '5'), { freq: 6 }),
  fields: fc.record(
    {
      name: fc.constantFrom('Mara Quitte', 'Jörg Größe', 'Ilse Igel'),
      'given-name': fc.constant('Mara'),
      city: fc.constantFrom('Bremen', 'Celle', null),
      company: fc.constantFrom('Quitte & Söhne', 'Igel GmbH'),
      title: fc.constant('Einkauf'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<ContactChange['fields']>,
  mails: fc.option(among(['a@x.example', 'b@x.example', 'c@x.example', 'none']), { nil: undefined }),
  phones: fc.option(among(['+49 421 123456', '+49 421 123457']), { nil: undefined }),
  sites: fc.option(among(['https://x.example', 'https://y.example']), { nil: undefined }),
  handles: fc.option(fc.constant([{ network: 'pond', handle: 'quitte' }]), { nil: undefined, freq: 4 }),
  consents: fc.subarray([
    { purpose: 'contact' as const, given: true },
    { purpose: 'profiling' as const, given: false },
  ]),
  doNotContact: fc.option(fc.constant(true), { nil: undefined, freq: 4 }),
  legalBasis: fc.constant(null),
})

/** Everything that came of records, by what things are called: ids and times differ from one workspace to the next. */
async function picture(workspaceId: string): Promise<unknown> {
  const name = sql`(a.network || ' ' || a.network_id)`
  const parts = {
    persons: sql`select p.name || ' ' || coalesce(p.name_key, '') || coalesce(p.language, '') as is from person p`,
    owners: sql`select ${name} || ' ' || coalesce((select string_agg(b.network_id, ',' order by b.network, b.network_id)
      from author b where b.workspace_id = a.workspace_id and b.person_id = a.person_id), 'nobody') as is from author a`,
    links: sql`select ${name} || ' ' || l.shared || l.method || l.legal_basis || l.evidence || o.kind as is
      from person_link l join author a using (workspace_id, author_id) join graph_operation o using (workspace_id, operation_id)`,
    fields: sql`select ${name} || ' ' || f.field || f.source || f.value as is
      from author_field f join author a using (workspace_id, author_id)`,
    contacts: sql`select ${name} || ' ' || c.source || c.legal_basis as is from contact c join author a using (workspace_id, author_id)`,
    named: sql`select ${name} || ' ' || b.network_id || i.part || (i.link_id is null) as is from contact_identity i
      join author a on a.workspace_id = i.workspace_id and a.author_id = i.contact_id
      join author b on b.workspace_id = i.workspace_id and b.author_id = i.author_id`,
    memberships: sql`select ${name} || ' ' || o.name || m.role || (m.withdrawn_at is null) as is from organisation_membership m
      join author a using (workspace_id, author_id) join organisation o using (workspace_id, organisation_id)`,
    consents: sql`select ${name} || ' ' || c.purpose || c.given as is from consent c join author a using (workspace_id, author_id)`,
    objections: sql`select ${name} as is from objection c join author a using (workspace_id, author_id)`,
    proposals: sql`select identity_id || record || jsonb_array_length(candidates) as is from contact_proposal`,
    events: sql`select type || coalesce(codes::text, '') as is from event where type not like 'workspace%'`,
    concerned: sql`select o.kind || p.name as is from graph_operation_person g join graph_operation o using (workspace_id, operation_id)
      join person p using (workspace_id, person_id)`,
  }
  return app.services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const seen: Record<string, string[]> = {}
    for (const [part, query] of Object.entries(parts))
      seen[part] = (await sql<{ is: string }>`${query} order by 1`.execute(tx.sql)).rows.map((row) => row.is)
    return seen
  })
}

const workspace = async (name: string): Promise<string> =>
  (
    await createWorkspace(app.services, app.workspace.owner.userId, {
      name,
      brand: name,
      kind: 'small-team',
      languages: ['de'],
      timeZone: 'Europe/Berlin',
    })
  ).workspaceId

/** An account that was heard, somebody's or nobody's. */
async function world(name: string, isSomebodys: boolean): Promise<string> {
  const workspaceId = await workspace(name)
  await app.services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const quitte = { network: 'pond', scope: '', networkId: 'q', handle: 'quitte', name: 'Mara Q.', stable: true }
    const { byKey } = await rememberAuthors(
      tx,
      [{ ...quitte, avatarUrl: null, bio: null, url: null, followers: null }],
      AT,
    )
    const [account] = [...byKey.values()]
    if (isSomebodys && account)
      await beginPersonOf(
        tx,
        { authorId: account.authorId, because: 'agent', reason: '', evidence: {}, legalBasis: 'contract' },
        AT,
      )
  })
  return workspaceId
}

describe('records that are taken in together', () => {
  it('become what they become one after the other', async () => {
    let number = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('propose' as const, 'share' as const, 'join' as const),
        fc.boolean(),
        async (changes, inUse, isSomebodys) => {
          const [alone, together] = [await world(`A${++number}`, isSomebodys), await world(`B${number}`, isSomebodys)]
          const outcomes: string[] = []
          for (const one of changes)
            await app.services.database.inWorkspace(alone, SYSTEM, async (tx) => {
              outcomes.push((await takeContact(tx, one, source(inUse))).outcome)
            })
          const told = changes.map((one) => ({ change: one, line: null }))
          const { taken } = await app.services.database.inWorkspace(together, SYSTEM, (tx) =>
            takeStretch(tx, told, source(inUse), 1_000),
          )
          expect(taken.map(({ outcome }) => outcome)).toEqual(outcomes)
          expect(await picture(together)).toEqual(await picture(alone))
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('are fewer where there is little room, from the first on', async () => {
    const workspaceId = await workspace('Enge')
    const told = Array.from({ length: 30 }, (_, index) => ({
      change: { externalId: `${index}`, fields: {}, mails: ['same@x.example'], consents: [], legalBasis: null },
      line: index,
    }))
    const stretch = await app.services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
      takeStretch(tx, told, source(), 30),
    )
    expect(stretch.taken.map(({ outcome }) => outcome)).toEqual(['begun', 'possible', 'possible'])
    expect(stretch.work).toBeLessThanOrEqual(30)
  })
})
