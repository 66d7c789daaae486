/**
 * Rows of CSV and its kin in bounded memory. csv-parse reads the fields, block by block; what is done here is what a
 * whole-file parser cannot do: say where each row ends, and find back after a row that never does (a quotation mark
 * left open swallows all that follows) by going on with the next line.
 */
import { parse } from 'csv-parse/sync'
import { CHUNK_BYTES, countLines } from './encoding.ts'
import { type Problem, problem } from './problem.ts'
import { type FileRecord, type Position, ROW_BYTES_MAX } from './record.ts'

const RAW_CHARACTERS_MAX = 1000
const NEWLINE = 0x0a

/** `bytes` begins at `from`. */
export async function* csvRecords(
  bytes: AsyncIterable<Buffer>,
  delimiter: string,
  from: Position,
): AsyncGenerator<FileRecord> {
  const reader = new BlockReader(delimiter, from)
  let pending: Buffer[] = []
  let length = 0
  for await (const chunk of bytes) {
    pending.push(chunk)
    length += chunk.length
    if (length < CHUNK_BYTES) continue
    yield* reader.read(Buffer.concat(pending), false)
    pending = []
    length = 0
  }
  yield* reader.read(Buffer.concat(pending), true)
}

class BlockReader {
  private readonly delimiter: string
  private position: Position
  private carried: Buffer = Buffer.alloc(0)
  /** A row was given up: from its first content on, everything up to the next line end goes. */
  private skipping: 'no' | 'begins' | 'within' = 'no'

  constructor(delimiter: string, from: Position) {
    this.delimiter = delimiter
    this.position = from
  }

  *read(more: Buffer, last: boolean): Generator<FileRecord> {
    let block = this.carried.length === 0 ? more : Buffer.concat([this.carried, more])
    for (;;) {
      if (this.skipping !== 'no') block = this.skipLine(block)
      const { rows, open } = parseBlock(block, this.delimiter)
      // The row at the end of a block may go on in the next one; what stands before an open quotation mark cannot.
      const whole = last || open ? rows : rows.slice(0, -1)
      for (const row of whole) yield this.record(block, row)
      const consumed = whole.at(-1)?.end ?? 0
      block = block.subarray(consumed)
      const stuck = last ? open : block.length > ROW_BYTES_MAX
      if (!stuck) break
      yield this.giveUp(block, open)
      this.skipping = 'begins'
    }
    this.carried = last ? Buffer.alloc(0) : block
  }

  private record(block: Buffer, row: Row): FileRecord {
    const { line, length } = this.advance(block, row.start, row.end)
    const after = this.position
    if (length <= ROW_BYTES_MAX) return { line, after, cells: row.cells }
    return { line, after, fault: problem('row-too-long', { bytesMax: ROW_BYTES_MAX }), raw: rawOf(block, row.start) }
  }

  private giveUp(block: Buffer, open: boolean): FileRecord {
    const fault: Problem = open ? problem('quote-not-closed') : problem('row-too-long', { bytesMax: ROW_BYTES_MAX })
    const start = firstContent(block, 0)
    const line = this.position.line + countLines(block, 0, start)
    // What is skipped now is counted when it is skipped; going on from here finds the same row and skips it again.
    return { line, after: this.position, fault, raw: rawOf(block, start) }
  }

  private skipLine(block: Buffer): Buffer {
    const start = this.skipping === 'begins' ? firstContent(block, 0) : 0
    const newline = block.indexOf(NEWLINE, start)
    const end = newline === -1 ? block.length : newline + 1
    const { row, line, byte } = this.position
    this.position = { row: newline === -1 ? row : row + 1, line: line + countLines(block, 0, end), byte: byte + end }
    this.skipping = newline === -1 ? 'within' : 'no'
    return block.subarray(end)
  }

  private advance(block: Buffer, start: number, end: number): { line: number; length: number } {
    const content = firstContent(block, start)
    const line = this.position.line + countLines(block, start, content)
    const next = line + countLines(block, content, end)
    this.position = { row: this.position.row + 1, line: next, byte: this.position.byte + end - start }
    return { line, length: end - content }
  }
}

interface Row {
  cells: string[]
  start: number
  end: number
}

/** The rows of a block; `open` when it ends within quotation marks. */
function parseBlock(block: Buffer, delimiter: string): { rows: Row[]; open: boolean } {
  const rows: Row[] = []
  let start = 0
  try {
    parse(block, {
      delimiter,
      // A bare CR is no row end: texts carry them.
      record_delimiter: ['\r\n', '\n'],
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { bytes }: { bytes: number }) => {
        rows.push({ cells, start, end: bytes })
        start = bytes
        return null
      },
    })
  } catch (error) {
    if ((error as { code?: string }).code !== 'CSV_QUOTE_NOT_CLOSED') throw error
    return { rows, open: true }
  }
  return { rows, open: false }
}

function firstContent(block: Buffer, from: number): number {
  let at = from
  while (block[at] === NEWLINE || block[at] === 0x0d) at++
  return at
}

function rawOf(block: Buffer, start: number): string {
  return block.subarray(start, start + RAW_CHARACTERS_MAX).toString('utf8')
}
