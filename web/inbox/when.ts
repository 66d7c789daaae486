import type { Formats } from '../platform/formats.ts'

const SOON_MS = 3_600_000

/** A time that lies ahead, as one would say it: the clock today, the weekday this week, then the date. */
export const whenText = (formats: Formats, time: Date, now: Date): string =>
  time.getTime() - now.getTime() <= SOON_MS ? formats.clock(time) : formats.ago(time, now)
