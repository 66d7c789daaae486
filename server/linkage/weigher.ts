import { levelNumbers, type Topic } from './levels.ts'
import type { Model } from './model.ts'
import { ALIKE_BY_VALUE } from './rarity.ts'
import { relatedKinds } from './related.ts'

/** No single comparison proves or disproves more than this, however the counts came out. */
export const BITS_MAX = 26
/** Half of what rarity would say counts where two values are alike but not equal, within these bits. */
const ALIKE_SHARE = 0.5
const ALIKE_BITS_MAX = 4
/** Below it, what related pairs have in common changes nothing that anybody would see. */
const RELATED_BITS_MIN = 0.05
/** What can speak against, but not for: two networks prove nothing. */
const ONLY_AGAINST: readonly Topic[] = ['network', 'standing']
/** Whoever links to an account may be its owner, a fan or a relative: a link in one direction alone is two to one at most. */
const ONE_WAY_ALONE_BITS = 1
const ONE_WAY = levelNumbers('account-link')['one-way']
/** Two of one name have two addresses, as the name in them is taken. */
const ONES_OWN: readonly Topic[] = ['mail', 'phone', 'identifier']

interface UnitBits {
  /** log2(m / u) of each level, among pairs at random and where the parent agrees. */
  readonly apart: Float64Array
  readonly agreeing: Float64Array | null
  readonly m: Float64Array
  /** log2 of the usual share of an equal value. */
  readonly usual: number
  /** For each kind of related pairs: log2(related / m). */
  readonly related: readonly Float64Array[]
  readonly parent: number
  /** What rarity can add where values are alike. */
  readonly alike: number
  readonly onlyAgainst: boolean
  /** Nobody shares its values by being called the same: how rare an equal value is holds whatever the parent says. */
  readonly isOnes: boolean
}

/** The model's shares as bits, worked out once. */
export class Weigher {
  readonly prior: number
  private readonly units: readonly UnitBits[]
  private readonly relatedPriors: readonly number[]
  /** Kinds of related pairs that are two accounts, as copies are. */
  private readonly areAccounts: readonly boolean[]
  /** Present where both are accounts. */
  private readonly accountUnits: readonly number[]
  private readonly accountLink: number

  constructor(model: Model) {
    this.prior = model.prior
    const at = (topic: Topic): number => model.schema.units.findIndex((unit) => unit.topic === topic)
    this.areAccounts = relatedKinds(model.schema).map(({ ofMatches }) => ofMatches)
    this.accountUnits = [at('network'), at('handle')].filter((unit) => unit >= 0)
    this.accountLink = at('account-link')
    this.relatedPriors = model.relatedPriors
    this.units = model.units.map(({ m, u, uAgreeing, related }, at) => {
      const { topic, parent } = model.schema.units[at] as Model['schema']['units'][number]
      const bits = (over: readonly number[]): Float64Array =>
        Float64Array.from(m, (share, level) => Math.log2(share / (over[level] as number)))
      return {
        apart: bits(u),
        agreeing: uAgreeing && bits(uAgreeing),
        m: Float64Array.from(m, Math.log2),
        usual: Math.log2(u[1] as number),
        related: related.map((row) =>
          Float64Array.from(row, (share, level) => Math.log2(share / (m[level] as number))),
        ),
        parent,
        alike: ALIKE_BY_VALUE.includes(topic) || topic === 'name' ? ALIKE_BITS_MAX : 0,
        onlyAgainst: ONLY_AGAINST.includes(topic),
        isOnes: ONES_OWN.includes(topic),
      }
    })
  }

  /**
   * log2(m / u) of a unit's level. Of an equal value u is the share of that value, unless the unit's parent already says it;
   * `bits`, where given, stands for how surprising the agreement is.
   */
  weight(levels: ArrayLike<number>, at: number, share: number | null, bits: number | null): number {
    const unit = this.units[at] as UnitBits
    const level = levels[at] as number
    const dependent = unit.agreeing !== null && levels[unit.parent] === 1
    let weight = ((dependent ? unit.agreeing : unit.apart) as Float64Array)[level] as number
    // What two have in common speaks for them or says nothing.
    if (bits !== null) weight = Math.max(0, (unit.m[level] as number) + bits)
    else if (share !== null && (!dependent || (level === 1 && unit.isOnes))) {
      if (level === 1) weight = (unit.m[level] as number) - Math.log2(share)
      else weight += bounded(ALIKE_SHARE * (unit.usual - Math.log2(share)), ALIKE_BITS_MAX)
    }
    if (level === unit.m.length - 1 || unit.onlyAgainst) weight = Math.min(0, weight)
    if (at === this.accountLink && level === ONE_WAY) weight = Math.min(weight, ONE_WAY_ALONE_BITS - this.prior)
    return bounded(weight, BITS_MAX)
  }

  /** What the furthest level says at most. */
  least(at: number): number {
    const { apart } = this.units[at] as UnitBits
    return this.mostAt(at, apart.length - 1)
  }

  lastLevel(at: number): number {
    return (this.units[at] as UnitBits).apart.length - 1
  }

  /** The most that a unit can say while its values are not equal. */
  most(at: number): number {
    const { apart, agreeing, alike } = this.units[at] as UnitBits
    let most = 0
    for (let level = 2; level < apart.length; level++)
      most = Math.max(most, (apart[level] as number) + alike, (agreeing?.[level] ?? 0) + alike)
    return Math.min(BITS_MAX, most)
  }

  /** The most that this level can say, whatever the share and the parent. */
  mostAt(at: number, level: number): number {
    const { apart, agreeing, alike } = this.units[at] as UnitBits
    const most = Math.max(apart[level] as number, agreeing?.[level] ?? Number.NEGATIVE_INFINITY)
    return level === apart.length - 1 ? Math.min(0, most) : most + alike
  }

  /**
   * What is taken off because the pair may be related: odds against strangers become odds against strangers and all kinds of
   * related pairs. `weight` is without the prior.
   */
  relatedBits(levels: ArrayLike<number>, weight: number): number {
    let others = 1
    // From who stands in a list of ours and on no network nobody copies.
    const isOnlyListed = this.accountUnits.every((at) => levels[at] === 0)
    for (const [kind, prior] of this.relatedPriors.entries()) {
      if (isOnlyListed && this.areAccounts[kind]) continue
      let bits = prior + weight
      for (let at = 0; at < levels.length; at++) {
        const level = levels[at] as number
        if (level !== 0) bits += (this.units[at] as UnitBits).related[kind]?.[level] as number
      }
      others += 2 ** bits
    }
    const taken = Math.log2(others)
    return taken < RELATED_BITS_MIN ? 0 : taken
  }
}

const bounded = (bits: number, most: number): number => Math.max(-most, Math.min(most, bits))

const weighers = new WeakMap<Model, Weigher>()

export function weigherOf(model: Model): Weigher {
  let weigher = weighers.get(model)
  if (!weigher) {
    weigher = new Weigher(model)
    weighers.set(model, weigher)
  }
  return weigher
}
