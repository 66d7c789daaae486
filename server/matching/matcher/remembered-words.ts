import { KIND_NAMES, type TokenKind, type TokenPlaces } from '../../text/index.ts'
import { doubled } from './features.ts'
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

/** A row of the table, as long as a line of the processor's cache: */
const HASH = 0
/** how many letters; UNKNOWN in a row that is free; */
const LENGTH = 1
/** when the row was true, in changes; */
const AS_OF = 2
/** two lists: for posts that are not German, for posts that may be; */
const LISTS = 3
/** and the letters, two in a place, or where those of a longer word stand. */
const LETTERS = 5
const ROW_BITS = 4
const ROW = 1 << ROW_BITS
const LETTERS_IN_ROW = (ROW - LETTERS) * 2

/**
 * Which features a word has, remembered by the letters as they stand in posts: an open hash table in one flat array, looked
 * up without making a string. `lists` holds, from the place that `find` answers, a count and so many features. Emptied when
 * it is full: the frequent words are soon back.
 */
export class RememberedWords {
  lists = new Int32Array(1 << 12)
  readonly #tests: WordTests
  #listed = FRONT + 1
  #words = 0
  #rows = freeRows(WORDS_MIN * 2)
  #lettersInRows = new Uint16Array(this.#rows.buffer)
  /** By row: how the keys of its word begin. */
  #beginnings = new Int32Array(WORDS_MIN * 4)
  #longWords = new Uint16Array(1 << 12)
  #longWordsEnd = 0
  /** How often everything was forgotten. */
  #emptied = 0
  /** What was loaded ahead, kept so that loading is not left out. */
  loadedAhead = 0

  constructor(tests: WordTests) {
    this.#tests = tests
  }

  /** Loads the rows of so many words all at once, so that find() does not wait for the memory at each. */
  fetch(hashes: Int32Array, count: number): void {
    const rows = this.#rows
    const mask = rows.length - 1
    let seen = 0
    for (let word = 0; word < count; word++) seen |= rows[(slotOf(hashes[word] as number) << ROW_BITS) & mask] as number
    this.loadedAhead = seen
  }

  /** For a token of a text; `german`: 1 when the post may be German, else 0. */
  find(tokens: TokenPlaces, token: number, text: string, german: number): number {
    const hash = tokens.hash[token] as number
    const kind = tokens.kinds[token] as number
    const from = tokens.from[token] as number
    const to = tokens.to[token] as number
    const rows = this.#rows
    const mask = rows.length - 1
    for (let probe = 0, slot = slotOf(hash); probe < PROBES_MAX; probe++, slot++) {
      const row = (slot << ROW_BITS) & mask
      const length = rows[row + LENGTH] as number
      if (length === UNKNOWN) return this.#remember(hash, text.slice(from, to), kind, german)
      if (rows[row + HASH] !== hash || length !== to - from || !this.#isSame(row, tokens.letters, from, to)) continue
      if (rows[row + AS_OF] === this.#tests.changes.now) {
        const list = rows[row + LISTS + german] as number
        if (list !== UNKNOWN) return list
      }
      return this.#readAnew(row, text.slice(from, to), kind, german)
    }
    return this.#ask(text.slice(from, to), kind, german)
  }

  #isSame(row: number, word: Uint16Array, from: number, to: number): boolean {
    const isLong = to - from > LETTERS_IN_ROW
    const letters = isLong ? this.#longWords : this.#lettersInRows
    let place = isLong ? (this.#rows[row + LETTERS] as number) : (row + LETTERS) * 2
    for (let at = from; at < to; at++, place++) if (letters[place] !== word[at]) return false
    return true
  }

  /** What was remembered may be no longer true, or true for posts of the other kind only. */
  #readAnew(row: number, text: string, kind: number, german: number): number {
    const rows = this.#rows
    const { changes } = this.#tests
    const [one, other] = this.#beginnings.subarray((2 * row) / ROW) as unknown as [number, number]
    if (!changes.isFresh(rows[row + AS_OF] as number, one, other)) rows.fill(UNKNOWN, row + LISTS, row + LISTS + 2)
    rows[row + AS_OF] = changes.now
    const known = rows[row + LISTS + german] as number
    if (known !== UNKNOWN) return known
    const emptied = this.#emptied
    const list = this.#write(this.#tests.featuresOf(KIND_NAMES[kind] as TokenKind, text, german === 1).features)
    if (this.#emptied === emptied) rows[row + LISTS + german] = list
    return list
  }

  #remember(hash: number, text: string, kind: number, german: number): number {
    if (text.length > WORD_LETTERS_MAX) return this.#ask(text, kind, german)
    const { features, one, other } = this.#tests.featuresOf(KIND_NAMES[kind] as TokenKind, text, german === 1)
    if (this.#words === WORDS_MAX || this.#longWordsEnd + text.length > LETTERS_MAX) this.#empty()
    const list = this.#write(features)
    if (this.#words * 2 * ROW >= this.#rows.length) this.#grow()
    const row = this.#freeRow(hash)
    if (row === UNKNOWN) return list
    const rows = this.#rows
    this.#words++
    rows[row + HASH] = hash
    rows[row + LENGTH] = text.length
    this.#writeLetters(row, text)
    rows[row + AS_OF] = this.#tests.changes.now
    this.#beginnings[(2 * row) / ROW] = one
    this.#beginnings[(2 * row) / ROW + 1] = other
    rows[row + LISTS + german] = list
    return list
  }

  /** UNKNOWN among words that collide: such a word is asked again each time. */
  #freeRow(hash: number): number {
    const mask = this.#rows.length - 1
    for (let probe = 0, slot = slotOf(hash); probe < PROBES_MAX; probe++, slot++) {
      const row = (slot << ROW_BITS) & mask
      if (this.#rows[row + LENGTH] === UNKNOWN) return row
    }
    return UNKNOWN
  }

  #grow(): void {
    const [rows, beginnings] = [this.#rows, this.#beginnings]
    this.#rows = freeRows((rows.length / ROW) * 2)
    this.#lettersInRows = new Uint16Array(this.#rows.buffer)
    this.#beginnings = new Int32Array(beginnings.length * 2)
    for (let row = 0; row < rows.length; row += ROW) {
      if (rows[row + LENGTH] === UNKNOWN) continue
      const place = this.#freeRow(rows[row + HASH] as number)
      if (place === UNKNOWN) {
        this.#words--
        continue
      }
      this.#rows.set(rows.subarray(row, row + ROW), place)
      this.#beginnings.set(beginnings.subarray((2 * row) / ROW, (2 * row) / ROW + 2), (2 * place) / ROW)
    }
  }

  /** For a word that is not remembered: its list stands at the front, until the next such word. */
  #ask(text: string, kind: number, german: number): number {
    const { features } = this.#tests.featuresOf(KIND_NAMES[kind] as TokenKind, text, german === 1)
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

  #writeLetters(row: number, text: string): void {
    const isLong = text.length > LETTERS_IN_ROW
    let place = (row + LETTERS) * 2
    if (isLong) {
      while (this.#longWordsEnd + text.length > this.#longWords.length) this.#longWords = doubled(this.#longWords)
      place = this.#longWordsEnd
      this.#longWordsEnd += text.length
      this.#rows[row + LETTERS] = place
    }
    const letters = isLong ? this.#longWords : this.#lettersInRows
    for (let at = 0; at < text.length; at++) letters[place + at] = text.charCodeAt(at)
  }

  #empty(): void {
    this.#rows.fill(UNKNOWN)
    this.#words = 0
    this.#emptied++
    this.#longWordsEnd = 0
    this.#listed = FRONT + 1
  }
}

const freeRows = (count: number): Int32Array<ArrayBuffer> => new Int32Array(count * ROW).fill(UNKNOWN)

/** The lower bits of the hash say little about the first letters. */
const slotOf = (hash: number): number => hash ^ (hash >>> 15)
