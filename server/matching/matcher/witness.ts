import type { Check } from './check.ts'

/** How many posts had a feature. */
export type Frequency = (feature: number) => number

/**
 * Which features to look a query up by: a post that matches has at least one of `features`. Sound, not complete, as in
 * Lucene's TermFilteredPresearcher; chosen by how many posts have each feature, so that few posts are checked in vain.
 */
export interface Witness {
  features: readonly number[]
  /** The sum of how often each occurs. */
  cost: number
}

/** Null when a post may match without any feature: the query has to be checked on every post. */
export function witnessOf(check: Check, frequency: Frequency): Witness | null {
  switch (check.kind) {
    case 'all':
      return cheaper(rarest(check.features, frequency), cheapestOf(check.parts, frequency))
    case 'any':
      return witnessOfAny(check.features, check.parts, frequency)
    case 'near':
      return cheaper(rarestOfEach(check.left, frequency), rarestOfEach(check.right, frequency))
    case 'plain':
      return witnessOf(check.needs, frequency)
    case 'not':
      return check.part.kind === 'not' ? witnessOf(check.part.part, frequency) : null
    case 'filter':
      return null
  }
}

/** Features that every matching post has. */
export function requiredFeatures(check: Check): number[] {
  switch (check.kind) {
    case 'all':
      return [...check.features, ...check.parts.flatMap(requiredFeatures)]
    case 'any':
      return check.parts.length + check.features.length === 1
        ? [...check.features, ...check.parts.flatMap(requiredFeatures)]
        : []
    case 'near':
      return [check.left, check.right].flatMap((terms) => (terms.length === 1 ? (terms[0] ?? []) : []))
    case 'plain':
      return requiredFeatures(check.needs)
    case 'not':
      return check.part.kind === 'not' ? requiredFeatures(check.part.part) : []
    case 'filter':
      return []
  }
}

const cheaper = (one: Witness | null, other: Witness | null): Witness | null =>
  !one || (other && other.cost < one.cost) ? other : one

const cheapestOf = (checks: readonly Check[], frequency: Frequency): Witness | null =>
  checks.reduce<Witness | null>((best, check) => cheaper(best, witnessOf(check, frequency)), null)

function rarest(features: readonly number[], frequency: Frequency): Witness | null {
  let best: number | undefined
  for (const feature of features) if (best === undefined || frequency(feature) < frequency(best)) best = feature
  return best === undefined ? null : { features: [best], cost: frequency(best) }
}

function witnessOfAny(features: readonly number[], parts: readonly Check[], frequency: Frequency): Witness | null {
  const all = new Set(features)
  for (const part of parts) {
    const witness = witnessOf(part, frequency)
    if (!witness) return null
    for (const feature of witness.features) all.add(feature)
  }
  return together(all, frequency)
}

/** Of each term its rarest word. */
const rarestOfEach = (terms: readonly (readonly number[])[], frequency: Frequency): Witness =>
  together(new Set(terms.flatMap((term) => rarest(term, frequency)?.features ?? [])), frequency)

function together(all: ReadonlySet<number>, frequency: Frequency): Witness {
  const features = [...all]
  return { features, cost: features.reduce((sum, feature) => sum + frequency(feature), 0) }
}
