import type { Formats } from '../../platform/formats.ts'
import type { useApi } from '../../platform/session.ts'
import type { WeekHours } from '../../ui/week-hours.tsx'

type List = ReturnType<typeof useApi>['accounts']['shifts']['list']
export type Shift = Awaited<ReturnType<List['call']>>['items'][number]

const A_MONDAY = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

/** "Mon–Fri 09:00–12:00, 13:00–17:00; Sat 10:00–14:00": days in a row with the same hours are one. */
export function hoursText({ locale }: Pick<Formats, 'locale'>, { week }: { week: WeekHours }): string {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const runs: { from: number; until: number; hours: string }[] = []
  for (const [index, spans] of Object.values(week).entries()) {
    const hours = spans.map(({ from, until }) => `${from}–${until}`).join(', ')
    const last = runs.at(-1)
    if (last && last.hours === hours) last.until = index
    else runs.push({ from: index, until: index, hours })
  }
  const day = (index: number) => name.format(A_MONDAY + index * DAY_MS)
  return runs
    .filter(({ hours }) => hours !== '')
    .map(({ from, until, hours }) => `${from === until ? day(from) : `${day(from)}–${day(until)}`} ${hours}`)
    .join('; ')
}
