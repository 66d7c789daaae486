/** First bytes of the image formats that browsers show and networks take; SVG is a document with scripts and is none. */
const SIGNATURES: [mediaType: string, test: (bytes: Uint8Array) => boolean][] = [
  ['image/jpeg', (bytes) => begins(bytes, [0xff, 0xd8, 0xff])],
  ['image/png', (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/gif', (bytes) => text(bytes, 0, 6) === 'GIF87a' || text(bytes, 0, 6) === 'GIF89a'],
  ['image/webp', (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP'],
]

const begins = (bytes: Uint8Array, signature: number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte)
const text = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))

/** What the bytes are, or null when they are no image of these. */
export const imageTypeOf = (bytes: Uint8Array): string | null =>
  SIGNATURES.find(([, matches]) => matches(bytes))?.[0] ?? null
