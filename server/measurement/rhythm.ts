import { ascending, medianOf, middle, wilson } from '../statistics/index.ts'
import { dateOfDay, type Zone } from './zone.ts'

/** A series of days longer than this is shown by week, a longer one by month. */
const DAYS_SHOWN_MAX = 92
const WEEKS_SHOWN_MAX = 104
/** A few posts far before all others would make the chart a blank: this share of them is left out where it shortens it by half. */
const OUTLYING_SHARE_MAX = 0.02
const PEAK_POSTS_MIN = 20
const PEAK_DAYS_MIN = 5
const PEAK_TIMES_MIN = 1.5
const PEAK_DEVIATIONS_MIN = 3
const PEAKS_MAX = 3
/** A day is whole when posts reach from its first to its last hours. */
const WHOLE_DAY_HOURS = 22

export interface DayCount {
  day: number
  posts: number
  /** False for the first and last day of a file that begins or ends in their middle. */
  whole: boolean
}

export interface Rhythm {
  days: DayCount[]
  /** Left out of `days`: so few and so much earlier that they would hide the rest. */
  earlier: number
  unit: 'day' | 'week' | 'month'
  buckets: { from: string; posts: number; whole: boolean }[]
  /** [weekday][hour], Monday first. */
  heat: number[][]
  medianDay: number
  peaks: { day: number; posts: number; usual: number }[]
}

export function rhythmOf(instants: number[], zone: Zone, period: { from: number; to: number }): Rhythm {
  const sorted = ascending(instants)
  const earlier = outlying(sorted)
  const heat = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  const counts = new Map<number, number>()
  for (const [index, instant] of sorted.entries()) {
    const { day, hour, weekday } = zone.at(instant)
    const row = heat[weekday] as number[]
    row[hour] = (row[hour] as number) + 1
    if (index >= earlier) counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  const days = series(counts, zone, period)
  const unit = days.length <= DAYS_SHOWN_MAX ? 'day' : days.length / 7 <= WEEKS_SHOWN_MAX ? 'week' : 'month'
  const whole = days.filter((day) => day.whole)
  return {
    days,
    earlier,
    unit,
    buckets: inBuckets(days, unit),
    heat,
    medianDay: Math.round(medianOf((whole.length > 0 ? whole : days).map((day) => day.posts))),
    peaks: peaksOf(days),
  }
}

/** How many of the first instants to leave out: those that make the span more than twice as long as the rest's. */
function outlying(sorted: number[]): number {
  const [first, last] = [sorted[0], sorted.at(-1)]
  const cut = Math.floor(sorted.length * OUTLYING_SHARE_MAX)
  if (first === undefined || last === undefined || cut === 0) return 0
  const core = last - (sorted[cut] as number)
  if (last - first <= core * 2) return 0
  return sorted.findIndex((instant) => last - instant <= core * 2)
}

function series(counts: Map<number, number>, zone: Zone, period: { from: number; to: number }): DayCount[] {
  const known = [...counts.keys()]
  const [first, last] = [Math.min(...known), Math.max(...known)]
  const [begin, end] = [zone.at(period.from), zone.at(period.to)]
  const days: DayCount[] = []
  for (let day = first; day <= last; day++) {
    const cutAtBegin = day === begin.day && begin.hour > 24 - WHOLE_DAY_HOURS
    const cutAtEnd = day === end.day && end.hour < WHOLE_DAY_HOURS
    days.push({ day, posts: counts.get(day) ?? 0, whole: !cutAtBegin && !cutAtEnd })
  }
  return days
}

function inBuckets(days: DayCount[], unit: Rhythm['unit']): Rhythm['buckets'] {
  const buckets = new Map<string, { from: string; posts: number; whole: boolean }>()
  for (const { day, posts, whole } of days) {
    const date = dateOfDay(day)
    const monday = dateOfDay(day - ((((day + 3) % 7) + 7) % 7))
    const from = unit === 'day' ? date : unit === 'week' ? monday : `${date.slice(0, 7)}-01`
    const bucket = buckets.get(from) ?? { from, posts: 0, whole: true }
    buckets.set(from, { from, posts: bucket.posts + posts, whole: bucket.whole && whole })
  }
  return [...buckets.values()]
}

/**
 * Days far above the usual: more than three deviations (by median absolute deviation, and by the square root that pure
 * chance would give) and at least half as much again.
 */
function peaksOf(days: DayCount[]): Rhythm['peaks'] {
  const whole = days.filter((day) => day.whole)
  if (whole.length < PEAK_DAYS_MIN) return []
  return whole
    .map(({ day, posts }) => {
      const others = whole.filter((other) => other.day !== day).map((other) => other.posts)
      const { median, deviation } = middle(others)
      const spread = Math.max(deviation, Math.sqrt(median))
      const isPeak =
        posts >= PEAK_POSTS_MIN && posts >= median * PEAK_TIMES_MIN && posts > median + PEAK_DEVIATIONS_MIN * spread
      return { day, posts, usual: Math.round(median), isPeak }
    })
    .filter(({ isPeak }) => isPeak)
    .sort((a, b) => b.posts - a.posts)
    .slice(0, PEAKS_MAX)
    .map(({ isPeak: _, ...peak }) => peak)
}

const OFFICE_HOURS = { from: 9, to: 18 }

/** Outside Monday to Friday, 9 to 18 o'clock. */
export function outsideOffice(heat: number[][], total: number) {
  const within = heat
    .slice(0, 5)
    .reduce((sum, hours) => sum + hours.slice(OFFICE_HOURS.from, OFFICE_HOURS.to).reduce((a, b) => a + b, 0), 0)
  return wilson(total - within, total)
}

/** Of the day, over all days: a weekday that the period holds twice would win unfairly. */
export function busiestHour(heat: number[][]): { hour: number; posts: number } {
  const hours = Array.from({ length: 24 }, (_, hour) => heat.reduce((sum, row) => sum + (row[hour] ?? 0), 0))
  const posts = Math.max(...hours)
  return { hour: hours.indexOf(posts), posts }
}
