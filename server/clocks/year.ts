import {
  type CalendarRules,
  DAY_MS,
  dayNumberOf,
  MINUTE_MS,
  type Minutes,
  minutesOf,
  weekdayOf,
} from './calendar-rules.ts'
import type { HolidayBook, HolidayNames } from './holidays.ts'
import { instantOf, type Offset, offsetsAround } from './zone.ts'

/**
 * One year of a calendar, laid out once: the stretches in which the desk is open, in real time, with what was open before
 * each of them, so that a question is a binary search.
 */
export interface OpenYear {
  /** Epoch milliseconds: the year begins and ends at midnight of its own zone. */
  from: number
  until: number
  /** Ordered, apart from each other. */
  starts: number[]
  ends: number[]
  /** Open milliseconds of the year before each stretch, and at last of the whole year. */
  openBefore: number[]
  marks: DayMark[]
}

/** A day that is not like its weekday, and why. */
export interface DayMark {
  from: number
  until: number
  why: 'holiday' | 'closed-day' | 'special-day'
  /** In three languages where a package names it, one text where people did. */
  name: HolidayNames | string | null
}

interface DayPlan {
  hours: readonly Minutes[]
  mark: (Minutes & Pick<DayMark, 'why' | 'name'>) | null
}

export type PlanOfDay = (dayNumber: number) => DayPlan

export function openYear(rules: CalendarRules, holidays: HolidayBook | null, year: number): OpenYear {
  const offsets = offsetsAround(rules.timeZone, year)
  const first = Date.UTC(year, 0, 1) / DAY_MS
  const next = Date.UTC(year + 1, 0, 1) / DAY_MS
  const bounds = { from: instantOf(offsets, first * DAY_MS), until: instantOf(offsets, next * DAY_MS) }
  const planOf = plansOf(rules, holidays, year)
  const stretches: Minutes[] = []
  const marks: DayMark[] = []
  // The last day of the year before may be open past midnight.
  for (let day = first - 1; day < next; day++) {
    const { hours, mark } = planOf(day)
    for (const part of hours) stretches.push(realTime(offsets, day, part))
    if (mark && day >= first) marks.push({ ...realTime(offsets, day, mark), why: mark.why, name: mark.name })
  }
  return { ...bounds, ...joined(stretches, bounds), marks: marks.filter(({ from, until }) => from < until) }
}

const realTime = (offsets: readonly Offset[], day: number, { from, until }: Minutes): Minutes => ({
  from: instantOf(offsets, day * DAY_MS + from * MINUTE_MS),
  until: instantOf(offsets, day * DAY_MS + until * MINUTE_MS),
})

/** What touches or overlaps becomes one stretch: a night that runs into the hours of a special day counts once. */
function joined(stretches: Minutes[], bounds: Minutes): Pick<OpenYear, 'starts' | 'ends' | 'openBefore'> {
  const starts: number[] = []
  const ends: number[] = []
  for (const stretch of stretches.sort((a, b) => a.from - b.from)) {
    const from = Math.max(stretch.from, bounds.from)
    const until = Math.min(stretch.until, bounds.until)
    if (from >= until) continue
    const last = ends.at(-1)
    if (last !== undefined && from <= last) ends[ends.length - 1] = Math.max(last, until)
    else {
      starts.push(from)
      ends.push(until)
    }
  }
  const openBefore = [0]
  for (const [at, start] of starts.entries()) openBefore.push((openBefore[at] as number) + (ends[at] as number) - start)
  return { starts, ends, openBefore }
}

/** Hours belong to the day on which they begin: Friday's night shift works on into a holiday, the holiday's own does not begin. */
function plansOf(rules: CalendarRules, holidays: HolidayBook | null, year: number): PlanOfDay {
  const special = new Map(rules.special.map((entry) => [dayNumberOf(entry.day), entry]))
  const closed = rules.closed.map(({ from, until, name }) => ({
    from: dayNumberOf(from) ?? Number.POSITIVE_INFINITY,
    until: dayNumberOf(until) ?? Number.NEGATIVE_INFINITY,
    name,
  }))
  const parts = Map.groupBy(holidays?.partsOf(year) ?? [], ({ dayNumber }) => dayNumber)
  const all = (hours: CalendarRules['special'][number]['hours']): Minutes[] =>
    hours.flatMap((each) => minutesOf(each) ?? [])
  const week = new Map(Object.entries(rules.week).map(([weekday, hours]) => [weekday, all(hours)]))
  return (day) => {
    const opening = special.get(day)
    if (opening) return { hours: all(opening.hours), mark: wholeDay('special-day', opening.name) }
    const closure = closed.find(({ from, until }) => from <= day && day <= until)
    if (closure) return { hours: [], mark: wholeDay('closed-day', closure.name) }
    const hours = week.get(weekdayOf(day)) ?? []
    const holiday = parts.get(day)?.reduce((a, b) => (b.until - b.from > a.until - a.from ? b : a))
    if (!holiday) return { hours, mark: null }
    const { from, until, names } = holiday
    return {
      hours: hours.flatMap((each) => without(each, holiday)),
      mark: { from, until, why: 'holiday', name: names },
    }
  }
}

const wholeDay = (why: DayMark['why'], name: string | undefined): DayPlan['mark'] => ({
  from: 0,
  until: 1_440,
  why,
  name: name ?? null,
})

/** A holiday that lasts to the day's end also takes what the day's hours have after midnight. */
function without(hours: Minutes, { from, until }: Minutes): Minutes[] {
  const end = until >= 1_440 ? Number.POSITIVE_INFINITY : until
  return [
    { from: hours.from, until: Math.min(hours.until, from) },
    { from: Math.max(hours.from, end), until: hours.until },
  ].filter((part) => part.from < part.until)
}
