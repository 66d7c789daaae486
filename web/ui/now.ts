import { useSyncExternalStore } from 'react'

const TICK_MS = 30_000

let now = new Date()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** One clock for all times on screen; it stands still while nobody looks. */
function onTick(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    now = new Date()
    timer = setInterval(() => {
      if (document.hidden) return
      now = new Date()
      for (const each of listeners) each()
    }, TICK_MS)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** The present, half a minute old at most while somebody looks. */
export const useNow = (): Date => useSyncExternalStore(onTick, () => now)
