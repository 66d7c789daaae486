import { useEffect, useState } from 'react'

/** Whole seconds until then, counted down while it is shown; 0 when it is over. */
export function useSecondsLeft(until: Date | null): number {
  const [now, setNow] = useState(() => Date.now())
  const left = until === null ? 0 : Math.max(0, Math.ceil((until.getTime() - now) / 1_000))
  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(() => setNow(Date.now()), 250)
    return () => clearTimeout(timer)
  })
  return left
}
