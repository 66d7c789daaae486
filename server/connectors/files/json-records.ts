/**
 * Rows of JSON and JSON Lines in bounded memory: the file is cut into its objects byte by byte, and only one object at a
 * time is parsed. Numbers keep their digits: ids of 64 bits do not fit into a JavaScript number.
 */
import { problem, refuse } from './problem.ts'
import { type NamedRecord, type Position, ROW_BYTES_MAX } from './record.ts'

const RAW_CHARACTERS_MAX = 1000
const NESTED_MAX = 4
/** The rows are the first array of objects that is not nested deeper than this: `{"data": {"posts": [ … ]}}`. */
const ARRAY_DEPTH_MAX = 3
const VALUES_MAX = 500

export async function* jsonLineRecords(bytes: AsyncIterable<Buffer>, from: Position): AsyncGenerator<NamedRecord> {
  let position = from
  let carried = Buffer.alloc(0)
  let skipping = false
  for await (const chunk of withEnd(bytes)) {
    let block = chunk === null ? Buffer.concat([carried, Buffer.from('\n')]) : Buffer.concat([carried, chunk])
    for (let newline = block.indexOf(0x0a); newline !== -1; newline = block.indexOf(0x0a)) {
      const bytesOfLine = block.subarray(0, newline)
      const long = newline > ROW_BYTES_MAX
      const text = long ? '' : bytesOfLine.toString('utf8').trim()
      const line = position.line
      position = { row: position.row + 1, line: line + 1, byte: position.byte + newline + 1 }
      if (!skipping && long) yield tooLong(bytesOfLine, line, position)
      else if (!skipping && text !== '') yield named(text, line, position)
      skipping = false
      block = block.subarray(newline + 1)
    }
    if (block.length > ROW_BYTES_MAX) {
      if (!skipping) yield tooLong(block, position.line, position)
      skipping = true
      position = { ...position, byte: position.byte + block.length }
      block = block.subarray(block.length)
    }
    carried = Buffer.from(block)
  }
}

async function* withEnd(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer | null> {
  yield* bytes
  yield null
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING = new Set([0x7b, 0x5b])
const CLOSING = new Set([0x7d, 0x5d])
const [BRACE, BRACKET] = [0x7b, 0x5b]

/** The objects of the first array of objects, wherever it stands: bare, below a key, or behind `window.x = `. */
export async function* jsonArrayRecords(bytes: AsyncIterable<Buffer>): AsyncGenerator<NamedRecord> {
  const cutter = new ObjectCutter()
  for await (const chunk of bytes) {
    yield* cutter.cut(chunk)
    if (cutter.done) return
  }
  if (!cutter.done) throw refuse('broken-json', { line: cutter.line })
}

class ObjectCutter {
  done = false
  line = 1
  private row = 0
  private depth = 0
  private inString = false
  private escaped = false
  private previous = 0
  /** Depth within the array whose objects are the rows; null until it was found. */
  private rowsDepth: number | null = null
  private parts: Buffer[] = []
  private length = 0
  private objectLine = 1
  private long = false

  private inObject(): boolean {
    return this.rowsDepth !== null && this.depth > this.rowsDepth
  }

  *cut(chunk: Buffer): Generator<NamedRecord> {
    let start = this.inObject() ? 0 : -1
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (byte === 0x0a) this.line++
      if (this.inString) {
        this.endString(byte)
      } else if (byte === QUOTE) {
        this.inString = true
      } else if (OPENING.has(byte)) {
        if (this.opens(byte)) {
          start = at
          this.objectLine = this.line
        }
      } else if (CLOSING.has(byte)) {
        this.depth--
        if (this.rowsDepth !== null && this.depth === this.rowsDepth && start !== -1) {
          this.keep(chunk.subarray(start, at + 1))
          start = -1
          yield this.take()
        } else if (this.rowsDepth !== null && this.depth < this.rowsDepth) {
          this.done = true
          return
        }
      }
      if (byte > 0x20) this.previous = byte
    }
    if (start !== -1) this.keep(chunk.subarray(start))
  }

  private endString(byte: number): void {
    if (this.escaped) this.escaped = false
    else if (byte === BACKSLASH) this.escaped = true
    else if (byte === QUOTE) this.inString = false
  }

  /** True when a row begins here. */
  private opens(byte: number): boolean {
    const firstOfArray =
      this.rowsDepth === null && byte === BRACE && this.previous === BRACKET && this.depth <= ARRAY_DEPTH_MAX
    if (firstOfArray) this.rowsDepth = this.depth
    const begins = byte === BRACE && this.rowsDepth === this.depth
    this.depth++
    return begins
  }

  private keep(bytes: Buffer): void {
    this.length += bytes.length
    this.long = this.length > ROW_BYTES_MAX
    if (!this.long) this.parts.push(Buffer.from(bytes))
    else if (this.parts.length > 1) this.parts = this.parts.slice(0, 1)
  }

  private take(): NamedRecord {
    const bytes = Buffer.concat(this.parts)
    const after = { row: ++this.row, line: this.line, byte: 0 }
    const record = this.long
      ? tooLong(bytes, this.objectLine, after)
      : named(bytes.toString('utf8'), this.objectLine, after)
    this.parts = []
    this.length = 0
    this.long = false
    return record
  }
}

function tooLong(bytes: Buffer, line: number, after: Position): NamedRecord {
  const raw = bytes.subarray(0, RAW_CHARACTERS_MAX).toString('utf8')
  return { line, after, fault: problem('row-too-long', { bytesMax: ROW_BYTES_MAX }), raw }
}

function named(text: string, line: number, after: Position): NamedRecord {
  const value = parseLossless(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, after, fault: problem('not-an-object'), raw: text.slice(0, RAW_CHARACTERS_MAX) }
  }
  const values = new Map<string, string>()
  flatten(value as Record<string, unknown>, '', 0, values)
  return { line, after, values }
}

/** Undefined where it is no JSON. */
function parseLossless(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value,
    )
  } catch {
    return undefined
  }
}

/** `{"user": {"name": "x"}}` becomes `user.name`; lists of plain values are joined by commas. */
function flatten(object: Record<string, unknown>, prefix: string, depth: number, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(object)) {
    if (into.size >= VALUES_MAX) return
    const name = prefix + key
    if (value === null || value === undefined) continue
    if (Array.isArray(value)) {
      const plain = value.filter((item) => typeof item !== 'object')
      if (plain.length > 0) into.set(name, plain.join(','))
    } else if (typeof value !== 'object') into.set(name, String(value))
    else if (depth < NESTED_MAX) flatten(value as Record<string, unknown>, `${name}.`, depth + 1, into)
  }
}

/** The lines of the first bytes tell one object per line from one document. */
export function looksLikeJsonLines(sample: string): boolean {
  const [first = '', second] = sample.split('\n').filter((line) => line.trim() !== '')
  if (!first.trim().startsWith('{')) return false
  return parseLossless(first) !== undefined || (second?.trim().startsWith('{"') ?? false)
}
