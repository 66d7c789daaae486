import { setTimeout as delay } from 'node:timers/promises'

const DEADLOCK = '40P01'
const TRIES = 5
const PAUSE_MS = 50

/**
 * Two transactions that waited for each other: PostgreSQL ended one, and nothing of it was written. It is done once more,
 * as a whole. `work` opens its transaction itself, and does nothing that the end of one does not take back.
 */
export async function againAfterDeadlock<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await work()
    } catch (error) {
      const isDeadlock = error instanceof Error && 'code' in error && error.code === DEADLOCK
      if (!isDeadlock || tries === TRIES) throw error
      await delay(PAUSE_MS * tries * (1 + Math.random()))
    }
}
