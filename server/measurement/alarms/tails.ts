/**
 * How often the largest values come, learned from the largest that were: for reach, where one post by somebody well known
 * outweighs a month, and for the posts of one author. Values above a high one are laid on a line that goes on beyond
 * what was seen (peaks over threshold; Hill 1975 for the slope). Pure.
 */
export interface Tail {
  threshold: number
  /** Times a week that the threshold was reached. */
  timesAWeek: number
  /** Pareto: exponent. Geometric: chance that one more follows. */
  slope: number
}

const THRESHOLD_SHARE = 0.9
const PRIOR_VALUES = 5
const PRIOR_EXPONENT = 1.2
const PRIOR_EXCESS = 0.7
/** A steeper line than this is believed of no few weeks. */
const EXPONENT_MAX = 3

/** `values` > 0, one for each stretch of time that had any. */
export function learnHeavyTail(values: readonly number[], weeks: number): Tail | null {
  const { threshold, above } = largest(values)
  if (threshold === null) return null
  const logs = above.reduce((sum, value) => sum + Math.log(value / threshold), 0)
  const slope = (above.length + PRIOR_VALUES) / (logs + PRIOR_VALUES / PRIOR_EXPONENT)
  return { threshold, timesAWeek: above.length / weeks, slope: Math.min(EXPONENT_MAX, slope) }
}

export function learnCountTail(values: readonly number[], weeks: number): Tail | null {
  const { threshold, above } = largest(values)
  if (threshold === null) return null
  const excess = above.reduce((sum, value) => sum + value - threshold, 0) + PRIOR_VALUES * PRIOR_EXCESS
  const mean = excess / (above.length + PRIOR_VALUES)
  return { threshold, timesAWeek: above.length / weeks, slope: mean / (1 + mean) }
}

export const heavyTimesAWeek = ({ threshold, timesAWeek, slope }: Tail, value: number): number =>
  value <= threshold ? Number.POSITIVE_INFINITY : timesAWeek * (value / threshold) ** -slope

export const countTailTimesAWeek = ({ threshold, timesAWeek, slope }: Tail, value: number): number =>
  value <= threshold ? Number.POSITIVE_INFINITY : timesAWeek * slope ** (value - threshold)

function largest(values: readonly number[]): { threshold: number | null; above: number[] } {
  if (values.length === 0) return { threshold: null, above: [] }
  const sorted = values.toSorted((one, other) => one - other)
  const threshold = sorted[Math.floor((sorted.length - 1) * THRESHOLD_SHARE)] as number
  return { threshold, above: sorted.filter((value) => value >= threshold) }
}
