import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSecrets } from './secrets.ts'
import type { Services } from './services.ts'
import { forgetFullBuckets, takeSharedToken } from './shared-rate-limit.ts'
import { createTestDatabase, queryAsAdmin, type TestDatabase } from './testing/database.ts'

const LIMIT = { capacity: 3, perSeconds: 60 }
let database: TestDatabase
let home: string
let services: Services

beforeAll(async () => {
  database = await createTestDatabase()
  home = await mkdtemp(path.join(tmpdir(), 'rapport-limit-'))
  services = { database: database.database, secrets: openSecrets(home) } as Services
})
afterAll(async () => {
  await database.close()
  await rm(home, { recursive: true, force: true })
})

const take = (key: string, limit = LIMIT) => takeSharedToken(services, key, limit)
/** As if so much time had passed. */
const pass = (seconds: number) =>
  queryAsAdmin(
    database.admin,
    `update system.rate_limit set at = at - make_interval(secs => $1), full_at = full_at - make_interval(secs => $1)`,
    [seconds],
  )

test('allows the capacity at once, then one for each share of the time, and never more than the capacity', async () => {
  const four = async () => [await take('a'), await take('a'), await take('a'), await take('a')]
  expect(await four()).toEqual([true, true, true, false])
  await pass(15)
  expect(await take('a')).toBe(false)
  await pass(6)
  expect([await take('a'), await take('a')]).toEqual([true, false])
  await pass(86_400)
  expect(await four()).toEqual([true, true, true, false])
})

test('of many at the same moment the capacity is allowed and no more', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => take('crowd')))
  expect(answers.filter(Boolean)).toHaveLength(LIMIT.capacity)
})

test('keeps no address in the clear, and nothing at all once it says nothing', async () => {
  await take('sign-in:203.0.113.9:mara@example.org')
  const rows = () =>
    queryAsAdmin<{ row: string }>(database.admin, `select encode(key, 'escape') as row from system.rate_limit`)
  expect((await rows()).some(({ row }) => /203\.0|mara/.test(row))).toBe(false)
  await forgetFullBuckets(services)
  expect((await rows()).length).toBeGreaterThan(0)
  await pass(120)
  await forgetFullBuckets(services)
  expect(await rows()).toEqual([])
})
