import { BEGINS_PAIR, ENDS_PAIR, type Features } from './features.ts'

/** A row of the table: the two features, the pair's own (GONE: nobody asks for it any more), and how many ask for it. */
const FIRST = 0
const SECOND = 1
const PAIR = 2
const USES = 3
const ROW_BITS = 2
const ROW = 1 << ROW_BITS
const FREE = -1
const GONE = -2
const ROWS_MIN = 64
/** Bits of the filter for each row. */
const FILTER_WORDS_PER_ROW = 8 / 32

/**
 * A word behind another as a feature of its own, so that phrases are found, filed and counted like words. The first may be
 * such a pair itself: "a b c" is the pair of "a b" and c.
 */
export class Pairs {
  readonly #features: Features
  #rows = freeRows(ROWS_MIN)
  /** Rows that are not free, GONE ones too. */
  #taken = 0
  #byFeature = new Map<number, number>()
  /** One bit by hash where a pair may be: small, so that the table is seldom asked in vain. */
  #filter = new Int32Array(ROWS_MIN * FILTER_WORDS_PER_ROW)

  constructor(features: Features) {
    this.#features = features
  }

  acquire(first: number, second: number): number {
    if (this.#taken * 2 * ROW >= this.#rows.length) this.#writeAnew()
    const row = this.#rowOf(first, second)
    const rows = this.#rows
    if (rows[row + FIRST] === FREE) this.#taken++
    else if (rows[row + PAIR] !== GONE) {
      rows[row + USES] = (rows[row + USES] as number) + 1
      return rows[row + PAIR] as number
    }
    const pair = this.#features.take()
    this.#enter(row, first, second, pair, 1)
    this.#features.give(first, BEGINS_PAIR)
    this.#features.give(second, ENDS_PAIR)
    return pair
  }

  /** False when it is not a pair. */
  release(pair: number): boolean {
    const row = this.#byFeature.get(pair)
    if (row === undefined) return false
    const uses = (this.#rows[row + USES] as number) - 1
    this.#rows[row + USES] = uses
    if (uses > 0) return true
    this.#rows[row + PAIR] = GONE
    this.#byFeature.delete(pair)
    this.#features.giveBack(pair)
    return true
  }

  /** The pair's feature; negative when nobody asks for these two. */
  find(first: number, second: number): number {
    const hash = hashOf(first, second)
    const filter = this.#filter
    if (((filter[(hash >>> 5) & (filter.length - 1)] as number) & (1 << (hash & 31))) === 0) return FREE
    return this.#rows[this.#rowOf(first, second) + PAIR] as number
  }

  /** Where these two stand, or else would. */
  #rowOf(first: number, second: number): number {
    const rows = this.#rows
    const mask = rows.length - 1
    for (let slot = hashOf(first, second) >>> FILTER_BITS; ; slot++) {
      const row = (slot << ROW_BITS) & mask
      if (rows[row + FIRST] === FREE || (rows[row + FIRST] === first && rows[row + SECOND] === second)) return row
    }
  }

  #enter(row: number, first: number, second: number, pair: number, uses: number): void {
    this.#rows[row + FIRST] = first
    this.#rows[row + SECOND] = second
    this.#rows[row + PAIR] = pair
    this.#rows[row + USES] = uses
    this.#byFeature.set(pair, row)
    const hash = hashOf(first, second)
    const word = (hash >>> 5) & (this.#filter.length - 1)
    this.#filter[word] = (this.#filter[word] as number) | (1 << (hash & 31))
  }

  /** Without those that are gone, in a table with room for as many again. */
  #writeAnew(): void {
    const before = this.#rows
    let rows = ROWS_MIN
    while (rows < this.#byFeature.size * 4) rows *= 2
    this.#rows = freeRows(rows)
    this.#filter = new Int32Array(rows * FILTER_WORDS_PER_ROW)
    this.#taken = this.#byFeature.size
    this.#byFeature = new Map()
    for (let at = 0; at < before.length; at += ROW) {
      const [first, second, pair, uses] = before.subarray(at, at + ROW) as unknown as [number, number, number, number]
      if (first !== FREE && pair !== GONE) this.#enter(this.#rowOf(first, second), first, second, pair, uses)
    }
  }
}

/** Of the hash, these bits choose a bit of the filter; those above them, a row. */
const FILTER_BITS = 8

function hashOf(first: number, second: number): number {
  const hash = Math.imul(Math.imul(first, 0x9e3779b1) + second, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}

const freeRows = (count: number): Int32Array<ArrayBuffer> => new Int32Array(count * ROW).fill(FREE)
