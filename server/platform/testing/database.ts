import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../database.ts'
import { newId } from '../ids.ts'
import { JOBS_ROLE } from '../jobs.ts'
import { cloneTemplate, TEST_PASSWORD } from './template.ts'

/** Test files run beside each other against one cluster with few connections. */
const CONNECTIONS_MAX = 8

export interface TestDatabase {
  /** As rapport_app, as in production. */
  database: Database
  /** Past row-level security, to look at what the application must not see. */
  admin: pg.ClientConfig
  /** As rapport_jobs, for the job runner. */
  jobs: pg.ClientConfig
  /** Of a fresh workspace called "Test". */
  workspaceId: string
  /** Another one, to check that nothing leaks. */
  createWorkspace(name?: string): Promise<string>
  close(): Promise<void>
}

/** A database of the test file's own. `close` drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { admin, drop } = await cloneTemplate(inject('adminDatabaseUrl'))
  const database = await openDatabase({ ...admin, user: 'rapport_app', password: TEST_PASSWORD }, CONNECTIONS_MAX)
  const createWorkspace = (name = 'Test') => insertWorkspace(admin, name)
  return {
    database,
    admin,
    jobs: { ...admin, user: JOBS_ROLE, password: TEST_PASSWORD },
    workspaceId: await createWorkspace(),
    createWorkspace,
    close: async () => {
      await database.close()
      await drop()
    },
  }
}

/** Runs one query past row-level security. */
export async function queryAsAdmin<Row extends pg.QueryResultRow>(
  admin: pg.ClientConfig,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

async function insertWorkspace(admin: pg.ClientConfig, name: string): Promise<string> {
  const id = newId()
  await queryAsAdmin(admin, 'insert into system.workspace (id, slug) values ($1, $2)', [id, `w-${id}`])
  await queryAsAdmin(admin, 'insert into workspace (workspace_id, name) values ($1, $2)', [id, name])
  return id
}
