import { startShares, type Topic } from './levels.ts'
import { COPIES_MAX, COPIES_MIN, relatedKinds, relatedRow, startRelated } from './related.ts'
import type { Schema, Unit } from './schema.ts'

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
const START_RELATED = 30
/** A level that was never seen at random is given less than one sighting. */
const SIGHTINGS_MIN = 0.3

/** These say what no unlabelled data can: they keep their start until people answer. */
const SETTLED: readonly Topic[] = ['standing', 'proven-id', 'proven-link', 'account-link']

export interface Pattern {
  readonly levels: readonly number[]
  count: number
}

export interface Evidence {
  readonly schema: Schema
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
  /** Of each kind of pairs that are related and not the same, by unit and level. */
  related: number[][][]
  /** Share of each kind of related pairs among all pairs. */
  rho: number[]
  /** Share of matches among all pairs. */
  lambda: number
  /** How many matches are expected among the candidates. */
  matches: number
  iterations: number
}

export function estimate(evidence: Evidence): Shares {
  const { units } = evidence.schema
  const related = startRelated(evidence.schema)
  const lambda = Math.min(0.1, evidence.records / 2 / Math.max(1, evidence.pairs))
  const shares: Shares = {
    m: units.map(({ topic }) => startShares(topic, 'm')),
    u: units.map(({ topic }) => startShares(topic, 'u')),
    uAgreeing: units.map(({ topic, parent }) => (parent < 0 ? null : startShares(topic, 'u'))),
    related,
    rho: relatedKinds(evidence.schema).map(({ ofMatches }) => lambda * (ofMatches ? COPIES_MIN : 0.5)),
    lambda,
    matches: 0,
    iterations: 0,
  }
  refreshOthers(shares, evidence, () => 1)
  for (let iteration = 1; iteration <= ITERATIONS_MAX; iteration++) {
    shares.iterations = iteration
    const change = refreshMatches(shares, evidence)
    refreshOthers(shares, evidence, (levels) => posterior(shares, evidence.schema, levels).stranger)
    if (change < CHANGE_MIN) break
  }
  return shares
}

export interface Posterior {
  match: number
  /** Of each kind of related pair. */
  related: number[]
  stranger: number
}

/** What a pair with these levels probably is. */
export function posterior(shares: Shares, { units }: Schema, levels: readonly number[]): Posterior {
  const { m, u, uAgreeing, related, lambda, rho } = shares
  const strangers = strangersOf(shares)
  let match = lambda / strangers
  const akin = rho.map((share) => share / strangers)
  for (const [at, level] of levels.entries()) {
    if (level === 0) continue
    const { parent } = units[at] as Schema['units'][number]
    const dependent = parent >= 0 && levels[parent] === 1 ? uAgreeing[at] : null
    const chance = (dependent ?? (u[at] as number[]))[level] as number
    match *= ((m[at] as number[])[level] as number) / chance
    for (const [kind, rows] of related.entries())
      akin[kind] = ((akin[kind] as number) * ((rows[at] as number[])[level] as number)) / chance
  }
  const total = akin.reduce((sum, odds) => sum + odds, 1 + match)
  return { match: match / total, related: akin.map((odds) => odds / total), stranger: 1 / total }
}

export const strangersOf = ({ lambda, rho }: Shares): number => rho.reduce((rest, share) => rest - share, 1 - lambda)

/** M-step for matches and related pairs; returns the largest change of a share. */
function refreshMatches(shares: Shares, { schema, candidates, pairs }: Evidence): number {
  const { units } = schema
  const sums = units.map(({ topic }) => startShares(topic, 'm').map((share) => share * START_MATCHES))
  const kinds = startRelated(schema).map((rows) => rows.map((row) => row.map((share) => share * START_RELATED)))
  const expected = kinds.map(() => 0.5)
  shares.matches = 0
  for (const { levels, count } of candidates) {
    const { match, related: akin } = posterior(shares, schema, levels)
    shares.matches += match * count
    for (const [kind, share] of akin.entries()) expected[kind] = (expected[kind] as number) + share * count
    for (let at = 0; at < levels.length; at++) {
      const level = levels[at] as number
      addTo(sums[at] as number[], level, match * count)
      for (const [kind, rows] of kinds.entries()) addTo(rows[at] as number[], level, (akin[kind] as number) * count)
    }
  }
  shares.lambda = Math.min(0.5, (shares.matches + 0.5) / (pairs + 1))
  const related = relatedKinds(schema)
  shares.rho = expected.map((count, kind) => {
    const share = Math.min(0.2, count / (pairs + 1))
    if (!related[kind]?.ofMatches) return share
    return Math.max(COPIES_MIN * shares.lambda, Math.min(COPIES_MAX * shares.lambda, share))
  })
  shares.related = related.map((kind, index) =>
    (kinds[index] as number[][]).map((row, at) =>
      relatedRow(kind, at, (units[at] as Unit).topic, normalised(row), shares.u[at] as number[]),
    ),
  )
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

const addTo = (row: number[], level: number, count: number): void => {
  row[level] = (row[level] as number) + count
}

function refreshOthers(shares: Shares, evidence: Evidence, strangers: (levels: readonly number[]) => number): void {
  const { schema, random, agreeing } = evidence
  const { units } = schema
  const sums = units.map(({ topic }) =>
    startShares(topic, 'u').map((share) => Math.max(SIGHTINGS_MIN, share * START_OTHERS)),
  )
  for (const { levels, count } of random) {
    const others = strangers(levels) * count
    for (let at = 0; at < levels.length; at++) {
      const row = sums[at] as number[]
      const level = levels[at] as number
      row[level] = (row[level] as number) + others
    }
  }
  const dependent = units.map((_, at) => agreeingSums(agreeing[at] ?? [], at, strangers))
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
  strangers: (levels: readonly number[]) => number,
): number[] {
  const sums: number[] = []
  for (const { levels, count } of patterns) {
    const level = levels[at] as number
    sums[level] = (sums[level] ?? 0) + strangers(levels) * count
  }
  return sums
}

/** [0] is missing, which is no evidence: the others sum up to one. */
function normalised(sums: readonly number[]): number[] {
  let total = 0
  for (let level = 1; level < sums.length; level++) total += sums[level] as number
  return sums.map((sum, level) => (level === 0 ? 1 : sum / total))
}

/** No topic has more levels, missing among them; 16 units of so many still fit a safe integer. */
const LEVELS_MAX = 9

/** Counts equal patterns together. */
export class PatternCounts {
  private readonly patterns = new Map<number, Pattern>()

  add(levels: ArrayLike<number>, count = 1): void {
    let key = 0
    for (let at = 0; at < levels.length; at++) key = key * LEVELS_MAX + (levels[at] as number)
    const known = this.patterns.get(key)
    if (known) known.count += count
    else this.patterns.set(key, { levels: Array.from(levels), count })
  }

  all(): Pattern[] {
    return [...this.patterns.values()]
  }
}
