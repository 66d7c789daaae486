import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Binaries, program } from './binaries.ts'
import { explainOutput, PostgresFailure } from './failures.ts'
import { type Folders, openOwnFile } from './folders.ts'
import { runAs } from './owner.ts'

/** What a postmaster writes about itself into postmaster.pid, line by line. */
export type PostmasterFile = { pid: number; port: number; socket: string; ready: boolean }

const POLL_MS = 5
const COMMAND_TIMEOUT_MS = 10_000
/** Crash recovery of a large write-ahead log takes its time; the process lives meanwhile. */
const READY_MS = 10 * 60_000
const TELL_AFTER_MS = 5_000
const FAST_STOP_MS = 20_000
const IMMEDIATE_STOP_MS = 5_000
const LOG_BYTES_MAX = 10 * 1024 * 1024
/** Children of a killed postmaster leave within moments; after this they are ended. */
const LEFTOVER_MS = 3_000

export function readPostmasterFile(data: string): PostmasterFile | undefined {
  let text: string
  try {
    text = readFileSync(join(data, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const lines = text.split('\n')
  const pid = Number(lines[0])
  // A stand-alone backend writes a negative number; a power cut may leave an empty file.
  if (!Number.isInteger(pid) || pid === 0) return undefined
  return { pid: Math.abs(pid), port: Number(lines[3]), socket: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' }
}

/** Is this process a postmaster of this data folder, and not one that was given the same number later? */
export function isPostmaster(pid: number, data: string): boolean {
  const words = commandLine(pid)
  return basename(words[0] ?? '').startsWith('postgres') && words.includes(data)
}

/** Starts a postmaster and waits until it takes connections. */
export async function launch(
  binaries: Binaries,
  folders: Folders,
  settings: string[],
  log: (message: string) => void,
): Promise<PostmasterFile> {
  const failure = await tryLaunch(binaries, folders, settings, log)
  if (!(failure instanceof PostgresFailure)) return failure
  if (!/pre-existing shared memory block|lock file .* already exists/.test(failure.message)) throw failure
  // The postmaster was killed and its children still hold the shared memory.
  await endLeftovers(folders, log)
  const second = await tryLaunch(binaries, folders, settings, log)
  if (second instanceof PostgresFailure) throw second
  return second
}

/** Ends a postmaster: its clients are disconnected, everything is written; harder when it does not listen. */
export async function stopPostmaster(pid: number, folders: Folders, binaries: Binaries): Promise<void> {
  if (process.platform === 'win32') {
    const args = ['stop', '-D', folders.data, '-m', 'fast', '-w', '-t', String(FAST_STOP_MS / 1000)]
    execFileSync(program(binaries, 'pg_ctl'), args, { timeout: FAST_STOP_MS * 2, stdio: 'ignore' })
    return
  }
  for (const [signal, patienceMs] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
    ['SIGKILL', IMMEDIATE_STOP_MS],
  ] as const) {
    if (!isPostmaster(pid, folders.data)) return
    sendSignal(pid, signal)
    const deadline = performance.now() + (isStopped(pid) && signal !== 'SIGKILL' ? 0 : patienceMs)
    while (isPostmaster(pid, folders.data) && performance.now() < deadline) await sleep(POLL_MS)
  }
}

/** Every process that works in the data folder, also one whose postmaster.pid was deleted. Linux only. */
export function processesIn(folders: Folders): number[] {
  if (process.platform !== 'linux') return []
  // Asked as the owner: in a container even root may not see where another user's process works.
  const script = 'for p in /proc/[0-9]*; do [ "$p/cwd" -ef "$1" ] && echo "$p"; done; true'
  const options = { ...runAs(folders.owner), encoding: 'utf8' as const, timeout: COMMAND_TIMEOUT_MS }
  const found = execFileSync('/bin/sh', ['-c', script, 'sh', folders.data], options)
  const pids = found
    .split('\n')
    .filter(Boolean)
    .map((path) => Number(basename(path)))
  return pids.filter((pid) => basename(commandLine(pid)[0] ?? '').startsWith('postgres'))
}

async function tryLaunch(
  binaries: Binaries,
  folders: Folders,
  settings: string[],
  log: (message: string) => void,
): Promise<PostmasterFile | PostgresFailure> {
  const file = openOwnFile(folders.log, folders.owner)
  if (statSync(folders.log).size > LOG_BYTES_MAX) truncateSync(folders.log)
  const before = statSync(folders.log).size
  const child = spawnPostmaster(binaries, folders, settings, file)
  closeSync(file)
  let ended: string | undefined
  child.once('error', (error) => {
    ended = error.message
  })
  child.once('exit', (code, signal) => {
    ended = `PostgreSQL ended with ${signal ?? `code ${code}`}.`
  })
  const began = performance.now()
  let told = false
  while (performance.now() - began < READY_MS) {
    const seen = readPostmasterFile(folders.data)
    // pg_ctl is not the postmaster, so on Windows any ready one is it.
    if (seen?.ready && (seen.pid === child.pid || process.platform === 'win32')) return seen
    if (ended !== undefined && !(process.platform === 'win32' && child.exitCode === 0)) {
      return explainOutput(`${readFileSync(folders.log).subarray(before).toString('utf8')}\n${ended}`, folders.data)
    }
    if (!told && performance.now() - began > TELL_AFTER_MS) {
      told = true
      log('PostgreSQL recovers from a hard stop; this can take a few minutes.')
    }
    await sleep(POLL_MS)
  }
  if (child.pid !== undefined) await stopPostmaster(child.pid, folders, binaries)
  return new PostgresFailure('not-answering', `PostgreSQL was not ready after ten minutes. Its log: ${folders.log}`)
}

/** In a session of its own: Ctrl-C in the terminal ends the server first, and the server ends PostgreSQL. */
function spawnPostmaster(binaries: Binaries, folders: Folders, settings: string[], logFile: number): ChildProcess {
  const env = environment()
  const options = {
    ...runAs(folders.owner),
    env,
    detached: true,
    stdio: ['ignore', logFile, logFile] as ['ignore', number, number],
  }
  if (process.platform === 'win32') {
    // pg_ctl gives up the administrator's rights, under which postgres.exe refuses to run.
    const args = ['start', '-W', '-D', folders.data, '-o', settings.map((word) => `"${word}"`).join(' ')]
    return spawn(program(binaries, 'pg_ctl'), args, { ...options, windowsHide: true })
  }
  const child = spawn(program(binaries, 'postgres'), ['-D', folders.data, ...settings], options)
  child.unref()
  return child
}

async function endLeftovers(folders: Folders, log: (message: string) => void) {
  const deadline = performance.now() + LEFTOVER_MS
  while (processesIn(folders).length > 0 && performance.now() < deadline) await sleep(50)
  const left = processesIn(folders)
  if (left.length > 0) log('Ending what a killed PostgreSQL left running.')
  for (const pid of left) sendSignal(pid, 'SIGKILL')
  while (processesIn(folders).length > 0 && performance.now() < deadline + LEFTOVER_MS) await sleep(50)
  forgetStalePostmaster(folders)
}

/** PostgreSQL trusts any living process with the number in its lock files; we know that this one is not a postmaster. */
export function forgetStalePostmaster(folders: Folders) {
  const file = readPostmasterFile(folders.data)
  if (file && isPostmaster(file.pid, folders.data)) return
  rmSync(join(folders.data, 'postmaster.pid'), { force: true })
  if (file?.socket) {
    rmSync(join(file.socket, `.s.PGSQL.${file.port}.lock`), { force: true })
    rmSync(join(file.socket, `.s.PGSQL.${file.port}`), { force: true })
  }
}

/** Without PGPORT, PGDATA and their like, which would speak for another PostgreSQL. */
export function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}

function commandLine(pid: number): string[] {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    if (process.platform === 'win32') return []
    const line = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      timeout: COMMAND_TIMEOUT_MS,
    })
    const [executable = '', folder = ''] = line.trim().split(/ -D (.*?)(?: -c |$)/)
    return [executable, folder]
  } catch {
    return []
  }
}

/** A process that was halted (SIGSTOP) hears nothing but SIGKILL. */
function isStopped(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return /^[Tt]/.test(status.slice(status.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
