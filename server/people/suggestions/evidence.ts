import type { HELD_BACK } from '../../../contract/people-suggestions.ts'
import type { Comparison, Reason } from '../../linkage/index.ts'
import type { Identity } from './identities.ts'
import type { ProofLevel } from './policy.ts'

export type HeldBack = (typeof HELD_BACK)[number]

/** A reason as it is kept and shown; `rule.refused-before` and `rule.others-fit` are ours, all others are those of a comparison. */
export interface ShownReason {
  code: string
  field: string
  weight: number
  params: Record<string, string | number>
}

export interface Weighed {
  one: Identity
  other: Identity
  /** In bits, everything together. */
  weight: number
  probability: number
  reasons: ShownReason[]
  levels: readonly number[]
  heldBack: HeldBack[]
  proofLevel: ProofLevel | null
}

/** The line: below it nothing is suggested. Eight to one. */
export const SUGGESTED_WEIGHT_MIN = 3
/** A thousand to one, and a proof beside it, before anything is joined by itself. */
export const AUTOMATIC_WEIGHT_MIN = 10
/** What a refusal says against the same two, once and for all that follows. */
const REFUSED_BITS = -8
/** From here on a reason speaks against and is no mere doubt. */
const AGAINST_BITS = -1.5
/** What one pair of two persons says stands for all of theirs: it cannot be outweighed by looking at another pair. */
const SPEAKS_FOR_THE_WHOLE = new Set([
  'network.active-at-once',
  'proven-id.contradicts',
  'birth-date.different',
  'standing.organisation-and-person',
])
/** Agreement in these is not what makes two identities one: everybody has a network, and many live in one city and say so. */
const NEVER_ENOUGH = /^((name|given|surname|network|standing|city|postcode|category|rule)\.|text\.few$)/
const ENOUGH_BITS = 1

/** A name that somebody shows, alone or with what everybody shares, is never enough (docs/identity.md). */
export const isMoreThanAName = (reasons: readonly { code: string; weight: number }[]): boolean =>
  reasons.some(({ code, weight }) => weight >= ENOUGH_BITS && !NEVER_ENOUGH.test(code))

export interface PairComparison {
  one: Identity
  other: Identity
  comparison: Comparison
}

/**
 * What two persons' identities say together: the strongest pair, and against it whatever any other pair says that stands
 * for the whole. So a chain of likenesses does not carry: each newcomer is held against all who are there.
 */
export function weighed(pairs: readonly PairComparison[], refusals: number): Weighed | null {
  const best = pairs.reduce<PairComparison | null>(
    (known, pair) => (known === null || pair.comparison.weight > known.comparison.weight ? pair : known),
    null,
  )
  if (!best) return null
  const reasons = best.comparison.reasons.map(shown)
  const seen = new Set(reasons.map(({ code }) => code))
  for (const against of strongestAgainst(pairs)) if (!seen.has(against.code)) reasons.push(shown(against))
  if (refusals > 0) reasons.push({ code: 'rule.refused-before', field: '', weight: REFUSED_BITS, params: {} })
  const added = reasons.slice(best.comparison.reasons.length).reduce((sum, { weight }) => sum + weight, 0)
  const weight = best.comparison.weight + added
  reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  return {
    one: best.one,
    other: best.other,
    weight,
    probability: 1 / (1 + 2 ** -weight),
    reasons,
    levels: best.comparison.levels,
    heldBack: heldBack(best, reasons, refusals),
    proofLevel: proofLevelOf(pairs),
  }
}

/** Whole bios are not kept a second time: of these only what both say. */
const LONG_TEXTS = /^(site|text|account-link)\./
const VALUE_CHARACTERS_MAX = 80

function shown({ code, field, weight, params }: Reason): ShownReason {
  const kept = Object.entries(params)
    .filter(([name]) => name !== 'share' && !(LONG_TEXTS.test(code) && name !== 'shared' && name !== 'rare'))
    .map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, VALUE_CHARACTERS_MAX) : value])
  return { code, field, weight: Math.round(weight * 100) / 100, params: Object.fromEntries(kept) }
}

/** Of each kind the one that says most. */
function strongestAgainst(pairs: readonly PairComparison[]): Reason[] {
  const found = new Map<string, Reason>()
  for (const reason of pairs.flatMap(({ comparison }) => comparison.reasons)) {
    if (!SPEAKS_FOR_THE_WHOLE.has(reason.code) || reason.weight >= 0) continue
    if (reason.weight < (found.get(reason.code)?.weight ?? 0)) found.set(reason.code, reason)
  }
  return [...found.values()]
}

function heldBack({ one, other }: PairComparison, reasons: readonly ShownReason[], refusals: number): HeldBack[] {
  const why: [HeldBack, boolean][] = [
    ['unstable', !one.stable || !other.stable],
    ['shared-contact-point', !one.shared.isDisjointFrom(other.shared)],
    ['heard-only', one.heardOnly || other.heardOnly],
    ['speaks-against', reasons.some(speaksAgainst)],
    ['refused-before', refusals > 0],
  ]
  return why.filter(([, holds]) => holds).map(([word]) => word)
}

/** Two accounts of one network that were active at once do, however often people here have two. */
const speaksAgainst = ({ code, weight }: ShownReason): boolean =>
  code === 'network.active-at-once' || (weight <= AGAINST_BITS && !code.startsWith('rule.'))

/** The strongest proof that there is; docs/identity.md says each in words. */
function proofLevelOf(pairs: readonly PairComparison[]): ProofLevel | null {
  const meet = (points: ReadonlySet<string>, others: ReadonlySet<string>) => !points.isDisjointFrom(others)
  if (pairs.some(({ one, other }) => meet(one.proven, other.proven))) return 'proved'
  const isMutual = ({ comparison }: PairComparison) =>
    comparison.reasons.some(({ code }) => code === 'account-link.mutual')
  if (pairs.some(isMutual)) return 'mutual'
  return pairs.some(({ one, other }) => meet(one.proven, other.named) || meet(other.proven, one.named)) ? 'named' : null
}

/** What spoke for it, each thing as one text: a pair that was refused comes again only when there is another. */
export const evidenceOf = (reasons: readonly ShownReason[]): string[] =>
  reasons
    .filter(({ code, weight }) => weight >= ENOUGH_BITS && !code.startsWith('rule.'))
    .map(({ code, params }) => `${code}\n${params.shared ?? `${params.value ?? ''}\n${params.other ?? ''}`}`)
