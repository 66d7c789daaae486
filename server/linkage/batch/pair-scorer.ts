import { dateLevel } from '../dates.ts'
import { areWithin, editsAtLeast, jaroWinklerAtMost } from '../distance.ts'
import { handleBits } from '../handle-rarity.ts'
import { LEVEL_NAMES, type Topic } from '../levels.ts'
import type { Frequencies, Model } from '../model.ts'
import { isSecondEvidence, NAME_ALONE_WEIGHT_MAX } from '../name-rule.ts'
import { type Places, placesOf, settle, valueFor } from '../prepared.ts'
import { ALIKE_BY_VALUE, shareFor } from '../rarity.ts'
import { READERS } from '../readers.ts'
import type { Schema } from '../schema.ts'
import type { Reader, Value } from '../value.ts'
import { BITS_MAX, type Weigher, weigherOf } from '../weigher.ts'
import type { ValueReader } from './columns.ts'
import { CELLS, idIn, isListIn, lengthIn, RECORDS_MAX, type Rows } from './rows.ts'

/** Equal keys are the closest level of these, without looking. */
const EQUAL_BY_KEY: readonly Topic[] = [
  ...([
    'given',
    'surname',
    'name',
    'handle',
    'birth-date',
    'mail',
    'phone',
    'identifier',
    'proven-id',
    'picture',
  ] as const),
  ...(['address', 'house-number', 'city', 'postcode', 'organisation', 'title', 'year', 'people', 'category'] as const),
]
/** Their shares are looked up by the number of the value; those of other topics depend on both values. */
const SHARE_BY_VALUE = EQUAL_BY_KEY.filter((topic) => !['handle', 'name', 'proven-id'].includes(topic))
/**
 * From how many differing letters, and below which Winkler similarity, single words of a topic are different for certain: the
 * bounds of its comparison. (A name that has nicknames is marked, as nicknames may have no letter in common.)
 */
const FAR: Partial<Record<Topic, { readonly edits: number; readonly alike: number }>> = {
  given: { edits: 4, alike: 0.86 },
  surname: { edits: 4, alike: 0.86 },
  phone: { edits: 2, alike: 1 },
  city: { edits: 2, alike: 0.87 },
  mail: { edits: 4, alike: 1 },
  postcode: { edits: 3, alike: 1 },
}
/** A name in the other name's place may have a slip besides. */
const SWAPPED_EDITS_MAX = 2

/** Of each unit, the share of each of its values, by the value's number. */
export type ValueShares = readonly Float32Array[]

interface UnitPlan {
  readonly at: number
  readonly parent: number
  readonly topic: Topic
  readonly reader: Reader
  readonly words: Frequencies
  readonly equalByKey: boolean
  readonly shareByValue: boolean
  readonly alikeByValue: boolean
  /** What its levels say depends on both values. */
  readonly byBits: boolean
  readonly isDate: boolean
  readonly far: { readonly edits: number; readonly alike: number } | null
}

/** Sets of words are looked at last: by then most pairs are given up. */
const costOf = ({ topic }: { topic: Topic }): number =>
  Number(['address', 'organisation', 'title', 'text', 'people'].includes(topic))

const OPEN = 255
/** Levels of so many pairs of values are remembered for each unit: names, cities and postcodes meet again. */
const MEMO_BITS = 14

/**
 * The same levels and weights as `compare`, for records in rows: equal values are found by the hashes of their keys, and a pair is
 * given up as soon as no further comparison could bring it over the line.
 */
export class PairScorer {
  readonly levels: Uint8Array
  private readonly schema: Schema
  private readonly places: Places
  private readonly cells: Int32Array
  private readonly stride: number
  private readonly reader: ValueReader
  private readonly plans: readonly UnitPlan[]
  private readonly lastLevels: readonly number[]
  private readonly memoKeys: readonly Float64Array[]
  private readonly memoLevels: readonly Uint8Array[]
  private readonly a: (Value | null)[]
  private readonly b: (Value | null)[]

  constructor(schema: Schema, { cells, units }: Rows, reader: ValueReader, words: readonly Frequencies[]) {
    this.schema = schema
    this.places = placesOf(schema)
    this.cells = cells
    this.stride = units * CELLS
    this.reader = reader
    this.levels = new Uint8Array(units)
    this.a = schema.units.map(() => null)
    this.b = schema.units.map(() => null)
    this.lastLevels = schema.units.map(({ topic }) => LEVEL_NAMES[topic].length - 1)
    this.memoKeys = schema.units.map(() => new Float64Array(1 << MEMO_BITS))
    this.memoLevels = schema.units.map(() => new Uint8Array(1 << MEMO_BITS))
    this.plans = schema.units
      .map(({ topic, parent }, at) => ({
        at,
        parent,
        topic,
        reader: READERS[topic],
        words: words[at] as Frequencies,
        equalByKey: EQUAL_BY_KEY.includes(topic),
        shareByValue: SHARE_BY_VALUE.includes(topic),
        alikeByValue: ALIKE_BY_VALUE.includes(topic),
        byBits: topic === 'handle' || topic === 'handle-name',
        isDate: topic === 'birth-date',
        far: FAR[topic] ?? null,
      }))
      .sort((x, y) => costOf(x) - costOf(y) || reader.countOf(x.at) - reader.countOf(y.at))
  }

  /** Levels of all units, into `levels`. */
  compare(a: number, b: number): void {
    for (const plan of this.plans) {
      this.glance(plan, a, b)
      if (this.levels[plan.at] === OPEN) this.look(plan, a, b)
    }
    this.settle(a, b)
  }

  /** Weight in bits, or −∞ as soon as it is certain to stay below `least`. */
  weight(model: Model, shares: ValueShares, a: number, b: number, least: number): number {
    const weigher = weigherOf(model)
    const swappable = this.isSwappable(a, b)
    let bound = weigher.prior
    let open = 0
    for (const plan of this.plans) this.glance(plan, a, b)
    for (const plan of this.plans) {
      const level = this.levels[plan.at] as number
      if (level === OPEN) open++
      bound += this.bound(plan, weigher, shares, level, a, b, swappable)
    }
    if (bound < least) return Number.NEGATIVE_INFINITY
    for (const plan of this.plans) {
      if (open === 0) break
      if (this.levels[plan.at] !== OPEN) continue
      open--
      bound -= this.bound(plan, weigher, shares, OPEN, a, b, swappable)
      this.look(plan, a, b)
      bound += this.bound(plan, weigher, shares, this.levels[plan.at] as number, a, b, swappable)
      if (bound < least) return Number.NEGATIVE_INFINITY
    }
    this.settle(a, b)
    return this.exactWeight(model, weigher, shares, a, b)
  }

  /** The most that a unit can say at this level, or at any while it is open. */
  private bound(
    plan: UnitPlan,
    weigher: Weigher,
    shares: ValueShares,
    level: number,
    a: number,
    b: number,
    swappable: boolean,
  ): number {
    const { at, parent } = plan
    if (swappable && (at === this.places.given || at === this.places.surname)) return BITS_MAX
    if (level === 0) return 0
    if (level === OPEN) {
      const isList = isListIn(this.packed(at, a)) || isListIn(this.packed(at, b))
      return plan.shareByValue && !isList ? weigher.most(at) : BITS_MAX
    }
    if (!plan.shareByValue) {
      const isOpen = level <= 2 || (plan.byBits && level < (this.lastLevels[at] as number))
      return isOpen ? BITS_MAX : weigher.mostAt(at, level)
    }
    if (level > 1) return weigher.mostAt(at, level)
    const share = shares[at]?.[idIn(this.packed(at, a))] as number
    if (parent < 0 || this.levels[parent] !== OPEN) return weigher.weight(this.levels, at, share, null)
    return Math.max(weigher.mostAt(at, 1), -Math.log2(share))
  }

  private packed(at: number, row: number): number {
    return this.cells[row * this.stride + at * CELLS + 2] as number
  }

  /** What can be said without reading the values: missing, equal, certainly different; otherwise the level is OPEN. */
  private glance({ at, equalByKey, isDate, far }: UnitPlan, a: number, b: number): void {
    const { cells, stride } = this
    const one = a * stride + at * CELLS
    const other = b * stride + at * CELLS
    if (cells[one] === 0 || cells[other] === 0) this.levels[at] = 0
    else if (equalByKey && cells[one] === cells[other]) this.levels[at] = 1
    else if (isDate) this.levels[at] = dateLevel(cells[one + 1] as number, cells[other + 1] as number)
    else if (far && this.isFar(far, one, other)) this.levels[at] = this.lastLevels[at] as number
    else this.levels[at] = OPEN
  }

  private isFar(far: NonNullable<UnitPlan['far']>, one: number, other: number): boolean {
    const packedA = this.cells[one + 2] as number
    const packedB = this.cells[other + 2] as number
    if (isListIn(packedA) || isListIn(packedB)) return false
    const lettersA = this.cells[one + 1] as number
    const lettersB = this.cells[other + 1] as number
    if (editsAtLeast(lettersA, lettersB) <= far.edits || areWithin(lettersA, lettersB)) return false
    if (far.alike === 1) return true
    return jaroWinklerAtMost(lettersA, lengthIn(packedA), lettersB, lengthIn(packedB)) < far.alike
  }

  /** Whether given name and surname may stand in each other's place, by their letters or because one is missing. */
  private isSwappable(a: number, b: number): boolean {
    const { given, surname } = this.places
    if (given < 0 || surname < 0) return false
    return this.mayCross(a, given, b, surname) && this.mayCross(b, given, a, surname)
  }

  private mayCross(a: number, atA: number, b: number, atB: number): boolean {
    const { cells, stride } = this
    const one = a * stride + atA * CELLS
    const other = b * stride + atB * CELLS
    if (cells[one] === 0 || cells[other] === 0) return true
    return editsAtLeast(cells[one + 1] as number, cells[other + 1] as number) <= SWAPPED_EDITS_MAX
  }

  private look({ at, reader, words }: UnitPlan, a: number, b: number): void {
    const idA = idIn(this.packed(at, a))
    const idB = idIn(this.packed(at, b))
    const key = idA < idB ? idA * (RECORDS_MAX + 1) + idB : idB * (RECORDS_MAX + 1) + idA
    const place = Math.imul(idA + idB, 0x9e3779b1) >>> (32 - MEMO_BITS)
    const keys = this.memoKeys[at] as Float64Array
    const memo = this.memoLevels[at] as Uint8Array
    if (keys[place] !== key) {
      const one = this.reader.valueOf(at, idA)
      const other = this.reader.valueOf(at, idB)
      keys[place] = key
      memo[place] = one && other ? reader.level(one, other, words) : 0
    }
    this.levels[at] = memo[place] as number
  }

  private valueAt(at: number, row: number): Value | null {
    return this.reader.valueOf(at, idIn(this.packed(at, row)))
  }

  private settle(a: number, b: number): void {
    const swappable = this.isSwappable(a, b)
    if (swappable) {
      for (const at of [this.places.given, this.places.surname]) {
        this.a[at] = this.valueAt(at, a)
        this.b[at] = this.valueAt(at, b)
      }
    }
    settle(this.levels, this.places, this.a, this.b, swappable)
  }

  private exactWeight(model: Model, weigher: Weigher, shares: ValueShares, a: number, b: number): number {
    let sum = 0
    let second = !this.schema.accounts
    for (const plan of this.plans) {
      if (this.levels[plan.at] === 0) continue
      const weight = this.unitWeight(plan, model, weigher, shares, a, b)
      if (isSecondEvidence(plan.topic, weight)) second = true
      sum += weight
    }
    const weight = weigher.prior + sum - weigher.relatedBits(this.levels, sum)
    return second ? weight : Math.min(weight, NAME_ALONE_WEIGHT_MAX)
  }

  private unitWeight(
    { at, topic, shareByValue, alikeByValue }: UnitPlan,
    model: Model,
    weigher: Weigher,
    shares: ValueShares,
    a: number,
    b: number,
  ): number {
    const level = this.levels[at] as number
    const share = shares[at] as Float32Array
    const [one, other] = [a * this.stride + at * CELLS, b * this.stride + at * CELLS]
    const both = this.cells[one] !== 0 && this.cells[other] !== 0
    if (both && shareByValue) {
      const [idA, idB] = [idIn(this.cells[one + 2] as number), idIn(this.cells[other + 2] as number)]
      if (level === 1 && this.cells[one] === this.cells[other])
        return weigher.weight(this.levels, at, share[idA] as number, null)
      if (level > 1 && (!alikeByValue || level === weigher.lastLevel(at)))
        return weigher.weight(this.levels, at, null, null)
      if (level > 1) return weigher.weight(this.levels, at, Math.max(share[idA] as number, share[idB] as number), null)
    }
    return this.weightByValues(model, weigher, at, topic, a, b)
  }

  private weightByValues(model: Model, weigher: Weigher, at: number, topic: Topic, a: number, b: number): number {
    const level = this.levels[at] as number
    const one = { values: this.schema.units.map((_, unit) => this.valueAt(unit, a)) }
    const other = { values: this.schema.units.map((_, unit) => this.valueAt(unit, b)) }
    const [first, second] = [valueFor(this.places, one, at), valueFor(this.places, other, at)]
    const share = shareFor(model, topic, at, level, first, second)
    return weigher.weight(this.levels, at, share, handleBits(model, topic, level, one, other, at))
  }
}
