import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from './events.ts'
import { newId } from './ids.ts'
import { createTestDatabase, queryAsAdmin, type TestDatabase } from './testing/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.close())

/** What a restart of PostgreSQL does to everyone who is connected. */
const endEveryone = () =>
  queryAsAdmin(
    test.admin,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )

describe('a PostgreSQL that ends its connections', () => {
  it('fails the transaction that is under way, even between two of its queries, and nothing else', async () => {
    const lost = test.database.inWorkspace(newId(), SYSTEM, async (tx) => {
      await sql`select 1`.execute(tx.sql)
      await endEveryone()
      // Here the connection says that it is gone while nobody waits for it: without a listener the process would end.
      await delay(200)
      return sql`select 1`.execute(tx.sql)
    })
    await expect(lost).rejects.toThrow()
  })

  it('is asked anew by the next transaction', async () => {
    await endEveryone()
    const { rows } = await test.database.inWorkspace(newId(), SYSTEM, (tx) => sql`select 1`.execute(tx.sql))
    expect(rows).toHaveLength(1)
  })

  it('hands out no connection that is dead, however many were open', async () => {
    const workspaceId = newId()
    const ask = () => test.database.inWorkspace(workspaceId, SYSTEM, (tx) => sql`select pg_sleep(0.05)`.execute(tx.sql))
    await Promise.all(Array.from({ length: 10 }, ask))
    await endEveryone()
    await delay(100)
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, ask))
    expect(outcomes.map(({ status }) => status)).toEqual(Array(10).fill('fulfilled'))
  })
})
