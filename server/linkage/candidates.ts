import type { Blocks } from './blocks.ts'

/** The blocks, seen from the records: blocks of record r are lists[starts[r]] up to lists[starts[r + 1]]. */
export interface BlocksByRecord {
  readonly starts: Uint32Array
  readonly lists: Uint32Array
}

export function byRecord({ offsets, members }: Blocks, count: number): BlocksByRecord {
  const starts = new Uint32Array(count + 1)
  for (const row of members) starts[row + 1] = (starts[row + 1] as number) + 1
  for (let row = 0; row < count; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
  const lists = new Uint32Array(members.length)
  const next = starts.slice()
  for (let block = 0; block + 1 < offsets.length; block++) {
    for (let at = offsets[block] as number; at < (offsets[block + 1] as number); at++) {
      const row = members[at] as number
      const place = next[row] as number
      lists[place] = block
      next[row] = place + 1
    }
  }
  return { starts, lists }
}

/** Each pair that shares a block once, smaller record first, for the records from `from` up to `to` as the smaller. */
export function forCandidates(
  blocks: Blocks,
  { starts, lists }: BlocksByRecord,
  { from, to, step = 1 }: { from: number; to: number; step?: number },
  visit: (a: number, b: number) => void,
): void {
  const { offsets, members } = blocks
  const seen = new Int32Array(starts.length - 1).fill(-1)
  for (let a = from; a < to; a += step) {
    const end = starts[a + 1] as number
    for (let place = starts[a] as number; place < end; place++) {
      const block = lists[place] as number
      const last = offsets[block + 1] as number
      for (let at = offsets[block] as number; at < last; at++) {
        const b = members[at] as number
        if (b <= a || seen[b] === a) continue
        seen[b] = a
        visit(a, b)
      }
    }
  }
}
