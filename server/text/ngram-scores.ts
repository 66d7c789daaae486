import { type LanguageTables, spread } from './language-tables.ts'

/** All limits are eld's: with others its figures would mean something else. */
const WORD_BYTES_READ_MAX = 70
const BYTES_ENOUGH = 350
const BYTES_MAX = 380
const SCALE = 25
/** Different n-grams of a text, which is cut after BYTES_MAX; a power of two, four times as many. */
const SEEN_PLACES = 2_048
const BLANK = 32
/** No n-gram of the tables ends like this. */
const LONG = -1

/** What the n-grams of a text say of its language, as eld counts: every different n-gram once. Allocates next to nothing. */
export class NgramScores {
  readonly #tables: LanguageTables
  readonly #sums: Float64Array
  readonly #word = new Uint8Array(BYTES_MAX + 8)
  readonly #seenHeads = new Int32Array(SEEN_PLACES)
  readonly #seenTails = new Int32Array(SEEN_PLACES)
  /** In which text the n-gram at this place was seen. */
  readonly #seenIn = new Uint32Array(SEEN_PLACES)
  #text = 0
  #ngrams = 0

  constructor(tables: LanguageTables) {
    this.#tables = tables
    this.#sums = new Float64Array(tables.languages.length)
  }

  /** The best language, null for a text without any n-gram known, and how far it stands before the second. */
  of(words: string): { language: string | null; lead: number } {
    this.#sums.fill(0)
    this.#ngrams = 0
    this.#text++
    this.#readText(words.replace(this.#tables.separators, ' ').trim().toLowerCase())
    let [best, second, bestAt] = [0, 0, -1]
    for (let at = 0; at < this.#sums.length; at++) {
      const sum = this.#sums[at] as number
      if (sum > best) [best, second, bestAt] = [sum, best, at]
      else if (sum > second) second = sum
    }
    if (bestAt === -1) return { language: null, lead: 0 }
    return { language: this.#tables.languages[bestAt] as string, lead: this.#scaled(best) - this.#scaled(second) }
  }

  #scaled(sum: number): number {
    const score = sum / this.#ngrams
    return score / (score + SCALE)
  }

  #readText(text: string): void {
    let [length, bytes] = [0, 0]
    for (let at = 0; at < text.length && bytes <= BYTES_MAX; at++) {
      const code = text.charCodeAt(at)
      if (code === BLANK) {
        if (length > 0) this.#readWord(length)
        length = 0
        if (bytes++ > BYTES_ENOUGH) break
      } else if (code < 0x80) {
        this.#word[length++] = code
        bytes++
      } else {
        const point = code >= 0xd800 && code < 0xe000 ? pointOf(code, text.charCodeAt(++at)) : code
        const written = this.#writeLetter(point, length)
        length += written
        bytes += written
      }
    }
    if (length > 0) this.#readWord(length)
  }

  /** Bytes of UTF-8 in the letters of the tables; returns how many. */
  #writeLetter(point: number, at: number): number {
    const { alphabet } = this.#tables
    const count = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
    const mark = count === 2 ? 0xc0 : count === 3 ? 0xe0 : 0xf0
    this.#word[at] = alphabet[mark | (point >> (6 * (count - 1)))] as number
    for (let rest = 1; rest < count; rest++)
      this.#word[at + rest] = alphabet[0x80 | ((point >> (6 * (count - 1 - rest))) & 0x3f)] as number
    return count
  }

  /** Four bytes at a stride of three, the first after a blank, and the last four before one. */
  #readWord(bytes: number): void {
    const word = this.#word
    const length = Math.min(bytes, WORD_BYTES_READ_MAX)
    let at = 0
    for (; at + 4 < length; at += 3) {
      const four = fourAt(word, at)
      if (at === 0) this.#take(BLANK | (four << 8), four >>> 24)
      else this.#take(four, 0)
    }
    // What eld reads of a longer word last is no n-gram of its tables, but is counted as one.
    if (bytes > length) this.#take(hashOf(word, length - 4, bytes), LONG)
    else this.#takeLast(Math.max(0, length - 4), length, at === 0)
  }

  #takeLast(from: number, to: number, isFirst: boolean): void {
    let head = isFirst ? BLANK : 0
    let tail = 0
    let shift = isFirst ? 8 : 0
    for (let at = from; at <= to; at++, shift += 8) {
      const byte = at === to ? BLANK : (this.#word[at] as number)
      if (shift < 32) head |= byte << shift
      else tail |= byte << (shift - 32)
    }
    this.#take(head, tail)
  }

  #take(head: number, tail: number): void {
    let place = spread(head, tail) & (SEEN_PLACES - 1)
    while (this.#seenIn[place] === this.#text) {
      if (this.#seenHeads[place] === head && this.#seenTails[place] === tail) return
      place = (place + 1) & (SEEN_PLACES - 1)
    }
    this.#seenIn[place] = this.#text
    this.#seenHeads[place] = head
    this.#seenTails[place] = tail
    this.#ngrams++
    this.#tables.ngrams.addTo(this.#sums, head, tail)
  }
}

const fourAt = (word: Uint8Array, at: number): number =>
  (word[at] as number) |
  ((word[at + 1] as number) << 8) |
  ((word[at + 2] as number) << 16) |
  ((word[at + 3] as number) << 24)

function hashOf(word: Uint8Array, from: number, to: number): number {
  let hash = 0
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (word[at] as number), 0x01000193)
  return hash
}

/** Of two halves; the second may be missing. */
const pointOf = (high: number, low: number): number => 0x10000 + (((high & 0x3ff) << 10) | (low & 0x3ff))
