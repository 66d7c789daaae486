import type { TIMELINE_KINDS } from '../addresses.ts'

export type TimelineKind = (typeof TIMELINE_KINDS)[number]

export interface TimelineFilter {
  only?: TimelineKind | undefined
  network?: string | undefined
  text?: string | undefined
  /** Days as the address holds them: 2026-11-20. */
  from?: string | undefined
  until?: string | undefined
}

/** Days are the reader's: from the beginning of the first to the end of the last. */
export function askedOf({ only, network, text, from, until }: TimelineFilter) {
  const start = from ? new Date(`${from}T00:00`) : undefined
  const end = until ? new Date(`${until}T00:00`) : undefined
  // The next day's beginning, also where clocks change.
  end?.setDate(end.getDate() + 1)
  const valid = (day: Date | undefined): day is Date => day !== undefined && !Number.isNaN(day.getTime())
  return {
    ...(only ? { only } : {}),
    ...(network ? { network } : {}),
    ...(text?.trim() ? { text: text.trim() } : {}),
    ...(valid(start) ? { from: start } : {}),
    ...(valid(end) ? { until: end } : {}),
  }
}

export const isFiltered = (filter: TimelineFilter): boolean => Object.keys(askedOf(filter)).length > 0
