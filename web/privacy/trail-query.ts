import type { Api } from '../platform/api.ts'
import { endOfDay } from '../platform/days.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'

export interface TrailFilters {
  /** The part of event types before their dot. */
  type?: string | undefined
  subject?: string | undefined
  /** A day, as 2026-11-23. */
  until?: string | undefined
}

const PAGE = 50

export function trailOptions(api: Api, { type, subject, until }: TrailFilters, timeZone: string) {
  const end = until ? endOfDay(until, timeZone) : undefined
  return api.privacy.trail.list.infiniteOptions({
    input: (after: string | undefined) => ({
      ...pageAfter(after, PAGE),
      ...(type ? { type } : {}),
      ...(subject ? { subjectId: subject } : {}),
      ...(end ? { until: end } : {}),
    }),
    ...byCursor,
  })
}
