import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres, stopUnusedPostgres } from '../postgres/index.ts'

/** A PostgreSQL for one run of the tests; `adminUrl` is a superuser's. */
export type TestCluster = { adminUrl: string; stop(): Promise<void> }

const PREFIX = 'rapport-test-'

/** Starts a throw-away PostgreSQL, or uses the one at `url` (any from version 15), which is left as it is. */
export async function startTestCluster(url: string | undefined): Promise<TestCluster> {
  if (url) return { adminUrl: url, stop: async () => undefined }
  await removeAbandonedClusters()
  const home = temporaryHome()
  const postgres = await startPostgres({ home, log: (message) => process.stderr.write(`${message}\n`), durable: false })
  return {
    adminUrl: postgres.adminUrl,
    async stop() {
      await postgres.stop()
      removeHome(home)
    },
  }
}

/** A folder that the database's owner can enter and whose socket path is short, named after the process that uses it. */
export function temporaryHome(): string {
  return mkdtempSync(join(process.platform === 'win32' ? tmpdir() : '/tmp', `${PREFIX}${process.pid}-`))
}

export function removeHome(home: string): void {
  rmSync(home, { recursive: true, force: true, maxRetries: 3 })
}

/** A run that was killed leaves its cluster behind, running. Only our own folders are touched. */
async function removeAbandonedClusters(): Promise<void> {
  const parent = process.platform === 'win32' ? tmpdir() : '/tmp'
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(PREFIX))) {
    const home = join(parent, name)
    if (isAlive(Number(name.slice(PREFIX.length).split('-')[0])) || !isOurs(home)) continue
    await stopUnusedPostgres(home)
    removeHome(home)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Anybody may make folders in /tmp. */
function isOurs(home: string): boolean {
  const folder = lstatSync(home)
  return folder.isDirectory() && (process.getuid === undefined || folder.uid === process.getuid())
}
