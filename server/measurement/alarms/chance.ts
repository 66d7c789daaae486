/**
 * How often chance alone brings a count: negative binomial for posts, beta-binomial for shares. Pure.
 *
 * All kinds of alarm are measured by one ruler, the times a week that something as unusual would come about in a stream
 * that does nothing new. Windows slide, so neighbouring ones are no separate tests: what is counted is how often a new post
 * lifts the window to the count, as Alm (1983), "On the distribution of the scan statistic of a Poisson process", counts it:
 * rate of posts × P(one less is in the window). That clumps of such posts count several times makes it an upper bound.
 */
export const WEEK_MINUTES = 7 * 24 * 60

/** Lanczos' approximation (Numerical Recipes, 6.1), for positive numbers; right to ten digits. */
const LANCZOS = [
  76.180091729471, -86.505320329416, 24.01409824083, -1.23173957245, 0.120865097386e-2, -0.539523938495e-5,
]
export function logGamma(value: number): number {
  const base = value + 5.5 - (value + 0.5) * Math.log(value + 5.5)
  let series = 1.00000000019
  for (const [at, factor] of LANCZOS.entries()) series += factor / (value + at + 1)
  return -base + Math.log((2.50662827463 * series) / value)
}

/** P(N = count) with this mean and variance: negative binomial, or Poisson where the variance is not above the mean. */
export function countProbability(count: number, mean: number, variance: number): number {
  if (mean <= 0) return count === 0 ? 1 : 0
  if (variance <= mean * 1.0001) return Math.exp(count * Math.log(mean) - mean - logGamma(count + 1))
  const size = (mean * mean) / (variance - mean)
  return Math.exp(
    logGamma(count + size) -
      logGamma(size) -
      logGamma(count + 1) +
      size * Math.log(size / (size + mean)) +
      count * Math.log(mean / (size + mean)),
  )
}

/** Times a week that a sliding window of these minutes comes to hold this many posts; Infinity where that is usual. */
export function countTimesAWeek(count: number, mean: number, variance: number, minutes: number): number {
  if (count <= mean || count < 1) return Number.POSITIVE_INFINITY
  const postsAWeek = (WEEK_MINUTES * mean) / minutes
  return postsAWeek * countProbability(count - 1, mean, variance)
}

/** P(X = hits of total) where the share itself varies: beta-binomial with this mean share and correlation between posts. */
export function shareProbability(hits: number, total: number, share: number, correlation: number): number {
  const size = (1 - correlation) / correlation
  const [a, b] = [share * size, (1 - share) * size]
  const logBeta = (x: number, y: number) => logGamma(x) + logGamma(y) - logGamma(x + y)
  return Math.exp(
    logGamma(total + 1) -
      logGamma(hits + 1) -
      logGamma(total - hits + 1) +
      logBeta(hits + a, total - hits + b) -
      logBeta(a, b),
  )
}

/** Times a week that so many of a sliding window's posts are hits, given how many posts it holds. */
export function shareTimesAWeek(
  { hits, total }: { hits: number; total: number },
  { share, correlation }: { share: number; correlation: number },
  minutes: number,
): number {
  const expected = total * share
  if (hits <= expected || hits < 1) return Number.POSITIVE_INFINITY
  const hitsAWeek = (WEEK_MINUTES * expected) / minutes
  return hitsAWeek * shareProbability(hits - 1, total - 1, share, correlation)
}
