import { startShares, type Topic } from './levels.ts'
import type { Unit } from './schema.ts'

/**
 * Expectation–maximisation over counts of comparison patterns, without labels (Fellegi & Sunter 1969; Winkler 1988). The
 * candidates are the pairs that blocking found, of all pairs; the pairs that it did not find are taken as no matches, so a
 * candidate's probability is λ·m / (λ·m + (1 − λ)·u) with λ over all pairs and u of pairs at random. m is learned from the
 * candidates; u from random pairs, less what among those are matches themselves; where a unit depends on another (city on
 * postcode), u is learned apart for pairs in which the other agrees. Every share begins with pseudo-counts of its start.
 */
const ITERATIONS_MAX = 60
const CHANGE_MIN = 1e-5
/** How many pairs the start shares count for. */
export const START_MATCHES = 12
const START_OTHERS = 20
const START_AGREEING = 40
/** A level that was never seen at random is given less than one sighting. */
const SIGHTINGS_MIN = 0.3

/** These say what no unlabelled data can: they keep their start until people answer. */
const SETTLED: readonly Topic[] = ['standing', 'proven-id', 'proven-link', 'account-link']

export interface Pattern {
  readonly levels: readonly number[]
  count: number
}

export interface Evidence {
  readonly units: readonly Unit[]
  readonly candidates: readonly Pattern[]
  readonly random: readonly Pattern[]
  /** For each unit with a parent: pairs at random among those whose parent agrees. */
  readonly agreeing: readonly (readonly Pattern[])[]
  readonly pairs: number
  readonly records: number
}

export interface Shares {
  m: number[][]
  u: number[][]
  uAgreeing: (number[] | null)[]
  /** Share of matches among all pairs. */
  lambda: number
  /** How many matches are expected among the candidates. */
  matches: number
  iterations: number
}

export function estimate(evidence: Evidence): Shares {
  const { units } = evidence
  const shares: Shares = {
    m: units.map(({ topic }) => startShares(topic, 'm')),
    u: units.map(({ topic }) => startShares(topic, 'u')),
    uAgreeing: units.map(({ topic, parent }) => (parent < 0 ? null : startShares(topic, 'u'))),
    lambda: Math.min(0.1, evidence.records / 2 / Math.max(1, evidence.pairs)),
    matches: 0,
    iterations: 0,
  }
  refreshOthers(shares, evidence, () => 0)
  for (let iteration = 1; iteration <= ITERATIONS_MAX; iteration++) {
    shares.iterations = iteration
    const change = refreshMatches(shares, evidence)
    refreshOthers(shares, evidence, (levels) => posterior(shares, units, levels))
    if (change < CHANGE_MIN) break
  }
  return shares
}

/** Probability that a pair with these levels is a match. */
export function posterior(
  { m, u, uAgreeing, lambda }: Shares,
  units: readonly Unit[],
  levels: readonly number[],
): number {
  let odds = lambda / (1 - lambda)
  for (const [at, level] of levels.entries()) {
    if (level === 0) continue
    const parent = (units[at] as Unit).parent
    const dependent = parent >= 0 && levels[parent] === 1 ? uAgreeing[at] : null
    odds *= ((m[at] as number[])[level] as number) / ((dependent ?? (u[at] as number[]))[level] as number)
  }
  return odds / (1 + odds)
}

/** M-step for matches; returns the largest change of a share. */
function refreshMatches(shares: Shares, { units, candidates, pairs }: Evidence): number {
  const sums = units.map(({ topic }) => startShares(topic, 'm').map((share) => share * START_MATCHES))
  let matches = 0
  for (const { levels, count } of candidates) {
    const expected = posterior(shares, units, levels) * count
    matches += expected
    for (let at = 0; at < levels.length; at++) {
      const row = sums[at] as number[]
      const level = levels[at] as number
      row[level] = (row[level] as number) + expected
    }
  }
  shares.matches = matches
  shares.lambda = Math.min(0.5, (matches + 0.5) / (pairs + 1))
  let change = 0
  for (const [at, { topic }] of units.entries()) {
    if (SETTLED.includes(topic)) continue
    const next = normalised(sums[at] as number[])
    for (const [level, share] of next.entries())
      change = Math.max(change, Math.abs(share - ((shares.m[at] as number[])[level] as number)))
    shares.m[at] = next
  }
  return change
}

function refreshOthers(shares: Shares, evidence: Evidence, probability: (levels: readonly number[]) => number): void {
  const { units, random, agreeing } = evidence
  const sums = units.map(({ topic }) =>
    startShares(topic, 'u').map((share) => Math.max(SIGHTINGS_MIN, share * START_OTHERS)),
  )
  for (const { levels, count } of random) {
    const others = (1 - probability(levels)) * count
    for (let at = 0; at < levels.length; at++) {
      const row = sums[at] as number[]
      const level = levels[at] as number
      row[level] = (row[level] as number) + others
    }
  }
  const dependent = units.map((_, at) => agreeingSums(agreeing[at] ?? [], at, probability))
  for (const [at, { topic, parent }] of units.entries()) {
    if (SETTLED.includes(topic)) continue
    const u = normalised(sums[at] as number[])
    shares.u[at] = u
    if (parent < 0) continue
    const counted = dependent[at] as number[]
    shares.uAgreeing[at] = normalised(u.map((share, level) => share * START_AGREEING + (counted[level] ?? 0)))
  }
}

function agreeingSums(
  patterns: readonly Pattern[],
  at: number,
  probability: (levels: readonly number[]) => number,
): number[] {
  const sums: number[] = []
  for (const { levels, count } of patterns) {
    const level = levels[at] as number
    sums[level] = (sums[level] ?? 0) + (1 - probability(levels)) * count
  }
  return sums
}

/** [0] is missing, which is no evidence: the others sum up to one. */
function normalised(sums: readonly number[]): number[] {
  let total = 0
  for (let level = 1; level < sums.length; level++) total += sums[level] as number
  return sums.map((sum, level) => (level === 0 ? 1 : sum / total))
}

/** Counts equal patterns together. */
export class PatternCounts {
  readonly patterns = new Map<string, Pattern>()

  add(levels: readonly number[] | Uint8Array, count = 1): void {
    const key = String.fromCharCode(...levels)
    const known = this.patterns.get(key)
    if (known) known.count += count
    else this.patterns.set(key, { levels: [...levels], count })
  }

  all(): Pattern[] {
    return [...this.patterns.values()]
  }
}
