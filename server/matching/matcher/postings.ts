import { doubled } from './features.ts'
import type { PostFeatures } from './post-features.ts'

/** At least one of these features must be there, or must not. */
export type Clause = readonly { feature: number; wanted: boolean }[]

/** What a match needs beside the feature of the list. */
export interface Filed {
  /** The rarest feature that a match must have as well. */
  second: number | null
  /** All of these; null: more has to be checked than features say. */
  rest: Clause[] | null
  /** It stands in several lists, and so may be met more than once in a post. */
  repeated: boolean
}

/** An entry begins with the query's number and these bits. */
const REPEATED = 1
/** Behind it stands the second feature. */
const SECOND = 2
/** Behind that stands how many further features, and those, as WANTED and ALTERNATIVE below have it. */
const REST = 4
/** The query has to be checked as a whole. */
const CHECK = 8
const FLAG_BITS = 4
/** Bits of a further feature: it must be there, not be missing; the next is another way to fulfil the same clause. */
const WANTED = 1
const ALTERNATIVE = 2
const ASKED_BITS = 2
const ROOM_MIN = 4
/** Less than this is not worth writing anew. */
const LEFT_MIN = 4_096

/** What the lists give out. */
export const NUMBER_BITS = FLAG_BITS
export const IS_REPEATED = REPEATED
export const IS_TO_CHECK = CHECK

/**
 * Which queries to look at when a post has a feature: a posting list for each feature, all in one flat array, so that a walk
 * touches little memory. An entry of one number is a query that matches because the feature is there. A list that is full
 * moves to the end; when half of the array is left behind, all lists are written anew.
 */
export class Postings {
  #entries = new Int32Array(1_024)
  #used = 0
  #left = 0
  /** By feature: where its list begins, and where it ends. */
  #bounds = new Int32Array(512)
  #room = new Int32Array(256)
  #counts = new Int32Array(256)
  /** What a walk found, each a query's number with IS_REPEATED and IS_TO_CHECK. */
  found = new Int32Array(256)
  foundCount = 0
  #lists = new Int32Array(256)
  #listCount = 0
  /** What was loaded ahead, kept so that loading is not left out. */
  loadedAhead = 0

  /** Queries in the list of a feature. */
  count(feature: number): number {
    return this.#counts[feature] ?? 0
  }

  add(feature: number, query: number, { second, rest, repeated }: Filed): void {
    const further = rest && rest.length > 0 ? rest.flatMap(written) : null
    const size = 1 + (second === null ? 0 : 1) + (further ? 1 + further.length : 0)
    let at = this.#placeFor(feature, size)
    const entries = this.#entries
    const flags =
      (repeated ? REPEATED : 0) | (second === null ? 0 : SECOND) | (further ? REST : 0) | (rest === null ? CHECK : 0)
    entries[at++] = (query << FLAG_BITS) | flags
    if (second !== null) entries[at++] = second
    if (!further) return
    entries[at++] = further.length
    for (const asked of further) entries[at++] = asked
  }

  remove(feature: number, query: number): void {
    const entries = this.#entries
    const end = this.#bounds[2 * feature + 1] as number
    for (let at = this.#bounds[2 * feature] as number; at < end; ) {
      const next = this.#behind(at)
      if ((entries[at] as number) >> FLAG_BITS === query) {
        entries.copyWithin(at, next, end)
        this.#bounds[2 * feature + 1] = end - (next - at)
        this.#counts[feature] = (this.#counts[feature] as number) - 1
        return
      }
      at = next
    }
  }

  /** Fills `found` with the queries that the lists of a post's features give. */
  walk({ features, featureCount, present }: PostFeatures): void {
    const entries = this.#entries
    const lists = this.#listsOf(features, featureCount)
    let found = this.found
    let count = 0
    for (let list = 0; list < this.#listCount; list += 2) {
      const end = lists[list + 1] as number
      let at = lists[list] as number
      while (count + end - at > found.length) found = this.#growFound()
      while (at < end) {
        const entry = entries[at++] as number
        if ((entry & SECOND) !== 0 && !isIn(present, entries[at++] as number)) {
          if ((entry & REST) !== 0) at += 1 + (entries[at] as number)
          continue
        }
        if ((entry & REST) !== 0) {
          const begin = at + 1
          at = begin + (entries[at] as number)
          if (!isAsFiled(entries, begin, at, present)) continue
        }
        found[count++] = entry
      }
    }
    this.foundCount = count
  }

  /** Where the lists of these features begin and end. Their first entries are loaded all at once, so that the walk does not wait for each. */
  #listsOf(features: Int32Array, featureCount: number): Int32Array {
    const bounds = this.#bounds
    const entries = this.#entries
    while (2 * featureCount > this.#lists.length) this.#lists = doubled(this.#lists)
    const lists = this.#lists
    let count = 0
    let seen = 0
    for (let index = 0; index < featureCount; index++) {
      const bound = 2 * (features[index] as number)
      // Features that another matcher asks for may lie beyond.
      if (bound >= bounds.length) continue
      const from = bounds[bound] as number
      const end = bounds[bound + 1] as number
      lists[count] = from
      lists[count + 1] = end
      if (from === end) continue
      seen |= entries[from] as number
      count += 2
    }
    this.#listCount = count
    this.loadedAhead = seen
    return lists
  }

  #growFound(): Int32Array<ArrayBuffer> {
    this.found = doubled(this.found)
    return this.found
  }

  /** Queries whose place could be another: those with more than one feature. */
  *movable(feature: number): Generator<number> {
    const end = this.#bounds[2 * feature + 1] as number
    for (let at = this.#bounds[2 * feature] as number; at < end; at = this.#behind(at)) {
      const entry = this.#entries[at] as number
      if ((entry & REPEATED) === 0 && (entry & (SECOND | REST | CHECK)) !== 0) yield entry >> FLAG_BITS
    }
  }

  #behind(at: number): number {
    const entry = this.#entries[at] as number
    const behind = at + ((entry & SECOND) === 0 ? 1 : 2)
    return (entry & REST) === 0 ? behind : behind + 1 + (this.#entries[behind] as number)
  }

  /** Room for an entry at the end of a list. */
  #placeFor(feature: number, size: number): number {
    this.#reach(feature)
    const end = this.#bounds[2 * feature + 1] as number
    const length = end - (this.#bounds[2 * feature] as number)
    if (length + size > (this.#room[feature] as number)) this.#move(feature, Math.max(ROOM_MIN, (length + size) * 2))
    const place = this.#bounds[2 * feature + 1] as number
    this.#bounds[2 * feature + 1] = place + size
    this.#counts[feature] = (this.#counts[feature] as number) + 1
    return place
  }

  #reach(feature: number): void {
    while (feature >= this.#room.length) {
      this.#bounds = doubled(this.#bounds)
      this.#room = doubled(this.#room)
      this.#counts = doubled(this.#counts)
    }
  }

  #move(feature: number, room: number): void {
    if (this.#left * 2 > this.#used && this.#left > LEFT_MIN) this.#writeAnew()
    this.#left += this.#room[feature] as number
    while (this.#used + room > this.#entries.length) this.#entries = doubled(this.#entries)
    const from = this.#bounds[2 * feature] as number
    const end = this.#bounds[2 * feature + 1] as number
    this.#entries.copyWithin(this.#used, from, end)
    this.#bounds[2 * feature] = this.#used
    this.#bounds[2 * feature + 1] = this.#used + end - from
    this.#room[feature] = room
    this.#used += room
  }

  #writeAnew(): void {
    const before = this.#entries
    this.#entries = new Int32Array(before.length)
    this.#used = 0
    this.#left = 0
    for (let feature = 0; feature < this.#room.length; feature++) {
      const from = this.#bounds[2 * feature] as number
      const end = this.#bounds[2 * feature + 1] as number
      const room = this.#counts[feature] === 0 ? 0 : (this.#room[feature] as number)
      this.#entries.set(before.subarray(from, end), this.#used)
      this.#bounds[2 * feature] = this.#used
      this.#bounds[2 * feature + 1] = this.#used + end - from
      this.#room[feature] = room
      this.#used += room
    }
  }
}

const isIn = (present: Int32Array, feature: number): boolean =>
  ((present[feature >> 5] as number) & (1 << (feature & 31))) !== 0

const written = (clause: Clause): number[] =>
  clause.map(
    ({ feature, wanted }, at) =>
      (feature << ASKED_BITS) | (wanted ? WANTED : 0) | (at < clause.length - 1 ? ALTERNATIVE : 0),
  )

function isAsFiled(entries: Int32Array, from: number, to: number, present: Int32Array): boolean {
  let isFulfilled = 0
  for (let at = from; at < to; at++) {
    const asked = entries[at] as number
    const feature = asked >> ASKED_BITS
    // 1 when it is as it must be.
    isFulfilled |= ~(((present[feature >> 5] as number) >>> (feature & 31)) ^ asked) & WANTED
    if ((asked & ALTERNATIVE) !== 0) continue
    if (isFulfilled === 0) return false
    isFulfilled = 0
  }
  return true
}
