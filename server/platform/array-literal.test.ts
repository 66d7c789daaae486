import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textArray, timeArray } from './array-literal.ts'
import { createTestDatabase, type TestDatabase } from './testing/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('PostgreSQL reads back every value as it was, whatever stands in it', async () => {
  const values = [
    '',
    'NULL',
    null,
    '"',
    '\\',
    '\\"',
    '{a,b}',
    ' blank ',
    "it's",
    'zwei\nZeilen',
    '😡 ü',
    ',',
    '{}',
    '\\n',
  ]
  const { rows } = await sql<{ values: (string | null)[] }>`select ${textArray(values)}::text[] as values`.execute(
    database.database.system,
  )
  expect(rows[0]?.values).toEqual(values)
})

test('an array in an array comes back as the array that it was', async () => {
  const links = [['https://a.example/"x"', 'b\\c'], [], ['d,e']]
  const { rows } = await sql<{ links: string[] }>`
    select l::text[] as links from unnest(${textArray(links.map(textArray))}::text[]) as l`.execute(
    database.database.system,
  )
  expect(rows.map((row) => row.links)).toEqual(links)
})

test('times are the same moments, and no array is an empty one', async () => {
  const times = [new Date('1990-01-01T00:00:00.001Z'), null, new Date('2026-03-29T01:30:00Z')]
  const { rows } = await sql<{ times: (Date | null)[]; none: string[] }>`
    select ${timeArray(times)}::timestamptz[] as times, ${textArray([])}::text[] as none`.execute(
    database.database.system,
  )
  expect(rows[0]).toEqual({ times, none: [] })
})
