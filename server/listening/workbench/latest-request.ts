import { Superseded } from './stored-sample.ts'

/** Requests that run now, by workspace, member and editor. */
const running = new Map<string, AbortController>()

/**
 * Somebody who types asks again before the answer is there: the older request of the same editor ends at its next step, and
 * so does one whose caller has gone. Null: superseded.
 */
export async function asLatest<T>(
  key: string | null,
  caller: AbortSignal | undefined,
  answer: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const own = new AbortController()
  if (key !== null) {
    running.get(key)?.abort()
    running.set(key, own)
  }
  try {
    return await answer(caller ? AbortSignal.any([own.signal, caller]) : own.signal)
  } catch (error) {
    if (error instanceof Superseded) return null
    throw error
  } finally {
    if (key !== null && running.get(key) === own) running.delete(key)
  }
}
