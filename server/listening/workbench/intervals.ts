import { type Interval, wilson, Z95 } from '../../statistics/index.ts'

/** Counts and shares of which only a sample was seen, each with its 95 % interval and its source. Pure. */

export interface Figure extends Interval {
  exact: boolean
}

export const exactly = (value: number): Figure => ({ value, low: value, high: value, exact: true })

export const scaled = ({ value, low, high, exact }: Figure, by: number): Figure => ({
  value: value * by,
  low: low * by,
  high: high * by,
  exact,
})

/**
 * Of a finite population that was drawn from without putting back, Wilson's interval shrinks by the usual correction
 * (Cochran, Sampling Techniques, 2.6) and is a point once all of it was seen.
 */
export function share(hits: number, drawn: number, population = Number.POSITIVE_INFINITY): Figure {
  if (drawn >= population && population > 0) return exactly(hits / drawn)
  if (drawn === 0) return { value: 0.5, low: 0, high: 1, exact: false }
  const correction = Number.isFinite(population) ? (population - drawn) / Math.max(1, population - 1) : 1
  return { ...wilson(hits, drawn, correction), exact: false }
}

/** How many of a population are hits: never fewer than were seen, and never more than what was not seen allows. */
export function countOf(hits: number, drawn: number, population: number): Figure {
  const { value, low, high, exact } = share(hits, drawn, population)
  if (exact) return exactly(hits)
  const most = population - (drawn - hits)
  if (drawn === 0) return { value: population / 2, low: 0, high: population, exact: population === 0 }
  return {
    value: Math.round(value * population),
    low: Math.min(most, Math.max(hits, Math.floor(low * population))),
    high: Math.min(most, Math.max(hits, Math.ceil(high * population))),
    exact: false,
  }
}

/**
 * A total from a Poisson sample in which each item stands for `weight` others, after Fay and Feuer (1997), "Confidence
 * intervals for directly standardized rates": holds for few items, and for none. With equal weights it is Garwood's (1936).
 */
export function weightedTotal(weights: readonly number[], heaviest: number): Figure {
  const value = weights.reduce((sum, weight) => sum + weight, 0)
  const variance = weights.reduce((sum, weight) => sum + weight * weight, 0)
  const low = value === 0 ? 0 : (variance / (2 * value)) * chiSquare(0.025, (2 * value * value) / variance)
  const [above, spread] = [value + heaviest, variance + heaviest * heaviest]
  const high = above === 0 ? 0 : (spread / (2 * above)) * chiSquare(0.975, (2 * above * above) / spread)
  return { value, low, high, exact: false }
}

/** Quantile after Wilson and Hilferty (1931): within a percent from two degrees of freedom on. */
function chiSquare(probability: 0.025 | 0.975, degrees: number): number {
  const z = probability === 0.975 ? Z95 : -Z95
  const part = 2 / (9 * degrees)
  return degrees * Math.max(0, 1 - part + z * Math.sqrt(part)) ** 3
}

/** A part of what is estimated: how many posts, and which share of them is for us. */
export interface Stratum {
  posts: Figure
  share: Figure
}

/**
 * The share over several strata, each weighted by its posts. Limits are put together from those of the strata ("MOVER",
 * Zou and Donner 2008), so that shares near 0 and 1 keep their lopsided intervals; sizes that are estimated themselves add
 * their part by the delta method. Null without posts.
 */
export function stratifiedShare(strata: readonly Stratum[]): Figure | null {
  const posts = strata.reduce((sum, stratum) => sum + stratum.posts.value, 0)
  if (posts === 0) return null
  const value = strata.reduce((sum, stratum) => sum + stratum.posts.value * stratum.share.value, 0) / posts
  const distance = (side: 'low' | 'high'): number =>
    Math.sqrt(
      strata.reduce((sum, { posts: size, share: part }) => {
        const ofShare = (size.value / posts) * (part[side] - part.value)
        const ofSize = ((part.value - value) * halfWidth(size)) / posts
        return sum + ofShare ** 2 + ofSize ** 2
      }, 0),
    )
  return {
    value,
    low: Math.max(0, value - distance('low')),
    high: Math.min(1, value + distance('high')),
    exact: strata.every((stratum) => stratum.posts.exact && stratum.share.exact),
  }
}

/** How many posts are for us over several strata, put together in the same way. */
export function stratifiedTotal(strata: readonly Stratum[]): Figure {
  const value = strata.reduce((sum, { posts, share: part }) => sum + posts.value * part.value, 0)
  const distance = (side: 'low' | 'high'): number =>
    Math.sqrt(
      strata.reduce((sum, { posts, share: part }) => {
        const ofSize = part.value * (posts[side] - posts.value)
        return sum + (posts.value * (part[side] - part.value)) ** 2 + ofSize ** 2
      }, 0),
    )
  const exact = strata.every((stratum) => stratum.posts.exact && stratum.share.exact)
  return { value, low: Math.max(0, value - distance('low')), high: value + distance('high'), exact }
}

/**
 * Which share of two totals the first is, by the interval of their ratio (Donner and Zou 2012, "Closed-form confidence
 * intervals for functions of the normal mean and standard deviation", with MOVER's limits). Null when both are nothing.
 */
export function shareOfTotals(found: Figure, missed: Figure): Figure | null {
  if (found.value + missed.value === 0) return null
  const value = found.value / (found.value + missed.value)
  const asShare = (ratio: number): number => 1 / (1 + ratio)
  const exact = found.exact && missed.exact
  return {
    value,
    low: Math.min(value, asShare(ratioHigh(missed, found))),
    high: Math.max(value, asShare(ratioLow(missed, found))),
    exact,
  }
}

function ratioLow(above: Figure, below: Figure): number {
  const product = above.value * below.value
  const reach = above.low * below.high * (2 * above.value - above.low) * (2 * below.value - below.high)
  const divisor = below.high * (2 * below.value - below.high)
  // Where the divisor may be more than twice its value, only the limits themselves are safe.
  if (divisor <= 0) return below.high > 0 ? above.low / below.high : 0
  return Math.max(0, (product - Math.sqrt(Math.max(0, product ** 2 - reach))) / divisor)
}

function ratioHigh(above: Figure, below: Figure): number {
  if (below.low <= 0) return Number.POSITIVE_INFINITY
  const product = above.value * below.value
  const reach = above.high * below.low * (2 * above.value - above.high) * (2 * below.value - below.low)
  const divisor = below.low * (2 * below.value - below.low)
  if (divisor <= 0) return above.high / below.low
  return (product + Math.sqrt(Math.max(0, product ** 2 - reach))) / divisor
}

const halfWidth = ({ low, high }: Figure): number => (high - low) / 2
export const widthOf = ({ low, high }: Figure): number => high - low
