import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'

/** Why PostgreSQL could not be started. The message says in plain words what is wrong and how to mend it. */
export type PostgresFailureReason =
  | 'platform-unsupported'
  | 'binaries-missing'
  | 'user-missing'
  | 'folder-closed'
  | 'folder-foreign'
  | 'folder-gone'
  | 'other-major'
  | 'disk-full'
  | 'memory-short'
  | 'permission'
  | 'in-use'
  | 'not-answering'
  | 'damaged'
  | 'start-failed'

export class PostgresFailure extends Error {
  override readonly name = 'PostgresFailure'
  readonly reason: PostgresFailureReason

  constructor(reason: PostgresFailureReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

const TAIL_LINES = 12

const DISK_FULL = 'The disk is full. Make room on the disk and start again.'
/** A new cluster takes 40 MB; with less to spare, an end without a reason has this one. */
const FREE_BYTES_MIN = 64 * 1024 * 1024

/** Each pattern is a phrase of PostgreSQL's own messages (LC_ALL=C) or of the system's loader. */
const PHRASES: [RegExp, PostgresFailureReason, string][] = [
  [/No space left on device|Disk quota exceeded/, 'disk-full', DISK_FULL],
  [
    /could not look up effective user ID/,
    'user-missing',
    'The user that runs Rapport has no name on this system, and PostgreSQL insists on one. Add the user to /etc/passwd, or start Rapport as another user.',
  ],
  [
    /Cannot allocate memory|could not create shared memory segment/,
    'memory-short',
    'There is not enough memory for the database. Close other programs or give the machine more memory.',
  ],
  [
    /error while loading shared libraries|symbol lookup error|version `GLIBC|spawn \S+ ENOENT/,
    'platform-unsupported',
    'The PostgreSQL that Rapport brings does not run on this system. Set DATABASE_URL to a PostgreSQL (15 or newer) of your own.',
  ],
  [
    /invalid (primary )?checkpoint record|could not locate a valid checkpoint|could not find the database system|could not (read|open) file "(pg_|global)|is not a valid data directory|incorrect checksum in control file/,
    'damaged',
    'The database files are damaged. Restore them from a backup; nothing was changed.',
  ],
  [
    /Permission denied|Operation not permitted|invalid permissions|has wrong ownership|Read-only file system/,
    'permission',
    'The database files cannot be used by the user that runs the database. Give that user the folder back (chown -R), with mode 0700.',
  ],
]

/** Turns what PostgreSQL (or initdb) wrote before it gave up into a named failure; `place` is the folder concerned. */
export function explainOutput(output: string, place: string): PostgresFailure {
  const tail = output.trim().split('\n').slice(-TAIL_LINES).join('\n')
  for (const [phrase, reason, advice] of PHRASES) {
    if (phrase.test(output)) return new PostgresFailure(reason, `${advice}\nFolder: ${place}\n${tail}`)
  }
  if (isNearlyFull(place)) return new PostgresFailure('disk-full', `${DISK_FULL}\nFolder: ${place}\n${tail}`)
  return new PostgresFailure('start-failed', `PostgreSQL did not start.\nFolder: ${place}\n${tail}`)
}

const NO_LOCKS =
  'Files in this folder cannot be locked, so two Rapports could damage the database. Set RAPPORT_HOME to a folder on a local disk.'

const SYSTEM_ERRORS: Record<string, [PostgresFailureReason, string]> = {
  ENOSPC: ['disk-full', DISK_FULL],
  EDQUOT: ['disk-full', 'Your disk quota is used up. Make room and start again.'],
  EACCES: [
    'permission',
    'Rapport may not use this folder. Give it to the user that starts Rapport, or set RAPPORT_HOME.',
  ],
  EPERM: [
    'permission',
    'Rapport may not use this folder. Give it to the user that starts Rapport, or set RAPPORT_HOME.',
  ],
  EROFS: ['permission', 'This folder can only be read. Set RAPPORT_HOME to a folder that can be written.'],
  ENOTDIR: ['folder-foreign', 'A file stands where Rapport needs a folder. Move it away, or set RAPPORT_HOME.'],
}

/** Gives a name to an error of the file system; errors that we do not expect pass as they are. */
export function nameSystemError(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || error instanceof PostgresFailure) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'ERR_SQLITE_ERROR')
    return new PostgresFailure('permission', `${NO_LOCKS}\nFolder: ${place}\n${error.message}`, { cause: error })
  const known = SYSTEM_ERRORS[code]
  return known
    ? new PostgresFailure(known[0], `${known[1]}\nFolder: ${place}\n${error.message}`, { cause: error })
    : error
}

function isNearlyFull(place: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(place))
    return bavail * bsize < FREE_BYTES_MIN
  } catch {
    return false
  }
}
