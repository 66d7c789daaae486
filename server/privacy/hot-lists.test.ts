import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { queryAsAdmin } from '../platform/testing/database.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'
import { listArchives } from './access/listing.ts'
import { listConsents, listObjections } from './consents.ts'
import { listErasures } from './erasure/listing.ts'
import { listRequests } from './requests/reading.ts'

/** Enough that the planner chooses for itself: nothing is forbidden to it here. */
const ROWS = 4_000
let app: TestApp
const personId = newId()
beforeAll(async () => {
  app = await createTestApp()
  await inWorkspace(async (tx) => {
    const workspace = sql`${tx.workspaceId}::uuid`
    const at = sql`now() - make_interval(mins => n)`
    await sql`insert into person (workspace_id, person_id, current_id, name, name_key, began_because, created_by_kind)
      values (${workspace}, ${personId}, ${personId}, 'Frieda', 'frieda', 'agent', 'system')`.execute(tx.sql)
    await sql`insert into privacy_request (workspace_id, request_id, kind, requester, details, channel, language,
        received_at, due_at, created_at, created_by_kind, state, outcome)
      select ${workspace}, gen_random_uuid(), 'access', 'Frieda', '', 'mail', 'de', ${at}, ${at} + interval '30 days', ${at},
        'system', case n % 2 when 0 then 'open' else 'closed' end, case n % 2 when 0 then null else 'refused' end
      from generate_series(1, ${ROWS}::int) n`.execute(tx.sql)
    await sql`insert into consent (workspace_id, consent_id, person_id, purpose, given, text, language, channel, stated_at,
        recorded_by_kind)
      select ${workspace}, gen_random_uuid(), ${personId}::uuid, 'linking', true, 'May we?', 'en', 'mail', ${at}, 'system'
      from generate_series(1, ${ROWS}::int) n`.execute(tx.sql)
    await sql`insert into objection (workspace_id, objection_id, person_id, kind, reason, channel, objected_at,
        recorded_by_kind, lifted_at, lifted_because, lifted_by_kind)
      select ${workspace}, gen_random_uuid(), ${personId}::uuid, 'contact', '', 'mail', ${at}, 'system', now(), '', 'system'
      from generate_series(1, ${ROWS}::int) n`.execute(tx.sql)
    await sql`insert into access_archive (workspace_id, archive_id, person_id, language, state, created_at, expires_at,
        created_by_kind)
      select ${workspace}, gen_random_uuid(), ${personId}::uuid, 'de', 'deleted', ${at}, now(), 'system'
      from generate_series(1, ${ROWS}::int) n`.execute(tx.sql)
    await sql`insert into erasure (workspace_id, erasure_id, person_id, via, state, author_ids, person_ids, requested_at,
        requested_by_kind, finished_at)
      select ${workspace}, gen_random_uuid(), ${personId}::uuid, 'screen', 'done', '{}', '{}', ${at}, 'system', now()
      from generate_series(1, ${ROWS}::int) n`.execute(tx.sql)
  })
  await queryAsAdmin(app.test.admin, 'analyze privacy_request, consent, objection, access_archive, erasure, person')
})
afterAll(() => app?.close())

const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)

type Listed = { items: unknown[]; nextCursor: string | null }
const LISTS: [string, string, (tx: WorkspaceTransaction, after?: string) => Promise<Listed>][] = [
  [
    'open requests',
    'privacy_request',
    (tx, after) => listRequests(tx, { state: 'open', limit: 50, after }, new Date()),
  ],
  [
    'closed requests',
    'privacy_request',
    (tx, after) => listRequests(tx, { state: 'closed', limit: 50, after }, new Date()),
  ],
  ['the consent ledger', 'consent', (tx, after) => listConsents(tx, { limit: 50, after })],
  ['objections', 'objection', (tx, after) => listObjections(tx, { limit: 50, after })],
  ['copies', 'access_archive', (tx, after) => listArchives(tx, { limit: 50, after })],
  ['erasures', 'erasure', (tx, after) => listErasures(tx, [], { limit: 50, after })],
]

describe('of thousands of rows', () => {
  it.each(LISTS)('a page of %s reads its own part of an index, the first and the next', async (_, table, list) => {
    let after: string | undefined
    for (let page = 0; page < 2; page++) {
      const { read, listed } = await inWorkspace(async (tx) => {
        const found = await list(tx, after)
        // What PostgreSQL did in this transaction, as the application's role.
        const { rows } = await sql<{ whole: string; fetched: string }>`
          select seq_scan as whole, idx_tup_fetch as fetched from pg_stat_xact_user_tables where relname = ${table}`.execute(
          tx.sql,
        )
        return { read: rows[0], listed: found }
      })
      expect(listed.items).toHaveLength(50)
      expect(Number(read?.whole)).toBe(0)
      expect(Number(read?.fetched)).toBeLessThan(ROWS / 4)
      after = listed.nextCursor ?? undefined
      expect(after).toBeDefined()
    }
  })
})
