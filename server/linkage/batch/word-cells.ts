import { editsAtLeast, lettersOf } from '../distance.ts'
import { hashOf } from '../hashing.ts'
import type { Frequencies } from '../model.ts'
import type { Value } from '../value.ts'
import { bitsOfCount, isNumber } from '../word-sets.ts'

/** A word takes this many numbers: its hash, its letters, and packed its first two letters, length, and whether it is a number. */
const CELLS = 3
const COUNT_BITS = 5
const COUNT_MAX = (1 << COUNT_BITS) - 1
const LENGTH_MAX = 63
const NUMBER = 1 << 6
/** Slips of one word at most, as the comparison of words has it; a beginning has four letters. */
const SLIPS_MAX = 2
const BEGINNING_LETTERS_MIN = 4

/** The words of a unit's values as numbers, shared by all threads. */
export interface WordCells {
  /** Of each value: where its words begin, and in the last five bits how many; 0 where they are not told. */
  readonly places: Uint32Array
  readonly cells: Int32Array
  /** How many words are taken so far. */
  readonly taken: Int32Array
}

/** With room for as many words as so many bytes can hold; pages that are never written cost nothing. */
export function emptyWords(values: number, bytes: number): WordCells {
  const words = Math.min((bytes >> 1) + values, 2 ** (32 - COUNT_BITS) - 1)
  return {
    places: new Uint32Array(new SharedArrayBuffer(4 * values)),
    cells: new Int32Array(new SharedArrayBuffer(4 * CELLS * words)),
    taken: new Int32Array(new SharedArrayBuffer(4)),
  }
}

export function putWords({ places, cells, taken }: WordCells, id: number, { words }: Value): void {
  if (words.length === 0 || words.length > COUNT_MAX) return
  const start = Atomics.add(taken, 0, words.length)
  if ((start + words.length) * CELLS > cells.length) return
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    const place = (start + at) * CELLS
    cells[place] = hashOf(word)
    cells[place + 1] = lettersOf(word)
    cells[place + 2] =
      (word.charCodeAt(0) << 20) |
      (((word.charCodeAt(1) || 0) & 0x1fff) << 7) |
      Math.min(LENGTH_MAX, word.length) |
      (isNumber(word) ? NUMBER : 0)
  }
  places[id] = (start << COUNT_BITS) | words.length
}

/** `meetingOf` over numbers. What only letters can tell (a slip of a word) it does not guess: then `meet` says no. */
export class WordMeeting {
  share = 0
  contained = 0
  bits = 0
  otherNumbers = false
  private readonly cells: Int32Array
  private readonly places: Uint32Array
  private readonly hashes: Int32Array
  private readonly hashBits: Float64Array
  private readonly unseen: number

  constructor({ cells, places }: WordCells, { counts, total }: Frequencies) {
    this.cells = cells
    this.places = places
    const slots = 2 ** Math.ceil(Math.log2(counts.size * 2 + 2))
    this.hashes = new Int32Array(slots)
    this.hashBits = new Float64Array(slots)
    this.unseen = bitsOfCount(0, total)
    for (const [word, count] of counts) {
      const hash = hashOf(word) | 0
      let slot = hash & (slots - 1)
      while (this.hashes[slot] !== 0) slot = (slot + 1) & (slots - 1)
      this.hashes[slot] = hash
      this.hashBits[slot] = bitsOfCount(count, total)
    }
  }

  countOf(id: number): number {
    return (this.places[id] as number) & COUNT_MAX
  }

  /** False where the words are not told or some may be slips of others. */
  meet(idA: number, idB: number): boolean {
    const [countA, countB] = [this.countOf(idA), this.countOf(idB)]
    if (countA === 0 || countB === 0) return false
    const [a, b] = [this.startOf(idA), this.startOf(idB)]
    let [bits, bitsA, bitsB, used, open] = [0, 0, 0, 0, 0]
    for (let at = 0; at < countB; at++) bitsB += this.bitsOf(b + at * CELLS)
    for (let at = 0; at < countA; at++) {
      const weight = this.bitsOf(a + at * CELLS)
      bitsA += weight
      const other = this.freeIndex(a + at * CELLS, b, countB, used)
      if (other < 0) open |= 1 << at
      else {
        used |= 1 << other
        bits += weight
      }
    }
    if (open !== 0 && this.mayVary(a, countA, open, b, countB, used)) return false
    this.bits = bits
    this.share = (2 * bits) / (bitsA + bitsB || 1)
    this.contained = bits / (Math.min(bitsA, bitsB) || 1)
    this.otherNumbers = this.haveOtherNumbers(a, countA, b, countB)
    return true
  }

  private startOf(id: number): number {
    return ((this.places[id] as number) >>> COUNT_BITS) * CELLS
  }

  private bitsOf(place: number): number {
    const hash = this.cells[place] as number
    const mask = this.hashes.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const found = this.hashes[slot] as number
      if (found === hash) return this.hashBits[slot] as number
      if (found === 0) return this.unseen
    }
  }

  private freeIndex(place: number, b: number, countB: number, used: number): number {
    const hash = this.cells[place]
    for (let at = 0; at < countB; at++) if ((used & (1 << at)) === 0 && this.cells[b + at * CELLS] === hash) return at
    return -1
  }

  private mayVary(a: number, countA: number, open: number, b: number, countB: number, used: number): boolean {
    for (let at = 0; at < countA; at++) {
      if ((open & (1 << at)) === 0) continue
      for (let other = 0; other < countB; other++)
        if ((used & (1 << other)) === 0 && this.isMaybeVariant(a + at * CELLS, b + other * CELLS)) return true
    }
    return false
  }

  /** Neither a slip nor a beginning, for certain, where it is false. */
  private isMaybeVariant(one: number, other: number): boolean {
    const { cells } = this
    const [packedA, packedB] = [cells[one + 2] as number, cells[other + 2] as number]
    const apart = packedA ^ packedB
    if (apart >>> 20 !== 0 && ((apart >>> 7) & 0x1fff) !== 0) return false
    const [lengthA, lengthB] = [packedA & LENGTH_MAX, packedB & LENGTH_MAX]
    if (lengthA < BEGINNING_LETTERS_MIN && lengthB < BEGINNING_LETTERS_MIN) return false
    const [lettersA, lettersB] = [cells[one + 1] as number, cells[other + 1] as number]
    if (Math.abs(lengthA - lengthB) <= SLIPS_MAX && editsAtLeast(lettersA, lettersB) <= SLIPS_MAX) return true
    const [short, within] = lengthA < lengthB ? [lengthA, lettersA & ~lettersB] : [lengthB, lettersB & ~lettersA]
    return short >= BEGINNING_LETTERS_MIN && within === 0
  }

  private haveOtherNumbers(a: number, countA: number, b: number, countB: number): boolean {
    let [numberedA, numberedB] = [false, false]
    for (let at = 0; at < countB; at++) if ((this.cells[b + at * CELLS + 2] as number) & NUMBER) numberedB = true
    for (let at = 0; at < countA; at++) {
      const place = a + at * CELLS
      if (((this.cells[place + 2] as number) & NUMBER) === 0) continue
      if (this.freeIndex(place, b, countB, 0) >= 0) return false
      numberedA = true
    }
    return numberedA && numberedB
  }
}
