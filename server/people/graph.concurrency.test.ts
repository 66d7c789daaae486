import { afterAll, beforeAll, expect, it } from 'vitest'
import { SYSTEM } from '../platform/events.ts'
import { createTestDatabase, type TestDatabase } from '../platform/testing/database.ts'
import { actAtRandom, fillGraph, hearAtRandom } from './testing/graph-acting.ts'
import { graphFaults } from './testing/graph-faults.ts'

const ACCOUNTS = 24
const ROUNDS = 60
const DEADLOCK = '40P01'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await fillGraph(test.database, test.workspaceId, ACCOUNTS)
})
afterAll(() => test.close())

it('merges, undos, moves and intake go on beside each other without a deadlock, and every cache is right', async () => {
  const { database, workspaceId } = test
  const deadlocks: unknown[] = []
  const repeat = async (work: () => Promise<void>) => {
    for (let round = 0; round < ROUNDS; round++)
      await work().catch((error: Error & { code?: string }) => {
        if (error.code !== DEADLOCK) throw error
        deadlocks.push(error.stack)
      })
  }
  await Promise.all([
    ...[1, 2, 3].map(() => repeat(() => actAtRandom(database, workspaceId))),
    ...[1, 2, 3].map(() => repeat(() => hearAtRandom(database, workspaceId, ACCOUNTS))),
  ])
  expect(deadlocks).toEqual([])
  expect(await database.inWorkspace(workspaceId, SYSTEM, graphFaults)).toEqual([])
})
