import { mkdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { modules } from './modules.ts'
import { systemClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { openDatabase } from './platform/database.ts'
import { installJobs, JOBS_ROLE } from './platform/jobs.ts'
import { createLog } from './platform/log.ts'
import { type Migrated, migrate } from './platform/migrate.ts'
import { startPostgres } from './platform/postgres/index.ts'
import { openSecrets } from './platform/secrets.ts'
import type { Services } from './platform/services.ts'

const APP_ROLE = 'rapport_app'
/** A transaction that hangs must not keep the house from stopping; PostgreSQL takes it back. */
const DATABASE_CLOSE_MS = 1_000

export interface Started {
  services: Services
  /** Where the data lies, in words for the terminal. */
  databaseWords: string
  migrated: Migrated
  /** As rapport_jobs, for the job runner. */
  jobsConnection: pg.ClientConfig
  stop(): Promise<void>
}

export const taskNames = (): string[] => modules.flatMap((module) => Object.keys(module.tasks ?? {}))

/** Everything below the web and the worker: keys, PostgreSQL (own or given), migrations, the application's connection. */
export async function start(config: Config, say: (words: string) => void = () => {}): Promise<Started> {
  const log = createLog(config.logLevel)
  mkdirSync(config.home, { recursive: true })
  const secrets = openSecrets(config.home)
  const postgres = config.databaseUrl ? null : await startPostgres({ home: config.home, log: say })
  const admin: pg.ClientConfig = config.databaseUrl
    ? { connectionString: config.databaseUrl }
    : { ...postgres?.connection }
  try {
    const appPassword = secrets.derive(APP_ROLE)
    const jobsPassword = secrets.derive(JOBS_ROLE)
    const migrated = await migrate(admin, appPassword)
    await installJobs(admin, jobsPassword, taskNames())
    const database = await openDatabase(asRole(admin, APP_ROLE, appPassword))
    const services = { config, database, log, clock: systemClock, secrets }
    return {
      services,
      databaseWords: postgres
        ? `own PostgreSQL ${postgres.version}, data in ${postgres.dataFolder}`
        : `PostgreSQL at ${placeOf(config.databaseUrl ?? '')}`,
      migrated,
      jobsConnection: asRole(admin, JOBS_ROLE, jobsPassword),
      stop: async () => {
        await Promise.race([database.close(), delay(DATABASE_CLOSE_MS, undefined, { ref: false })])
        await postgres?.stop()
      },
    }
  } catch (error) {
    await postgres?.stop()
    throw error
  }
}

/** The same server and database, as another role. */
export function asRole(admin: pg.ClientConfig, user: string, password: string): pg.ClientConfig {
  if (!admin.connectionString) return { ...admin, user, password }
  const url = new URL(admin.connectionString)
  url.username = user
  url.password = password
  return { ...admin, connectionString: url.href }
}

/** Host and database, without user and password. */
function placeOf(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  return `${decodeURIComponent(url.host)}${url.pathname}`
}
