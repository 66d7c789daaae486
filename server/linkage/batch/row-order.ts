import type { PartColumn } from '../blocks.ts'
import type { Part } from '../keys.ts'

/**
 * Records that sound alike stand together in rows, so that what was read of one is at hand for the next. Within a batch pairs
 * are of rows; outside they are of records.
 */
export interface RowOrder {
  /** The record of each row; shared. */
  readonly records: Uint32Array
  /** The row of each record. */
  readonly rows: Uint32Array
}

/** Which part the order goes by: the names together, or the first weak one. */
export const leadingPart = (parts: readonly Part[]): number =>
  Math.max(
    0,
    parts.findIndex(({ together, strong }) => together || !strong),
  )

const RECORD_VALUES = 2 ** 21

export function rowOrder({ hashes, width }: PartColumn, count: number): RowOrder {
  const keys = new Float64Array(count)
  for (let record = 0; record < count; record++)
    keys[record] = (hashes[record * width] as number) * RECORD_VALUES + record
  keys.sort()
  const records = new Uint32Array(new SharedArrayBuffer(4 * count))
  const rows = new Uint32Array(count)
  for (let row = 0; row < count; row++) {
    const record = (keys[row] as number) % RECORD_VALUES
    records[row] = record
    rows[record] = row
  }
  return { records, rows }
}
