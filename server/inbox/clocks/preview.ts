import type { DeskCalendar } from '../../../contract/inbox-calendars.ts'
import { type CalendarRules, holidaysOf, openCalendar, type Stretch, stretchesBetween } from '../../clocks/index.ts'

const DAYS = 14
const DAY_MS = 86_400_000

/** What hours would mean, from the day of `now` on. Kept nowhere. */
export async function previewCalendar(wanted: DeskCalendar, year: number, now: Date) {
  const rules = wanted as CalendarRules
  const calendar = await openCalendar(rules)
  if ('problems' in calendar) return { problems: calendar.problems, days: [], holidays: [] }
  const stretches = stretchesBetween(calendar, now.getTime() - DAY_MS, now.getTime() + (DAYS + 1) * DAY_MS)
  return { problems: [], days: daysOf(stretches, rules.timeZone, now), holidays: await holidaysIn(rules, year) }
}

/** By the wall of the calendar's zone: a stretch counts to the day on which it begins, hours past midnight included. */
function daysOf(stretches: readonly Stretch[], timeZone: string, now: Date) {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const days = Array.from({ length: DAYS }, (_, at) => format.format(now.getTime() + at * DAY_MS))
  return [...new Set(days)].map((day) => {
    const own = stretches.filter(({ from }) => format.format(from) === day)
    const open = own.filter(({ isOpen }) => isOpen)
    const mark = own.find((stretch) => stretch.mark)?.mark ?? null
    return {
      day,
      openMinutes: open.reduce((sum, { from, until }) => sum + (until - from) / 60_000, 0),
      hours: open.map(({ from, until }) => ({ from: new Date(from), until: new Date(until) })),
      mark: mark && { why: mark.why, name: mark.name },
    }
  })
}

async function holidaysIn({ holidays }: CalendarRules, year: number) {
  if (!holidays) return []
  const worked = new Set(holidays.worked)
  return (await holidaysOf(holidays, year)).map((holiday) => ({ ...holiday, worked: worked.has(holiday.rule) }))
}
