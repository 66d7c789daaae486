import type { CalendarRules, OpenHours } from '../calendar-rules.ts'

/**
 * What a calendar means, minute by minute, for tests: the wall's reading of every minute from Intl, and hours that open at the
 * first minute whose reading is their beginning or later. Nothing of the code under test is used.
 */
interface Window {
  /** What the wall shows at each minute, as if it were UTC. */
  wall: Float64Array
}

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const windows = new Map<string, Window>()

export function windowOf(timeZone: string, firstDay: string, days: number): Window {
  const key = `${timeZone} ${firstDay} ${days}`
  const known = windows.get(key)
  if (known) return known
  const from = Date.parse(`${firstDay}T00:00:00Z`)
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const wall = Float64Array.from({ length: days * 1_440 }, (_, minute) => {
    const parts = format.formatToParts(from + minute * MINUTE)
    const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value)
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
  })
  const made = { wall }
  windows.set(key, made)
  return made
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
const wallMinutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** 1 for each minute of the window in which the desk is open. Holidays are given by their days. */
export function openMinutes(rules: CalendarRules, holidays: ReadonlySet<string>, { wall }: Window): Uint8Array {
  const open = new Uint8Array(wall.length)
  const begin = Math.floor((wall[0] as number) / DAY) - 1
  const end = Math.floor((wall.at(-1) as number) / DAY)
  for (let day = begin; day <= end; day++) {
    for (const { from, until } of hoursOn(rules, holidays, day)) {
      const opensAt = day * DAY + wallMinutes(from) * MINUTE
      const closesAt = day * DAY + (wallMinutes(until) + (until > from ? 0 : 1_440)) * MINUTE
      const first = wall.findIndex((reading) => reading >= opensAt)
      const last = wall.findIndex((reading) => reading >= closesAt)
      if (first >= 0) open.fill(1, first, last >= 0 ? last : wall.length)
    }
  }
  return open
}

function hoursOn(rules: CalendarRules, holidays: ReadonlySet<string>, day: number): readonly OpenHours[] {
  const date = new Date(day * DAY)
  const name = date.toISOString().slice(0, 10)
  const special = rules.special.find((entry) => entry.day === name)
  if (special) return special.hours
  if (rules.closed.some(({ from, until }) => from <= name && name <= until) || holidays.has(name)) return []
  return rules.week[DAYS[date.getUTCDay()] as (typeof DAYS)[number]]
}
