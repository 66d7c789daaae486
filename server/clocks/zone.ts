import { Temporal } from 'temporal-polyfill'
import { DAY_MS } from './calendar-rules.ts'

/**
 * The wall clock of a time zone. Temporal (the standard, by its polyfill until Node has it) tells offsets and when they change;
 * a year has two or three of them, and all else is addition. A conversion by Temporal costs 15 to 50 µs, by these pieces 10 ns.
 *
 * A time on the wall that comes twice, or never, is the first moment at which the clock shows it *or later*. So hours from
 * 22:00 to 06:00 are nine real hours in autumn and seven in spring, hours never fall into two pieces, and what lies
 * wholly in the hour that spring leaves out has no length.
 */
export interface Offset {
  /** Epoch milliseconds from which it holds. */
  from: number
  offsetMs: number
}

/** Whether the name is one of an IANA zone; '+02:00' is none, as it knows no summer. */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone)
    return true
  } catch {
    return false
  }
}

/** The offsets that a year needs, with days to spare at both ends: the last night of a year ends in the next. */
export function offsetsAround(timeZone: string, year: number): Offset[] {
  const until = Date.UTC(year + 1, 0, 1) + 3 * DAY_MS
  let moment: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(
    Date.UTC(year, 0, 1) - 3 * DAY_MS,
  ).toZonedDateTimeISO(timeZone)
  const offsets: Offset[] = []
  while (moment && moment.epochMilliseconds < until) {
    offsets.push({ from: moment.epochMilliseconds, offsetMs: moment.offsetNanoseconds / 1e6 })
    moment = moment.getTimeZoneTransition('next')
  }
  return offsets
}

/** `wallMs` is the wall's reading as if it were UTC. Epoch milliseconds of the first moment that shows it or later. */
export function instantOf(offsets: readonly Offset[], wallMs: number): number {
  for (const [at, { from, offsetMs }] of offsets.entries()) {
    const instant = wallMs - offsetMs
    const until = offsets[at + 1]?.from ?? Number.POSITIVE_INFINITY
    if (instant < until) return at > 0 && instant < from ? from : instant
  }
  throw new Error('a zone without an offset')
}
