/**
 * When the words that queries ask for last changed, by the first letters of the words: what was remembered of a word of a
 * post is good as long as nothing changed among words that begin like it. So an edit costs a handful of words, not all.
 */
export class Changes {
  /** Counts changes. */
  now = 1
  /** By the first letter, the first two, the first three. */
  readonly #byLetters = [1, 2, 3].map((letters) => new Int32Array(1 << (letters * LETTER_BITS)))
  #anywhere = 0

  /** Something changed for words whose key or stem is this one, or begins with it (`open`). */
  note(key: string, { open }: { open: boolean }): void {
    this.now++
    const letters = lettersOf(key)
    if (letters === 0) {
      this.#anywhere = this.now
      return
    }
    const known = open ? Math.min(letters, BEGINNING_LETTERS) : BEGINNING_LETTERS
    const table = this.#byLetters[known - 1] as Int32Array
    table[beginningOf(key) >> ((BEGINNING_LETTERS - known) * LETTER_BITS)] = this.now
  }

  /** Did nothing change since `then` for words with these beginnings? A word with more than two of them is given as ANY. */
  isFresh(then: number, one: number, other: number): boolean {
    if (then < this.#anywhere) return false
    if (one === ANY) return then === this.now
    return this.#isFreshAt(then, one) && (one === other || this.#isFreshAt(then, other))
  }

  #isFreshAt(then: number, beginning: number): boolean {
    const [one, two, three] = this.#byLetters as [Int32Array, Int32Array, Int32Array]
    return (
      then >= (three[beginning] as number) &&
      then >= (two[beginning >> LETTER_BITS] as number) &&
      then >= (one[beginning >> (2 * LETTER_BITS)] as number)
    )
  }
}

const BEGINNING_LETTERS = 3
const LETTER_BITS = 6
const LETTER_MASK = (1 << LETTER_BITS) - 1
/** In place of a beginning: any. */
export const ANY = -1

/** Without the mark of a tag or handle. */
const firstOf = (key: string): number => (key[0] === '#' || key[0] === '@' ? 1 : 0)
const lettersOf = (key: string): number => key.length - firstOf(key)

/** Of a key or stem: its first three letters in so many bits each, none where there is none. */
function beginningOf(key: string): number {
  const first = firstOf(key)
  let beginning = 0
  for (let at = first; at < first + BEGINNING_LETTERS; at++)
    beginning = (beginning << LETTER_BITS) | (at < key.length ? key.charCodeAt(at) & LETTER_MASK : 0)
  return beginning
}

/** For all keys of a word of a post, as isFresh takes them. */
export function beginningsOf(keys: readonly string[]): { one: number; other: number } {
  const found = new Set(keys.map((key) => (lettersOf(key) === 0 ? ANY : beginningOf(key))))
  if (found.size === 0 || found.size > 2 || found.has(ANY)) return { one: ANY, other: ANY }
  const [one = ANY, other = one] = [...found]
  return { one, other }
}
