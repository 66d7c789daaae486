/**
 * The cards of a vCard file as lines, card by card in bounded memory. Lines are unfolded while they are bytes: old programs
 * fold between the bytes of one character. What is neither UTF-8 nor marked otherwise is Windows-1252, line by line.
 */
import { detectCharacters, type Position, utf8Bytes } from '../../connectors/index.ts'

/** A card may carry a photo; a larger one is passed over. */
const CARD_BYTES_MAX = 4 * 1024 * 1024
const RAW_CHARACTERS_MAX = 1_000
const NEWLINE = 0x0a
const RETURN = 0x0d

export type CardLines =
  | { line: number; after: Position; lines: string[] }
  | { line: number; after: Position; fault: 'card-too-large' | 'card-not-closed'; raw: string }

/** `from` is the position behind a card that was read before. */
export async function* readCards(path: string, from: Position): AsyncGenerator<CardLines> {
  const characters = await detectCharacters(path)
  // Bytes that are no UTF-8 are kept as they are until their line is whole.
  const raw = characters.encoding === 'windows-1252' ? { ...characters, encoding: 'utf-8' as const } : characters
  const collector = new CardCollector(from)
  for await (const line of linesOf(utf8Bytes(path, raw, from.byte))) {
    const card = collector.add(line)
    if (card) yield card
  }
  const open = collector.end()
  if (open) yield open
}

/** Lines with their ends; the last may have none. One without an end is handed over in pieces of the largest card. */
async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let carried: Buffer[] = []
  let length = 0
  for await (const chunk of bytes) {
    let start = 0
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...carried, chunk.subarray(start, at + 1)])
      carried = []
      length = 0
      start = at + 1
    }
    const rest = chunk.subarray(start)
    carried.push(rest)
    length += rest.length
    if (length <= CARD_BYTES_MAX) continue
    yield Buffer.concat(carried)
    carried = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(carried)
}

class CardCollector {
  private position: Position
  private parts: Buffer[] = []
  private bytes = 0
  private begun = 0
  private depth = 0

  constructor(from: Position) {
    this.position = from
  }

  /** A whole card when this line closes it. A card within a card (AGENT of 2.1) is part of it. */
  add(line: Buffer): CardLines | null {
    const number = this.position.line
    this.position = { row: this.position.row, line: number + 1, byte: this.position.byte + line.length }
    const marker = markerOf(line)
    if (marker === 'begin' && this.depth++ === 0) {
      this.begun = number
      this.parts = []
      this.bytes = 0
    }
    if (this.depth === 0) return null
    this.bytes += line.length
    if (this.bytes <= CARD_BYTES_MAX) this.parts.push(line)
    if (marker !== 'end' || --this.depth > 0) return null
    return this.close()
  }

  end(): CardLines | null {
    if (this.depth === 0) return null
    return this.fault('card-not-closed')
  }

  private close(): CardLines {
    if (this.bytes > CARD_BYTES_MAX) return this.fault('card-too-large')
    this.position = { ...this.position, row: this.position.row + 1 }
    return { line: this.begun, after: this.position, lines: unfold(this.parts) }
  }

  private fault(fault: 'card-too-large' | 'card-not-closed'): CardLines {
    this.position = { ...this.position, row: this.position.row + 1 }
    const raw = Buffer.concat(this.parts).toString('utf8').slice(0, RAW_CHARACTERS_MAX)
    return { line: this.begun, after: this.position, fault, raw }
  }
}

function markerOf(line: Buffer): 'begin' | 'end' | null {
  if (line.length > 20) return null
  const text = line.toString('latin1').trim().toUpperCase()
  return text === 'BEGIN:VCARD' ? 'begin' : text === 'END:VCARD' ? 'end' : null
}

/** RFC 6350, 3.2; in 2.1 the white space at the beginning of a continued line belongs to the value. */
function unfold(parts: Buffer[]): string[] {
  const kept = parts.some((part) => /^VERSION\s*:\s*2\.1/i.test(part.toString('latin1'))) ? 0 : 1
  const lines: Buffer[][] = []
  let quoted = false
  for (const part of parts) {
    const bytes = withoutEnd(part)
    const last = lines.at(-1)
    const continues = last !== undefined && (quoted || bytes[0] === 0x20 || bytes[0] === 0x09)
    if (continues && quoted) last.push((last.pop() as Buffer).subarray(0, -1), bytes)
    else if (continues) last.push(bytes.subarray(kept))
    else lines.push([bytes])
    // A soft line break of quoted-printable: the next line goes on, whatever it begins with.
    quoted = bytes.at(-1) === 0x3d && isQuotedPrintable(lines.at(-1)?.[0])
  }
  return lines.map((line) => decode(Buffer.concat(line))).filter((line) => line !== '')
}

const isQuotedPrintable = (start: Buffer | undefined): boolean =>
  /^[^:]*;\s*(ENCODING\s*=\s*)?"?QUOTED-PRINTABLE/i.test(start?.toString('latin1') ?? '')

function withoutEnd(line: Buffer): Buffer {
  const end = line.at(-1) === NEWLINE ? line.length - 1 : line.length
  return line.subarray(0, line[end - 1] === RETURN ? end - 1 : end)
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
