import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { PROJECT_FOLDER } from '../config.ts'
import { newId } from '../ids.ts'
import { installJobs } from '../jobs.ts'
import { migrate } from '../migrate.ts'
import { startTestCluster } from './cluster.ts'

/**
 * Of the roles rapport_app and rapport_jobs in test clusters. Roles belong to the whole server: one that
 * RAPPORT_TEST_DATABASE_URL names must not hold a Rapport that is in use.
 */
export const TEST_PASSWORD = 'rapport-test'

const LOCK = 7_202_612
const CLONE_ATTEMPTS_MAX = 20
const CLONE_RETRY_MS = 50
const OBJECT_IN_USE = '55006'
const CLOSING_ATTEMPTS_MAX = 40
const CLOSING_RETRY_MS = 25

export function connectionOf(url: string, database?: string): pg.ClientConfig {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  return {
    host: decodeURIComponent(hostname) || searchParams.get('host') || 'localhost',
    port: Number(port || 5432),
    user: decodeURIComponent(username) || 'postgres',
    ...(password && { password: decodeURIComponent(password) }),
    database: database ?? (decodeURIComponent(pathname.slice(1)) || 'postgres'),
  }
}

/**
 * A fresh database with all migrations: a clone (30 ms) of a template that is migrated once for each state of
 * migrations/. The first of several processes makes the template, the others wait for it.
 */
export async function cloneTemplate(adminUrl: string): Promise<{ admin: pg.ClientConfig; drop(): Promise<void> }> {
  const name = `rapport_test_${newId().replaceAll('-', '')}`
  await asAdmin(adminUrl, async (client) => clone(client, await ensureTemplate(client, adminUrl), name))
  const drop = () => asAdmin(adminUrl, (client) => dropDatabase(client, name))
  return { admin: connectionOf(adminUrl, name), drop }
}

/**
 * A pool has ended before its connections have: one that is ended by force while it closes throws where nobody listens any
 * more. What is still there after a moment is ended by force.
 */
async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  for (let attempt = 1; attempt <= CLOSING_ATTEMPTS_MAX; attempt++) {
    const { rowCount } = await client.query('select from pg_stat_activity where datname = $1 limit 1', [name])
    if (rowCount === 0) break
    await delay(CLOSING_RETRY_MS)
  }
  await client.query(`drop database if exists ${name} with (force)`)
}

/** For scripts: a throw-away cluster (or RAPPORT_TEST_DATABASE_URL) with one migrated database in it. */
export async function withMigratedDatabase<T>(work: (admin: pg.ClientConfig) => Promise<T>): Promise<T> {
  const cluster = await startTestCluster(process.env.RAPPORT_TEST_DATABASE_URL)
  try {
    const { admin, drop } = await cloneTemplate(cluster.adminUrl)
    try {
      return await work(admin)
    } finally {
      await drop()
    }
  } finally {
    await cluster.stop()
  }
}

async function ensureTemplate(client: pg.Client, adminUrl: string): Promise<string> {
  const name = `rapport_template_${hashOfMigrations()}`
  await client.query('select pg_advisory_lock($1)', [LOCK])
  try {
    const { rows } = await client.query<{ ready: boolean }>(
      'select datistemplate as ready from pg_database where datname = $1',
      [name],
    )
    if (rows[0]?.ready) return name
    // One that is no template yet was left behind half migrated.
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name} template template0`)
    const admin = connectionOf(adminUrl, name)
    await migrate(admin, TEST_PASSWORD)
    await installJobs(admin, TEST_PASSWORD, [])
    await client.query(`alter database ${name} is_template true allow_connections false`)
    return name
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

/** A template that somebody's connection still holds (one that is just closing) cannot be cloned for a moment. */
async function clone(client: pg.Client, template: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`create database ${name} template ${template}`)
      return
    } catch (error) {
      if ((error as pg.DatabaseError).code !== OBJECT_IN_USE || attempt === CLONE_ATTEMPTS_MAX) throw error
      await delay(CLONE_RETRY_MS)
    }
  }
}

function hashOfMigrations(): string {
  const folder = path.join(PROJECT_FOLDER, 'migrations')
  const hash = createHash('sha256')
  for (const name of readdirSync(folder)
    .filter((file) => /^\d{4}_.*\.sql$/.test(file))
    .sort())
    hash.update(name).update(readFileSync(path.join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionOf(adminUrl))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
