/** From how far it was when one began to look, and how far it is now. */
export interface Pace {
  from: number
  fromAt: number
  to: number
  toAt: number
}

/** Sooner it would be a guess. */
const WATCHED_MS_MIN = 3_000

/** The same pace again while nothing has moved. */
export function paceOf(before: Pace | null, progress: number, now: number): Pace {
  if (before === null || progress < before.to) return { from: progress, fromAt: now, to: progress, toAt: now }
  return progress === before.to ? before : { ...before, to: progress, toAt: now }
}

/** In whole seconds; null while it cannot be said. */
export function remainingMs({ from, fromAt, to, toAt }: Pace): number | null {
  const watched = toAt - fromAt
  if (watched < WATCHED_MS_MIN || to <= from) return null
  const remaining = ((1 - to) / (to - from)) * watched
  return Math.max(1, Math.round(remaining / 1_000)) * 1_000
}
