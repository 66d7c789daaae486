import { LEVEL_NAMES, levelNumbers, type Topic } from './levels.ts'
import type { Frequencies, LinkageRecord } from './model.ts'
import { READERS } from './readers.ts'
import type { Schema } from './schema.ts'
import type { Value } from './value.ts'

/** A record read once for all its comparisons: one value for each unit of the schema, null where it says nothing. */
export interface Prepared {
  readonly values: readonly (Value | null)[]
}

export function prepare(schema: Schema, record: LinkageRecord): Prepared {
  return {
    values: schema.units.map((unit) => {
      const raws = unit.fields.map(({ name }) => record[name] ?? '')
      return raws.every((raw) => raw.trim() === '') ? null : READERS[unit.topic].read(raws, unit.fields)
    }),
  }
}

const GIVEN = levelNumbers('given')
const SURNAME = levelNumbers('surname')
const NAME = levelNumbers('name')

/** Where the units lie that speak about each other. */
export interface Places {
  readonly given: number
  readonly surname: number
  readonly name: number
  readonly handleName: number
}

export function placesOf(schema: Schema): Places {
  const at = (topic: Topic): number => schema.units.findIndex((unit) => unit.topic === topic)
  return { given: at('given'), surname: at('surname'), name: at('name'), handleName: at('handle-name') }
}

/** Level number of each unit for two records; the same whichever comes first. */
export function levelsOf(
  schema: Schema,
  places: Places,
  words: readonly Frequencies[],
  a: Prepared,
  b: Prepared,
): number[] {
  const levels = schema.units.map((unit, at) => {
    const one = a.values[at]
    const other = b.values[at]
    return one && other ? READERS[unit.topic].level(one, other, words[at] as Frequencies) : 0
  })
  settle(levels, places, a.values, b.values)
  return levels
}

/** Where units speak about each other: swapped names; and what a name already says is not said again by another unit. */
export function settle(
  levels: number[] | Uint8Array,
  { given, surname, name, handleName }: Places,
  a: readonly (Value | null | undefined)[],
  b: readonly (Value | null | undefined)[],
): void {
  const both = given >= 0 && surname >= 0 && levels[given] !== 0 && levels[surname] !== 0
  if (both && isSwapped(levels[given] as number, levels[surname] as number)) {
    const crossed =
      a[given]?.form === b[surname]?.form && a[surname]?.form === b[given]?.form && a[given]?.form !== b[given]?.form
    if (crossed) {
      levels[given] = GIVEN.swapped
      levels[surname] = SURNAME.swapped
    }
  }
  if (name >= 0 && both) levels[name] = 0
  if (handleName < 0) return
  const named =
    (name >= 0 && levels[name] !== 0 && (levels[name] as number) <= NAME.subset) ||
    (both && levels[surname] === SURNAME.exact && levels[given] !== GIVEN.different)
  if (named) levels[handleName] = 0
}

const isSwapped = (given: number, surname: number): boolean =>
  given === GIVEN.different && (surname === SURNAME.different || surname === SURNAME.similar)

export const levelName = (topic: Topic, level: number): string => LEVEL_NAMES[topic][level] ?? ''
