import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeHome, temporaryHome } from '../testing/cluster.ts'
import { holdPostgres, type PostgresProcess } from '../testing/postgres-process.ts'
import { isPostmaster, readPostmasterFile } from './postmaster.ts'
import { type RunningPostgres, startPostgres, stopUnusedPostgres } from './start-postgres.ts'

let home: string
let messages: string[]
const start = () => startPostgres({ home, log: (message) => messages.push(message), durable: false })

beforeEach(() => {
  home = temporaryHome()
  messages = []
})

afterEach(async () => {
  await stopUnusedPostgres(home)
  removeHome(home)
})

test('a PostgreSQL whose Rapport was killed is used again, and stopped in the end', async () => {
  const orphan = await orphanPostgres()
  const running = await start()
  expect(running.adopted).toBe(true)
  expect(readPostmasterFile(running.dataFolder)?.pid).toBe(orphan.postmaster)
  await running.stop()
  expect(isPostmaster(orphan.postmaster, running.dataFolder)).toBe(false)
})

test('after kill -9 of everything, twice, what was committed is there', async () => {
  for (const round of [1, 2]) {
    const holder = await holdPostgres(home)
    await run(holder, `create table if not exists kept (round int); insert into kept values (${round})`)
    process.kill(holder.postmaster, 'SIGKILL')
    await holder.kill()
  }
  const running = await start()
  expect(running.adopted).toBe(false)
  expect(await run(running, 'select array_agg(round order by round) as rounds from kept')).toEqual([{ rounds: [1, 2] }])
  await running.stop()
})

test('a killed postmaster whose child still computes does not keep the next start from succeeding', async () => {
  const holder = await holdPostgres(home)
  const client = new pg.Client({ host: holder.socketFolder, user: 'postgres', database: 'postgres' })
  client.on('error', () => undefined)
  await client.connect()
  // A backend that computes does not notice that its postmaster has gone, and keeps the shared memory.
  const computing = client.query('select count(*) from generate_series(1, 1e12)').catch((error) => error)
  await sleep(200)
  process.kill(holder.postmaster, 'SIGKILL')
  const running = await start()
  expect(running.adopted).toBe(false)
  expect(messages).toContainEqual(expect.stringMatching(/^Ending what a killed PostgreSQL left/))
  expect(await computing).toBeInstanceOf(Error)
  await running.stop()
  await holder.kill()
})

test('an orphan that hangs is replaced', async () => {
  const orphan = await orphanPostgres()
  process.kill(orphan.postmaster, 'SIGSTOP')
  const running = await start()
  expect(running.adopted).toBe(false)
  expect(isPostmaster(orphan.postmaster, running.dataFolder)).toBe(false)
  expect(await run(running, 'select 1 as one')).toEqual([{ one: 1 }])
  await running.stop()
})

test('an orphan whose socket folder was removed is replaced', async () => {
  const orphan = await orphanPostgres()
  rmSync(orphan.socketFolder, { recursive: true })
  const running = await start()
  expect(running.adopted).toBe(false)
  expect(isPostmaster(orphan.postmaster, running.dataFolder)).toBe(false)
  expect(await run(running, 'select 1 as one')).toEqual([{ one: 1 }])
  await running.stop()
})

test('an orphan whose postmaster.pid was removed is found and replaced', async () => {
  const orphan = await orphanPostgres()
  rmSync(join(orphan.dataFolder, 'postmaster.pid'))
  const running = await start()
  expect(isPostmaster(orphan.postmaster, running.dataFolder)).toBe(false)
  expect(await run(running, 'select 1 as one')).toEqual([{ one: 1 }])
  await running.stop()
})

test('an orphan with the settings of another version is started anew', async () => {
  const orphan = await orphanPostgres()
  const running = await startPostgres({ home, log: (message) => messages.push(message), durable: true })
  expect(running.adopted).toBe(false)
  expect(isPostmaster(orphan.postmaster, running.dataFolder)).toBe(false)
  expect(await run(running, "select current_setting('fsync') as fsync")).toEqual([{ fsync: 'on' }])
  await running.stop()
})

test('a process id that now belongs to another program is not taken for PostgreSQL', async () => {
  const first = await start()
  await first.stop()
  // This test itself is the living process that was given the old number.
  const stale = [process.pid, first.dataFolder, '1700000000', '5432', first.socketFolder, '', '0 0', 'ready']
  writeFileSync(join(first.dataFolder, 'postmaster.pid'), `${stale.join('\n')}\n`)
  writeFileSync(join(first.socketFolder, '.s.PGSQL.5432.lock'), `${stale.join('\n')}\n`)
  const running = await start()
  expect(running.adopted).toBe(false)
  expect(await run(running, 'select 1 as one')).toEqual([{ one: 1 }])
  await running.stop()
})

test('an empty postmaster.pid, as a power cut leaves it, is no obstacle', async () => {
  const first = await start()
  await first.stop()
  writeFileSync(join(first.dataFolder, 'postmaster.pid'), '')
  const running = await start()
  expect(await run(running, 'select 1 as one')).toEqual([{ one: 1 }])
  await running.stop()
})

test('a postmaster that died under a process that lives on is started again by the next start', async () => {
  const holder = await holdPostgres(home)
  process.kill(holder.postmaster, 'SIGKILL')
  const running = await start()
  expect(running.adopted).toBe(false)
  expect(await run(holder, 'select 1 as one')).toEqual([{ one: 1 }])
  await running.stop()
  expect(readPostmasterFile(running.dataFolder)?.ready).toBe(true)
  await holder.end()
  expect(readPostmasterFile(running.dataFolder)).toBeUndefined()
})

test('a process that is killed while it starts PostgreSQL leaves nothing that the next start stumbles over', async () => {
  for (const afterMs of [150, 250, 350, 450]) {
    const starting = holdPostgres(home, { killAfterMs: afterMs })
    await starting.catch(() => undefined)
  }
  const running = await start()
  expect(await run(running, 'select 1 as one')).toEqual([{ one: 1 }])
  await running.stop()
})

async function orphanPostgres(): Promise<PostgresProcess> {
  const holder = await holdPostgres(home)
  await holder.kill()
  expect(isPostmaster(holder.postmaster, holder.dataFolder)).toBe(true)
  return holder
}

async function run({ socketFolder }: RunningPostgres | PostgresProcess, sql: string) {
  const client = new pg.Client({ host: socketFolder, user: 'postgres', database: 'postgres' })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
