import type { Check } from './check.ts'
import type { Clause, Filed } from './postings.ts'
import { type Frequency, requiredFeatures, type Witness } from './witness.ts'

/** More are not written into posting lists; the query is checked as a whole then. */
const REST_MAX = 12

/** How a query stands in the lists of its witness: what is left to ask once a post has one of the witness's features. */
export function filedUnder(check: Check, witness: Witness, frequency: Frequency): Filed {
  const second = secondFeature(check, witness, frequency)
  return { second, rest: restOf(check, witness, second), repeated: witness.features.length > 1 }
}

/** The rarest feature that a match must have beside its witness. */
function secondFeature(check: Check, { features }: Witness, frequency: Frequency): number | null {
  let best: number | null = null
  for (const feature of requiredFeatures(check))
    if (!features.includes(feature) && (best === null || frequency(feature) < frequency(best))) best = feature
  return best
}

/** Null where features alone do not say it. */
function restOf(check: Check, witness: Witness, second: number | null): Filed['rest'] {
  const isKnown = (feature: number): boolean =>
    feature === second || (witness.features.length === 1 && witness.features[0] === feature)
  if (check.kind === 'any') return isAnyOf(check, witness) ? [] : null
  if (check.kind !== 'all') return null
  const rest: Clause[] = check.features
    .filter((feature) => !isKnown(feature))
    .map((feature) => [{ feature, wanted: true }])
  for (const part of check.parts) {
    if (part.kind === 'any' && isAnyOf(part, witness)) continue
    if (part.kind === 'any' && part.parts.length === 0 && part.features.length > 0) {
      rest.push(part.features.map((feature) => ({ feature, wanted: true })))
      continue
    }
    const unwanted = part.kind === 'not' ? featuresAlone(part.part) : null
    if (unwanted === null) return null
    for (const feature of unwanted) rest.push([{ feature, wanted: false }])
  }
  return rest.flat().length > REST_MAX ? null : rest
}

/** Is the witness that one of these features is there? */
const isAnyOf = (check: Extract<Check, { kind: 'any' }>, { features }: Witness): boolean =>
  check.parts.length === 0 &&
  check.features.length === features.length &&
  check.features.every((one) => features.includes(one))

/** What is there as soon as one of these features is. */
function featuresAlone(check: Check): readonly number[] | null {
  if (check.kind !== 'any' && check.kind !== 'all') return null
  if (check.parts.length > 0 || (check.kind === 'all' && check.features.length > 1)) return null
  return check.features
}
