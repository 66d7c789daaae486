import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { nameSystemError, PostgresFailure } from './failures.ts'
import { databaseOwner, type Owner, ownerCan } from './owner.ts'

/** Where one installation keeps its database. All paths are real paths: the postmaster is recognised by them. */
export type Folders = {
  home: string
  /** Parent of everything that the database's owner reads: home, or a folder of its own outside. */
  base: string
  data: string
  log: string
  startLock: string
  holdersLock: string
  owner: Owner
}

/** Names the folder outside of home, for homes that the database's owner cannot enter. */
const POINTER = 'postgres-folder'
/** macOS allows 103 bytes for a socket's path, Linux 107. */
const SOCKET_PATH_BYTES_MAX = 103
const SOCKET_NAME = '.s.PGSQL.5432'
const NAME_TRIES = 8
const windows = process.platform === 'win32'

/** Finds, or on a first start makes, the folders of the database that belongs to `home`. */
export function placeFolders(home: string, outsideParent = '/var/lib'): Folders {
  try {
    mkdirSync(dirname(home), { recursive: true })
    const created = mkdirSync(home, { recursive: true, mode: 0o700 }) !== undefined
    const realHome = realpathSync(home)
    const { base, owner } = placeBase(realHome, created, outsideParent)
    const folders = { home: realHome, base, owner, data: join(base, 'postgres'), log: join(base, 'postgres.log') }
    // Beside the database and not in home: a home that was copied still means the same database outside.
    const locks = { startLock: join(base, 'postgres-start.lock'), holdersLock: join(base, 'postgres-holders.lock') }
    for (const lock of Object.values(locks)) closeSync(openOwnFile(lock, owner))
    return { ...folders, ...locks }
  } catch (error) {
    throw nameSystemError(error, home)
  }
}

/** Opens a file for appending that belongs to the owner. A link is refused: as root we would follow it anywhere. */
export function openOwnFile(path: string, owner: Owner): number {
  const file = openSync(
    path,
    constants.O_APPEND | constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0),
    0o600,
  )
  if (owner.switched && fstatSync(file).uid === 0) fchownSync(file, owner.uid, owner.gid)
  return file
}

/** A folder with mode 0700 that belongs to the owner: made, or found so. Never a link or somebody else's. */
export function privateFolder(path: string, owner: Owner): string {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw nameSystemError(error, path)
  }
  if (windows) return path
  const folder = openFolder(path)
  try {
    const { uid, mode } = fstatSync(folder)
    const rootsOwn = uid === 0 && owner.switched
    if (uid !== owner.uid && !rootsOwn) throw foreign(path)
    if (rootsOwn) fchownSync(folder, owner.uid, owner.gid)
    if ((mode & 0o777) !== 0o700) fchmodSync(folder, 0o700)
  } finally {
    closeSync(folder)
  }
  return path
}

/** The folder of the unix socket: beside the database where the path is short enough, else below /tmp. */
export function socketFolder(folders: Folders): string {
  const beside = join(folders.base, 'socket')
  if (windows || fitsSocket(beside)) return privateFolder(beside, folders.owner)
  const short = `/tmp/rapport-${shortHash(folders.data)}`
  for (let n = 1; n < NAME_TRIES; n++) {
    try {
      return privateFolder(n === 1 ? short : `${short}-${n}`, folders.owner)
    } catch (error) {
      // Anybody may take a name in /tmp before us; then we take the next one.
      if (!(error instanceof PostgresFailure && error.reason === 'folder-foreign')) throw error
    }
  }
  throw foreign(short)
}

function placeBase(home: string, created: boolean, outsideParent: string): { base: string; owner: Owner } {
  const outside = readPointer(home)
  if (outside) return { base: outside, owner: databaseOwner(existingIn(outside)) }
  const existing = existingIn(home)
  const owner = databaseOwner(existing)
  if (ownerEnters(home, owner, created)) return { base: home, owner }
  if (!existing) return { base: claimOutside(home, owner, outsideParent), owner }
  throw new PostgresFailure(
    'folder-closed',
    `The database in ${home} belongs to the user ${owner.name}, who may no longer enter that folder. Open the folders above it again (chmod o+x), or move ${home} and set RAPPORT_HOME.`,
  )
}

/** A home that only root may enter is opened to the owner's group, unless somebody uses its group already. */
function ownerEnters(home: string, owner: Owner, created: boolean): boolean {
  const enters = () => ownerCan(owner, 'cd "$1"', home)
  if (!owner.switched) return true
  if (!created && enters()) return true
  const { uid, mode } = lstatSync(home)
  if (uid === 0 && (mode & 0o070) === 0 && ownerCan(owner, 'cd "$1"', dirname(home))) {
    chownSync(home, 0, owner.gid)
    chmodSync(home, (mode & 0o777) | 0o010)
  }
  return enters()
}

/** Older databases of a home that was deleted since are left alone: the next free name is taken. */
function claimOutside(home: string, owner: Owner, parent: string): string {
  const name = join(parent, `rapport-${shortHash(home)}`)
  for (let n = 1; n < NAME_TRIES; n++) {
    const folder = n === 1 ? name : `${name}-${n}`
    if (existsSync(join(folder, 'postgres'))) continue
    const base = realpathSync(privateFolder(folder, owner))
    writeFileSync(join(home, POINTER), `${base}\n`, { mode: 0o600 })
    return base
  }
  throw new PostgresFailure(
    'folder-foreign',
    `Too many old databases: remove those named ${name}* that you do not need.`,
  )
}

function readPointer(home: string): string | undefined {
  const pointer = join(home, POINTER)
  if (!existsSync(pointer)) return undefined
  const folder = readFileSync(pointer, 'utf8').trim()
  if (existsSync(folder)) return folder
  throw new PostgresFailure(
    'folder-gone',
    `The database of ${home} lay in ${folder}, which is not there. Mount or restore it; to start with an empty database, delete ${pointer}.`,
  )
}

function existingIn(base: string): string | undefined {
  const data = join(base, 'postgres')
  return existsSync(data) ? data : undefined
}

function openFolder(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  } catch (error) {
    throw foreign(path, error)
  }
}

function foreign(path: string, cause?: unknown): PostgresFailure {
  const advice = 'is a link or belongs to somebody else, so Rapport does not trust it. Remove it, or set RAPPORT_HOME.'
  return new PostgresFailure('folder-foreign', `${path} ${advice}`, { cause })
}

function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
