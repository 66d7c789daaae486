import { medianOf } from '../../statistics/index.ts'
import { HOUR_MS, type Zone } from '../zone.ts'
import { countProbability } from './chance.ts'

/**
 * How many posts an hour of the week usually brings, learned from hourly counts. Pure.
 *
 * Hour of the day × day of the week × what is the hour's own, each drawn towards the coarser one while counts are small, so
 * a topic with three posts a day has a rhythm too. Past bursts are cut at what was credible and the rest is fitted again, as
 * Farrington's outbreak detection does it (Noufaily et al. 2013, "An improved algorithm for outbreak detection in multiple
 * surveillance systems"), and hours in which a source was silent are left out. Recent weeks count more. The variance is
 * that of clustered posts at a wavering rate: cluster × mean + drift × mean².
 */
export interface HourCount {
  /** Beginning of the hour, in milliseconds. */
  at: number
  posts: number
  /** Posts whose sentiment was read, and how many of them are negative. */
  read: number
  negative: number
  reach: number
}

export interface Variance {
  cluster: number
  drift: number
}

export interface Season extends Variance {
  /** Expected posts for each hour of the week, Monday 0 o'clock first. */
  cells: number[]
}

const HOURS = 168
const HALF_LIFE_DAYS = 21
const ROUNDS = 4
/** Counts beyond this many standard deviations are cut to it before they are learned from. */
const CREDIBLE_DEVIATIONS = 3
/** Posts that speak for the coarser pattern, against those of an hour, a day and an hour of the week … */
const PRIOR_POSTS = { hour: 5, day: 20, cell: 30 }
/** … and weeks: however many posts it has, one Tuesday says little about Tuesdays. */
const PRIOR_WEEKS = { hour: 0, day: 1, cell: 4 }
/** Hours without a post are a gap when chance brings such a run this rarely. */
const GAP_PROBABILITY = 1e-6
export const LEVEL_HALF_LIFE_HOURS = 12
const LEVEL_PRIOR_POSTS = 10
/** Posts a bin holds at least, on average, where the variance is measured. */
const BIN_POSTS_MIN = 2
const BIN_HOURS = [1, 6, 24]
const PRIOR_BINS = 50
const PRIOR = { cluster: 1.4, drift: 0.04 }
const DRIFT_MAX = 0.5
/** Squared residuals in variances: beyond, it was a burst, and a burst that was learned from must not hide the next. */
const REJECTED_BEYOND = 10
/** What half of squared standard normal values exceed. */
export const CHI_SQUARED_MEDIAN = 0.4549

export const cellOf = (zone: Zone, at: number): number => {
  const { weekday, hour } = zone.at(at)
  return weekday * 24 + hour
}

/** `hours` without holes, oldest first: an hour without posts is a row of zeros. */
export function learnSeason(hours: readonly HourCount[], zone: Zone): { season: Season; isGap: boolean[] } {
  const counts = hours.map(({ posts }) => posts)
  const cells = hours.map(({ at }) => cellOf(zone, at))
  const weights = hours.map((_, at) => 0.5 ** ((hours.length - at) / 24 / HALF_LIFE_DAYS))
  let season: Season = { cells: new Array(HOURS).fill(0), ...PRIOR }
  let isGap = hours.map(() => false)
  let credible = [...counts]
  for (let round = 0; round < ROUNDS; round++) {
    season = { ...season, cells: fitCells(credible, cells, weights, isGap) }
    const expected = cells.map((cell) => season.cells[cell] as number)
    isGap = findGaps(counts, expected, season)
    const levels = levelsOf(counts, expected, isGap, season)
    const usual = expected.map((value, at) => value * (levels[at] as number))
    if (round > 0) season = { ...season, ...measureVariance(counts, usual, isGap) }
    credible = counts.map((count, at) => Math.min(count, credibleMost(usual[at] as number, season)))
  }
  return { season, isGap }
}

export const varianceOf = (mean: number, { cluster, drift }: Variance): number => cluster * mean + drift * mean * mean

const credibleMost = (mean: number, season: Season): number =>
  mean + CREDIBLE_DEVIATIONS * Math.sqrt(varianceOf(mean, season)) + 1

function fitCells(counts: number[], cells: number[], weights: number[], isGap: boolean[]): number[] {
  const seen = Array.from({ length: HOURS }, () => ({ posts: 0, hours: 0 }))
  for (const [at, cell] of cells.entries()) {
    const one = seen[cell] as { posts: number; hours: number }
    if (isGap[at]) continue
    one.posts += (counts[at] as number) * (weights[at] as number)
    one.hours += weights[at] as number
  }
  const sum = (of: (cell: number) => number) => seen.reduce((total, _, cell) => total + of(cell), 0)
  const posts = (cell: number) => seen[cell]?.posts ?? 0
  const spent = (cell: number) => seen[cell]?.hours ?? 0
  // One post more than there were: a topic that nobody has ever spoken of is not certain to stay so.
  const mean = (sum(posts) + 1) / Math.max(1, sum(spent))
  const weeks = sum(spent) / HOURS
  const ratio = (found: number, expected: number, of: keyof typeof PRIOR_POSTS) => {
    const prior = PRIOR_POSTS[of] + (PRIOR_WEEKS[of] * expected) / weeks
    return (found + prior) / (expected + prior)
  }
  const only = (test: boolean, value: number) => (test ? value : 0)
  const days = new Array<number>(7).fill(1)
  const hours = new Array<number>(24).fill(1)
  for (let turn = 0; turn < 3; turn++) {
    for (let hour = 0; hour < 24; hour++) {
      const found = sum((cell) => only(cell % 24 === hour, posts(cell)))
      const expected = sum((cell) => only(cell % 24 === hour, spent(cell) * mean * (days[Math.floor(cell / 24)] ?? 1)))
      hours[hour] = ratio(found, expected, 'hour')
    }
    for (let day = 0; day < 7; day++) {
      const found = sum((cell) => only(Math.floor(cell / 24) === day, posts(cell)))
      const expected = sum((cell) =>
        only(Math.floor(cell / 24) === day, spent(cell) * mean * (hours[cell % 24] as number)),
      )
      days[day] = ratio(found, expected, 'day')
    }
  }
  return seen.map(({ posts: found, hours: weight }, cell) => {
    const coarse = mean * (hours[cell % 24] as number) * (days[Math.floor(cell / 24)] as number)
    return coarse * ratio(found, weight * coarse, 'cell')
  })
}

/** Runs of hours without a post that chance does not explain. */
function findGaps(counts: number[], expected: number[], season: Season): boolean[] {
  const isGap = counts.map(() => false)
  for (let start = 0; start < counts.length; start++) {
    if (counts[start] !== 0) continue
    let end = start
    let mean = 0
    while (end < counts.length && counts[end] === 0) mean += expected[end++] as number
    if (countProbability(0, mean, varianceOf(mean, season)) < GAP_PROBABILITY) isGap.fill(true, start, end)
    start = end
  }
  return isGap
}

/** What the hours before say about the level of each hour: 1 is as learned. Bursts count as far as they are credible. */
export function levelsOf(counts: number[], expected: number[], isGap: boolean[], season: Season): number[] {
  const keep = 0.5 ** (1 / LEVEL_HALF_LIFE_HOURS)
  let found = 0
  let usual = 0
  return counts.map((count, at) => {
    const level = (found + LEVEL_PRIOR_POSTS) / (usual + LEVEL_PRIOR_POSTS)
    const mean = expected[at] as number
    if (!isGap[at]) {
      found = found * keep + Math.min(count, credibleMost(mean * level, season))
      usual = usual * keep + mean
    }
    return level
  })
}

/** Two moments over bins that are long enough to hold posts: residuals weighted by 1/mean, and unweighted. */
function measureVariance(counts: number[], usual: number[], isGap: boolean[]): Variance {
  const total = usual.reduce((sum, mean, at) => sum + (isGap[at] ? 0 : mean), 0)
  const length = BIN_HOURS.find((hours) => (total / usual.length) * hours >= BIN_POSTS_MIN) ?? 24
  const bins = binned(counts, usual, isGap, length)
  // What was fitted to the same counts lies closer to them than to those that come.
  const optimism = 1 + (24 * 7) / counts.length
  let fit = PRIOR
  for (let round = 0; round < 4; round++) {
    const squared = ({ count, mean }: Bin) => (optimism * (count - mean) ** 2) / varianceOf(mean, fit)
    const scale = Math.max(0.2, medianOf(bins.map(squared)) / CHI_SQUARED_MEDIAN)
    fit = fitVariance(
      bins.filter((bin) => squared(bin) <= REJECTED_BEYOND * scale),
      optimism,
    )
  }
  return fit
}

/** The two moments solved for cluster and drift, then drawn towards what streams usually have. */
function fitVariance(bins: readonly Bin[], optimism: number): Variance {
  const n = bins.length
  const sum = (of: (bin: Bin) => number) => bins.reduce((total, bin) => total + of(bin), 0)
  const [means, squares] = [sum(({ mean }) => mean), sum(({ mean }) => mean ** 2)]
  const plain = optimism * sum(({ count, mean }) => (count - mean) ** 2)
  const relative = optimism * sum(({ count, mean }) => (count - mean) ** 2 / mean)
  const determinant = n * squares - means * means
  const spread = determinant > 1e-6 * n * squares
  const drift = Math.min(DRIFT_MAX, Math.max(0, spread ? (n * plain - means * relative) / determinant : PRIOR.drift))
  const cluster = Math.max(1, n === 0 ? PRIOR.cluster : (relative - drift * means) / n)
  const towards = (found: number, prior: number) => (found * n + prior * PRIOR_BINS) / (n + PRIOR_BINS)
  return { cluster: towards(cluster, PRIOR.cluster), drift: towards(drift, PRIOR.drift) }
}

interface Bin {
  count: number
  mean: number
}

function binned(counts: number[], usual: number[], isGap: boolean[], length: number) {
  const bins: Bin[] = []
  for (let start = 0; start + length <= counts.length; start += length) {
    const bin = { count: 0, mean: 0 }
    for (let at = start; at < start + length; at++) {
      if (isGap[at]) continue
      bin.count += counts[at] as number
      bin.mean += usual[at] as number
    }
    if (bin.mean > 0.01) bins.push(bin)
  }
  return bins
}

/** Expected posts between two instants at level 1: cells are values at the middle of their hour, straight lines between. */
export function expectedBetween(season: Season, zone: Zone, from: number, until: number): number {
  let sum = 0
  for (let start = from; start < until; ) {
    const end = Math.min(until, (Math.floor(start / QUARTER_MS) + 1) * QUARTER_MS)
    sum += (rateAt(season, zone, (Math.floor(start / QUARTER_MS) + 0.5) * QUARTER_MS) * (end - start)) / HOUR_MS
    start = end
  }
  return sum
}
const QUARTER_MS = HOUR_MS / 4

function rateAt({ cells }: Season, zone: Zone, at: number): number {
  const before = at - HOUR_MS / 2
  const share = (before - Math.floor(before / HOUR_MS) * HOUR_MS) / HOUR_MS
  const [one, other] = [cells[cellOf(zone, before)] as number, cells[cellOf(zone, before + HOUR_MS)] as number]
  return one * (1 - share) + other * share
}
