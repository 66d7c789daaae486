import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SYSTEM } from '../platform/events.ts'
import { createTestDatabase, queryAsAdmin, type TestDatabase } from '../platform/testing/database.ts'
import { fillGraph } from './testing/graph-acting.ts'

const ACCOUNTS = 2_000
const ID = '00000000-0000-7000-8000-000000000000'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await fillGraph(test.database, test.workspaceId, ACCOUNTS)
  await queryAsAdmin(test.admin, 'analyze')
})
afterAll(() => test.close())

/** As rapport_app, whose policies decide which comparisons an index may serve. */
const planOf = (query: string) =>
  test.database.inWorkspace(test.workspaceId, SYSTEM, async (tx) => {
    const { rows } = await sql.raw<Record<string, string>>(`explain ${query}`).execute(tx.sql)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })

it.each([
  ['author_person', (w: string) => `select author_id from author where workspace_id = '${w}' and person_id = '${ID}'`],
  [
    'author_mail_domain',
    (w: string) => `select author_id from author where workspace_id = '${w}' and mail_domain = 'example.org'`,
  ],
  [
    'person_current',
    (w: string) => `select person_id from person where workspace_id = '${w}' and current_id = '${ID}'`,
  ],
  [
    'person_link_stack',
    (w: string) =>
      `select person_id from person_link where workspace_id = '${w}' and author_id = '${ID}' and withdrawn_at is null and not shared order by position desc limit 1`,
  ],
  [
    'person_link_operation',
    (w: string) => `select link_id from person_link where workspace_id = '${w}' and operation_id = '${ID}'`,
  ],
  [
    'graph_operation_person_pkey',
    (w: string) =>
      `select operation_id from graph_operation_person where workspace_id = '${w}' and person_id = '${ID}' and operation_id < '${ID}' order by operation_id desc limit 51`,
  ],
])('%s serves what every page of a person asks', async (index, query) => {
  const plan = await planOf(query(test.workspaceId))
  expect(plan).toContain(index)
  expect(plan).not.toContain('Seq Scan')
})
