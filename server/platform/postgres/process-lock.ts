import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A lock between processes that the operating system takes back when its holder dies, also by kill -9. Lock files with
 * a process id in them cannot do that without races and reused ids, and Node offers no flock: so an empty SQLite file
 * lends us its locks. Nothing is ever written to it.
 */
export type ProcessLock = { release(): void }

const POLL_MS = 20
/** Two tries that meet block each other for an instant; within this time the better one has won. */
const CONTENTION_MS = 500
const SQLITE_BUSY = 5

/** Many may hold `shared`; `exclusive` is had alone. `undefined`: somebody else holds it. The file must be writable. */
export function tryLock(path: string, mode: 'shared' | 'exclusive'): ProcessLock | undefined {
  const file = new DatabaseSync(path, { timeout: mode === 'shared' ? CONTENTION_MS : 0 })
  try {
    // Even an empty transaction would begin a journal beside the file, which fails when the disk is full.
    file.exec('pragma journal_mode = memory')
    file.exec(mode === 'exclusive' ? 'begin exclusive' : 'begin')
    // A plain transaction takes its shared lock with the first read.
    if (mode === 'shared') file.prepare('select count(*) from sqlite_master').get()
  } catch (error) {
    file.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined
    throw error
  }
  return {
    release() {
      if (file.isOpen) file.close()
    },
  }
}

/** Waits for an exclusive lock; `undefined` when it was not to be had within `timeoutMs`. */
export async function waitForLock(
  path: string,
  { timeoutMs, onWait }: { timeoutMs: number; onWait?: () => void },
): Promise<ProcessLock | undefined> {
  const deadline = performance.now() + timeoutMs
  let told = false
  for (;;) {
    const lock = tryLock(path, 'exclusive')
    if (lock || performance.now() > deadline) return lock
    if (!told) onWait?.()
    told = true
    await sleep(POLL_MS)
  }
}
