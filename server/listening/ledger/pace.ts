import type { MonthUse } from './days.ts'

/** From this share of a budget on, what is left is spread over the rest of the month. */
const SLOWS_FROM = 0.8

/** Of one month (UTC). Null: no limit. */
export interface Budget {
  posts: number | null
  micros: number | null
}

export type Pace = { pace: 'free' | 'slowed'; waitMs: number } | { pace: 'spent'; until: Date }

/** Whichever limit is nearer; 0 without a budget. */
export const usedShare = (use: MonthUse, { posts, micros }: Budget): number =>
  Math.max(posts === null ? 0 : use.posts / posts, micros === null ? 0 : use.micros / micros)

/**
 * When a source is asked next: at its usual pace, slower once most of its budget is gone, so that the rest lasts until the
 * month ends, or not before the next month. What one request uses up is the month's mean.
 */
export function paceOf(everyMs: number, use: MonthUse, budget: Budget, now: Date): Pace {
  const used = usedShare(use, budget)
  const monthEnds = nextMonth(now)
  if (used >= 1) return { pace: 'spent', until: monthEnds }
  if (used < SLOWS_FROM || use.asked === 0) return { pace: 'free', waitMs: everyMs }
  const requestsLeft = (1 - used) / (used / use.asked)
  const spread = (monthEnds.getTime() - now.getTime()) / Math.max(1, requestsLeft)
  return spread > everyMs ? { pace: 'slowed', waitMs: Math.round(spread) } : { pace: 'free', waitMs: everyMs }
}

export const nextMonth = (at: Date): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))
