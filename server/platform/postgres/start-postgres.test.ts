import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeHome, temporaryHome } from '../testing/cluster.ts'
import { holdPostgres } from '../testing/postgres-process.ts'
import type { PostgresConnection } from './connection.ts'
import { isPostmaster } from './postmaster.ts'
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

test('an empty home becomes a UTF-8 database with checksums that listens on its private socket only', async () => {
  const running = await startPostgres({ home, log: () => undefined })
  const shown = await ask(
    running.connection,
    `select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
       current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync,
       (select datlocprovider::text || ' ' || datlocale from pg_database where datname = current_database()) as locale`,
  )
  await running.stop()
  expect(shown).toEqual({ encoding: 'UTF8', checksums: 'on', addresses: '', fsync: 'on', locale: 'b C.UTF-8' })
  expect(running.adopted).toBe(false)
  expect(running.version).toMatch(/^18\.\d+$/)
  expect(postmasterOf(running)).toBeUndefined()
})

test('the second start finds what the first one stored, also by its URL', async () => {
  const first = await start()
  await ask(first.connection, "create table kept as select 'München' as city")
  await first.stop()
  const second = await start()
  const client = new pg.Client(second.adminUrl)
  await client.connect()
  expect((await client.query('select city from kept')).rows).toEqual([{ city: 'München' }])
  await client.end()
  await second.stop()
  expect(second.adopted).toBe(false)
})

test('two processes share one PostgreSQL, and the last to let go stops it', async () => {
  const other = await holdPostgres(home)
  const ours = await start()
  expect(ours.adopted).toBe(true)
  expect(postmasterOf(ours)).toBe(other.postmaster)
  await ours.stop()
  expect(isPostmaster(other.postmaster, other.dataFolder)).toBe(true)
  await other.end()
  expect(isPostmaster(other.postmaster, other.dataFolder)).toBe(false)
})

test('the process that started PostgreSQL may leave before the one that joined', async () => {
  const other = await holdPostgres(home)
  const ours = await start()
  await other.end()
  expect(await ask(ours.connection, 'select 1 as one')).toEqual({ one: 1 })
  await ours.stop()
  expect(isPostmaster(other.postmaster, other.dataFolder)).toBe(false)
})

test('two first starts in the same moment make one database', async () => {
  const [one, two] = await Promise.all([holdPostgres(home), holdPostgres(home)])
  expect(one.postmaster).toBe(two.postmaster)
  expect([one.adopted, two.adopted].sort()).toEqual([false, true])
  await Promise.all([one.end(), two.end()])
  expect(isPostmaster(one.postmaster, one.dataFolder)).toBe(false)
})

test('stopping twice is stopping once', async () => {
  const running = await start()
  await Promise.all([running.stop(), running.stop()])
  await running.stop()
  expect(postmasterOf(running)).toBeUndefined()
})

test('a cluster that was begun and not finished is begun again', async () => {
  const half = join(home, 'postgres.1-1.new')
  mkdirSync(half)
  writeFileSync(join(half, 'PG_VERSION'), '18\n')
  const running = await start()
  expect(await ask(running.connection, 'select 1 as one')).toEqual({ one: 1 })
  expect(existsSync(half)).toBe(false)
  await running.stop()
})

test('the data of another major version are refused untouched, with the way out', async () => {
  const running = await start()
  await running.stop()
  writeFileSync(join(running.dataFolder, 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toMatchObject({
    reason: 'other-major',
    message: expect.stringMatching(/made by PostgreSQL 17; this Rapport brings PostgreSQL 18.*pg_dump/s),
  })
  expect(readFileSync(join(running.dataFolder, 'PG_VERSION'), 'utf8')).toBe('17\n')
})

test('damaged database files are called damaged', async () => {
  const running = await start()
  await running.stop()
  rmSync(join(running.dataFolder, 'global', 'pg_control'))
  await expect(start()).rejects.toMatchObject({ reason: 'damaged' })
})

test('a failed start lets go, so that the next one need not wait', async () => {
  const running = await start()
  await running.stop()
  writeFileSync(join(running.dataFolder, 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toMatchObject({ reason: 'other-major' })
  writeFileSync(join(running.dataFolder, 'PG_VERSION'), '18\n')
  const again = await start()
  await again.stop()
  expect(messages).not.toContainEqual(expect.stringMatching(/waiting/))
})

function postmasterOf({ dataFolder }: RunningPostgres): number | undefined {
  try {
    return Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

async function ask(connection: PostgresConnection, sql: string) {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(sql)).rows[0]
  } finally {
    await client.end()
  }
}
