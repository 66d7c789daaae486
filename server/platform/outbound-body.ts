/** Reads an answer's body with its compression undone, and stops at the limit, which counts what comes out. */
import type { Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { failed, type OutboundFailure } from './outbound-failure.ts'

const ENCODINGS_MAX = 2

type Body = { ok: true; bytes: Uint8Array } | { ok: false; failure: OutboundFailure }

/** Throws what the socket throws (a cut connection, an abort). */
export async function readBody(body: Readable, contentEncoding: string | undefined, bytesMax: number): Promise<Body> {
  const encodings = (contentEncoding ?? '')
    .split(',')
    .map((encoding) => encoding.trim().toLowerCase())
    .filter((encoding) => encoding !== '' && encoding !== 'identity')
  if (encodings.length > ENCODINGS_MAX) return failed('unreadable', 'Compressed more than twice.')
  let bytes = await collect(body, bytesMax)
  // The last one named was applied last.
  for (const encoding of encodings.reverse()) {
    if (bytes === null || bytes.length === 0) break
    const decoder = decoderOf(encoding, bytes)
    if (decoder === null) return failed('unreadable', 'Compressed in a way that was not asked for.')
    decoder.end(bytes)
    try {
      bytes = await collect(decoder, bytesMax)
    } catch (error) {
      return failed('unreadable', (error as NodeJS.ErrnoException).code ?? 'Broken compression.')
    }
  }
  return bytes === null ? failed('too-large', `A body of more than ${bytesMax} bytes.`) : { ok: true, bytes }
}

/** Null when there is more than the limit; the rest is then left unread. */
async function collect(stream: Readable, bytesMax: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > bytesMax) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decoderOf(encoding: string, bytes: Buffer): Transform | null {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip()
  if (encoding === 'br') return createBrotliDecompress()
  // "deflate" means zlib, but some servers send it bare: zlib's first byte says 8 in its low half.
  if (encoding === 'deflate') return ((bytes[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()
  return null
}
