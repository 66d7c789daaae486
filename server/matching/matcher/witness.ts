import type { Check } from './check.ts'

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
export function witnessOf(check: Check, frequency: (feature: number) => number): Witness | null {
  const single = (feature: number): Witness => ({ features: [feature], cost: frequency(feature) })
  switch (check.kind) {
    case 'all':
      return cheapest([...check.features.map(single), ...check.parts.map((part) => witnessOf(part, frequency))])
    case 'any':
      return together([...check.features.map(single), ...check.parts.map((part) => witnessOf(part, frequency))])
    case 'phrase':
      return cheapest(check.features.map(single))
    case 'near': {
      const side = (terms: readonly (readonly number[])[]) => together(terms.map((term) => cheapest(term.map(single))))
      return cheapest([side(check.left), side(check.right)])
    }
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
    case 'phrase':
      return [...check.features]
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

function cheapest(witnesses: (Witness | null)[]): Witness | null {
  let best: Witness | null = null
  for (const witness of witnesses) if (witness && (!best || witness.cost < best.cost)) best = witness
  return best
}

function together(witnesses: (Witness | null)[]): Witness | null {
  const features = new Set<number>()
  let cost = 0
  for (const witness of witnesses) {
    if (!witness) return null
    for (const feature of witness.features) features.add(feature)
    cost += witness.cost
  }
  return { features: [...features], cost }
}
