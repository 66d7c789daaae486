import { CELLS, packed } from './cells.ts'
import type { UnitColumn } from './columns.ts'
import type { ValueFacts } from './value-facts.ts'

/**
 * What most pairs are decided by, of one record after the other, so that a record is one or two lines of the processor's
 * cache: for each unit the hash of its value's key (0 is missing), its sketch, and packed in one number what `cells.ts` says.
 */
export interface Rows {
  readonly units: number
  readonly cells: Int32Array
}

export const emptyRows = (units: number, count: number): Rows => ({
  units,
  cells: new Int32Array(new SharedArrayBuffer(4 * CELLS * units * count)),
})

/** The rows from `from` to `to`; `order` tells which record is which row. */
export function fillRows(
  { units, cells }: Rows,
  columns: readonly UnitColumn[],
  facts: readonly ValueFacts[],
  order: Uint32Array,
  from: number,
  to: number,
): void {
  for (let at = 0; at < units; at++) {
    const { ids } = columns[at] as UnitColumn
    const { texts, sketches, lengths, flags } = facts[at] as ValueFacts
    for (let row = from; row < to; row++) {
      const id = ids[order[row] as number] as number
      if (id === 0) continue
      const place = (row * units + at) * CELLS
      cells[place] = texts[id] as number
      cells[place + 1] = sketches[id] as number
      cells[place + 2] = packed(id, lengths[id] as number, flags[id] as number)
    }
  }
}
