import { useCallback, useEffect, useRef } from 'react'

/** Runs at once, then at most once per `everyMs`; the last call is never lost. */
export function useThrottled(run: () => unknown, everyMs: number): () => void {
  const latest = useRef(run)
  latest.current = run
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const last = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    if (timer.current) return
    const wait = Math.max(0, last.current + everyMs - Date.now())
    timer.current = setTimeout(() => {
      timer.current = undefined
      last.current = Date.now()
      void latest.current()
    }, wait)
  }, [everyMs])
}
