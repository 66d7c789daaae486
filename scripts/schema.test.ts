import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { queryAsAdmin } from '../server/platform/testing/database.ts'
import { cloneTemplate, connectionOf } from '../server/platform/testing/template.ts'
import { dumpSchema } from './dump-schema.ts'
import { generateTypes } from './generate-types.ts'

let migrated: Awaited<ReturnType<typeof cloneTemplate>>
beforeAll(async () => {
  migrated = await cloneTemplate(inject('adminDatabaseUrl'))
})
afterAll(() => migrated.drop())

test('the dump, loaded into an empty database, makes the same schema', async () => {
  const dump = await dumpSchema(migrated.admin)
  const admin = connectionOf(inject('adminDatabaseUrl'))
  const name = `${migrated.admin.database}_loaded`
  await queryAsAdmin(admin, `create database ${name} template template0`)
  try {
    const client = new pg.Client(connectionOf(inject('adminDatabaseUrl'), name))
    await client.connect()
    await client.query(dump)
    await client.end()
    expect(await dumpSchema(connectionOf(inject('adminDatabaseUrl'), name))).toBe(dump)
  } finally {
    await queryAsAdmin(admin, `drop database ${name} with (force)`)
  }
})

test.each([
  [
    'a policy',
    `create policy more on post for select to rapport_system using (direction = 'out')`,
    'create policy more on public.post',
  ],
  [
    'a right on a column',
    'grant update (title) on post to rapport_system',
    'update (title) on table public.post to rapport_system',
  ],
  ['an index', 'create index more on post (workspace_id, site)', 'CREATE INDEX more ON public.post'],
  ['a default', `alter table post alter site set default 'x'`, `site text default 'x'::text`],
  ['row-level security no longer forced', 'alter table post no force row level security', null],
  [
    'a right taken from a function',
    'revoke execute on function system.current_workspace() from public',
    'revoke execute on function system.current_workspace() from public',
  ],
  [
    'a view',
    'create view seen with (security_invoker = true) as select post_id from post',
    'create view public.seen with (security_invoker=true)',
  ],
])('the dump shows %s', async (_, change, line) => {
  const own = await cloneTemplate(inject('adminDatabaseUrl'))
  try {
    const before = await dumpSchema(own.admin)
    await queryAsAdmin(own.admin, change)
    const after = await dumpSchema(own.admin)
    expect(after).not.toBe(before)
    if (line) expect(after).toContain(line)
  } finally {
    await own.drop()
  }
})

test('what the dump cannot print is refused', async () => {
  const own = await cloneTemplate(inject('adminDatabaseUrl'))
  try {
    await queryAsAdmin(own.admin, `create type mood as enum ('calm')`)
    await expect(dumpSchema(own.admin)).rejects.toThrow('mood')
  } finally {
    await own.drop()
  }
})

test('types say text for bigint, words for checks, unknown for json, and name tables of schema system', async () => {
  const types = await generateTypes(migrated.admin)
  expect(types).toContain('export type Int8 = ColumnType<string,')
  expect(types).toContain('export type Json = ColumnType<unknown, string, string>')
  expect(types).toContain('state: Generated<"open" | "snoozed" | "closed">;')
  expect(types).toContain('"system.workspace": SystemWorkspace;')
  expect(types).not.toContain('camelCase')
})
