/** What reading a file gives: one row after the other, each a post or a reason. */
import type { HeardPost } from '../connector.ts'
import type { Problem } from './problem.ts'
import type { FileRecord, Position } from './record.ts'
import { postOf, type RowReading } from './row.ts'
import type { Table } from './table.ts'

const RAW_CHARACTERS_MAX = 1000

export interface ReadRow {
  /** Where the row begins, counted as an editor counts; the row number in a workbook; null for the file as a whole. */
  line: number | null
  /** Stored once this row is dealt with; reading goes on behind it. */
  position: Position
  row:
    | { kind: 'post'; post: HeardPost }
    /** The row is left out, the others stay. */
    | { kind: 'rejected'; problem: Problem; column: string | null; raw: string }
    /** The last one: the file cannot be read on. */
    | { kind: 'refused'; problem: Problem }
}

export function readRow(record: FileRecord, table: Table, reading: RowReading): ReadRow {
  const place = { line: record.line, position: record.after }
  if (!('cells' in record))
    return { ...place, row: { kind: 'rejected', problem: record.fault, column: null, raw: record.raw } }
  const outcome = postOf(record.cells, reading)
  if (outcome.ok) return { ...place, row: { kind: 'post', post: outcome.post } }
  const column = outcome.field === null ? null : (table.columns[reading.columns.get(outcome.field)?.[0] ?? -1] ?? null)
  const raw = record.cells.join(' | ').slice(0, RAW_CHARACTERS_MAX)
  return { ...place, row: { kind: 'rejected', problem: outcome.problem, column, raw } }
}
