import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { PROJECT_FOLDER } from './config.ts'

const LOCK = 7_202_611
const FOLDER = path.join(PROJECT_FOLDER, 'migrations')
const POSTGRESQL_MAJOR_MIN = 15

export interface Migrated {
  applied: string[]
  version: string
}

/**
 * Applies what is new in migrations/, forward only, each in its own transaction, under an advisory lock so that two
 * starts at once do it once. Then gives rapport_app its password. `admin` may create roles and schemas.
 */
export async function migrate(admin: pg.ClientConfig, appPassword: string): Promise<Migrated> {
  const client = new pg.Client({ ...admin, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await refuseOldServer(client)
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(
      'create table if not exists public.migration (name text primary key, applied_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string }>('select name from public.migration')
    const present = new Set(rows.map((row) => row.name))
    const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort()
    const unknown = [...present].filter((name) => !names.includes(name))
    if (unknown.length > 0)
      throw new Error(
        `This database was migrated by a newer Rapport (${unknown.join(', ')}). Update the program, or restore an older backup.`,
      )
    const applied: string[] = []
    for (const name of names) {
      if (present.has(name)) continue
      await apply(client, name)
      applied.push(name)
    }
    await client.query(`alter role rapport_app password ${client.escapeLiteral(appPassword)}`)
    return { applied, version: names.at(-1) ?? '' }
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, name: string): Promise<void> {
  const text = await readFile(path.join(FOLDER, name), 'utf8')
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into public.migration (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ major: number }>(
    `select current_setting('server_version_num')::int / 10000 as major`,
  )
  const major = rows[0]?.major ?? 0
  if (major < POSTGRESQL_MAJOR_MIN)
    throw new Error(`PostgreSQL ${major} is too old: Rapport needs ${POSTGRESQL_MAJOR_MIN} or newer.`)
}
