/** Formulas of figures, each with its source. Pure; shares are between 0 and 1. */

export interface Interval {
  value: number
  low: number
  high: number
}

/** 95 % of a normal distribution lies within this many standard deviations. */
export const Z95 = 1.959964
/** Makes the median absolute deviation comparable with a standard deviation. */
const MAD_TO_DEVIATION = 1.4826

/**
 * A share with its 95 % interval after Wilson (1927), "Probable inference, the law of succession, and statistical
 * inference": unlike the simple one it stays within 0 and 1 and holds for small counts. `correction` narrows its variance
 * where more than a sample was seen.
 */
export function wilson(hits: number, total: number, correction = 1): Interval {
  if (total === 0) return { value: 0, low: 0, high: 1 }
  const share = hits / total
  const z = Z95 * Math.sqrt(correction)
  const z2 = z * z
  const centre = (share + z2 / (2 * total)) / (1 + z2 / total)
  const half = (z * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total))) / (1 + z2 / total)
  return { value: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/** Two shares differ when their intervals do not touch: stricter than a test at 5 %, so what is said holds. */
export const apart = (one: Interval, other: Interval): boolean => one.low > other.high || other.low > one.high

/** Nearest rank: the smallest value that at least this share of the values does not exceed. Expects ascending order. */
export function quantile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number
}

export const ascending = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b)

/** The value in the middle; of two, half way between. */
export function medianOf(values: Iterable<number>): number {
  const sorted = ascending(values)
  const half = sorted.length / 2
  if (sorted.length === 0) return 0
  return Number.isInteger(half)
    ? ((sorted[half - 1] as number) + (sorted[half] as number)) / 2
    : (sorted[Math.floor(half)] as number)
}

/** The middle, and how far values usually stray from it; neither is moved by a few wild ones. */
export function middle(values: Iterable<number>): { median: number; deviation: number } {
  const all = [...values]
  const median = medianOf(all)
  return { median, deviation: medianOf(all.map((value) => Math.abs(value - median))) * MAD_TO_DEVIATION }
}
