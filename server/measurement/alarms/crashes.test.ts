import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test as it } from 'vitest'
import type { LookTask } from '../testing/alarm-child.ts'
import { type StormTest, stormTest } from '../testing/storm.ts'

let test: StormTest
beforeAll(async () => {
  test = await stormTest()
})
afterAll(() => test.close())

it('a worker killed between an alarm and what goes out about it leaves neither; the next one raises it, once', async () => {
  await test.watch()
  await test.storm(30, 20)
  await test.inWorkspace(async (tx) => {
    // Whoever raises the alarm now waits here, with the alarm written and its messages not.
    await sql`lock table alarm_message in exclusive mode`.execute(tx.sql)
    const child = fork(path.join(import.meta.dirname, '../testing/alarm-child.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    })
    const task: LookTask = {
      connection: test.services.database.connection,
      home: test.services.config.home,
      workspaceId: test.workspaceId,
      now: test.clock.at.toISOString(),
    }
    child.send(task)
    const ended = once(child, 'exit')
    await expect.poll(() => isWaiting(), { timeout: 30_000, interval: 50 }).toBe(true)
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])
  })
  await expect.poll(() => isWaiting(), { timeout: 10_000 }).toBe(false)
  expect(await test.alarms()).toEqual([])
  await test.look()
  await test.look()
  expect(await test.alarms()).toHaveLength(1)
  expect(await test.rows(sql`select from alarm_message`)).toHaveLength(1)
})

/** Somebody stands before the lock: the statement that it waits with writes messages. */
async function isWaiting(): Promise<boolean> {
  const { rows } = await sql`select from pg_stat_activity where datname = current_database()
    and wait_event_type = 'Lock' and query like '%alarm_message%'`.execute(test.services.database.system)
  return rows.length > 0
}

it('a topic that is learned for less than seven days raises nothing, and says how many days are missing', async () => {
  const young = await stormTest(4)
  try {
    await young.watch()
    await young.storm(60, 10)
    await young.look()
    expect(await young.alarms()).toEqual([])
    const { learning } = await young.ask<{ learning: { daysLeft: number } }>('measurement.alarms.rule', {
      topicId: young.topicId,
    })
    expect(learning.daysLeft).toBe(3)
  } finally {
    await young.close()
  }
})
