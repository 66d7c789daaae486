import type { UnitColumn } from './columns.ts'
import type { ValueFacts } from './value-facts.ts'

/**
 * What most pairs are decided by, of one record after the other, so that a record is one or two lines of the processor's
 * cache: for each unit the hash of its value's key (0 is missing), its sketch, and in one number the value's number (21
 * bits), the length of its form (5 bits) and six flags.
 */
export interface Rows {
  readonly units: number
  readonly cells: Int32Array
}

export const CELLS = 3
export const RECORDS_MAX = 2 ** 21 - 1
const ID_BITS = 21
const FLAGS_AT = 26
/** This long or longer. */
export const LENGTH_MAX = 31

export const idIn = (packed: number): number => packed & RECORDS_MAX
export const lengthIn = (packed: number): number => (packed >>> ID_BITS) & LENGTH_MAX
export const isListIn = (packed: number): boolean => ((packed >>> FLAGS_AT) & 1) !== 0
/** Of which nicknames a name may be a form. */
export const flagsIn = (packed: number): number => packed >>> (FLAGS_AT + 1)

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
      cells[place + 2] =
        id | (Math.min(LENGTH_MAX, lengths[id] as number) << ID_BITS) | ((flags[id] as number) << FLAGS_AT)
    }
  }
}
