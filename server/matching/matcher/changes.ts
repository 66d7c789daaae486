/**
 * When the words that queries ask for last changed, by the first two letters of the words: what was remembered of a word of
 * a post is good as long as nothing changed among words that begin like it. So an edit costs a handful of words, not all.
 */
export class Changes {
  /** Counts changes. */
  now = 1
  readonly #at = new Int32Array(BEGINNINGS)
  #anywhere = 0

  /** Something changed for words with this beginning; `null`: perhaps for any word. */
  note(beginning: number | null): void {
    this.now++
    if (beginning === null) this.#anywhere = this.now
    else this.#at[beginning] = this.now
  }

  /** Did nothing change since `then` for words with these beginnings? A word with more than two of them is given as ANY. */
  isFresh(then: number, one: number, other: number): boolean {
    if (then < this.#anywhere) return false
    if (one === ANY) return then === this.now
    return then >= (this.#at[one] as number) && then >= (this.#at[other] as number)
  }
}

const BEGINNINGS = 4_096
/** In place of a beginning: any. */
export const ANY = -1

/** Of a key or stem, without the mark of a tag or handle. Null when it is too short to have one. */
export function beginningOf(key: string): number | null {
  const first = key[0] === '#' || key[0] === '@' ? 1 : 0
  if (key.length < first + 2) return null
  return (key.charCodeAt(first) * 31 + key.charCodeAt(first + 1)) % BEGINNINGS
}

/** One number for all beginnings of a word, as isFresh takes them. */
export function beginningsOf(keys: readonly string[]): { one: number; other: number } {
  const found = new Set(keys.map(beginningOf))
  if (found.size > 2 || found.has(null)) return { one: ANY, other: ANY }
  const [one = ANY, other = one] = [...found] as number[]
  return { one, other }
}
