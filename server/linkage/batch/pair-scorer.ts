import { levelNumbers, type Topic } from '../levels.ts'
import type { Model } from '../model.ts'
import { isSecondEvidence, NAME_ALONE_WEIGHT_MAX } from '../name-rule.ts'
import { type Places, placesOf, settle, valueFor } from '../prepared.ts'
import { ALIKE_BY_VALUE, handleBits, shareFor } from '../rarity.ts'
import { READERS } from '../readers.ts'
import type { Schema } from '../schema.ts'
import type { Value } from '../value.ts'
import { BITS_MAX, type Weigher, weigherOf } from '../weigher.ts'
import type { UnitColumn, ValueReader } from './columns.ts'
import type { ValueFacts } from './value-facts.ts'

/** Equal texts are the closest level of these, without looking. */
const EQUAL_BY_TEXT: readonly Topic[] = [
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
  'address',
  'house-number',
  'city',
  'postcode',
  'organisation',
  'title',
  'year',
  'people',
  'category',
]
/** Their shares are looked up by the number of the value; those of other topics depend on both values. */
const SHARE_BY_VALUE: readonly Topic[] = EQUAL_BY_TEXT.filter(
  (topic) => topic !== 'handle' && topic !== 'name' && topic !== 'proven-id',
)
const GIVEN = levelNumbers('given')
const SURNAME = levelNumbers('surname')

/** Of each unit, the share of each of its values, by the value's number. */
export type ValueShares = readonly Float32Array[]

/**
 * The same levels and weights as `compare`, for records in columns: equal values are found by number, and a pair is given up as
 * soon as no further comparison could bring it over the line.
 */
export class PairScorer {
  readonly levels: Uint8Array
  private readonly schema: Schema
  private readonly places: Places
  private readonly columns: readonly UnitColumn[]
  private readonly facts: readonly ValueFacts[]
  private readonly reader: ValueReader
  private readonly words: readonly Model['units'][number]['words'][]
  private readonly a: (Value | null)[]
  private readonly b: (Value | null)[]
  private readonly equalByText: readonly boolean[]
  private readonly shareByValue: readonly boolean[]
  private readonly order: readonly number[]

  constructor(
    schema: Schema,
    columns: readonly UnitColumn[],
    facts: readonly ValueFacts[],
    reader: ValueReader,
    words: PairScorer['words'],
  ) {
    this.schema = schema
    this.places = placesOf(schema)
    this.columns = columns
    this.facts = facts
    this.reader = reader
    this.words = words
    this.levels = new Uint8Array(schema.units.length)
    this.a = schema.units.map(() => null)
    this.b = schema.units.map(() => null)
    this.equalByText = schema.units.map(({ topic }) => EQUAL_BY_TEXT.includes(topic))
    this.shareByValue = schema.units.map(({ topic }) => SHARE_BY_VALUE.includes(topic))
    const size = (at: number): number => (columns[at] as UnitColumn).offsets.length
    this.order = [...schema.units.keys()].sort((x, y) => size(x) - size(y))
  }

  /** Levels of all units, into `levels`. */
  compare(a: number, b: number): void {
    for (const at of this.order) if (!this.isEqualOrMissing(at, a, b)) this.look(at, a, b)
    this.settle(a, b)
  }

  /** Weight in bits, or −∞ as soon as it is certain to stay below `least`. */
  weight(model: Model, shares: ValueShares, a: number, b: number, least: number): number {
    const weigher = weigherOf(model)
    let bound = weigher.prior
    let open = 0
    for (const at of this.order) {
      if (!this.isEqualOrMissing(at, a, b)) {
        open |= 1 << at
        bound += this.openBound(weigher, at, a, b)
      } else if (this.levels[at] === 1) bound += this.equalBound(weigher, shares, at, a)
    }
    if (bound < least) return Number.NEGATIVE_INFINITY
    for (const at of this.order) {
      if ((open & (1 << at)) === 0) continue
      bound += this.looked(weigher, at, a, b) - this.openBound(weigher, at, a, b)
      if (bound < least) return Number.NEGATIVE_INFINITY
    }
    this.settle(a, b)
    return this.exactWeight(model, weigher, shares, a, b)
  }

  private equalBound(weigher: Weigher, shares: ValueShares, at: number, a: number): number {
    if (!this.shareByValue[at]) return BITS_MAX
    const share = shares[at]?.[this.columns[at]?.ids[a] as number] as number
    return Math.max(weigher.mostAt(at, 1), -Math.log2(share))
  }

  /** The most that values can say whose keys are not equal. */
  private openBound(weigher: Weigher, at: number, a: number, b: number): number {
    if (!this.shareByValue[at]) return BITS_MAX
    const { several } = this.facts[at] as ValueFacts
    const { ids } = this.columns[at] as UnitColumn
    return several[ids[a] as number] === 1 || several[ids[b] as number] === 1 ? BITS_MAX : weigher.most(at)
  }

  /** A name that differs may still turn out to stand in the other name's place. */
  private looked(weigher: Weigher, at: number, a: number, b: number): number {
    this.look(at, a, b)
    const level = this.levels[at] as number
    if (level === 0) return 0
    if (level <= 2 && !this.shareByValue[at]) return BITS_MAX
    if (level === 1) return BITS_MAX
    const isName = at === this.places.given || at === this.places.surname
    const swapped = at === this.places.given ? GIVEN.swapped : SURNAME.swapped
    return isName ? Math.max(weigher.mostAt(at, level), weigher.mostAt(at, swapped)) : weigher.mostAt(at, level)
  }

  private isEqualOrMissing(at: number, a: number, b: number): boolean {
    const { ids } = this.columns[at] as UnitColumn
    const { texts } = this.facts[at] as ValueFacts
    const one = texts[ids[a] as number] as number
    const other = texts[ids[b] as number] as number
    if (one === 0 || other === 0) this.levels[at] = 0
    else if (one === other && this.equalByText[at]) this.levels[at] = 1
    else return false
    return true
  }

  private look(at: number, a: number, b: number): void {
    const one = this.valueAt(at, a)
    const other = this.valueAt(at, b)
    this.a[at] = one
    this.b[at] = other
    const { topic } = this.schema.units[at] as Schema['units'][number]
    this.levels[at] = one && other ? READERS[topic].level(one, other, this.words[at] as PairScorer['words'][number]) : 0
  }

  private valueAt(at: number, row: number): Value | null {
    return this.reader.valueOf(at, this.columns[at]?.ids[row] as number)
  }

  private settle(a: number, b: number): void {
    const { given, surname } = this.places
    for (const at of [given, surname]) {
      if (at < 0 || this.levels[at] === 1) continue
      this.a[at] = this.valueAt(at, a)
      this.b[at] = this.valueAt(at, b)
    }
    settle(this.levels, this.places, this.a, this.b)
  }

  private exactWeight(model: Model, weigher: Weigher, shares: ValueShares, a: number, b: number): number {
    let sum = 0
    let second = !this.schema.accounts
    for (const [at, { topic }] of this.schema.units.entries()) {
      const level = this.levels[at] as number
      if (level === 0) continue
      const weight = this.unitWeight(model, weigher, shares, at, topic, level, a, b)
      if (!second && isSecondEvidence(topic, weight)) second = true
      sum += weight
    }
    const weight = weigher.prior + sum - weigher.relatedBits(this.levels, sum)
    return second ? weight : Math.min(weight, NAME_ALONE_WEIGHT_MAX)
  }

  private unitWeight(
    model: Model,
    weigher: Weigher,
    shares: ValueShares,
    at: number,
    topic: Topic,
    level: number,
    a: number,
    b: number,
  ): number {
    const { ids } = this.columns[at] as UnitColumn
    const row = shares[at] as Float32Array
    const isLast = level === (model.units[at]?.m.length ?? 0) - 1
    const both = this.facts[at]?.texts[ids[a] as number] !== 0 && this.facts[at]?.texts[ids[b] as number] !== 0
    if (both && SHARE_BY_VALUE.includes(topic)) {
      if (level === 1 && this.facts[at]?.texts[ids[a] as number] === this.facts[at]?.texts[ids[b] as number])
        return weigher.weight(this.levels, at, row[ids[a] as number] as number, null)
      if (level > 1 && (isLast || !ALIKE_BY_VALUE.includes(topic))) return weigher.weight(this.levels, at, null, null)
      if (level > 1) {
        const share = Math.max(row[ids[a] as number] as number, row[ids[b] as number] as number)
        return weigher.weight(this.levels, at, share, null)
      }
    }
    return this.weightByValues(model, weigher, at, topic, level, a, b)
  }

  private weightByValues(
    model: Model,
    weigher: Weigher,
    at: number,
    topic: Topic,
    level: number,
    a: number,
    b: number,
  ): number {
    const one = { values: this.schema.units.map((_, unit) => this.valueAt(unit, a)) }
    const other = { values: this.schema.units.map((_, unit) => this.valueAt(unit, b)) }
    const [first, second] = [valueFor(this.places, one, at), valueFor(this.places, other, at)]
    const share = shareFor(model, topic, at, level, first, second)
    return weigher.weight(this.levels, at, share, handleBits(model, topic, level, one, other, at))
  }
}
