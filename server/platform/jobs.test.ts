import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SYSTEM } from './events.ts'
import { addJob, countJobs, type JobPayload, type JobTask, registerTasks, removeFailedJobs, runJobs } from './jobs.ts'
import { createLog } from './log.ts'
import { createTestDatabase, queryAsAdmin, type TestDatabase } from './testing/database.ts'

let db: TestDatabase
const log = createLog('silent')

beforeAll(async () => {
  db = await createTestDatabase()
  const client = new pg.Client(db.admin)
  await client.connect()
  await registerTasks(client, ['greet', 'greet.slowly', 'fail', 'tick'])
  await client.end()
})
afterAll(() => db.close())

const inWorkspace = (payload: JobPayload, task = 'greet', options = {}) =>
  db.database.inWorkspace(db.workspaceId, SYSTEM, (transaction) => addJob(transaction, task, payload, options))

/** Runs the queue until `done` says so, at most five seconds. */
async function runUntil(tasks: Record<string, JobTask>, done: () => boolean | Promise<boolean>): Promise<void> {
  const stop = new AbortController()
  const running = runJobs({ connection: db.jobs, tasks, log, signal: stop.signal })
  const deadline = Date.now() + 5_000
  while (!(await done()) && Date.now() < deadline) await delay(20)
  stop.abort()
  await running
}

test('a job runs with its payload and the workspace that it was added in', async () => {
  const seen: JobPayload[] = []
  await inWorkspace({ personId: 'p1' })
  await runUntil({ greet: async (payload) => void seen.push(payload) }, () => seen.length > 0)
  expect(seen).toEqual([{ personId: 'p1', workspaceId: db.workspaceId }])
})

test('a job of a transaction that fails does not exist', async () => {
  const failing = db.database.inWorkspace(db.workspaceId, SYSTEM, async (transaction) => {
    await addJob(transaction, 'greet', {})
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await countJobs(db.database.system)).toEqual([])
})

test('an unknown task, a foreign workspace, too many attempts and a huge payload are refused where the job is added', async () => {
  await expect(inWorkspace({}, 'gret')).rejects.toThrow('unknown job task: gret')
  await expect(inWorkspace({ text: 'x'.repeat(20_000) })).rejects.toThrow('at most 16384 bytes')
  await expect(inWorkspace({}, 'greet', { attemptsMax: 26 })).rejects.toThrow('1 to 25 attempts')
  const other = await db.createWorkspace()
  const foreign = db.database.inWorkspace(db.workspaceId, SYSTEM, (transaction) =>
    addJob(transaction.sql, 'greet', { workspaceId: other }),
  )
  await expect(foreign).rejects.toThrow('a job of another workspace')
})

test('the application cannot reach the queue past its function, and the queue cannot reach the application', async () => {
  const asApp = sql`select * from graphile_worker._private_jobs`.execute(db.database.system)
  await expect(asApp).rejects.toThrow('permission denied for schema graphile_worker')
  await expect(queryAsAdmin(db.jobs, 'select * from public.post')).rejects.toThrow('permission denied')
  await expect(queryAsAdmin(db.jobs, 'select * from system.setting')).rejects.toThrow('permission denied')
  await expect(queryAsAdmin(db.jobs, 'create table system.mine ()')).rejects.toThrow('permission denied')
})

test('two jobs with one key are one job, with the later payload', async () => {
  const seen: JobPayload[] = []
  await inWorkspace({ n: '1' }, 'greet', { key: 'k' })
  await inWorkspace({ n: '2' }, 'greet', { key: 'k' })
  await runUntil({ greet: async (payload) => void seen.push(payload) }, () => seen.length > 0)
  expect(seen.map((payload) => payload.n)).toEqual(['2'])
})

test('a failing job keeps its error, is tried as often as allowed, and can be removed afterwards', async () => {
  const outcomes: string[] = []
  await inWorkspace({}, 'fail', { attemptsMax: 1 })
  const stop = new AbortController()
  const tasks = { fail: () => Promise.reject(new Error('the printer is on fire')) }
  const running = runJobs({
    connection: db.jobs,
    tasks,
    log,
    signal: stop.signal,
    onRun: (task, outcome) => outcomes.push(`${task} ${outcome}`),
  })
  await expect
    .poll(() => countJobs(db.database.system), { timeout: 20_000 })
    .toMatchObject([{ task: 'fail', failed: 1, running: 0, lastError: 'the printer is on fire' }])
  stop.abort()
  await running
  expect(outcomes).toEqual(['fail failed'])
  expect(await removeFailedJobs(db.database.system, new Date(Date.now() - 60_000))).toBe(0)
  expect(await removeFailedJobs(db.database.system, new Date(Date.now() + 60_000))).toBe(1)
})

test('a stopping process finishes the job that runs', async () => {
  let finished = false
  await inWorkspace({}, 'greet.slowly')
  const stop = new AbortController()
  const slowly = async () => {
    stop.abort()
    await delay(300)
    finished = true
  }
  await runJobs({ connection: db.jobs, tasks: { 'greet.slowly': slowly }, log, signal: stop.signal })
  expect(finished).toBe(true)
  expect(await countJobs(db.database.system)).toEqual([])
})

test('what is scheduled is known to the queue, so that it runs once a time however many workers there are', async () => {
  const stop = new AbortController()
  const schedule = [{ task: 'tick', cron: '17 3 * * *' }]
  const running = runJobs({ connection: db.jobs, tasks: { tick: async () => {} }, schedule, log, signal: stop.signal })
  const known = () => queryAsAdmin(db.admin, 'select identifier from graphile_worker._private_known_crontabs')
  await expect.poll(known, { timeout: 20_000 }).toEqual([{ identifier: 'tick' }])
  stop.abort()
  await running
})

test('a schedule with a fault is refused at once', async () => {
  const schedule = [{ task: 'tick', cron: 'every morning' }]
  await expect(
    runJobs({ connection: db.jobs, tasks: {}, schedule, log, signal: new AbortController().signal }),
  ).rejects.toThrow()
})
