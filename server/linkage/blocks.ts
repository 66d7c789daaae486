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

/**
 * Blocks of all keys, none larger than `cap`. A block that is too large is parted by each further weak part in turn, then
 * again; what is too large still is put in order and cut into overlapping windows. Nothing is dropped unseen.
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
    const { hashes, records } = this.entries(key, count)
    sortByHash(hashes, records)
    for (let from = 0; from < hashes.length; ) {
      let to = from + 1
      while (to < hashes.length && hashes[to] === hashes[from]) to++
      if (to - from > 1) this.take(records, from, to, key, 0)
      from = to
    }
  }

  blocks(): Blocks {
    return { offsets: this.offsets.taken(), members: this.members.taken() }
  }

  private entries(key: KeyParts, count: number): { hashes: Uint32Array; records: Uint32Array } {
    const [first, second] = key.map((at) => this.columns[at] as PartColumn)
    const size = count * (first as PartColumn).width * (second?.width ?? 1)
    const hashes = new Uint32Array(size)
    const records = new Uint32Array(size)
    let at = 0
    for (let row = 0; row < count; row++) {
      at = fillRow(row, first as PartColumn, second, hashes, records, at)
    }
    return { hashes: hashes.subarray(0, at), records: records.subarray(0, at) }
  }

  private take(records: Uint32Array, from: number, to: number, used: KeyParts, depth: number): void {
    if (to - from <= this.cap) {
      this.emit(records, from, to)
      return
    }
    const run = new Uint32Array(new Set(records.subarray(from, to)))
    if (run.length <= this.cap) this.emit(run, 0, run.length)
    else this.refine(run, used, depth)
  }

  private refine(run: Uint32Array, used: KeyParts, depth: number): void {
    const least = depth === 0 ? -1 : (used.at(-1) as number)
    const further = [...this.parts.keys()].filter(
      (at) => !this.parts[at]?.strong && !used.includes(at) && at > least && this.says(at, run),
    )
    if (depth >= REFINEMENTS_MAX || further.length === 0) this.windows(run)
    else for (const at of further) this.partBy(run, at, [...used, at], depth + 1)
  }

  private says(at: number, run: Uint32Array): boolean {
    const { width, hashes } = this.columns[at] as PartColumn
    return run.some((row) => hashes[row * width] !== 0)
  }

  private partBy(run: Uint32Array, at: number, used: KeyParts, depth: number): void {
    const { width, hashes } = this.columns[at] as PartColumn
    const size = run.length * width
    const keys = new Uint32Array(size)
    const records = new Uint32Array(size)
    let end = 0
    for (const row of run) end = fillRow(row, { width, hashes }, undefined, keys, records, end)
    const [sortedKeys, sorted] = [keys.subarray(0, end), records.subarray(0, end)]
    sortByHash(sortedKeys, sorted)
    for (let from = 0; from < end; ) {
      let to = from + 1
      while (to < end && sortedKeys[to] === sortedKeys[from]) to++
      if (to - from > 1) this.take(sorted, from, to, used, depth)
      from = to
    }
  }

  private windows(run: Uint32Array): void {
    const order = [...run].sort((a, b) => this.compareRows(a, b) || a - b)
    const sorted = Uint32Array.from(order)
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
