import { useSyncExternalStore } from 'react'
import { useFormats } from '../platform/formats.ts'

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

/** Relative, the exact time on hover, both in the reader's language and time zone. */
export function TimeAgo({ time }: { time: Date }) {
  const formats = useFormats()
  const current = useSyncExternalStore(onTick, () => now)
  return (
    <time dateTime={time.toISOString()} title={formats.exact(time)} style={{ whiteSpace: 'nowrap' }}>
      {formats.ago(time, current < time ? new Date() : current)}
    </time>
  )
}
