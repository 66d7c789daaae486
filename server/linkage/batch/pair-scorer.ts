import { handleBits } from '../handle-rarity.ts'
import type { Frequencies, Model } from '../model.ts'
import { isSecondEvidence, NAME_ALONE_WEIGHT_MAX } from '../name-rule.ts'
import { valueFor } from '../prepared.ts'
import { shareFor } from '../rarity.ts'
import type { Schema } from '../schema.ts'
import { BITS_MAX, type Weigher, weigherOf } from '../weigher.ts'
import { CELLS, idIn, isListIn, lengthIn } from './cells.ts'
import { OPEN } from './letter-rules.ts'
import { type Compared, PairLevels } from './pair-levels.ts'
import type { UnitPlan } from './unit-plans.ts'

/** Of each unit, the share of each of its values, by the value's number. */
export type ValueShares = readonly Float32Array[]

/**
 * The same weights as `compare`, for records in rows: a pair is given up as soon as no further comparison could bring it over
 * the line.
 */
export class PairScorer {
  private readonly schema: Schema
  private readonly model: Model
  private readonly weigher: Weigher
  private readonly shares: ValueShares
  private readonly compared: PairLevels
  private readonly levels: Uint8Array
  /** The most that each unit may say, as far as it is known. */
  private readonly bounds: Float64Array
  /** The same for each level of each unit, and while it is open; ASK where it depends on the pair. */
  private readonly mosts: Float64Array

  constructor(schema: Schema, compared: Compared, model: Model, shares: ValueShares) {
    this.schema = schema
    this.model = model
    this.weigher = weigherOf(model)
    this.shares = shares
    this.compared = new PairLevels(schema, compared, model.units.map(wordsOf))
    this.levels = this.compared.levels
    this.bounds = new Float64Array(schema.units.length)
    this.mosts = mostsOf(this.compared.planOf, this.weigher)
  }

  /** Weight in bits, or −∞ as soon as it is certain to stay below `least`. */
  weight(a: number, b: number, least: number): number {
    const { compared, levels } = this
    const { plans } = compared
    compared.glances(a, b)
    const swappable = compared.isSwappable(a, b)
    let bound = this.weigher.prior
    for (let at = 0; at < levels.length; at++) {
      const known = this.mosts[at * LEVELS + ((levels[at] as number) & LEVEL_MASK)] as number
      const bits = known === ASK || swappable ? this.boundOf(at, a, b, swappable) : known
      this.bounds[at] = bits
      bound += bits
    }
    if (bound < least) return Number.NEGATIVE_INFINITY
    for (let at = 0; at < plans.length; at++) {
      const plan = plans[at] as UnitPlan
      if (levels[plan.at] !== OPEN) continue
      compared.meet(plan, a, b)
      if (levels[plan.at] === OPEN) continue
      bound += this.rebound(plan.at, a, b, swappable)
      if (bound < least) return Number.NEGATIVE_INFINITY
    }
    for (let at = 0; at < plans.length; at++) {
      const plan = plans[at] as UnitPlan
      if (levels[plan.at] !== OPEN) continue
      compared.look(plan, a, b)
      bound += this.rebound(plan.at, a, b, swappable)
      if (bound < least) return Number.NEGATIVE_INFINITY
    }
    compared.settle(a, b)
    return this.exactWeight(a, b)
  }

  private rebound(at: number, a: number, b: number, swappable: boolean): number {
    const before = this.bounds[at] as number
    const bits = this.boundOf(at, a, b, swappable)
    this.bounds[at] = bits
    return bits - before
  }

  /** The most that a unit can say at its level, or at any while it is open. */
  private boundOf(at: number, a: number, b: number, swappable: boolean): number {
    const { places } = this.compared
    if (swappable && (at === places.given || at === places.surname)) return BITS_MAX
    const level = this.levels[at] as number
    const known = this.mosts[at * LEVELS + (level & LEVEL_MASK)] as number
    if (known !== ASK) return known
    const plan = this.compared.planOf[at] as UnitPlan
    if (level === OPEN) return this.mayBeExact(plan, a, b) ? BITS_MAX : this.weigher.most(at)
    const share = this.shares[at]?.[idIn(this.compared.packed(at, a))] as number
    const { parent } = plan
    if (parent < 0 || this.levels[parent] !== OPEN) return this.weigher.weight(this.levels, at, share, null)
    return Math.max(this.weigher.mostAt(at, 1), -Math.log2(share))
  }

  /** Whether two values of other keys may be the closest level; `exactInLists` only where one is a list or of another length. */
  private mayBeExact({ at }: UnitPlan, a: number, b: number): boolean {
    const [one, other] = [this.compared.packed(at, a), this.compared.packed(at, b)]
    return isListIn(one) || isListIn(other) || lengthIn(one) !== lengthIn(other)
  }

  private exactWeight(a: number, b: number): number {
    const { plans } = this.compared
    let sum = 0
    let second = !this.schema.accounts
    for (let at = 0; at < plans.length; at++) {
      const plan = plans[at] as UnitPlan
      if (this.levels[plan.at] === 0) continue
      const weight = this.unitWeight(plan, a, b)
      if (isSecondEvidence(plan.topic, weight)) second = true
      sum += weight
    }
    const weight = this.weigher.prior + sum - this.weigher.relatedBits(this.levels, sum)
    return second ? weight : Math.min(weight, NAME_ALONE_WEIGHT_MAX)
  }

  private unitWeight({ at, shareByValue, alikeByValue }: UnitPlan, a: number, b: number): number {
    const { weigher, levels } = this
    const { cells, stride } = this.compared
    const level = levels[at] as number
    const share = this.shares[at] as Float32Array
    const [one, other] = [a * stride + at * CELLS, b * stride + at * CELLS]
    if (shareByValue && cells[one] !== 0 && cells[other] !== 0) {
      const idA = idIn(cells[one + 2] as number)
      const idB = idIn(cells[other + 2] as number)
      if (level === 1 && cells[one] === cells[other]) return weigher.weight(levels, at, share[idA] as number, null)
      if (level > 1 && (!alikeByValue || level === weigher.lastLevel(at))) return weigher.weight(levels, at, null, null)
      if (level > 1) return weigher.weight(levels, at, Math.max(share[idA] as number, share[idB] as number), null)
    }
    return this.weightByValues(at, a, b)
  }

  private weightByValues(at: number, a: number, b: number): number {
    const { topic } = this.schema.units[at] as Schema['units'][number]
    const level = this.levels[at] as number
    const one = { values: this.schema.units.map((_, unit) => this.compared.valueAt(unit, a)) }
    const other = { values: this.schema.units.map((_, unit) => this.compared.valueAt(unit, b)) }
    const [first, second] = [valueFor(this.compared.places, one, at), valueFor(this.compared.places, other, at)]
    const share = shareFor(this.model, topic, at, level, first, second)
    return this.weigher.weight(this.levels, at, share, handleBits(this.model, topic, level, one, other, at))
  }
}

const wordsOf = ({ words }: Model['units'][number]): Frequencies => words

/** Of a level at most; those that are OPEN stand at the last place. */
const LEVELS = 16
const LEVEL_MASK = LEVELS - 1
const ASK = Number.POSITIVE_INFINITY

function mostsOf(plans: readonly UnitPlan[], weigher: Weigher): Float64Array {
  const mosts = new Float64Array(plans.length * LEVELS)
  for (const [at, plan] of plans.entries()) {
    const last = weigher.lastLevel(at)
    for (let level = 1; level <= last; level++) mosts[at * LEVELS + level] = mostOfLevel(plan, weigher, level)
    mosts[at * LEVELS + (OPEN & LEVEL_MASK)] = mostWhileOpen(plan, weigher)
  }
  return mosts
}

function mostOfLevel({ at, shareByValue, byBits }: UnitPlan, weigher: Weigher, level: number): number {
  if (shareByValue) return level === 1 ? ASK : weigher.mostAt(at, level)
  if (level <= 2 || (byBits && level < weigher.lastLevel(at))) return BITS_MAX
  // What speaks against may be taken back where units speak about each other.
  return Math.max(0, weigher.mostAt(at, level))
}

function mostWhileOpen({ at, shareByValue, exactOtherwise, exactInLists }: UnitPlan, weigher: Weigher): number {
  if (!shareByValue || exactOtherwise) return BITS_MAX
  return exactInLists ? ASK : weigher.most(at)
}
