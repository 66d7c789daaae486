import type { PartColumn } from '../blocks.ts'
import { joined } from '../hashing.ts'
import { ALTERNATIVES_MAX, type Part } from '../keys.ts'
import type { UnitColumn } from './columns.ts'
import type { PieceColumn, ValueFacts } from './value-facts.ts'

/** Parts of records from the parts of their values; `of` is which part. In the order of the rows, or of the records. */
export function recordParts(
  part: Part,
  of: number,
  columns: readonly UnitColumn[],
  facts: readonly ValueFacts[],
  order: Uint32Array | null,
): PartColumn {
  const sources = part.pieces.map(({ unit }) => ({
    ids: (columns[unit] as UnitColumn).ids,
    column: (facts[unit] as ValueFacts).pieces.find((piece) => piece.part === of) as PieceColumn,
  }))
  const count = sources[0]?.ids.length ?? 0
  const wide = sources.reduce((sum, { column }) => sum + column.width, 0)
  const width = part.together ? 1 : Math.min(ALTERNATIVES_MAX, wide)
  const hashes = new Uint32Array(new SharedArrayBuffer(4 * count * width))
  for (let row = 0; row < count; row++) {
    const record = order ? (order[row] as number) : row
    if (part.together) hashes[row] = together(sources, record)
    else fill(hashes, row * width, width, sources, record)
  }
  return { width, hashes }
}

interface Source {
  readonly ids: Uint32Array
  readonly column: PieceColumn
}

/** One key of all pieces, in whichever order they come; nothing where one is missing. */
function together(sources: readonly Source[], row: number): number {
  let hash = 0
  for (const { ids, column } of sources) {
    const next = column.hashes[(ids[row] as number) * column.width] as number
    if (next === 0) return 0
    if (hash === 0) hash = next
    else hash = hash < next ? joined(hash, next) : joined(next, hash)
  }
  return hash
}

function fill(hashes: Uint32Array, start: number, width: number, sources: readonly Source[], row: number): void {
  let at = start
  for (const { ids, column } of sources) {
    const first = (ids[row] as number) * column.width
    for (let place = 0; place < column.width && at < start + width; place++) {
      const hash = column.hashes[first + place] as number
      if (hash === 0) break
      if (!isAmong(hashes, start, at, hash)) hashes[at++] = hash
    }
  }
}

function isAmong(hashes: Uint32Array, from: number, to: number, hash: number): boolean {
  for (let at = from; at < to; at++) if (hashes[at] === hash) return true
  return false
}
