import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SYSTEM } from '../events.ts'
import { createTestDatabase, queryAsAdmin, type TestDatabase } from './database.ts'

let one: TestDatabase
let two: TestDatabase
beforeAll(async () => {
  ;[one, two] = await Promise.all([createTestDatabase(), createTestDatabase()])
})
afterAll(async () => {
  await one.close()
  await two.close()
})

test('each test database is its own, and starts with one empty workspace', async () => {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(one.database.system)
  const other = await sql<{ name: string }>`select current_database() as name`.execute(two.database.system)
  expect(rows[0]?.name).not.toBe(other.rows[0]?.name)
  expect(await one.database.system.selectFrom('system.workspace').select('id').execute()).toEqual([
    { id: one.workspaceId },
  ])
})

test('the application sees its workspace and no other, and nothing outside one', async () => {
  const other = await one.createWorkspace('Other')
  const seen = await one.database.inWorkspace(other, SYSTEM, (transaction) =>
    transaction.sql.selectFrom('workspace').select('name').execute(),
  )
  expect(seen).toEqual([{ name: 'Other' }])
  expect(await one.database.system.selectFrom('workspace').select('name').execute()).toEqual([])
})

test('closing drops the database', async () => {
  const passing = await createTestDatabase()
  await passing.close()
  const left = await queryAsAdmin(one.admin, 'select from pg_database where datname = $1', [passing.admin.database])
  expect(left).toEqual([])
})
