import type { HOLIDAY_TYPES } from '../../contract/clock-words.ts'

/** When a desk works, as people set it down: plain data, stored as JSON. */

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/**
 * 'HH:MM' on the wall clock, until at most '24:00'. An end that is not behind its beginning lies on the next day
 * ('22:00' to '06:00'); such hours belong to the day on which they begin.
 */
export interface OpenHours {
  from: string
  until: string
}

export type Week = Readonly<Record<Weekday, readonly OpenHours[]>>

export type HolidayType = (typeof HOLIDAY_TYPES)[number]

export interface HolidayRules {
  /** Two letters, 'DE'. */
  country: string
  /** A part of the country as the package names it, 'BY' for Bavaria. */
  state?: string
  /** A part of the state, 'A' for Augsburg. */
  region?: string
  types: readonly HolidayType[]
  /** Holidays on which the desk works, by their `rule` ('easter 39'). */
  worked?: readonly string[]
}

export interface CalendarRules {
  /** IANA name, 'Europe/Berlin'. */
  timeZone: string
  week: Week
  holidays?: HolidayRules
  /** First and last day, 'YYYY-MM-DD', both closed. */
  closed: readonly { from: string; until: string; name?: string }[]
  /** Days with hours of their own. They win over closed days, those over holidays, those over the week. */
  special: readonly { day: string; hours: readonly OpenHours[]; name?: string }[]
}

const allDay: readonly OpenHours[] = [{ from: '00:00', until: '24:00' }]
const onEach = (hours: readonly OpenHours[]): Week => ({
  monday: hours,
  tuesday: hours,
  wednesday: hours,
  thursday: hours,
  friday: hours,
  saturday: hours,
  sunday: hours,
})

export const ALWAYS_OPEN: Week = onEach(allDay)
export const NEVER_OPEN: Week = onEach([])

export const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

/** Minutes from the beginning of a day, until up to the end of the next one. */
export interface Minutes {
  from: number
  until: number
}

/** '09:30' → 570; null for what is no time of the day. '24:00' is one, as an end. */
export function minuteOf(time: string): number | null {
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(time) ?? []
  const minutes = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && minutes <= DAY_MINUTES ? minutes : null
}

/** Null where a time is none, or where the hours have no length. */
export function minutesOf({ from, until }: OpenHours): Minutes | null {
  const begin = minuteOf(from)
  const end = minuteOf(until)
  if (begin === null || end === null || begin === end || begin === DAY_MINUTES) return null
  return { from: begin, until: end > begin ? end : end + DAY_MINUTES }
}

/** '2026-03-29' → days since 1970-01-01; null for what is no day. */
export function dayNumberOf(day: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null
  const at = Date.parse(`${day}T00:00:00Z`)
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(day) ? at / DAY_MS : null
}

/** 0 is Monday: 1970-01-01 was a Thursday. */
export const weekdayOf = (dayNumber: number): Weekday => WEEKDAYS[(((dayNumber + 3) % 7) + 7) % 7] as Weekday
