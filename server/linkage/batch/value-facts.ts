import { soundOf } from '../folding.ts'
import { hashOf } from '../hashing.ts'
import { ALTERNATIVES_MAX, type Part } from '../keys.ts'
import type { Topic } from '../levels.ts'
import { equalityKey } from '../rarity.ts'
import type { Schema } from '../schema.ts'
import { WORD_RULES } from '../word-sets.ts'
import type { UnitColumn, ValueReader } from './columns.ts'
import { emptyLetters, type LetterCells, putLetters } from './letter-cells.ts'
import { flagsOf, sketchOf } from './sketches.ts'
import { emptyWords, putWords, type WordCells } from './word-cells.ts'

/** What is known of each value of a unit, by the value's number. */
export interface ValueFacts {
  /** Hash of the value's key, by which it is equal to others; 0 where the unit understands nothing of it. */
  readonly texts: Uint32Array
  /** Sketch, flags and the length of the value's form: enough to see that most values are not alike. */
  readonly sketches: Int32Array
  readonly flags: Uint8Array
  readonly lengths: Uint8Array
  /** Words of topics that are compared by them. */
  readonly words: WordCells | null
  /** Letters of topics whose values are short. */
  readonly letters: LetterCells | null
  /** For each piece of each part that reads this unit: hashes of its alternatives, `width` in a row. */
  readonly pieces: readonly PieceColumn[]
}

export interface PieceColumn {
  readonly part: number
  readonly width: number
  readonly hashes: Uint32Array
}

/** Parts that take several alternatives of one value; all others have one, which saves room. */
const alternativesOf = (part: Part): number => (part.together ? 1 : ALTERNATIVES_MAX)
/** Values at which the number of alternatives is looked at. */
const PROBED = 2_000

const sharedList = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(4 * length))

/** Empty facts, large enough for all values; `fillFacts` fills them, several threads each a share. */
export function emptyFacts(
  schema: Schema,
  parts: readonly Part[],
  columns: readonly UnitColumn[],
  reader: ValueReader,
): ValueFacts[] {
  return schema.units.map(({ topic }, unit) => {
    const { offsets } = columns[unit] as UnitColumn
    const count = offsets.length
    const pieces = parts.flatMap((part, at) =>
      part.pieces
        .filter((piece) => piece.unit === unit)
        .map((piece) => {
          let width = 1
          for (let id = 1; id < Math.min(count, PROBED) && !part.together; id++) {
            const value = reader.read(unit, id)
            if (value) width = Math.max(width, Math.min(alternativesOf(part), piece.of(value).length))
          }
          return { part: at, width, hashes: sharedList(count * width) }
        }),
    )
    return {
      texts: sharedList(count),
      flags: new Uint8Array(new SharedArrayBuffer(count)),
      sketches: new Int32Array(new SharedArrayBuffer(4 * count)),
      lengths: new Uint8Array(new SharedArrayBuffer(count)),
      letters: emptyLetters(topic, count),
      words: topic in WORD_RULES ? emptyWords(count, offsets.at(-1) as number) : null,
      pieces,
    }
  })
}

/** Values number `from`, `from + step`, … of each unit. */
export function fillFacts(
  schema: Schema,
  parts: readonly Part[],
  facts: readonly ValueFacts[],
  reader: ValueReader,
  share: { from: number; step: number },
): void {
  for (const [unit, { texts, flags, sketches, lengths, words, letters, pieces }] of facts.entries()) {
    const { topic } = schema.units[unit] as Schema['units'][number]
    const readers = pieces.map(({ part }) => parts[part]?.pieces.find((piece) => piece.unit === unit)?.of)
    for (let id = 1 + share.from; id < texts.length; id += share.step) {
      const value = reader.read(unit, id)
      if (!value) continue
      texts[id] = hashOf(equalityKey(topic, value))
      flags[id] = flagsOf(topic, value)
      sketches[id] = sketchOf(topic, value)
      lengths[id] = Math.min(255, (value.form || value.text).length)
      if (words) putWords(words, id, value)
      if (letters) putLetters(letters, id, value, isNamePart(topic) ? hashOf(soundOf(value.form)) : 0)
      for (let at = 0; at < pieces.length; at++) {
        const { width, hashes } = pieces[at] as PieceColumn
        const found = readers[at]?.(value) ?? []
        const count = Math.min(width, found.length)
        for (let place = 0; place < count; place++) hashes[id * width + place] = hashOf(found[place] as string)
      }
    }
  }
}

const isNamePart = (topic: Topic): boolean => topic === 'given' || topic === 'surname'
