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

  constructor(schema: Schema, compared: Compared, model: Model, shares: ValueShares) {
    this.schema = schema
    this.model = model
    this.weigher = weigherOf(model)
    this.shares = shares
    this.compared = new PairLevels(schema, compared, model.units.map(wordsOf))
    this.levels = this.compared.levels
    this.bounds = new Float64Array(schema.units.length)
  }

  /** Weight in bits, or −∞ as soon as it is certain to stay below `least`. */
  weight(a: number, b: number, least: number): number {
    const { compared } = this
    const { plans } = compared
    for (let at = 0; at < plans.length; at++) compared.glance(plans[at] as UnitPlan, a, b)
    const swappable = compared.isSwappable(a, b)
    let bound = this.weigher.prior
    for (let at = 0; at < plans.length; at++) bound += this.bound(plans[at] as UnitPlan, a, b, swappable)
    if (bound < least) return Number.NEGATIVE_INFINITY
    for (let at = 0; at < plans.length; at++) {
      const plan = plans[at] as UnitPlan
      if (this.levels[plan.at] !== OPEN) continue
      compared.meet(plan, a, b)
      if (this.levels[plan.at] === OPEN) continue
      bound += this.rebound(plan, a, b, swappable)
      if (bound < least) return Number.NEGATIVE_INFINITY
    }
    for (let at = 0; at < plans.length; at++) {
      const plan = plans[at] as UnitPlan
      if (this.levels[plan.at] !== OPEN) continue
      compared.look(plan, a, b)
      bound += this.rebound(plan, a, b, swappable)
      if (bound < least) return Number.NEGATIVE_INFINITY
    }
    compared.settle(a, b)
    return this.exactWeight(a, b)
  }

  private rebound(plan: UnitPlan, a: number, b: number, swappable: boolean): number {
    const before = this.bounds[plan.at] as number
    return this.bound(plan, a, b, swappable) - before
  }

  private bound(plan: UnitPlan, a: number, b: number, swappable: boolean): number {
    const bits = this.boundOf(plan, a, b, swappable)
    this.bounds[plan.at] = bits
    return bits
  }

  /** The most that a unit can say at its level, or at any while it is open. */
  private boundOf(plan: UnitPlan, a: number, b: number, swappable: boolean): number {
    const { at, parent } = plan
    const { places } = this.compared
    const level = this.levels[at] as number
    if (swappable && (at === places.given || at === places.surname)) return BITS_MAX
    if (level === 0) return 0
    if (level === OPEN) return plan.shareByValue && !this.mayBeExact(plan, a, b) ? this.weigher.most(at) : BITS_MAX
    if (!plan.shareByValue) {
      const isOpen = level <= 2 || (plan.byBits && level < this.weigher.lastLevel(at))
      // What speaks against may be taken back where units speak about each other.
      return isOpen ? BITS_MAX : Math.max(0, this.weigher.mostAt(at, level))
    }
    if (level > 1) return this.weigher.mostAt(at, level)
    const share = this.shares[at]?.[idIn(this.compared.packed(at, a))] as number
    if (parent < 0 || this.levels[parent] !== OPEN) return this.weigher.weight(this.levels, at, share, null)
    return Math.max(this.weigher.mostAt(at, 1), -Math.log2(share))
  }

  /** Whether two values of other keys may be the closest level. */
  private mayBeExact({ at, exactOtherwise, exactInLists }: UnitPlan, a: number, b: number): boolean {
    if (!exactInLists) return exactOtherwise
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
