import { startShares, TOPICS, type Topic } from './levels.ts'
import type { Frequencies } from './model.ts'

/** Values and words beyond these are as rare as any: their exact count changes a weight by little. */
const VALUES_KEPT_MAX = 20_000
/** How many imagined records the start's share of chance agreement counts for. */
const IMAGINED_RECORDS = 50
const ONCE_MIN = 0.02

export const NO_FREQUENCIES: Frequencies = { total: 0, once: 1, counts: new Map() }

/**
 * Counts of values, for term frequency: that two records share a rare name tells more. A value that was seen once is given
 * the count that Good and Turing (Good 1953) expect of it, 2 × values seen twice ÷ values seen once: near nothing for
 * addresses and numbers that nobody shares, near one for surnames, whose tail never ends.
 */
export function frequenciesOf(counts: Map<string, number>): Frequencies {
  let [total, once, twice] = [0, 0, 0]
  for (const count of counts.values()) {
    total += count
    if (count === 1) once++
    if (count === 2) twice++
  }
  const kept = [...counts].filter(([, count]) => count > 1)
  if (kept.length > VALUES_KEPT_MAX) kept.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).splice(VALUES_KEPT_MAX)
  return { total, once: onceOf(once, twice), counts: new Map(kept) }
}

export const onceOf = (once: number, twice: number): number =>
  once === 0 ? 1 : Math.min(1, Math.max(ONCE_MIN, (2 * twice) / once))

/** Probability that another record says the same by chance. */
export function shareOf(text: string, topic: Topic, { total, once, counts }: Frequencies): number {
  return shareOfCount(counts.get(text) ?? 1, topic, total, once)
}

export function shareOfCount(count: number, topic: Topic, total: number, once: number): number {
  const byStart = START_SHARES[topic]
  return (count - 1 + once + IMAGINED_RECORDS * byStart) / (total + IMAGINED_RECORDS)
}

const START_SHARES = Object.fromEntries(
  Object.keys(TOPICS).map((topic) => [topic, startShares(topic as Topic, 'u')[1]]),
) as Record<Topic, number>
