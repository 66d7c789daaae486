/** Which characters the bytes of a file mean, told from the bytes; and the file as UTF-8, whatever it is. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { refuse } from './problem.ts'

export type FileEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface FileCharacters {
  encoding: FileEncoding
  /** Length of the byte order mark. */
  markBytes: number
  /** Line of the first bytes that are no UTF-8, where that decided; else null. */
  invalidLine: number | null
}

export const CHUNK_BYTES = 256 * 1024
/** As much of a file is looked at before anything is decided about it. */
export const INSPECTED_BYTES_MAX = 64 * 1024 * 1024
const SAMPLE_BYTES = 64 * 1024

export async function detectCharacters(path: string): Promise<FileCharacters> {
  const sample = await readBytes(path, SAMPLE_BYTES)
  if (sample.length === 0) throw refuse('empty-file')
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return utf8(path, 3)
  if (sample[0] === 0xff && sample[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2, invalidLine: null }
  if (sample[0] === 0xfe && sample[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2, invalidLine: null }
  const wide = wideWithoutMark(sample)
  if (wide !== null) return { encoding: wide, markBytes: 0, invalidLine: null }
  if (sample.includes(0)) throw refuse('binary-file')
  return utf8(path, 0)
}

export async function readBytes(path: string, length: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Western text in UTF-16 has a zero in every second byte. */
function wideWithoutMark(sample: Buffer): 'utf-16le' | 'utf-16be' | null {
  let even = 0
  let odd = 0
  for (const [index, byte] of sample.entries()) {
    if (byte === 0 && index % 2 === 0) even++
    else if (byte === 0) odd++
  }
  if (odd > sample.length * 0.3 && even === 0) return 'utf-16le'
  return even > sample.length * 0.3 && odd === 0 ? 'utf-16be' : null
}

async function utf8(path: string, markBytes: number): Promise<FileCharacters> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, end: INSPECTED_BYTES_MAX })) {
    const bytes = chunk as Buffer
    try {
      decoder.decode(bytes, { stream: true })
    } catch {
      return { encoding: 'windows-1252', markBytes, invalidLine: line + linesBeforeInvalid(bytes) }
    }
    line += countLines(bytes, 0, bytes.length)
  }
  return { encoding: 'utf-8', markBytes, invalidLine: null }
}

/** Whole lines before the first one that is not valid; a character cut at the beginning of the chunk is passed over. */
function linesBeforeInvalid(chunk: Buffer): number {
  let lines = 0
  for (let from = 0; from < chunk.length; lines++) {
    const newline = chunk.indexOf(0x0a, from)
    const end = newline === -1 ? chunk.length : newline
    const text = chunk
      .subarray(from, end)
      .toString('utf8')
      .slice(from === 0 ? 3 : 0)
    if (text.includes('\ufffd')) break
    from = end + 1
  }
  return lines
}

export function countLines(bytes: Buffer, from: number, to: number): number {
  let lines = 0
  for (let at = bytes.indexOf(0x0a, from); at !== -1 && at < to; at = bytes.indexOf(0x0a, at + 1)) lines++
  return lines
}

/** The file in UTF-8 without its mark, from an offset that counts in that form. */
export async function* utf8Bytes(path: string, characters: FileCharacters, from: number): AsyncGenerator<Buffer> {
  const { encoding, markBytes } = characters
  if (encoding === 'utf-8') {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES, start: markBytes + from }) as AsyncIterable<Buffer>
    return
  }
  const decoder = new TextDecoder(encoding)
  let skip = from
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, start: markBytes })) {
    const bytes = Buffer.from(decoder.decode(chunk as Buffer, { stream: true }))
    if (skip < bytes.length) yield bytes.subarray(skip)
    skip = Math.max(0, skip - bytes.length)
  }
  const rest = Buffer.from(decoder.decode())
  if (skip < rest.length) yield rest.subarray(skip)
}
