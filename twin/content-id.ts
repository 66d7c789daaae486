import { createHash } from 'node:crypto'

/**
 * Content ids in the shape of the AT Protocol: CIDv1, sha-256, base32. For blobs they are the true ones. For records
 * the digest is over JSON with sorted keys instead of DAG-CBOR: equal content gives equal ids, and no client checks more.
 */
const CODEC_DAG_CBOR = 0x71
const CODEC_RAW = 0x55
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

export const recordCid = (value: unknown): string => cid(CODEC_DAG_CBOR, Buffer.from(sortedJson(value)))
export const blobCid = (bytes: Uint8Array): string => cid(CODEC_RAW, bytes)

/** A DID that a name always gives again: the demo's accounts keep theirs over restarts. */
export const didFor = (name: string): string =>
  `did:plc:${base32(createHash('sha256').update(name).digest()).slice(0, 24)}`

function cid(codec: number, bytes: Uint8Array): string {
  const digest = createHash('sha256').update(bytes).digest()
  return `b${base32(Buffer.concat([Buffer.from([1, codec, 0x12, 0x20]), digest]))}`
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}

function base32(bytes: Uint8Array): string {
  let text = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += BASE32[(buffer >> bits) & 31]
    }
  }
  return bits > 0 ? text + BASE32[(buffer << (5 - bits)) & 31] : text
}
