import type { TokenKind } from '../../text/index.ts'
import { ANY } from './changes.ts'
import type { WordTests } from './word-tests.ts'

const WORDS_MIN = 1 << 10
const WORDS_MAX = 1 << 17
const LETTERS_MAX = 1 << 21
const LISTED_MAX = 1 << 21
/** A longer word is asked each time; there are few. */
const WORD_LETTERS_MAX = 60
/** Further apart than this lie only words that somebody chose so that they collide; those are asked each time too. */
const PROBES_MAX = 24
const UNKNOWN = -1
/** Where the list of words without features stands. */
const NONE = 0
/** Room at the front of the lists. */
const FRONT = 1_000

/**
 * Which features a word has, remembered by the letters as they stand in posts: an open hash table in flat arrays, looked up
 * without making a string. `lists` holds, from the place that `find` answers, a count and so many features. Emptied when it
 * is full: the frequent words are soon back.
 */
export class RememberedWords {
  lists = new Int32Array(1 << 12)
  readonly #tests: WordTests
  #listed = FRONT + 1
  #words = 0
  #letterCount = 0
  #letters = new Uint16Array(1 << 12)
  #slots = new Int32Array(WORDS_MIN * 2).fill(UNKNOWN)
  #rows = new Rows(WORDS_MIN)

  constructor(tests: WordTests) {
    this.#tests = tests
  }

  /** `german`: 1 when the post may be German, else 0. */
  find(text: string, from: number, to: number, kind: TokenKind, german: number): number {
    const length = to - from
    if (length > WORD_LETTERS_MAX) return this.#ask(text.slice(from, to), kind, german)
    let hash = length
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    hash ^= hash >>> 15
    const mask = this.#slots.length - 1
    for (let probe = 0, slot = hash & mask; probe < PROBES_MAX; probe++, slot = (slot + 1) & mask) {
      const row = this.#slots[slot] as number
      if (row === UNKNOWN) return this.#remember(hash, text.slice(from, to), kind, german)
      if (this.#rows.hash[row] === hash && this.#isSame(row, text, from, length))
        return this.#listOf(row, text, from, to, kind, german)
    }
    return this.#ask(text.slice(from, to), kind, german)
  }

  #isSame(row: number, text: string, from: number, length: number): boolean {
    if (this.#rows.length[row] !== length) return false
    const offset = this.#rows.letters[row] as number
    for (let at = 0; at < length; at++) if (this.#letters[offset + at] !== text.charCodeAt(from + at)) return false
    return true
  }

  #listOf(row: number, text: string, from: number, to: number, kind: TokenKind, german: number): number {
    const rows = this.#rows
    const { changes } = this.#tests
    if (rows.asOf[row] !== changes.now) {
      if (!changes.isFresh(rows.asOf[row] as number, rows.one[row] as number, rows.other[row] as number)) {
        rows.list[2 * row] = UNKNOWN
        rows.list[2 * row + 1] = UNKNOWN
      }
      rows.asOf[row] = changes.now
    }
    const known = rows.list[2 * row + german] as number
    if (known !== UNKNOWN) return known
    const { features } = this.#tests.featuresOf(kind, text.slice(from, to), german === 1)
    const list = this.#write(features)
    // Writing may have emptied the table.
    if (this.#rows === rows && row < this.#words) rows.list[2 * row + german] = list
    return list
  }

  #remember(hash: number, text: string, kind: TokenKind, german: number): number {
    const { features, one, other } = this.#tests.featuresOf(kind, text, german === 1)
    if (this.#words === WORDS_MAX || this.#letterCount + text.length > LETTERS_MAX) this.#empty()
    const list = this.#write(features)
    if (this.#words === this.#rows.hash.length) this.#grow()
    const row = this.#words++
    const rows = this.#rows
    rows.hash[row] = hash
    rows.length[row] = text.length
    rows.letters[row] = this.#writeLetters(text)
    rows.asOf[row] = this.#tests.changes.now
    rows.one[row] = one
    rows.other[row] = other
    rows.list[2 * row] = UNKNOWN
    rows.list[2 * row + 1] = UNKNOWN
    rows.list[2 * row + german] = list
    this.#enter(row)
    return list
  }

  /** A row that finds no slot is never found again, and its word is remembered once more: rare, and right. */
  #enter(row: number): void {
    const mask = this.#slots.length - 1
    let slot = (this.#rows.hash[row] as number) & mask
    for (let probe = 0; probe < PROBES_MAX; probe++, slot = (slot + 1) & mask) {
      if (this.#slots[slot] !== UNKNOWN) continue
      this.#slots[slot] = row
      return
    }
  }

  #grow(): void {
    this.#rows = this.#rows.doubled()
    this.#slots = new Int32Array(this.#slots.length * 2).fill(UNKNOWN)
    for (let row = 0; row < this.#words; row++) this.#enter(row)
  }

  /** For a word that is not remembered: its list stands at the front, until the next such word. */
  #ask(text: string, kind: TokenKind, german: number): number {
    const { features } = this.#tests.featuresOf(kind, text, german === 1)
    if (features.length === 0) return NONE
    return features.length < FRONT ? this.#put(features, 1) : this.#write(features)
  }

  #write(features: readonly number[]): number {
    if (features.length === 0) return NONE
    const room = features.length + 1
    if (this.#listed + room > LISTED_MAX) this.#empty()
    if (this.#listed + room > this.lists.length) {
      const lists = new Int32Array(Math.max(this.lists.length * 2, this.#listed + room))
      lists.set(this.lists)
      this.lists = lists
    }
    this.#listed += room
    return this.#put(features, this.#listed - room)
  }

  #put(features: readonly number[], list: number): number {
    this.lists[list] = features.length
    this.lists.set(features, list + 1)
    return list
  }

  #writeLetters(text: string): number {
    while (this.#letterCount + text.length > this.#letters.length) {
      const letters = new Uint16Array(this.#letters.length * 2)
      letters.set(this.#letters)
      this.#letters = letters
    }
    const offset = this.#letterCount
    for (let at = 0; at < text.length; at++) this.#letters[offset + at] = text.charCodeAt(at)
    this.#letterCount += text.length
    return offset
  }

  #empty(): void {
    this.#slots.fill(UNKNOWN)
    this.#words = 0
    this.#letterCount = 0
    this.#listed = FRONT + 1
  }
}

/** Columns of the table, one row per word. */
class Rows {
  readonly hash: Int32Array
  readonly length: Uint8Array
  readonly letters: Int32Array
  /** When the row was true, in changes; and how its keys begin. */
  readonly asOf: Int32Array
  readonly one: Int32Array
  readonly other: Int32Array
  /** Two lists: for posts that are not German, for posts that may be. */
  readonly list: Int32Array

  constructor(size: number) {
    this.hash = new Int32Array(size)
    this.length = new Uint8Array(size)
    this.letters = new Int32Array(size)
    this.asOf = new Int32Array(size)
    this.one = new Int32Array(size).fill(ANY)
    this.other = new Int32Array(size).fill(ANY)
    this.list = new Int32Array(size * 2)
  }

  doubled(): Rows {
    const rows = new Rows(this.hash.length * 2)
    rows.hash.set(this.hash)
    rows.length.set(this.length)
    rows.letters.set(this.letters)
    rows.asOf.set(this.asOf)
    rows.one.set(this.one)
    rows.other.set(this.other)
    rows.list.set(this.list)
    return rows
  }
}
