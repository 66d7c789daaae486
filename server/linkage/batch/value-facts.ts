import { hashOf } from '../hashing.ts'
import { ALTERNATIVES_MAX, type Part } from '../keys.ts'
import type { Topic } from '../levels.ts'
import { hasForms } from '../nicknames.ts'
import { equalityKey } from '../rarity.ts'
import type { Schema } from '../schema.ts'
import { isDigest, type Value } from '../value.ts'
import type { UnitColumn, ValueReader } from './columns.ts'

/** What is known of each value of a unit, by the value's number. */
export interface ValueFacts {
  /** Hash of the value's key, by which it is equal to others; 0 where the unit understands nothing of it. */
  readonly texts: Uint32Array
  /** 1 where letters tell nothing: several words, of which another may share any; a digest; a name that has nicknames. */
  readonly several: Uint8Array
  /** Letters and length of the value's form: enough to see that most values are not alike. */
  readonly letters: Int32Array
  readonly lengths: Uint8Array
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
  return schema.units.map((_, unit) => {
    const count = (columns[unit] as UnitColumn).offsets.length
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
      several: new Uint8Array(new SharedArrayBuffer(count)),
      letters: new Int32Array(new SharedArrayBuffer(4 * count)),
      lengths: new Uint8Array(new SharedArrayBuffer(count)),
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
  for (const [unit, { texts, several, letters, lengths, pieces }] of facts.entries()) {
    const { topic } = schema.units[unit] as Schema['units'][number]
    const readers = pieces.map(({ part }) => parts[part]?.pieces.find((piece) => piece.unit === unit)?.of)
    for (let id = 1 + share.from; id < texts.length; id += share.step) {
      const value = reader.read(unit, id)
      if (!value) continue
      texts[id] = hashOf(equalityKey(topic, value))
      if (isManifold(topic, value)) several[id] = 1
      letters[id] = value.letters
      lengths[id] = Math.min(255, (value.form || value.text).length)
      for (let at = 0; at < pieces.length; at++) {
        const { width, hashes } = pieces[at] as PieceColumn
        const found = readers[at]?.(value) ?? []
        const count = Math.min(width, found.length)
        for (let place = 0; place < count; place++) hashes[id * width + place] = hashOf(found[place] as string)
      }
    }
  }
}

function isManifold(topic: Topic, value: Value): boolean {
  if (topic === 'birth-date') return false
  return value.words.length > 1 || isDigest(value.text) || (topic === 'given' && hasForms(value.text))
}
