import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Binaries, packagedBinaries, runnableBinaries } from './binaries.ts'
import { connectionTo, connectionUrl, type PostgresConnection, passwordOf } from './connection.ts'
import { nameSystemError, PostgresFailure } from './failures.ts'
import { findRunning } from './find-running.ts'
import { type Folders, placeFolders, socketFolder } from './folders.ts'
import { makeCluster } from './make-cluster.ts'
import {
  forgetStalePostmaster,
  isPostmaster,
  launch,
  type PostmasterFile,
  processesIn,
  readPostmasterFile,
  stopPostmaster,
} from './postmaster.ts'
import { type ProcessLock, tryLock, waitForLock } from './process-lock.ts'
import { settings } from './settings.ts'

export type PostgresOptions = {
  /** The installation's data folder; it is made when it is not there. */
  home: string
  /** Told in whole sentences what a person at the terminal should know. */
  log: (message: string) => void
  /** `false` for databases of tests, which may be lost when the machine stops. */
  durable?: boolean
}

export type RunningPostgres = {
  socketFolder: string
  port: number
  connection: PostgresConnection
  adminUrl: string
  version: string
  dataFolder: string
  /** It ran already: left over by a process that was killed, or shared with another that runs now. */
  adopted: boolean
  /** Lets go of PostgreSQL; the last process to do so ends it. Safe to call twice. */
  stop(): Promise<void>
}

/** A first start beside ours may copy binaries, make a cluster or recover one. */
const START_LOCK_MS = 120_000
const DEFAULT_PORT = 5432

/** Starts the installation's own PostgreSQL, or joins the one that runs. Throws PostgresFailure. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const folders = placeFolders(options.home)
  const binaries = runnableBinaries(packagedBinaries(), folders.owner)
  const turn = await takeTurn(folders, options.log)
  let share: ProcessLock | undefined
  try {
    const alone = isAlone(folders)
    share = tryLock(folders.holdersLock, 'shared')
    const found = await findRunning(binaries, folders, alone, options)
    const postmaster = found ?? (await startAnew(binaries, folders, options))
    return present(postmaster, found !== undefined, binaries, folders, share)
  } catch (error) {
    share?.release()
    throw nameSystemError(error, folders.base)
  } finally {
    turn.release()
  }
}

/** Ends a PostgreSQL that runs for `home` although no process uses it any more. */
export async function stopUnusedPostgres(home: string): Promise<void> {
  const folders = placeFolders(home)
  await letGo(packagedBinaries(), folders, undefined)
}

function present(
  postmaster: PostmasterFile,
  adopted: boolean,
  binaries: Binaries,
  folders: Folders,
  share: ProcessLock | undefined,
): RunningPostgres {
  const connection = connectionTo(postmaster, folders)
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= letGo(binaries, folders, share)
    return stopped
  }
  const { host, port } = connection
  const shown = { connection, adminUrl: connectionUrl(connection), dataFolder: folders.data, version: binaries.version }
  return { socketFolder: host, port, ...shown, adopted, stop }
}

async function letGo(binaries: Binaries, folders: Folders, share: ProcessLock | undefined): Promise<void> {
  const turn = await takeTurn(folders, () => undefined)
  try {
    share?.release()
    const running = readPostmasterFile(folders.data)
    if (running && isAlone(folders)) await stopPostmaster(running.pid, folders, binaries)
  } finally {
    turn.release()
  }
}

/** Starts and stops of one installation happen one after the other. */
async function takeTurn(folders: Folders, log: (message: string) => void): Promise<ProcessLock> {
  const onWait = () => log('Another process is starting or stopping the database; waiting for it.')
  const turn = await waitForLock(folders.startLock, { timeoutMs: START_LOCK_MS, onWait }).catch((error) => {
    throw nameSystemError(error, folders.home)
  })
  if (turn) return turn
  throw new PostgresFailure(
    'in-use',
    `Another process has been starting the database in ${folders.base} for two minutes.`,
  )
}

function isAlone(folders: Folders): boolean {
  const lock = tryLock(folders.holdersLock, 'exclusive')
  lock?.release()
  return lock !== undefined
}

async function startAnew(binaries: Binaries, folders: Folders, options: PostgresOptions): Promise<PostmasterFile> {
  if (existsSync(folders.data)) {
    checkMajor(binaries, folders)
    forgetStalePostmaster(folders)
  } else {
    await makeCluster(binaries, folders, { password: passwordOf(folders), durable: options.durable ?? true })
  }
  if (folders.base !== folders.home) {
    options.log(
      `The database lies in ${folders.base}, because its user (${folders.owner.name}) could not enter ${folders.home}.`,
    )
  }
  const port = process.platform === 'win32' ? await freePort() : DEFAULT_PORT
  const words = settings({ socket: socketFolder(folders), port, durable: options.durable ?? true })
  await endForgotten(binaries, folders)
  return launch(binaries, folders, words, options.log)
}

/** A postmaster whose postmaster.pid was deleted still holds the data for up to a minute. */
async function endForgotten(binaries: Binaries, folders: Folders) {
  for (const pid of processesIn(folders)) {
    if (isPostmaster(pid, folders.data)) await stopPostmaster(pid, folders, binaries)
  }
}

function checkMajor(binaries: Binaries, { data }: Folders) {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  const major = binaries.version.split('.')[0]
  if (made === major) return
  throw new PostgresFailure(
    'other-major',
    `The database in ${data} was made by PostgreSQL ${made}; this Rapport brings PostgreSQL ${major}, which cannot read it. Nothing was changed. Either start the Rapport that made it, or move its content over with the tools of PostgreSQL ${made} (pg_dump) and psql, or set RAPPORT_HOME to an empty folder to begin anew.`,
  )
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : DEFAULT_PORT))
    })
  })
}
