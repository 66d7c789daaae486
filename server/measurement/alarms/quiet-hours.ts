import type { Zone } from '../zone.ts'

/** Minutes since midnight in the zone; `until` before `from` reaches over midnight. Pure. */
export interface QuietHours {
  from: number
  until: number
}

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

/** When a message may go out that is due at an instant: then, or when the quiet hours that it falls into have ended. */
export function dueAfterQuietHours(at: number, quiet: QuietHours | null, zone: Zone): number {
  if (!quiet || quiet.from === quiet.until) return at
  const isQuiet = (instant: number): boolean => {
    const minute = zone.minuteOfDay(instant)
    return quiet.from < quiet.until
      ? minute >= quiet.from && minute < quiet.until
      : minute >= quiet.from || minute < quiet.until
  }
  if (!isQuiet(at)) return at
  // By the clock on the wall, so that a night in which clocks change is as long as it is.
  let due = Math.floor(at / MINUTE_MS) * MINUTE_MS
  for (let minute = 0; minute <= DAY_MINUTES && isQuiet(due); minute++) due += MINUTE_MS
  return due
}
