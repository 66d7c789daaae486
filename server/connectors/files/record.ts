import type { Problem } from './problem.ts'

/**
 * How far a file was read: what is stored to go on later. `byte` counts in the file's UTF-8 form; formats that can only
 * be read from the start (JSON, XLSX) skip by `row`.
 */
export interface Position {
  row: number
  line: number
  byte: number
}

export const FILE_START: Position = { row: 0, line: 1, byte: 0 }

export const COLUMNS_MAX = 500
export const ROW_BYTES_MAX = 1024 * 1024

/** One row as it stands in the file, before anything is made of it. `after` is where the next one begins. */
export type FileRecord =
  | { line: number; after: Position; cells: string[] }
  | { line: number; after: Position; fault: Problem; raw: string }

/** A row of a format that names each value by itself. */
export type NamedRecord =
  | { line: number; after: Position; values: Map<string, string> }
  | { line: number; after: Position; fault: Problem; raw: string }
