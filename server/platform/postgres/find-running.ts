import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { type Answer, ask, connectionTo } from './connection.ts'
import { PostgresFailure } from './failures.ts'
import type { Folders } from './folders.ts'
import { isPostmaster, type PostmasterFile, readPostmasterFile, stopPostmaster } from './postmaster.ts'
import { settings } from './settings.ts'

/** Crash recovery of a large write-ahead log takes its time. */
const RECOVERY_MS = 10 * 60_000

/** A postmaster that runs for our data folder and answers; what cannot be used is stopped, unless others use it. */
export async function findRunning(
  binaries: Binaries,
  folders: Folders,
  alone: boolean,
  { log, durable = true }: { log: (message: string) => void; durable?: boolean },
): Promise<PostmasterFile | undefined> {
  const file = readPostmasterFile(folders.data)
  if (!file || !(process.platform === 'win32' || isPostmaster(file.pid, folders.data))) return undefined
  const answer = await answerOf(folders, log)
  const current = readPostmasterFile(folders.data)
  if (!current) return undefined
  if (!alone) {
    if (answer.kind === 'ours' || answer.kind === 'busy') return current
    throw new PostgresFailure(
      'not-answering',
      `The database in ${folders.data} is in use by another process, but does not answer. End that process and start again.`,
    )
  }
  if (answer.kind === 'busy') return current
  if (answer.kind === 'ours' && answer.version === binaries.version && sameSettings(current, folders, durable)) {
    log('PostgreSQL was still running and is used again.')
    return current
  }
  if (process.platform === 'win32' && answer.kind !== 'ours') return undefined
  log('PostgreSQL was still running but cannot be used as it is; starting it anew.')
  await stopPostmaster(current.pid, folders, binaries)
  return undefined
}

async function answerOf(folders: Folders, log: (message: string) => void): Promise<Answer> {
  const deadline = performance.now() + RECOVERY_MS
  for (;;) {
    const file = readPostmasterFile(folders.data)
    const answer: Answer = file
      ? await ask(connectionTo(file, folders), folders.data)
      : { kind: 'silent', message: 'it has just ended' }
    if (answer.kind !== 'starting' || performance.now() > deadline) return answer
    log('PostgreSQL is recovering; waiting for it.')
    await sleep(1_000)
  }
}

/** An orphan of an older Rapport, or one started for tests, may run with other settings than ours. */
function sameSettings(file: PostmasterFile, folders: Folders, durable: boolean): boolean {
  const opts = readFileSync(join(folders.data, 'postmaster.opts'), 'utf8')
  const expected = settings({ socket: file.socket, port: file.port, durable })
  return opts.trim().endsWith(expected.map((word) => `"${word}"`).join(' '))
}
