import { hashOf, joined } from './hashing.ts'
import { alternatives, type Part, partsOf } from './keys.ts'
import type { Prepared } from './prepared.ts'
import type { Schema } from './schema.ts'
import { sortByHash } from './sorting.ts'

/** How often an oversized block is parted by a further key before its order decides. */
const REFINEMENTS_MAX = 2

/** Of one part: hashes of the alternatives of each record, `width` in a row; 0 is nothing. */
export interface PartColumn {
  readonly width: number
  readonly hashes: Uint32Array
}

/** Records that share a key lie together: block i is members[offsets[i]] up to members[offsets[i + 1]]. */
export interface Blocks {
  readonly offsets: Uint32Array
  readonly members: Uint32Array
}

export function partColumns(schema: Schema, records: readonly Prepared[]): PartColumn[] {
  return partsOf(schema).map((part) => {
    const found = records.map((record) => alternatives(part, record))
    const width = Math.max(
      1,
      found.reduce((most, texts) => Math.max(most, texts.length), 0),
    )
    const hashes = new Uint32Array(records.length * width)
    for (const [row, texts] of found.entries())
      for (const [at, text] of texts.entries()) hashes[row * width + at] = hashOf(text)
    return { width, hashes }
  })
}

/** A key by which records meet: one strong part, or two weak ones. */
export type KeyParts = readonly number[]

export function keyParts(parts: readonly Part[]): KeyParts[] {
  const weak = [...parts.keys()].filter((at) => !parts[at]?.strong)
  const strong = [...parts.keys()].filter((at) => parts[at]?.strong)
  const twos = weak.flatMap((a, at) => weak.slice(at + 1).map((b) => [a, b]))
  return [...strong.map((at) => [at]), ...(twos.length > 0 ? twos : weak.map((at) => [at]))]
}

/** Records under hashes of one key, in whatever order. */
interface Entries {
  readonly hashes: Uint32Array
  readonly records: Uint32Array
}

/**
 * Blocks of all keys, none larger than `cap`. What is too large is parted by each further weak part in turn, then again; what
 * is too large still is put in order and cut into overlapping windows. Nothing is dropped unseen.
 */
export class BlockBuilder {
  private readonly parts: readonly Part[]
  private readonly columns: readonly PartColumn[]
  private readonly cap: number
  private readonly offsets = new GrowingList()
  private readonly members = new GrowingList()

  constructor(parts: readonly Part[], columns: readonly PartColumn[], cap: number) {
    this.parts = parts
    this.columns = columns
    this.cap = cap
    this.offsets.push(0)
  }

  add(key: KeyParts, count: number): void {
    this.refine(this.take(repeated(this.entries(key, count))), key, 0)
  }

  blocks(): Blocks {
    return { offsets: this.offsets.taken(), members: this.members.taken() }
  }

  private entries(key: KeyParts, count: number): Entries {
    const [first, second] = key.map((at) => this.columns[at] as PartColumn)
    const size = count * (first as PartColumn).width * (second?.width ?? 1)
    const hashes = new Uint32Array(size)
    const records = new Uint32Array(size)
    let at = 0
    for (let row = 0; row < count; row++) at = fillRow(row, first as PartColumn, second, hashes, records, at)
    return { hashes: hashes.subarray(0, at), records: records.subarray(0, at) }
  }

  /** Blocks of those that fit; returns the entries of those that are too large, sorted. */
  private take({ hashes, records }: Entries): Entries {
    sortByHash(hashes, records)
    let kept = 0
    for (let from = 0; from < hashes.length; ) {
      let to = from + 1
      while (to < hashes.length && hashes[to] === hashes[from]) to++
      if (to - from <= this.cap) this.emit(records, from, to)
      else {
        hashes.copyWithin(kept, from, to)
        records.copyWithin(kept, from, to)
        kept += to - from
      }
      from = to
    }
    return { hashes: hashes.subarray(0, kept), records: records.subarray(0, kept) }
  }

  /**
   * By the further parts that come after those used: two records that share three parts are found by the first two of them, as
   * a block of these that was not too large or parted by the third.
   */
  private refine(large: Entries, used: KeyParts, depth: number): void {
    if (large.hashes.length === 0) return
    const weak = [...this.parts.keys()].filter((at) => !this.parts[at]?.strong)
    const least = used.at(-1) as number
    const further = weak.filter((at) => at > least)
    const isElsewhere = used.length === 2 && depth === 0 && weak.length > 2
    if (depth < REFINEMENTS_MAX && further.length > 0)
      for (const at of further) this.refine(this.take(repeated(this.parted(large, at))), [...used, at], depth + 1)
    else if (!isElsewhere) this.windows(large)
  }

  private parted({ hashes, records }: Entries, at: number): Entries {
    const { width, hashes: further } = this.columns[at] as PartColumn
    const finer = new Uint32Array(hashes.length * width)
    const rows = new Uint32Array(hashes.length * width)
    let end = 0
    for (let place = 0; place < hashes.length; place++) {
      const row = records[place] as number
      for (let alternative = 0; alternative < width; alternative++) {
        const hash = further[row * width + alternative] as number
        if (hash === 0) break
        finer[end] = joined(hashes[place] as number, hash)
        rows[end++] = row
      }
    }
    return { hashes: finer.subarray(0, end), records: rows.subarray(0, end) }
  }

  private windows({ hashes, records }: Entries): void {
    for (let from = 0; from < hashes.length; ) {
      let to = from + 1
      while (to < hashes.length && hashes[to] === hashes[from]) to++
      this.window([...new Set(records.subarray(from, to))])
      from = to
    }
  }

  private window(run: number[]): void {
    const sorted = Uint32Array.from(run.sort((a, b) => this.compareRows(a, b) || a - b))
    const step = Math.max(1, this.cap >> 1)
    for (let from = 0; from + step < sorted.length || from === 0; from += step)
      this.emit(sorted, from, Math.min(sorted.length, from + this.cap))
  }

  private compareRows(a: number, b: number): number {
    for (const { width, hashes } of this.columns) {
      const difference = (hashes[a * width] as number) - (hashes[b * width] as number)
      if (difference !== 0) return difference
    }
    return 0
  }

  private emit(records: Uint32Array, from: number, to: number): void {
    if (to - from < 2) return
    let last = -1
    let taken = 0
    for (let at = from; at < to; at++) {
      const row = records[at] as number
      if (row === last) continue
      this.members.push(row)
      last = row
      taken++
    }
    if (taken < 2) this.members.drop(taken)
    else this.offsets.push(this.members.length)
  }
}

const SEEN_BITS = 22

/** Without the entries whose hash comes once only, most of them: sorting is the cost. */
function repeated({ hashes, records }: Entries): Entries {
  const seen = new Uint8Array(1 << SEEN_BITS)
  const mask = seen.length - 1
  for (const hash of hashes) {
    const place = hash & mask
    if ((seen[place] as number) < 2) seen[place] = (seen[place] as number) + 1
  }
  let kept = 0
  for (let at = 0; at < hashes.length; at++) {
    const hash = hashes[at] as number
    if (seen[hash & mask] === 1) continue
    hashes[kept] = hash
    records[kept++] = records[at] as number
  }
  return { hashes: hashes.subarray(0, kept), records: records.subarray(0, kept) }
}

function fillRow(
  row: number,
  first: PartColumn,
  second: PartColumn | undefined,
  hashes: Uint32Array,
  records: Uint32Array,
  start: number,
): number {
  let at = start
  for (let i = 0; i < first.width; i++) {
    const a = first.hashes[row * first.width + i] as number
    if (a === 0) break
    if (!second) {
      hashes[at] = a
      records[at++] = row
      continue
    }
    for (let j = 0; j < second.width; j++) {
      const b = second.hashes[row * second.width + j] as number
      if (b === 0) break
      hashes[at] = joined(a, b)
      records[at++] = row
    }
  }
  return at
}

class GrowingList {
  length = 0
  private list = new Uint32Array(1024)

  push(value: number): void {
    if (this.length === this.list.length) {
      const larger = new Uint32Array(this.list.length * 2)
      larger.set(this.list)
      this.list = larger
    }
    this.list[this.length++] = value
  }

  drop(count: number): void {
    this.length -= count
  }

  taken(): Uint32Array {
    return this.list.subarray(0, this.length)
  }
}
