import { execFile } from 'node:child_process'
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, program } from './binaries.ts'
import { SUPERUSER } from './connection.ts'
import { explainOutput } from './failures.ts'
import { type Folders, privateFolder } from './folders.ts'
import { runAs } from './owner.ts'
import { environment } from './postmaster.ts'

const INITDB_MS = 120_000
const HALF = '.new'

/**
 * Makes an empty cluster. It gets its name when it is complete, so a start that was killed half-way begins again.
 * Who reaches the socket is let in: the socket and its folder are open to the database's owner and root alone.
 */
export async function makeCluster(
  binaries: Binaries,
  folders: Folders,
  { password, durable }: { password: string | undefined; durable: boolean },
): Promise<void> {
  removeHalves(folders)
  const half = `${folders.data}.${process.pid}-${Date.now()}${HALF}`
  privateFolder(half, folders.owner)
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const access =
    password === undefined ? ['--auth-local=trust', '--auth-host=reject'] : passwordAccess(folders, password)
  const args = [
    '-D',
    half,
    `--username=${SUPERUSER}`,
    ...locale,
    ...access,
    '--data-checksums',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
  try {
    const options = { ...runAs(folders.owner), env: environment(), timeout: INITDB_MS }
    await promisify(execFile)(program(binaries, 'initdb'), args, options)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string }
    throw explainOutput(`${stdout}\n${stderr}\n${stderr ? '' : message}`, folders.data)
  }
  renameSync(half, folders.data)
}

function passwordAccess(folders: Folders, password: string): string[] {
  const file = join(folders.base, 'postgres-password')
  writeFileSync(file, password, { mode: 0o600 })
  return ['--auth=scram-sha-256', `--pwfile=${file}`]
}

/** An initdb outlives the start that was killed, so each works in a folder of its own; this makes an older one give up. */
function removeHalves({ base }: Folders) {
  for (const name of readdirSync(base)) {
    if (!name.startsWith('postgres.') || !name.endsWith(HALF)) continue
    try {
      rmSync(join(base, name), { recursive: true, force: true })
    } catch (error) {
      // It still writes there; the next first start removes the rest.
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    }
  }
}
