import type { Ledger } from './ledger.ts'
import type { DayCount } from './rhythm.ts'
import { dateOfDay, type Zone } from './zone.ts'

/** Days without a post of any kind, in a file: it was not gathered day by day. */
const DAYS_COVERED_MIN = 0.6
/** Two days with more than this share of a brand's posts: a crisis, or the way in which they were gathered. */
const CONCENTRATED_SHARE = 0.7
const CONCENTRATED_DAYS_MIN = 5

export interface Coverage {
  state: 'continuous' | 'concentrated' | 'patchy'
  /** Of all posts, whatever they name. */
  daysWithPosts: number
  daysOfPeriod: number
  /** The two days with most posts about the brand, and the share of its posts that they have. */
  busiestDays: { dates: string[]; share: number }
}

/** Can figures by day and hour be believed? Days before the first one that is shown are not asked for. */
export function coverageOf(ledger: Ledger, zone: Zone, firstShown: number | null, brandDays: DayCount[]): Coverage {
  const days = new Set<number>()
  for (let post = 0; post < ledger.size; post++) {
    const { day } = zone.at(ledger.at[post] as number)
    if (firstShown === null || day >= firstShown) days.add(day)
  }
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const day of days) {
    first = Math.min(first, day)
    last = Math.max(last, day)
  }
  const daysOfPeriod = last - first + 1
  const busiest = [...brandDays].sort((a, b) => b.posts - a.posts).slice(0, 2)
  const sum = (counts: DayCount[]) => counts.reduce((total, { posts }) => total + posts, 0)
  const share = sum(busiest) / Math.max(1, sum(brandDays))
  const patchy = days.size < daysOfPeriod * DAYS_COVERED_MIN
  const concentrated = brandDays.length >= CONCENTRATED_DAYS_MIN && share >= CONCENTRATED_SHARE
  return {
    state: patchy ? 'patchy' : concentrated ? 'concentrated' : 'continuous',
    daysWithPosts: days.size,
    daysOfPeriod,
    busiestDays: { dates: busiest.map(({ day }) => dateOfDay(day)).sort(), share },
  }
}
