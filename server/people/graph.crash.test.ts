import { fork } from 'node:child_process'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SYSTEM } from '../platform/events.ts'
import { createTestDatabase, type TestDatabase } from '../platform/testing/database.ts'
import { fillGraph } from './testing/graph-acting.ts'
import type { GraphTask } from './testing/graph-child.ts'
import { graphFaults } from './testing/graph-faults.ts'

const ACCOUNTS = 60
/** Merges and undos before the last kill. */
const ACTS = 1_000
const ALIVE_MS_MAX = 4_000

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await fillGraph(test.database, test.workspaceId, ACCOUNTS)
})
afterAll(() => test.close())

it('a graph is whole after its writer was killed with SIGKILL amid 1,000 merges and undos', async () => {
  const task: GraphTask = { connection: test.database.connection, workspaceId: test.workspaceId }
  let kills = 0
  while ((await mergesAndUndos()) < ACTS) {
    await liveAndDie(task, Math.random() * ALIVE_MS_MAX)
    kills++
    expect(await faults()).toEqual([])
  }
  expect(kills).toBeGreaterThan(1)
}, 240_000)

const inWorkspace = <T>(work: Parameters<TestDatabase['database']['inWorkspace']>[2]) =>
  test.database.inWorkspace(test.workspaceId, SYSTEM, work) as Promise<T>
const faults = () => inWorkspace<string[]>((tx) => graphFaults(tx))
const mergesAndUndos = () =>
  inWorkspace<number>(async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select (count(*) filter (where kind = 'merge') + count(undone_at))::int as count from graph_operation`.execute(
      tx.sql,
    )
    return rows[0]?.count
  })

function liveAndDie(task: GraphTask, aliveMs: number): Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'testing/graph-child.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  child.send(task)
  return new Promise((resolve, reject) => {
    child.on('message', () => setTimeout(() => child.kill('SIGKILL'), aliveMs))
    child.on('exit', (code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`the writer ended with ${code ?? signal}`)),
    )
  })
}
