import { useSyncExternalStore } from 'react'

const TICK_MS = 30_000

/** One clock for all marks that grow with time. */
let now = new Date()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function onTick(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    now = new Date()
    timer = setInterval(() => {
      now = new Date()
      for (const each of listeners) each()
    }, TICK_MS)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** The present, half a minute old at most. */
export const useNow = (): Date => useSyncExternalStore(onTick, () => now)
