import { HOUR_MS } from './entries.ts'

const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS
/** Hours are counted in their day two hours after they are over; a little more, because a worker may have rested. */
const DAY_IS_WHOLE_AFTER_MS = 3 * HOUR_MS
export const BACKGROUND_WEEKS = 4

export const PERIODS = ['day', 'week'] as const
export type Period = (typeof PERIODS)[number]

/** A tally to be read. */
export interface Span {
  span: 'hour' | 'day'
  startsAt: Date
}

export const endOf = ({ span, startsAt }: Span): Date =>
  new Date(startsAt.getTime() + (span === 'day' ? DAY_MS : HOUR_MS))

export interface Window {
  from: Date
  /** The end of the present hour. */
  until: Date
}

/** The last 24 hours, or today and the six days before (UTC), up to the end of the present hour. */
export function windowOf(period: Period, now: Date): Window {
  const until = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS + HOUR_MS
  const from = period === 'day' ? until - DAY_MS : Math.floor((until - 1) / DAY_MS) * DAY_MS - 6 * DAY_MS
  return { from: new Date(from), until: new Date(until) }
}

/** The tallies that make up a window: days where whole days fit in and are counted, hours at its edges. */
export function spansOf({ from, until }: Window, now: Date): Span[] {
  const spans: Span[] = []
  for (let at = from.getTime(); at < until.getTime(); ) {
    const isDay =
      at % DAY_MS === 0 && at + DAY_MS <= until.getTime() && at + DAY_MS + DAY_IS_WHOLE_AFTER_MS <= now.getTime()
    spans.push({ span: isDay ? 'day' : 'hour', startsAt: new Date(at) })
    at += isDay ? DAY_MS : HOUR_MS
  }
  return spans
}

/** The same weekdays and hours of the weeks before. In UTC: when clocks change, one week is compared an hour apart. */
export const sameHoursBefore = ({ from, until }: Window): Window[] =>
  Array.from({ length: BACKGROUND_WEEKS }, (_, week) => {
    const back = (week + 1) * WEEK_MS
    return { from: new Date(from.getTime() - back), until: new Date(until.getTime() - back) }
  })

/** The whole days before a window, for topics that are younger than a week. */
export const daysBefore = ({ from }: Window): Window => {
  const until = Math.floor(from.getTime() / DAY_MS) * DAY_MS
  return { from: new Date(until - BACKGROUND_WEEKS * WEEK_MS), until: new Date(until) }
}
