/**
 * Finds phrases of some words in a row, in a post whose words are hashes. Written as words between blanks: `a|b` is either,
 * `_` any one word, `~` nought to three words, `@` a handle, `#tag` a hash tag. All phrases share one tree, so that a post's
 * words are looked up once each, however many phrases there are.
 */
const ANY_WORD = '_'
const GAP = '~'
const GAP_WORDS_MAX = 3

interface Node {
  next: Map<number, Node>
  any: Node | null
  gap: Node | null
  /** Number of what ends here; the lowest wins where several do. */
  ends: number
}

/** By the low bits of a word's hash: a phrase may begin with it. Most words end here, without a look into a map. */
const FIRST_WORDS = 1 << 16

const NOTHING = Number.POSITIVE_INFINITY
const node = (): Node => ({ next: new Map(), any: null, gap: null, ends: NOTHING })

export class Phrases {
  private readonly root = node()
  private readonly begins = new Uint8Array(FIRST_WORDS)
  private readonly hashOf: (word: string) => number

  constructor(hashOf: (word: string) => number) {
    this.hashOf = hashOf
  }

  /** One phrase a line. */
  add(lines: string, value: number): void {
    for (const line of lines.split('\n')) {
      const steps = line.split(/\s+/).filter(Boolean)
      if (steps.length > 0) this.grow(this.root, steps, 0, value)
    }
    for (const first of this.root.next.keys()) this.begins[first & (FIRST_WORDS - 1)] = 1
  }

  /** The lowest value of the phrases in the post, or null. */
  find(words: Int32Array, count: number): number | null {
    let found = NOTHING
    for (let at = 0; at < count; at++) {
      const word = words[at] as number
      if (this.begins[word & (FIRST_WORDS - 1)] === 0) continue
      const first = this.root.next.get(word)
      if (first) found = Math.min(found, lowestFrom(first, words, count, at + 1))
    }
    return found === NOTHING ? null : found
  }

  private grow(from: Node, steps: readonly string[], at: number, value: number): void {
    if (at === steps.length) {
      from.ends = Math.min(from.ends, value)
      return
    }
    const written = steps[at] as string
    if (written === ANY_WORD) {
      from.any ??= node()
      this.grow(from.any, steps, at + 1, value)
    } else if (written === GAP) {
      from.gap ??= node()
      this.grow(from.gap, steps, at + 1, value)
    } else for (const word of written.split('|')) this.grow(childOf(from, this.hashOf(word)), steps, at + 1, value)
  }
}

function childOf(from: Node, hash: number): Node {
  const known = from.next.get(hash)
  if (known) return known
  const made = node()
  from.next.set(hash, made)
  return made
}

function lowestFrom(from: Node, words: Int32Array, count: number, at: number): number {
  let found = from.ends
  const next = at < count ? from.next.get(words[at] as number) : undefined
  if (next) found = Math.min(found, lowestFrom(next, words, count, at + 1))
  if (from.any && at < count) found = Math.min(found, lowestFrom(from.any, words, count, at + 1))
  if (from.gap)
    for (let skipped = 0; skipped <= GAP_WORDS_MAX && at + skipped <= count; skipped++)
      found = Math.min(found, lowestFrom(from.gap, words, count, at + skipped))
  return found
}
