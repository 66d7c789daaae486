import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { isPostmaster } from '../postgres/postmaster.ts'
import { startTestCluster } from './cluster.ts'

test('every test file can reach the PostgreSQL of the run as its superuser', async () => {
  const client = new pg.Client(inject('adminDatabaseUrl'))
  await client.connect()
  const { rows } = await client.query(
    "select current_setting('is_superuser') as superuser, current_setting('server_version_num')::int as version",
  )
  await client.end()
  expect(rows[0].superuser).toBe('on')
  expect(rows[0].version).toBeGreaterThanOrEqual(150_000)
})

test('a cluster whose test run was killed is stopped and removed by the next run', async () => {
  const module = new URL('./cluster.ts', import.meta.url).href
  const code = `const { startTestCluster } = await import(${JSON.stringify(module)})
    console.log((await startTestCluster(undefined)).adminUrl); setInterval(() => {}, 1000)`
  const run = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [printed] = await once(run.stdout, 'data')
  const home = decodeURIComponent(new URL(String(printed).trim()).hostname).replace(/\/socket$/, '')
  const postmaster = Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  run.kill('SIGKILL')
  await once(run, 'exit')
  expect(isPostmaster(postmaster, join(home, 'postgres'))).toBe(true)

  const next = await startTestCluster(undefined)
  expect(isPostmaster(postmaster, join(home, 'postgres'))).toBe(false)
  expect(existsSync(home)).toBe(false)
  await next.stop()
})
