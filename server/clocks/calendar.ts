import { type CalendarProblem, calendarProblems } from './calendar-problems.ts'
import type { CalendarRules } from './calendar-rules.ts'
import {
  addOpenMs,
  type BeyondHorizon,
  type DeskHours,
  openMsBetween,
  openStretches,
  type Stretch,
} from './desk-hours.ts'
import { openHolidays } from './holidays.ts'

/**
 * Service time: the time in which a desk is open. All instants are epoch milliseconds, all lengths milliseconds of real time:
 * an hour that comes twice in autumn is two hours. The hours may be others from an instant on: each stretch of time goes by
 * the hours that held then, so that the past stays as it was and next year's hours are known already.
 */
export interface Calendar {
  /** In order and without gaps: each lasts until the next, the first from ever, the last for ever. */
  readonly parts: readonly CalendarPart[]
}

interface CalendarPart {
  from: number
  until: number
  hours: DeskHours
}

/** `validFrom` is an epoch millisecond; of the first it does not matter, as nothing held before it. */
export interface CalendarVersion {
  validFrom: number
  rules: CalendarRules
}

/** The rules' problems instead, if they have any. Loads holidays when the rules ask for them. */
export async function openCalendar(rules: CalendarRules): Promise<Calendar | { problems: CalendarProblem[] }> {
  const problems = await calendarProblems(rules)
  return problems.length > 0 ? { problems } : openCalendarVersions([{ validFrom: 0, rules }])
}

/**
 * Versions in the order in which they were made. At each instant holds the last made of those that are valid by then: a later
 * version that is valid from before takes back what was made before it. The rules were found sound when they were kept.
 */
export async function openCalendarVersions(made: readonly CalendarVersion[]): Promise<Calendar> {
  const standing = standingVersions(made)
  const parts: CalendarPart[] = []
  for (const [at, { validFrom, rules }] of standing.entries()) {
    const holidays = rules.holidays ? await openHolidays(rules.holidays) : null
    parts.push({
      from: at === 0 ? Number.NEGATIVE_INFINITY : validFrom,
      until: standing[at + 1]?.validFrom ?? Number.POSITIVE_INFINITY,
      hours: { rules, holidays, years: new Map() },
    })
  }
  if (parts.length === 0) throw new RangeError('a calendar without hours')
  return { parts }
}

/** Those that hold at some time, in the order of time. */
export function standingVersions<V extends { validFrom: number }>(made: readonly V[]): V[] {
  const standing: V[] = []
  for (const version of made) {
    while ((standing.at(-1)?.validFrom ?? Number.NEGATIVE_INFINITY) >= version.validFrom) standing.pop()
    standing.push(version)
  }
  return standing
}

/** Open milliseconds between two instants; 0 where the second is not behind the first. Throws a RangeError outside of 1990 to 2150. */
export function serviceMsBetween({ parts }: Calendar, from: number, until: number): number {
  let counted = 0
  for (const part of parts) counted += openMsBetween(part.hours, Math.max(from, part.from), Math.min(until, part.until))
  return counted
}

/**
 * The first instant by which so many milliseconds were open since `from`: hours that end at 17:00 are due at 17:00, not when
 * the desk opens again. 'beyond-horizon' where ten years do not suffice, as the desk hardly or never opens.
 */
export function addServiceMs({ parts }: Calendar, from: number, serviceMs: number): number | BeyondHorizon {
  if (serviceMs <= 0) return from
  let missing = serviceMs
  for (const part of parts) {
    if (part.until <= from) continue
    const begin = Math.max(from, part.from)
    if (!Number.isFinite(part.until)) return addOpenMs(part.hours, begin, missing)
    const counted = openMsBetween(part.hours, begin, part.until)
    if (counted >= missing) return addOpenMs(part.hours, begin, missing)
    missing -= counted
  }
  return 'beyond-horizon'
}

/** All of the time between two instants, parted where the desk opens or closes, where a marked day begins or ends, and where hours change. */
export function stretchesBetween({ parts }: Calendar, from: number, until: number): Stretch[] {
  return parts.flatMap((part) => openStretches(part.hours, Math.max(from, part.from), Math.min(until, part.until)))
}
