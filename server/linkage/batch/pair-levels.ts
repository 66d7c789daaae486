import { dateLevel } from '../dates.ts'
import { editsAtLeast } from '../distance.ts'
import { LEVEL_NAMES } from '../levels.ts'
import type { Frequencies } from '../model.ts'
import { type Places, placesOf, settle } from '../prepared.ts'
import type { Schema } from '../schema.ts'
import type { Value } from '../value.ts'
import { slipsIn } from '../word-sets.ts'
import { CELLS, idIn, LENGTH_MAX, lengthIn, RECORDS_MAX } from './cells.ts'
import type { ValueReader } from './columns.ts'
import { OPEN } from './letter-rules.ts'
import type { Rows } from './rows.ts'
import { type UnitPlan, unitPlans } from './unit-plans.ts'
import type { ValueFacts } from './value-facts.ts'

/** A name in the other name's place may have a slip besides. */
const SWAPPED_EDITS_MAX = 2
/** Levels of so many pairs of values are remembered for each unit: names, cities and postcodes meet again. */
const MEMO_BITS = 14

/** What a batch compares by: the rows of all records, and the facts and texts of their values. */
export interface Compared {
  readonly rows: Rows
  readonly facts: readonly ValueFacts[]
  readonly reader: ValueReader
}

/** The same levels as `levelsOf`, for records in rows: values are read only where rows and words do not settle it. */
export class PairLevels {
  readonly levels: Uint8Array
  /** In the order in which units are looked at, and by unit. */
  readonly plans: readonly UnitPlan[]
  readonly planOf: readonly UnitPlan[]
  readonly places: Places
  readonly cells: Int32Array
  readonly stride: number
  private readonly reader: ValueReader
  private readonly lastLevels: readonly number[]
  private readonly memoKeys: readonly Float64Array[]
  private readonly memoLevels: readonly Uint8Array[]
  private readonly a: (Value | null)[]
  private readonly b: (Value | null)[]

  constructor(schema: Schema, { rows: { cells, units }, facts, reader }: Compared, words: readonly Frequencies[]) {
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
    this.plans = unitPlans(schema, facts, reader, words)
    this.planOf = this.plans.toSorted((one, other) => one.at - other.at)
  }

  /** Levels of all units, into `levels`. */
  compare(a: number, b: number): void {
    this.glances(a, b)
    for (const plan of this.plans) {
      if (this.levels[plan.at] === OPEN) this.meet(plan, a, b)
      if (this.levels[plan.at] === OPEN) this.look(plan, a, b)
    }
    this.settle(a, b)
  }

  packed(at: number, row: number): number {
    return this.cells[row * this.stride + at * CELLS + 2] as number
  }

  valueAt(at: number, row: number): Value | null {
    return this.reader.valueOf(at, idIn(this.packed(at, row)))
  }

  /** What can be said of each unit without reading the values: missing, equal, certainly different; else it is OPEN. */
  glances(a: number, b: number): void {
    const { cells, levels, planOf } = this
    const [rowA, rowB] = [a * this.stride, b * this.stride]
    for (let at = 0; at < levels.length; at++) {
      const one = rowA + at * CELLS
      const other = rowB + at * CELLS
      const [keyA, keyB] = [cells[one], cells[other]]
      if (keyA === 0 || keyB === 0) levels[at] = 0
      else {
        const { equalByKey, isDate, far } = planOf[at] as UnitPlan
        if (keyA === keyB && equalByKey) levels[at] = 1
        else {
          const [sketchA, sketchB] = [cells[one + 1] as number, cells[other + 1] as number]
          if (isDate) levels[at] = dateLevel(sketchA, sketchB)
          else if (far?.(sketchA, cells[one + 2] as number, sketchB, cells[other + 2] as number))
            levels[at] = this.lastLevels[at] as number
          else levels[at] = OPEN
        }
      }
    }
  }

  /** What words or letters settle by their numbers; OPEN where the values have to be read. */
  meet(plan: UnitPlan, a: number, b: number): void {
    if (plan.letters) this.meetLetters(plan, a, b)
    else if (plan.meeting) this.meetWords(plan, a, b)
  }

  private meetLetters({ at, letters, letterRule }: UnitPlan, a: number, b: number): void {
    if (!letters || !letterRule) return
    const { cells, stride } = this
    const [one, other] = [a * stride + at * CELLS, b * stride + at * CELLS]
    const [packedA, packedB] = [cells[one + 2] as number, cells[other + 2] as number]
    const [idA, idB] = [idIn(packedA), idIn(packedB)]
    const [sketchA, sketchB] = [cells[one + 1] as number, cells[other + 1] as number]
    this.levels[at] = letterRule(letters, idA, idB, sketchA, sketchB, packedA, packedB)
  }

  private meetWords({ at, meeting, rule, exactOtherwise }: UnitPlan, a: number, b: number): void {
    if (!meeting || !rule || (exactOtherwise && this.mayBeOneForm(at, a, b))) return
    const [idA, idB] = [idIn(this.packed(at, a)), idIn(this.packed(at, b))]
    if (!meeting.meet(idA, idB)) return
    const [countA, countB] = [meeting.countOf(idA), meeting.countOf(idB)]
    const near = this.mayBeNear(at, a, b) ? uncertain : NEVER
    const short = Math.min(countA, countB) === 1 && Math.max(countA, countB) >= 3 ? uncertain : NEVER
    isUncertain = false
    const level = rule(meeting, meeting.otherNumbers, near, short)
    if (!isUncertain) this.levels[at] = level
  }

  look({ at, reader, words }: UnitPlan, a: number, b: number): void {
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

  /** Whether given name and surname may stand in each other's place, by their letters or because one is missing. */
  isSwappable(a: number, b: number): boolean {
    const { given, surname } = this.places
    if (given < 0 || surname < 0 || !this.isUnlike(given) || !this.isUnlike(surname)) return false
    return this.mayCross(a, given, b, surname) && this.mayCross(b, given, a, surname)
  }

  settle(a: number, b: number): void {
    const swappable = this.isSwappable(a, b)
    if (swappable) {
      for (const at of [this.places.given, this.places.surname]) {
        this.a[at] = this.valueAt(at, a)
        this.b[at] = this.valueAt(at, b)
      }
    }
    settle(this.levels, this.places, this.a, this.b, swappable)
  }

  /** Whether two lines may be the same but for their spaces. */
  private mayBeOneForm(at: number, a: number, b: number): boolean {
    const { cells, stride } = this
    const [one, other] = [a * stride + at * CELLS, b * stride + at * CELLS]
    const isOneLength = lengthIn(cells[one + 2] as number) === lengthIn(cells[other + 2] as number)
    return isOneLength && cells[one + 1] === cells[other + 1]
  }

  /** Whether the letters of two lines may be a few slips apart. */
  private mayBeNear(at: number, a: number, b: number): boolean {
    const [lengthA, lengthB] = [lengthIn(this.packed(at, a)), lengthIn(this.packed(at, b))]
    const longest = Math.max(lengthA, lengthB)
    const slips = slipsIn(longest < LENGTH_MAX ? longest : Number.POSITIVE_INFINITY)
    if (longest < LENGTH_MAX && Math.abs(lengthA - lengthB) > slips) return false
    const { cells, stride } = this
    const [one, other] = [cells[a * stride + at * CELLS + 1], cells[b * stride + at * CELLS + 1]]
    return editsAtLeast(one as number, other as number) <= slips
  }

  /** Missing, different, or not known yet. */
  private isUnlike(at: number): boolean {
    const level = this.levels[at] as number
    return level === 0 || level === OPEN || level === this.lastLevels[at]
  }

  private mayCross(a: number, atA: number, b: number, atB: number): boolean {
    const { cells, stride } = this
    const one = a * stride + atA * CELLS
    const other = b * stride + atB * CELLS
    if (cells[one] === 0 || cells[other] === 0) return true
    return editsAtLeast(cells[one + 1] as number, cells[other + 1] as number) <= SWAPPED_EDITS_MAX
  }
}

/** Set when a rule asked what only the letters can tell. */
let isUncertain = false
const uncertain = (): boolean => {
  isUncertain = true
  return true
}
const NEVER = (): boolean => false
