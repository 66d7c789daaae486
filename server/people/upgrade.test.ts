import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { PROJECT_FOLDER } from '../platform/config.ts'
import { type Database, openDatabase } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { migrate } from '../platform/migrate.ts'
import { TEST_PASSWORD } from '../platform/testing/template.ts'
import { refreshPersons } from './fields/cached.ts'
import { withdrawLink } from './graph/undo.ts'
import { graphFaults } from './testing/graph-faults.ts'

const BEFORE = '0027'
const FOLDER = path.join(PROJECT_FOLDER, 'migrations')
const name = `rapport_upgrade_${newId().replaceAll('-', '')}`
const server = inject('adminDatabaseUrl')
const admin: pg.ClientConfig = { connectionString: withDatabase(server, name) }
const workspaceId = newId()
const member = newId()
const ids = { jan: newId(), janNow: newId(), tess: newId(), lonely: newId(), p1: newId(), p2: newId(), p3: newId() }
const links = { jan: newId(), past: newId(), tess: newId() }

let database: Database

/** A database as it was before the graph, with rows of then; what came after is applied to it. */
beforeAll(async () => {
  await onServer(`create database ${name} template template0`)
  const client = new pg.Client(admin)
  await client.connect()
  await client.query('create table public.migration (name text primary key, applied_at timestamptz default now())')
  for (const file of (await readdir(FOLDER)).filter((one) => /^\d{4}_/.test(one) && one <= `${BEFORE}~`).sort()) {
    await client.query(await readFile(path.join(FOLDER, file), 'utf8'))
    await client.query('insert into public.migration (name) values ($1)', [file])
  }
  await fill(client)
  await client.end()
  await migrate(admin, TEST_PASSWORD)
  database = await openDatabase({ ...connectionOf(), user: 'rapport_app', password: TEST_PASSWORD }, 2)
})
afterAll(async () => {
  await database?.close()
  await onServer(`drop database if exists ${name} with (force)`)
})

const inWorkspace = <T>(work: Parameters<typeof database.inWorkspace<T>>[2]) =>
  database.inWorkspace(workspaceId, SYSTEM, work)
const rows = <Row>(query: ReturnType<typeof sql<Row>>) => inWorkspace(async (tx) => (await query.execute(tx.sql)).rows)

describe('persons and links of before the graph', () => {
  it('are who they were, each for themselves', async () => {
    expect(
      await rows(
        sql`select person_id as id, current_id = person_id as own, name, language, note from person order by name`,
      ),
    ).toEqual([
      { id: ids.p1, own: true, name: 'Jan de Vries', language: null, note: 'prefers mail' },
      { id: ids.p3, own: true, name: 'Lonely', language: null, note: '' },
      { id: ids.p2, own: true, name: 'Tess by hand', language: 'nl', note: '' },
    ])
    expect(await rows(sql`select author_id as id, person_id as person, kind from author order by network_id`)).toEqual([
      { id: ids.jan, person: ids.p1, kind: 'account' },
      { id: ids.janNow, person: null, kind: 'account' },
      { id: ids.tess, person: ids.p2, kind: 'account' },
    ])
  })

  it('have an act each, undone where the link was withdrawn, with who and why', async () => {
    expect(
      await rows(sql`
        select o.kind, l.link_id as link, o.undone_because as because, l.withdrawn_because as said, o.done_by as by
        from person_link l join graph_operation o using (workspace_id, operation_id) order by l.linked_at`),
    ).toEqual([
      { kind: 'link', link: links.past, because: 'two people', said: 'two people', by: member },
      { kind: 'link', link: links.jan, because: null, said: null, by: member },
      { kind: 'link', link: links.tess, because: null, said: null, by: null },
    ])
  })

  it('keep what was written by hand when names are resolved anew, and nothing else is pinned', async () => {
    await inWorkspace((tx) => refreshPersons(tx, [ids.p1, ids.p2, ids.p3]))
    expect(await rows(sql`select name, language from person order by name`)).toEqual([
      { name: 'Jan de Vries', language: null },
      { name: 'Lonely', language: null },
      { name: 'Tess by hand', language: 'nl' },
    ])
    expect(await rows(sql`select person_id as id, field, value from person_override order by field, value`)).toEqual([
      { id: ids.p2, field: 'language', value: 'nl' },
      { id: ids.p3, field: 'name', value: 'Lonely' },
      { id: ids.p2, field: 'name', value: 'Tess by hand' },
    ])
  })

  it('have right caches, and can be undone as everything since', async () => {
    await inWorkspace((tx) => withdrawLink(tx, links.jan, 'wrong', new Date()))
    expect(await rows(sql`select person_id as person from author where author_id = ${ids.jan}`)).toEqual([
      { person: null },
    ])
    const faults = await inWorkspace(graphFaults)
    // The trail of then knows no acts.
    expect(faults.filter((fault) => !fault.includes('told'))).toEqual([])
  })
})

async function fill(client: pg.Client): Promise<void> {
  const insert = (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys(row)
    return client.query(
      `insert into ${table} (workspace_id, ${columns.join(', ')}) values ($1, ${columns.map((_, index) => `$${index + 2}`).join(', ')})`,
      [workspaceId, ...Object.values(row)],
    )
  }
  await client.query('insert into system.workspace (id, slug) values ($1, $2)', [workspaceId, 'before'])
  await insert('workspace', { name: 'Before' })
  const heard = { first_heard_at: '2026-01-01', last_heard_at: '2026-01-02', network: 'pond' }
  const jan = { handle: 'jan', name: 'Jan de Vries', name_key: 'jan de vries' }
  await insert('author', { author_id: ids.jan, network_id: '1', ...jan, ...heard })
  await insert('author', { author_id: ids.janNow, network_id: '2', handle: 'other', ...heard })
  await insert('author', { author_id: ids.tess, network_id: '3', handle: 'tess', ...heard })
  const person = { began_because: 'agent', created_by_kind: 'member', created_by: member }
  await insert('person', {
    person_id: ids.p1,
    name: 'Jan de Vries',
    name_key: 'jan de vries',
    note: 'prefers mail',
    ...person,
  })
  await insert('person', {
    person_id: ids.p2,
    name: 'Tess by hand',
    name_key: 'tess by hand',
    language: 'nl',
    ...person,
  })
  await insert('person', { person_id: ids.p3, name: 'Lonely', name_key: 'lonely', ...person })
  const link = { method: 'agent-confirmed', legal_basis: 'consent', linked_by_kind: 'member', linked_by: member }
  await insert('person_link', {
    link_id: links.past,
    person_id: ids.p1,
    author_id: ids.janNow,
    linked_at: '2026-01-03',
    withdrawn_at: '2026-01-04',
    withdrawn_by_kind: 'member',
    withdrawn_by: member,
    withdrawn_because: 'two people',
    ...link,
  })
  await insert('person_link', {
    link_id: links.jan,
    person_id: ids.p1,
    author_id: ids.jan,
    linked_at: '2026-01-05',
    ...link,
  })
  await insert('person_link', {
    link_id: links.tess,
    person_id: ids.p2,
    author_id: ids.tess,
    linked_at: '2026-01-06',
    ...link,
    method: 'wrote-to-us',
    linked_by_kind: 'system',
    linked_by: null,
  })
}

function withDatabase(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.toString()
}

const connectionOf = (): pg.ClientConfig => {
  const { host, port, database: of } = new pg.Client(admin)
  return { host, port, ...(of ? { database: of } : {}) }
}

async function onServer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(text)
  await client.end()
}
