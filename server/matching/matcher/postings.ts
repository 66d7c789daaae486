import type { PostFeatures } from './post-features.ts'

/** In place of a second feature: none is asked for. */
const NO_SECOND = -1
/** In place of a number of further features: the query has to be checked as a whole. */
const WHOLE_CHECK = -1
const HEAD = 3

/** What a post must have beside the feature of the list for the query to match; found out with the list's own numbers. */
export interface Filed {
  /** The rarest feature that a match must have as well. */
  second: number | null
  /** Further features that must be there or must not; null: more has to be checked than features say. */
  rest: { feature: number; wanted: boolean }[] | null
  /** It stands in several lists, and so may be met more than once in a post. */
  repeated: boolean
}

/** Of what a list knows by itself: `number` matches, or has to be checked as a whole. */
export interface Found {
  matches(number: number, repeated: boolean): void
  toCheck(number: number): void
}

/**
 * The queries to look at when a post has a feature: a posting list in one flat array, so that walking it touches no other
 * memory. An entry is the query's number (its complement when repeated), the second feature, how many further features, and
 * those: a feature that must be there as its complement, one that must not as itself.
 */
export class Postings {
  count = 0
  entries = new Int32Array(8)
  #end = 0

  add(query: number, { second, rest, repeated }: Filed): void {
    const room = HEAD + (rest?.length ?? 0)
    while (this.#end + room > this.entries.length) {
      const larger = new Int32Array(this.entries.length * 2)
      larger.set(this.entries)
      this.entries = larger
    }
    this.entries[this.#end] = repeated ? ~query : query
    this.entries[this.#end + 1] = second ?? NO_SECOND
    this.entries[this.#end + 2] = rest?.length ?? WHOLE_CHECK
    rest?.forEach(({ feature, wanted }, index) => {
      this.entries[this.#end + HEAD + index] = wanted ? ~feature : feature
    })
    this.#end += room
    this.count++
  }

  remove(query: number): void {
    for (let at = 0; at < this.#end; ) {
      const named = this.entries[at] as number
      const next = at + HEAD + Math.max(0, this.entries[at + 2] as number)
      if (named === query || named === ~query) {
        this.entries.copyWithin(at, next, this.#end)
        this.#end -= next - at
        this.count--
        return
      }
      at = next
    }
  }

  walk(post: PostFeatures, found: Found): void {
    const { entries } = this
    const { present } = post
    const end = this.#end
    for (let at = 0; at < end; ) {
      const named = entries[at] as number
      const second = entries[at + 1] as number
      const rest = entries[at + 2] as number
      const from = at + HEAD
      at = rest > 0 ? from + rest : from
      if (second !== NO_SECOND && ((present[second >> 5] as number) & (1 << (second & 31))) === 0) continue
      const number = named < 0 ? ~named : named
      if (rest === WHOLE_CHECK) found.toCheck(number)
      else if (rest === 0 || isAsFiled(entries, from, at, present)) found.matches(number, named < 0)
    }
  }

  /** Queries whose place could be another: those with more than one feature. */
  *movable(): Generator<number> {
    for (let at = 0; at < this.#end; ) {
      const named = this.entries[at] as number
      const rest = this.entries[at + 2] as number
      if (named >= 0 && (rest !== 0 || this.entries[at + 1] !== NO_SECOND)) yield named
      at += HEAD + Math.max(0, rest)
    }
  }
}

function isAsFiled(entries: Int32Array, from: number, to: number, present: Int32Array): boolean {
  for (let at = from; at < to; at++) {
    const asked = entries[at] as number
    const feature = asked < 0 ? ~asked : asked
    const isThere = ((present[feature >> 5] as number) & (1 << (feature & 31))) !== 0
    if (isThere !== asked < 0) return false
  }
  return true
}
