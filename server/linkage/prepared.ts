import { isTypo } from './distance.ts'
import { levelNumbers, type Topic } from './levels.ts'
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
const HANDLE = levelNumbers('handle')
const HANDLE_NAME = levelNumbers('handle-name')

const STANDING = levelNumbers('standing')
/** Fans and parodies name, show and link to whom they are about. */
const TAKEN: readonly Topic[] = ['name', 'handle', 'handle-name', 'picture', 'site', 'account-link']

/** Where the units lie that speak about each other. */
export interface Places {
  readonly given: number
  readonly surname: number
  readonly name: number
  readonly handle: number
  readonly handleName: number
  readonly standing: number
  /** What an account that is about somebody takes from them. */
  readonly taken: readonly number[]
}

export function placesOf(schema: Schema): Places {
  const at = (topic: Topic): number => schema.units.findIndex((unit) => unit.topic === topic)
  return {
    given: at('given'),
    surname: at('surname'),
    name: at('name'),
    handle: at('handle'),
    handleName: at('handle-name'),
    standing: at('standing'),
    taken: TAKEN.map(at).filter((unit) => unit >= 0),
  }
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
  { given, surname, name, handle, handleName, standing, taken }: Places,
  a: readonly (Value | null | undefined)[],
  b: readonly (Value | null | undefined)[],
  mayBeSwapped = true,
): void {
  const both = given >= 0 && surname >= 0 && levels[given] !== 0 && levels[surname] !== 0
  if (mayBeSwapped && given >= 0 && surname >= 0) settleSwapped(levels, given, surname, a, b)
  if (name >= 0 && both) levels[name] = 0
  if (standing >= 0 && levels[standing] === STANDING['fan-or-parody']) for (const at of taken) levels[at] = 0
  if (handleName < 0) return
  const named =
    (name >= 0 && levels[name] !== 0 && (levels[name] as number) <= NAME.subset) ||
    (both && levels[surname] === SURNAME.exact && levels[given] !== GIVEN.different)
  // Handles that have something in common need not follow from any name.
  const isOwn = levels[handleName] === HANDLE_NAME.unrelated && handle >= 0 && isAlike(levels[handle] as number)
  if (named || isOwn) levels[handleName] = 0
  // A word that both names have is told by the handle as well, and better.
  else if (name >= 0 && isOneWord(levels[name] as number) && isExplained(levels[handleName] as number)) levels[name] = 0
}

const isAlike = (level: number): boolean => level > 0 && level < HANDLE.different
const isOneWord = (level: number): boolean => level > NAME.subset && level < NAME.different
const isExplained = (level: number): boolean => level > 0 && level < HANDLE_NAME.unrelated

/** Given name and surname in each other's place; also where one of the four is missing. */
function settleSwapped(
  levels: number[] | Uint8Array,
  given: number,
  surname: number,
  a: readonly (Value | null | undefined)[],
  b: readonly (Value | null | undefined)[],
): void {
  const unlike = (level: number | undefined, different: number): boolean => level === 0 || level === different
  if (!unlike(levels[given], GIVEN.different) || !unlike(levels[surname], SURNAME.different)) return
  const there = crossing(a[given], b[surname])
  const back = crossing(b[given], a[surname])
  if (there === DIFFERENT || back === DIFFERENT || there + back === 0) return
  levels[given] = there === ALIKE && back === ALIKE ? GIVEN.swapped : 0
  levels[surname] = SURNAME.swapped
}

const DIFFERENT = -1
const ALIKE = 1

/** 0 where one is missing. */
function crossing(a: Value | null | undefined, b: Value | null | undefined): number {
  if (!a || !b) return 0
  return a.form === b.form || isTypo(a.form, b.form) ? ALIKE : DIFFERENT
}

/** A surname that stands in the place of the given name is found there. */
export const valueFor = ({ given }: Places, { values }: Prepared, at: number): Value =>
  (values[at] ?? values[given]) as Value
