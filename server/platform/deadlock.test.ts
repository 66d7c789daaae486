import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { againAfterDeadlock } from './deadlock.ts'
import { SYSTEM } from './events.ts'
import { createTestDatabase, type TestDatabase } from './testing/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.close())

/** Takes two locks, the second once the other transaction has its first. */
async function cross(first: number, second: number, meeting: Meeting): Promise<number> {
  let tries = 0
  await againAfterDeadlock(() =>
    test.database.inWorkspace(test.workspaceId, SYSTEM, async (tx) => {
      tries++
      await sql`select pg_advisory_xact_lock(${first})`.execute(tx.sql)
      await meeting()
      await sql`select pg_advisory_xact_lock(${second})`.execute(tx.sql)
    }),
  )
  return tries
}
type Meeting = () => Promise<void>

function meetingOf(two: number): Meeting {
  let come = () => {}
  const all = new Promise<void>((resolve) => (come = resolve))
  let here = 0
  return async () => {
    if (++here >= two) come()
    await all
  }
}

it('two transactions that wait for each other both come through, one of them at its second try', async () => {
  const meeting = meetingOf(2)
  const tries = await Promise.all([cross(7_001, 7_002, meeting), cross(7_002, 7_001, meeting)])
  expect(tries.toSorted()).toEqual([1, 2])
})

it('what fails for another reason is not tried again', async () => {
  let tries = 0
  const failing = againAfterDeadlock(async () => {
    tries++
    await sql`select 1 / 0`.execute(test.database.system)
  })
  await expect(failing).rejects.toThrow('division by zero')
  expect(tries).toBe(1)
})
