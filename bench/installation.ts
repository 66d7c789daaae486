import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { createUser, createWorkspace } from '../server/accounts/index.ts'
import { readConfig } from '../server/platform/config.ts'
import type { Services } from '../server/platform/services.ts'
import { type Started, start } from '../server/start.ts'

/** What a measurement of the server stands on: an installation that is gone afterwards, and a workspace in it. */

export const AGENT = {
  name: 'Agent',
  email: 'agent@bench.example',
  password: 'correct horse battery',
  language: 'en' as const,
}

export async function withInstallation<T>(measure: (started: Started, home: string) => Promise<T>): Promise<T> {
  const home = mkdtempSync(path.join('/tmp', 'rapport-bench-'))
  const started = await start(readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'error', RAPPORT_BLUESKY_STREAM: 'off' }))
  try {
    return await measure(started, home)
  } finally {
    await started.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

/** The agent's care desk. */
export async function openWorkspace(
  services: Services,
  languages: ('en' | 'de' | 'nl')[] = ['en', 'de', 'nl'],
): Promise<string> {
  const userId = await createUser(services, { ...AGENT, installationAdmin: true })
  const { workspaceId } = await createWorkspace(services, userId, {
    name: 'Bench',
    brand: 'Nordwind',
    kind: 'care-desk',
    languages,
    timeZone: 'Europe/Berlin',
  })
  return workspaceId
}

/** As the owner of the tables, whom no policy of rows holds back. */
export async function asOwner<T>(services: Services, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { user: _, password: __, ...admin } = services.database.connection
  const client = new pg.Client({ ...admin, user: 'postgres' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** What autovacuum would do within minutes. */
export const vacuum = (services: Services) => asOwner(services, (client) => client.query('vacuum analyze'))
