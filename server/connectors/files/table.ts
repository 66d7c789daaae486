/** A file as a table: its format told from its bytes, its columns, and its rows from any position on. */
import { stat } from 'node:fs/promises'
import { csvRecords } from './csv-records.ts'
import { CHUNK_BYTES, detectCharacters, type FileCharacters, readBytes, utf8Bytes } from './encoding.ts'
import { jsonArrayRecords, jsonLineRecords, looksLikeJsonLines } from './json-records.ts'
import { FileFault, problem, refuse } from './problem.ts'
import { COLUMNS_MAX, FILE_START, type FileRecord, type NamedRecord, type Position } from './record.ts'
import { openWorkbook } from './workbook-records.ts'

export type FileFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'xlsx'

export interface Table extends Disposable {
  format: FileFormat
  bytes: number
  /** Null for a workbook, whose characters are its own affair. */
  characters: FileCharacters | null
  delimiter: string | null
  /** Each name once; `Column 3` where the file gives none. */
  columns: string[]
  workbookDays: { from1904: boolean } | null
  /** What a workbook says of its length. */
  rowsStated: number | null
  records(from: Position): AsyncGenerator<FileRecord>
}

const DELIMITERS = [',', ';', '\t', '|']
const HEADER_ROWS = 50
const HEADER_SHARE_MIN = 0.6
const NAME_CHARACTERS_MAX = 100
const JSON_COLUMN_ROWS = 2000

/** Throws FileFault. */
export async function openTable(path: string): Promise<Table> {
  const { size } = await stat(path)
  const magic = await readBytes(path, 8)
  if (magic.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return workbookTable(path, size)
  if (magic.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) throw refuse('old-workbook')
  if (magic.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) throw refuse('compressed-file')
  const characters = await detectCharacters(path)
  const sample = await firstBytes(utf8Bytes(path, characters, 0))
  const begin = sample.toString('utf8').trimStart()
  if (begin === '') throw refuse('empty-file')
  const source = { path, size, characters }
  if (/^\{/.test(begin) && looksLikeJsonLines(begin)) return jsonTable(source, 'jsonl')
  if (/^(\{|\[\s*[{\]]|window\.\w+\.[\w.]+\s*=)/.test(begin)) return jsonTable(source, 'json')
  return csvTable(source, sample)
}

/** How much of a file was read, to say how long it is. */
export interface ReadPart {
  rows: number
  /** Of them, in the file's bytes; 0 where the format does not tell. */
  bytes: number
  whole: boolean
}

/** Of a file of which perhaps only the beginning was read. */
export function estimateRows(table: Table, { rows, bytes, whole }: ReadPart): number {
  if (whole) return rows
  return bytes > 0 ? Math.round((rows * table.bytes) / bytes) : Math.max(rows, table.rowsStated ?? 0)
}

interface TextSource {
  path: string
  size: number
  characters: FileCharacters
}

async function firstBytes(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of bytes) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= CHUNK_BYTES) break
  }
  return Buffer.concat(chunks)
}

async function csvTable({ path, size, characters }: TextSource, sample: Buffer): Promise<Table> {
  const partial = sample.length >= CHUNK_BYTES
  const candidates: { delimiter: string; header: Header; evenness: number }[] = []
  for (const delimiter of DELIMITERS) {
    const rows = await sampleRows(sample, delimiter, partial)
    const header = findHeader(rows)
    if (header === null) continue
    const even = rows.filter((row) => row.cells.length === header.cells.length).length
    candidates.push({ delimiter, header, evenness: even / rows.length })
  }
  const best = candidates.sort((a, b) => b.evenness - a.evenness || b.header.cells.length - a.header.cells.length)[0]
  if (best === undefined) throw refuse('not-a-table')
  const { delimiter, header } = best
  const columns = columnNames(header.cells)
  return {
    format: delimiter === '\t' ? 'tsv' : 'csv',
    bytes: size,
    characters,
    delimiter,
    columns,
    workbookDays: null,
    rowsStated: null,
    records: (from) => {
      const start = from.row === 0 ? { ...header.after, row: 0 } : from
      return fitting(csvRecords(utf8Bytes(path, characters, start.byte), delimiter, start), columns.length)
    },
    [Symbol.dispose]: () => {},
  }
}

type WholeRecord = Extract<FileRecord, { cells: string[] }>

async function sampleRows(sample: Buffer, delimiter: string, partial: boolean): Promise<WholeRecord[]> {
  const rows: WholeRecord[] = []
  for await (const record of csvRecords(once(sample), delimiter, FILE_START)) {
    if ('cells' in record) rows.push(record)
    if (rows.length >= HEADER_ROWS) return rows
  }
  // The last row of a part of the file is cut.
  return partial ? rows.slice(0, -1) : rows
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

interface Header {
  cells: string[]
  after: Position
}

/** Names look neither like ids nor addresses, dates or whole texts. */
export function looksLikeData(cells: string[]): boolean {
  return cells.some((cell) => /^\d{5,}$|^https?:\/\/|^\d{4}-\d\d-\d\d/.test(cell) || cell.length >= NAME_CHARACTERS_MAX)
}

/**
 * The first row that is as wide as most are: exports put a few lines about themselves above the names. Where that one is
 * data, stray delimiters have made the rows wider than their header.
 */
function findHeader(rows: WholeRecord[]): Header | null {
  const counts = new Map<number, number>()
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  const [width] = [...counts].filter(([cells]) => cells > 1).sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
  const named = rows.filter(({ cells }) => cells.filter((cell) => cell.trim() !== '').length > 1)
  const widest = named.find(({ cells }) => cells.length === width)
  const narrower = named.find(({ cells }) => cells.length > (width ?? 0) * HEADER_SHARE_MIN && !looksLikeData(cells))
  const header = widest !== undefined && looksLikeData(widest.cells) ? (narrower ?? widest) : widest
  if (header === undefined) return null
  if (header.cells.length > COLUMNS_MAX) {
    throw refuse('too-many-columns', { columns: header.cells.length, columnsMax: COLUMNS_MAX })
  }
  return { cells: header.cells, after: header.after }
}

function columnNames(cells: string[]): string[] {
  const names: string[] = []
  for (const [index, cell] of cells.entries()) {
    const written = cell.trim().slice(0, NAME_CHARACTERS_MAX) || `Column ${index + 1}`
    let name = written
    for (let copy = 2; names.includes(name); copy++) name = `${written} (${copy})`
    names.push(name)
  }
  return names
}

/** A row with more in it than the header names has been cut in the wrong places. */
async function* fitting(records: AsyncGenerator<FileRecord>, columns: number): AsyncGenerator<FileRecord> {
  for await (const record of records) {
    if (!('cells' in record) || !record.cells.slice(columns).some((cell) => cell.trim() !== '')) yield record
    else {
      const fault = problem('too-many-cells', { cells: record.cells.length, columns })
      yield { line: record.line, after: record.after, fault, raw: record.cells.join(' | ').slice(0, 1000) }
    }
  }
}

async function jsonTable({ path, size, characters }: TextSource, format: 'json' | 'jsonl'): Promise<Table> {
  const read = (from: Position) =>
    format === 'jsonl'
      ? jsonLineRecords(utf8Bytes(path, characters, from.byte), from)
      : after(jsonArrayRecords(utf8Bytes(path, characters, 0)), from)
  const columns = await jsonColumns(read(FILE_START))
  const placed = async function* (from: Position): AsyncGenerator<FileRecord> {
    for await (const record of read(from)) {
      if (!('values' in record)) yield record
      else
        yield {
          line: record.line,
          after: record.after,
          cells: columns.map((column) => record.values.get(column) ?? ''),
        }
    }
  }
  const shared = { bytes: size, characters, delimiter: null, columns, workbookDays: null, rowsStated: null }
  return { format, ...shared, records: placed, [Symbol.dispose]: () => {} }
}

async function jsonColumns(records: AsyncGenerator<NamedRecord>): Promise<string[]> {
  const columns = new Set<string>()
  let rows = 0
  try {
    for await (const record of records) {
      if ('values' in record) for (const column of record.values.keys()) columns.add(column)
      if (columns.size > COLUMNS_MAX)
        throw refuse('too-many-columns', { columns: columns.size, columnsMax: COLUMNS_MAX })
      if (++rows >= JSON_COLUMN_ROWS) break
    }
  } catch (error) {
    // What was whole before the break can still be imported; reading on says where it breaks.
    if (!(error instanceof FileFault) || error.problem.code !== 'broken-json' || rows === 0) throw error
  }
  if (columns.size === 0) throw refuse(rows === 0 ? 'empty-file' : 'not-a-table')
  return [...columns]
}

async function* after<T extends { after: Position }>(records: AsyncGenerator<T>, from: Position): AsyncGenerator<T> {
  for await (const record of records) if (record.after.row > from.row) yield record
}

async function workbookTable(path: string, size: number): Promise<Table> {
  const book = await openWorkbook(path)
  try {
    const rows: WholeRecord[] = []
    for await (const record of book.rows()) {
      if ('cells' in record) rows.push(record)
      else throw refuse('too-many-columns', { columns: Number(record.fault.params.cells), columnsMax: COLUMNS_MAX })
      if (rows.length >= HEADER_ROWS) break
    }
    if (rows.length === 0) throw refuse('empty-file')
    const header = findHeader(evenWidth(rows))
    if (header === null) throw refuse('not-a-table')
    const columns = columnNames(header.cells)
    return {
      format: 'xlsx',
      bytes: size,
      characters: null,
      delimiter: null,
      columns,
      workbookDays: { from1904: book.from1904 },
      rowsStated: book.rowsStated,
      records: (from) => fitting(after(book.rows(), from.row === 0 ? header.after : from), columns.length),
      [Symbol.dispose]: () => book.close(),
    }
  } catch (error) {
    book.close()
    throw error
  }
}

/** Sheets leave out empty cells at the end of a row: the widest row of the beginning is the width of the table. */
function evenWidth(rows: WholeRecord[]): WholeRecord[] {
  const filled = rows.filter((row) => row.cells.filter((cell) => cell !== '').length > 1)
  const width = Math.max(0, ...(filled[0] === undefined ? [] : filled.map((row) => row.cells.length)))
  return filled
    .filter((row) => row.cells.filter((cell) => cell !== '').length > width / 2)
    .map((row) => ({ ...row, cells: [...row.cells, ...Array<string>(width - row.cells.length).fill('')] }))
}
