const DAY_MS = 24 * 3_600_000

/** The first moment of a day ('2026-11-23') in a time zone; undefined for what is no day. */
export function startOfDay(day: string, timeZone: string): Date | undefined {
  const midnight = midnightOf(day)
  return midnight === undefined ? undefined : new Date(momentOf(midnight, timeZone))
}

/** The last moment of a day in a time zone: what "until this day" means to whoever reads there. */
export function endOfDay(day: string, timeZone: string): Date | undefined {
  const midnight = midnightOf(day)
  return midnight === undefined ? undefined : new Date(momentOf(midnight + DAY_MS, timeZone) - 1)
}

/** The day that it is in a time zone at a moment. */
export const dayAt = (moment: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(moment)

/** Midnight of the day as if it were in UTC. */
function midnightOf(day: string): number | undefined {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  return !/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(midnight) ? undefined : midnight
}

/** When the zone's clocks show what UTC's would show at `shown`. */
function momentOf(shown: number, timeZone: string): number {
  // Twice, because the first guess may lie on the other side of a change of clocks.
  const guess = shown - offsetAt(shown, timeZone)
  return shown - offsetAt(guess, timeZone)
}

/** Milliseconds that the zone's clocks are ahead of UTC at a moment. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(moment)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '00'
  const shown = `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`
  return Date.parse(shown) - Math.floor(moment / 1000) * 1000
}
