const DAY_MS = 86_400_000
/** Rhythm is what the last days showed of which a post came: a weekly blog has few of them. */
const DAYS_JUDGED_MAX = 28
const DAYS_JUDGED_MIN = 5
/** So that every day of the week is among them. */
const SPAN_MS_MIN = 8 * DAY_MS
/** A silence this many times longer than any before it is none that the source is known for. */
const LONGER = 2
const SILENCE_MS_MIN = 3_600_000

export interface DaySilence {
  /** UTC midnight. */
  day: Date
  /** Longest time between two posts, of which the later was published on this day. */
  seconds: number
}

/**
 * The longest silences by day between posts in the order of their publishing, after `previous`. Empty where none is newer.
 */
export function silencesBetween(published: readonly Date[], previous: Date | null): DaySilence[] {
  const longest = new Map<number, number>()
  let before = previous?.getTime() ?? null
  for (const at of published.map((time) => time.getTime()).sort((a, b) => a - b)) {
    if (before !== null && at > before) {
      const day = Math.floor(at / DAY_MS) * DAY_MS
      longest.set(day, Math.max(longest.get(day) ?? 0, Math.round((at - before) / 1_000)))
    }
    before = Math.max(before ?? at, at)
  }
  return [...longest].map(([day, seconds]) => ({ day: new Date(day), seconds }))
}

/** How long the source may be silent before somebody should look, in milliseconds; null while its rhythm is not known. */
export function silenceAllowed(days: readonly DaySilence[], everyMs: number): number | null {
  const recent = days.toSorted((a, b) => b.day.getTime() - a.day.getTime()).slice(0, DAYS_JUDGED_MAX)
  const [newest] = recent
  const oldest = recent.at(-1)
  if (!newest || !oldest || recent.length < DAYS_JUDGED_MIN) return null
  if (newest.day.getTime() - oldest.day.getTime() < SPAN_MS_MIN) return null
  const longest = Math.max(...recent.map(({ seconds }) => seconds)) * 1_000
  return Math.max(LONGER * longest, SILENCE_MS_MIN, 3 * everyMs)
}
