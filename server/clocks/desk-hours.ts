import type { CalendarRules } from './calendar-rules.ts'
import type { HolidayBook } from './holidays.ts'
import { type DayMark, type OpenYear, openYear } from './year.ts'

/** One set of hours, for ever. Years are laid out when they are first asked for, and kept. */
export interface DeskHours {
  readonly rules: CalendarRules
  readonly holidays: HolidayBook | null
  readonly years: Map<number, OpenYear>
}

/** How far ahead a due time is looked for. */
export const HORIZON_YEARS = 10
/** No instant outside of these has a place in a calendar; date-holidays and IANA know little beyond. */
export const YEAR_MIN = 1990
export const YEAR_MAX = 2150

export type BeyondHorizon = 'beyond-horizon'

/** Open milliseconds between two instants; 0 where the second is not behind the first. Throws a RangeError outside of 1990 to 2150. */
export function openMsBetween(hours: DeskHours, from: number, until: number): number {
  if (!(until > from)) return 0
  let year = yearAt(hours, from)
  const last = yearAt(hours, until)
  let counted = openUpTo(year, until) - openUpTo(year, from)
  while (year.until < last.until) {
    year = yearAt(hours, year.until)
    counted += openUpTo(year, until)
  }
  return counted
}

/**
 * The first instant by which so many milliseconds were open since `from`: hours that end at 17:00 are due at 17:00, not when
 * the desk opens again. 'beyond-horizon' where ten years do not suffice, as the desk hardly or never opens.
 */
export function addOpenMs(hours: DeskHours, from: number, serviceMs: number): number | BeyondHorizon {
  if (serviceMs <= 0) return from
  let year = yearAt(hours, from)
  let wanted = openUpTo(year, from) + serviceMs
  for (let years = 0; years <= HORIZON_YEARS; years++) {
    const total = year.openBefore.at(-1) as number
    if (wanted <= total) {
      const stretch = lastBelow(year.openBefore, wanted)
      return (year.starts[stretch] as number) + wanted - (year.openBefore[stretch] as number)
    }
    wanted -= total
    if (isBeyond(year.until)) return 'beyond-horizon'
    year = yearAt(hours, year.until)
  }
  return 'beyond-horizon'
}

export interface Stretch {
  from: number
  until: number
  isOpen: boolean
  /** The day's mark, if the day is not like its weekday. */
  mark: DayMark | null
}

/** All of the time between two instants, parted where the desk opens or closes and where a marked day begins or ends. */
export function openStretches(hours: DeskHours, from: number, until: number): Stretch[] {
  const stretches: Stretch[] = []
  for (let cursor = from; cursor < until; ) {
    const year = yearAt(hours, cursor)
    const next = Math.min(
      until,
      year.until,
      nextOf(year.starts, cursor),
      nextOf(year.ends, cursor),
      nextMark(year, cursor),
    )
    const at = lastBelow(year.starts, cursor + 1)
    const isOpen = at >= 0 && cursor < (year.ends[at] as number)
    const mark = year.marks.find((each) => each.from <= cursor && cursor < each.until) ?? null
    const last = stretches.at(-1)
    if (last && last.isOpen === isOpen && last.mark === mark) last.until = next
    else stretches.push({ from: cursor, until: next, isOpen, mark })
    cursor = next
  }
  return stretches
}

function openUpTo(year: OpenYear, instant: number): number {
  const at = lastBelow(year.starts, instant)
  if (at < 0) return 0
  const open = Math.min(instant, year.ends[at] as number) - (year.starts[at] as number)
  return (year.openBefore[at] as number) + open
}

/** Where the last number below the bound lies in an ordered list; -1 if there is none. */
function lastBelow(numbers: readonly number[], bound: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] as number) < bound) low = middle + 1
    else high = middle
  }
  return low - 1
}

const nextOf = (numbers: readonly number[], cursor: number): number =>
  numbers[lastBelow(numbers, cursor + 1) + 1] ?? Number.POSITIVE_INFINITY

function nextMark({ marks }: OpenYear, cursor: number): number {
  const mark = marks.find(({ until }) => until > cursor)
  if (!mark) return Number.POSITIVE_INFINITY
  return mark.from > cursor ? mark.from : mark.until
}

/** By the mean year, so at most a day wrong: `yearAt` looks at the year's real ends. */
const yearOf = (instant: number): number => 1_970 + Math.floor(instant / 31_556_952_000)
const isBeyond = (instant: number): boolean => yearOf(instant) >= YEAR_MAX

/** The year by the wall clock, which near New Year is not UTC's. */
function yearAt(hours: DeskHours, instant: number): OpenYear {
  const year = yearOf(instant)
  const laidOut = layOut(hours, year)
  if (instant < laidOut.from) return layOut(hours, year - 1)
  return instant < laidOut.until ? laidOut : layOut(hours, year + 1)
}

function layOut(hours: DeskHours, year: number): OpenYear {
  const known = hours.years.get(year)
  if (known) return known
  if (!(year >= YEAR_MIN && year <= YEAR_MAX)) throw new RangeError(`no calendar for the year ${year}`)
  const made = openYear(hours.rules, hours.holidays, year)
  hours.years.set(year, made)
  return made
}
