import type { Topic } from '../levels.ts'
import type { Value } from '../value.ts'

/**
 * Letters of short values that are one word, as bytes that all threads share: names, cities and local parts of addresses are
 * compared by them without being read. A value takes 32 bytes: its length and whether its word is spelled in another way than
 * its form, 27 letters of the form, and the hash of its sound.
 */
export interface LetterCells {
  readonly bytes: Uint8Array
  readonly sounds: Int32Array
}

const BYTES_BITS = 5
const LETTERS_MAX = 27
const SOUND_AT = 7
const LENGTHS = 31
const OTHERWISE = 128
/** Of which topics letters are told. */
const BY_LETTERS: readonly Topic[] = ['given', 'surname', 'city', 'postcode', 'mail']

export const emptyLetters = (topic: Topic, values: number): LetterCells | null => {
  if (!BY_LETTERS.includes(topic)) return null
  const memory = new SharedArrayBuffer(values << BYTES_BITS)
  return { bytes: new Uint8Array(memory), sounds: new Int32Array(memory) }
}

/** Nothing is told of a value of several words, of a long one or of one in another script. */
export function putLetters({ bytes, sounds }: LetterCells, id: number, value: Value, sound: number): void {
  const { words } = value
  const form = value.form || value.text
  if (words.length > 1 || form === '' || form.length > LETTERS_MAX) return
  for (let at = 0; at < form.length; at++) if (form.charCodeAt(at) > 255) return
  const place = id << BYTES_BITS
  for (let at = 0; at < form.length; at++) bytes[place + 1 + at] = form.charCodeAt(at)
  bytes[place] = form.length | (words[0] === form ? 0 : OTHERWISE)
  sounds[(id << (BYTES_BITS - 2)) + SOUND_AT] = sound
}

/** 0 where the letters are not told. */
export const lengthOf = ({ bytes }: LetterCells, id: number): number => (bytes[id << BYTES_BITS] as number) & LENGTHS
export const isSpelledOtherwise = ({ bytes }: LetterCells, id: number): boolean =>
  (bytes[id << BYTES_BITS] as number) >= OTHERWISE
export const startOf = (id: number): number => (id << BYTES_BITS) + 1
export const soundAt = ({ sounds }: LetterCells, id: number): number =>
  sounds[(id << (BYTES_BITS - 2)) + SOUND_AT] as number

/** `jaroWinkler` of two values in cells. */
export function alikeness({ bytes }: LetterCells, idA: number, idB: number): number {
  const [a, b] = [startOf(idA), startOf(idB)]
  const [lengthA, lengthB] = [(bytes[a - 1] as number) & LENGTHS, (bytes[b - 1] as number) & LENGTHS]
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1)
  let [usedA, usedB, common] = [0, 0, 0]
  for (let i = 0; i < lengthA; i++) {
    const code = bytes[a + i]
    const end = Math.min(lengthB - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (bytes[b + j] !== code || ((usedB >>> j) & 1) !== 0) continue
      usedA |= 1 << i
      usedB |= 1 << j
      common++
      break
    }
  }
  if (common === 0) return 0
  let moved = 0
  for (let i = 0, j = 0; i < lengthA; i++) {
    if (((usedA >>> i) & 1) === 0) continue
    while (((usedB >>> j) & 1) === 0) j++
    if (bytes[a + i] !== bytes[b + j++]) moved++
  }
  const jaro = (common / lengthA + common / lengthB + (common - moved / 2) / common) / 3
  const most = Math.min(4, lengthA, lengthB)
  let prefix = 0
  while (prefix < most && bytes[a + prefix] === bytes[b + prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** Whether two values in cells are at most so many edits apart, as `edits` counts them. */
export function areWithinEdits({ bytes }: LetterCells, idA: number, idB: number, max: number): boolean {
  const [a, b] = [startOf(idA), startOf(idB)]
  const [lengthA, lengthB] = [(bytes[a - 1] as number) & LENGTHS, (bytes[b - 1] as number) & LENGTHS]
  return Math.abs(lengthA - lengthB) <= max && endsWithin(bytes, a, a + lengthA, b, b + lengthB, max)
}

/** What both begin with costs nothing; then one edit of each sort is tried. */
function endsWithin(bytes: Uint8Array, fromA: number, endA: number, fromB: number, endB: number, max: number): boolean {
  let [a, b] = [fromA, fromB]
  while (a < endA && b < endB && bytes[a] === bytes[b]) {
    a++
    b++
  }
  if (a === endA || b === endB) return endA - a + endB - b <= max
  if (max === 0 || Math.abs(endA - a - (endB - b)) > max) return false
  const isSwap = a + 1 < endA && b + 1 < endB && bytes[a] === bytes[b + 1] && bytes[a + 1] === bytes[b]
  return (
    endsWithin(bytes, a + 1, endA, b + 1, endB, max - 1) ||
    endsWithin(bytes, a + 1, endA, b, endB, max - 1) ||
    endsWithin(bytes, a, endA, b + 1, endB, max - 1) ||
    (isSwap && endsWithin(bytes, a + 2, endA, b + 2, endB, max - 1))
  )
}

/** Whether the first `letters` of one are at most so many edits from some beginning of the other. */
export function mayBeginWithinEdits(
  { bytes }: LetterCells,
  idA: number,
  idB: number,
  letters: number,
  max: number,
): boolean {
  const [a, b] = [startOf(idA), startOf(idB)]
  return beginsWithin(bytes, a, a + letters, b, b + ((bytes[b - 1] as number) & LENGTHS), max)
}

function beginsWithin(
  bytes: Uint8Array,
  fromA: number,
  endA: number,
  fromB: number,
  endB: number,
  max: number,
): boolean {
  let [a, b] = [fromA, fromB]
  while (a < endA && b < endB && bytes[a] === bytes[b]) {
    a++
    b++
  }
  // What comes after the end is not known.
  if (a === endA || b === endB) return true
  if (max === 0) return false
  const isSwap = a + 1 === endA || b + 1 === endB || (bytes[a] === bytes[b + 1] && bytes[a + 1] === bytes[b])
  return (
    beginsWithin(bytes, a + 1, endA, b + 1, endB, max - 1) ||
    beginsWithin(bytes, a + 1, endA, b, endB, max - 1) ||
    beginsWithin(bytes, a, endA, b + 1, endB, max - 1) ||
    (isSwap && beginsWithin(bytes, Math.min(endA, a + 2), endA, Math.min(endB, b + 2), endB, max - 1))
  )
}

/** `isTypo` of two values in cells. */
export function areTypos(cells: LetterCells, idA: number, idB: number): boolean {
  const longest = Math.max(lengthOf(cells, idA), lengthOf(cells, idB))
  return longest >= 4 && areWithinEdits(cells, idA, idB, longest < 8 ? 1 : 2)
}

/** Whether two values in cells begin with the same so many letters. */
export function beginAlike({ bytes }: LetterCells, idA: number, idB: number, letters: number): boolean {
  const [a, b] = [startOf(idA), startOf(idB)]
  for (let at = 0; at < letters; at++) if (bytes[a + at] !== bytes[b + at]) return false
  return true
}
