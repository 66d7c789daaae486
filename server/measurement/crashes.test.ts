import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test as it } from 'vitest'
import { type ListeningTest, listeningTest } from '../listening/testing/workspace.ts'
import { ATTEMPTS_MAX, type RunLimits, runNextAudit } from './running.ts'
import type { AuditTask } from './testing/audit-child.ts'

/** Short, so that what a killed worker held is free again at once. */
const LIMITS: RunLimits = { leaseSeconds: 1, renewMs: 100, retrySeconds: 0 }
/** Enough to be in the middle of for some seconds. */
const ROWS = 12_000

let test: ListeningTest
beforeAll(async () => {
  test = await listeningTest()
})
afterAll(() => test.close())

const asked = { brand: 'Nordair', timeZone: 'UTC' }
const headers = () => ({ cookie: test.workspace.owner.cookie, 'x-rapport-workspace': test.workspaceId })
const as = () => ({ cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId })
const never = new AbortController().signal

async function upload(rows: string): Promise<string> {
  const answer = await test.request('/files/imports?name=posts.csv', { method: 'POST', headers: headers(), body: rows })
  return ((await answer.json()) as { importId: string }).importId
}
const manyRows = () =>
  Array.from(
    { length: ROWS },
    (_, at) => `${at + 1},a${at},nordair seat ${at % 97} was late again,2026-11-10T10:00:00Z`,
  )
const startOver = async (importId: string) =>
  (
    await test.ask<{ auditId: string }>('measurement.audits.start', {
      ...asked,
      source: { kind: 'file', importId },
    })
  ).auditId
const get = (auditId: string) =>
  test.ask<{ state: string; progress: { rows: number }; failure: { code: string } | null }>('measurement.audits.get', {
    auditId,
  })

/** Ends with the worker's process, killed when the audit is under way. */
async function killedInTheMiddle(auditId: string): Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'testing/audit-child.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  const task: AuditTask = {
    connection: test.services.database.connection,
    home: test.services.config.home,
    limits: LIMITS,
  }
  child.send(task)
  const ended = once(child, 'exit')
  await expect.poll(() => get(auditId), { timeout: 30_000, interval: 20 }).toMatchObject({ state: 'running' })
  await expect
    .poll(async () => (await get(auditId)).progress.rows, { timeout: 30_000, interval: 20 })
    .toBeGreaterThan(0)
  child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
}
const waits = (auditId: string) =>
  expect.poll(async () => (await get(auditId)).state, { timeout: 20_000, interval: 50 }).toBe('queued')

it('an audit whose process was killed waits for another, which ends it', async () => {
  const importId = await upload(['id,handle,text,created_at', ...manyRows()].join('\n'))
  const auditId = await startOver(importId)
  await killedInTheMiddle(auditId)
  await waits(auditId)
  expect(await runNextAudit(test.services, never, LIMITS)).toBe(true)
  expect(await get(auditId)).toMatchObject({ state: 'done' })
  expect(await runNextAudit(test.services, never, LIMITS)).toBe(false)
})

it(`one whose process was killed ${ATTEMPTS_MAX} times has failed, and can be run again`, async () => {
  const importId = await upload(['id,handle,text,created_at', ...manyRows()].join('\n'))
  const auditId = await startOver(importId)
  for (let kill = 0; kill < ATTEMPTS_MAX; kill++) {
    await killedInTheMiddle(auditId)
    await waits(auditId)
  }
  expect(await runNextAudit(test.services, never, LIMITS)).toBe(true)
  expect(await get(auditId)).toMatchObject({ state: 'failed', failure: { code: 'broke-off' } })

  await test.ask('measurement.audits.restart', { auditId })
  expect(await get(auditId)).toMatchObject({ state: 'queued', failure: null })
  expect(await runNextAudit(test.services, never, LIMITS)).toBe(true)
  expect(await get(auditId)).toMatchObject({ state: 'done' })
  expect((await test.call('measurement.audits.restart', { auditId }, as())).status).toBe(409)
})

it('one that breaks off by itself is tried again, and the last attempt says that it failed', async () => {
  const auditId = await startOver(await upload('id,handle,text,created_at\n1,ann,nordair,2026-11-10T10:00:00Z\n'))
  // What no rule foresees: settings that no version of the program has written.
  await test.rows(
    sql`update audit set settings = settings || '{"timeZone": "Nowhere/Land"}' where audit_id = ${auditId}`,
  )
  for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
    expect(await runNextAudit(test.services, never, LIMITS)).toBe(true)
    expect(await get(auditId)).toMatchObject({ state: 'queued' })
  }
  expect(await runNextAudit(test.services, never, LIMITS)).toBe(true)
  expect(await get(auditId)).toMatchObject({ state: 'failed', failure: { code: 'broke-off' } })
})

it('one that the house stopped waits again, and that was no attempt', async () => {
  const importId = await upload(['id,handle,text,created_at', ...manyRows()].join('\n'))
  const auditId = await startOver(importId)
  for (let stop = 0; stop <= ATTEMPTS_MAX; stop++) {
    const stopping = new AbortController()
    const running = runNextAudit(test.services, stopping.signal, LIMITS)
    await expect.poll(async () => (await get(auditId)).state, { timeout: 20_000, interval: 20 }).toBe('running')
    stopping.abort()
    expect(await running).toBe(true)
    expect(await get(auditId)).toMatchObject({ state: 'queued' })
  }
  await test.ask('measurement.audits.remove', { auditId })
  expect(await runNextAudit(test.services, never, LIMITS)).toBe(false)
})
