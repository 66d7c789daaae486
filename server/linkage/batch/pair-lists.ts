import type { Blocks } from '../blocks.ts'

/**
 * Pairs of a batch, each once, without a list of all: rows are parted into runs, and of some runs at a time the pairs are
 * collected from all blocks, sorted and told. A pair is one number: the smaller row within its run, then the larger row.
 */
const RUN_BITS = 11
const ROW_BITS = 21
const ROW_MASK = 2 ** ROW_BITS - 1
/** So many pairs are held at a time. */
const HELD_PAIRS = 6_000_000

/** How many pairs begin in each run, those that meet in several blocks counted several times. */
export function pairsOfRuns(blocks: Blocks, count: number): Uint32Array {
  const counts = new Uint32Array(Math.max(1, Math.ceil(count / 2 ** RUN_BITS)))
  forBlockPairs(blocks, (a) => {
    counts[a >>> RUN_BITS] = (counts[a >>> RUN_BITS] as number) + 1
  })
  return counts
}

/** Runs from `from` up to `to`. */
export interface RunRange {
  readonly from: number
  readonly to: number
}

/** Parts the runs into `shares` of about as many pairs each. */
export function sharesOfRuns(counts: Uint32Array, shares: number): RunRange[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  let [run, sum] = [0, 0]
  return Array.from({ length: shares }, (_, share) => {
    const from = run
    while (run < counts.length && (share === shares - 1 || sum < (total * (share + 1)) / shares))
      sum += counts[run++] as number
    return { from, to: run }
  })
}

/** Visits the pairs of some runs in order, the smaller row first. */
export function forPairs(
  blocks: Blocks,
  counts: Uint32Array,
  { from, to }: RunRange,
  visit: (a: number, b: number) => void,
): void {
  for (let first = from; first < to; ) {
    let last = first
    let held = 0
    while (last < to && (last === first || held + (counts[last] as number) <= HELD_PAIRS))
      held += counts[last++] as number
    const range = { from: first, to: last }
    visitRuns(collected(blocks, counts, range, held), counts, range, visit)
    first = last
  }
}

function collected(blocks: Blocks, counts: Uint32Array, { from, to }: RunRange, held: number): Uint32Array {
  const pairs = new Uint32Array(held)
  const next = new Uint32Array(to - from)
  for (let run = from, sum = 0; run < to; sum += counts[run++] as number) next[run - from] = sum
  forBlockPairs(blocks, (a, b) => {
    const run = (a >>> RUN_BITS) - from
    if (run < 0 || run >= next.length) return
    const place = next[run] as number
    next[run] = place + 1
    pairs[place] = ((a << ROW_BITS) | b) >>> 0
  })
  return pairs
}

function visitRuns(
  pairs: Uint32Array,
  counts: Uint32Array,
  { from, to }: RunRange,
  visit: (a: number, b: number) => void,
): void {
  for (let run = from, start = 0; run < to; start += counts[run++] as number) {
    const sorted = pairs.subarray(start, start + (counts[run] as number)).sort()
    const base = run << RUN_BITS
    let last = -1
    for (let at = 0; at < sorted.length; at++) {
      const pair = sorted[at] as number
      if (pair === last) continue
      last = pair
      visit(base + (pair >>> ROW_BITS), pair & ROW_MASK)
    }
  }
}

/** The pairs of some rows as the smaller ones, each once and in order, as numbers for `rowsOfPair`. */
export function sampledPairs(blocks: Blocks, isSampled: (row: number) => boolean): Float64Array {
  const found: number[] = []
  forBlockPairs(blocks, (a, b) => {
    if (isSampled(a)) found.push(a * (ROW_MASK + 1) + b)
  })
  return Float64Array.from(new Set(found)).sort()
}

export const rowsOfPair = (pair: number): [number, number] => [Math.floor(pair / (ROW_MASK + 1)), pair % (ROW_MASK + 1)]

/** Every pair of every block, the smaller row first. */
export function forBlockPairs({ offsets, members }: Blocks, visit: (a: number, b: number) => void): void {
  for (let block = 0; block + 1 < offsets.length; block++) {
    const end = offsets[block + 1] as number
    for (let one = offsets[block] as number; one < end; one++) {
      const a = members[one] as number
      for (let other = one + 1; other < end; other++) {
        const b = members[other] as number
        if (a < b) visit(a, b)
        else if (b < a) visit(b, a)
      }
    }
  }
}
