import { HOLIDAY_TYPES } from '../../contract/clock-words.ts'
import {
  type CalendarRules,
  DAY_MS,
  dayNumberOf,
  MINUTE_MS,
  type Minutes,
  minutesOf,
  type OpenHours,
  WEEKDAYS,
} from './calendar-rules.ts'
import { unknownPlace } from './holidays.ts'
import { isTimeZone } from './zone.ts'

/** What a calendar may hold; more is no calendar of a desk. */
export const HOURS_PER_DAY_MAX = 12
export const CLOSED_PERIODS_MAX = 500
export const SPECIAL_DAYS_MAX = 500

/** Code, where it is, and what its sentence names. */
export interface CalendarProblem {
  code:
    | 'time-zone-unknown'
    | 'hours-malformed'
    | 'hours-overlap'
    | 'too-many-hours'
    | 'too-many-days'
    | 'day-malformed'
    | 'closed-ends-before-it-begins'
    | 'special-day-twice'
    | 'special-day-without-hours'
    | 'holiday-type-unknown'
    | 'country-unknown'
    | 'state-unknown'
    | 'region-unknown'
    | 'never-opens'
  /** 'week.monday', 'closed.2', 'special.0', 'holidays' … */
  place: string
  value: string
}

const problem = (code: CalendarProblem['code'], place: string, value: string): CalendarProblem => ({
  code,
  place,
  value,
})

/** All problems at once, none of them thrown. */
export async function calendarProblems(rules: CalendarRules): Promise<CalendarProblem[]> {
  const { timeZone, week, special } = rules
  const opens = [...WEEKDAYS.map((day) => week[day]), ...special.map(({ hours }) => hours)].some(
    (hours) => hours.length > 0,
  )
  return [
    ...(isTimeZone(timeZone) ? [] : [problem('time-zone-unknown', 'timeZone', timeZone)]),
    ...WEEKDAYS.flatMap((day) => hoursProblems(week[day], `week.${day}`)),
    ...nightProblems(rules),
    ...closedProblems(rules),
    ...specialProblems(rules),
    ...(rules.holidays ? await holidayProblems(rules.holidays) : []),
    ...(opens ? [] : [problem('never-opens', 'week', '')]),
  ]
}

const textOf = ({ from, until }: OpenHours): string => `${from}–${until}`

function hoursProblems(hours: readonly OpenHours[], place: string): CalendarProblem[] {
  if (hours.length > HOURS_PER_DAY_MAX) return [problem('too-many-hours', place, String(hours.length))]
  const read = hours.map((each) => ({ each, minutes: minutesOf(each) }))
  const malformed = read.filter(({ minutes }) => !minutes)
  if (malformed.length > 0) return malformed.map(({ each }) => problem('hours-malformed', place, textOf(each)))
  const ordered = (read as { each: OpenHours; minutes: Minutes }[]).sort((a, b) => a.minutes.from - b.minutes.from)
  return ordered.flatMap(({ each, minutes }, at) => {
    const before = ordered[at - 1]
    return before && before.minutes.until > minutes.from ? [problem('hours-overlap', place, textOf(each))] : []
  })
}

/** A night that lasts into hours of the next weekday: one of the two is meant otherwise. */
function nightProblems({ week }: CalendarRules): CalendarProblem[] {
  return WEEKDAYS.flatMap((day, at) => {
    const nextDay = WEEKDAYS[(at + 1) % WEEKDAYS.length] as (typeof WEEKDAYS)[number]
    const nightUntil = Math.max(0, ...week[day].map((hours) => (minutesOf(hours)?.until ?? 0) - DAY_MS / MINUTE_MS))
    return week[nextDay]
      .filter((hours) => (minutesOf(hours)?.from ?? nightUntil) < nightUntil)
      .map((hours) => problem('hours-overlap', `week.${nextDay}`, textOf(hours)))
  })
}

function closedProblems({ closed }: CalendarRules): CalendarProblem[] {
  if (closed.length > CLOSED_PERIODS_MAX) return [problem('too-many-days', 'closed', String(closed.length))]
  return closed.flatMap(({ from, until }, at) => {
    const malformed = [from, until].find((day) => dayNumberOf(day) === null)
    if (malformed !== undefined) return [problem('day-malformed', `closed.${at}`, malformed)]
    return until < from ? [problem('closed-ends-before-it-begins', `closed.${at}`, `${from}–${until}`)] : []
  })
}

function specialProblems({ special }: CalendarRules): CalendarProblem[] {
  if (special.length > SPECIAL_DAYS_MAX) return [problem('too-many-days', 'special', String(special.length))]
  const seen = new Set<string>()
  return special.flatMap(({ day, hours }, at) => {
    const place = `special.${at}`
    const isTwice = seen.has(day)
    seen.add(day)
    return [
      ...(dayNumberOf(day) === null ? [problem('day-malformed', place, day)] : []),
      ...(isTwice ? [problem('special-day-twice', place, day)] : []),
      ...(hours.length === 0 ? [problem('special-day-without-hours', place, day)] : []),
      ...hoursProblems(hours, place),
    ]
  })
}

async function holidayProblems(holidays: NonNullable<CalendarRules['holidays']>): Promise<CalendarProblem[]> {
  const unknown = await unknownPlace(holidays)
  const types = holidays.types.filter((type) => !HOLIDAY_TYPES.includes(type))
  return [
    ...(unknown ? [problem(`${unknown}-unknown`, 'holidays', holidays[unknown] ?? '')] : []),
    ...types.map((type) => problem('holiday-type-unknown', 'holidays', type)),
  ]
}
