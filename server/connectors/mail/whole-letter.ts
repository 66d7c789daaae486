import type { ImapFlow } from 'imapflow'
import { LETTER_BYTES_MAX } from './mailbox.ts'

/** No provider takes letters much larger than this. */
export const WHOLE_BYTES_MAX = 25 * 1024 * 1024

export interface Piece {
  uid: number
  /** From the beginning of the letter on. */
  source: Buffer
  /** Bytes of the whole. */
  size: number
}

/** With what comes behind the piece, one after the other, until it is whole or nobody waits any more. Some servers say a wrong size: where nothing comes any more, the letter ends. */
export async function readOn(client: ImapFlow, { uid, source, size }: Piece, goesOn: () => boolean): Promise<Piece> {
  const pieces = [source]
  let read = source.length
  while (read < Math.min(size, WHOLE_BYTES_MAX) && goesOn()) {
    const letter = await client.fetchOne(
      String(uid),
      { uid: true, source: { start: read, maxLength: LETTER_BYTES_MAX } },
      { uid: true },
    )
    const next = letter ? letter.source : undefined
    if (!next || next.length === 0) return { uid, source: Buffer.concat(pieces), size: read }
    pieces.push(next)
    read += next.length
  }
  return { uid, source: pieces.length === 1 ? source : Buffer.concat(pieces), size }
}
