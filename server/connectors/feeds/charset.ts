/**
 * Which characters the bytes of a feed mean. Order of trust: byte order mark, Content-Type, XML declaration, then looks
 * (RFC 7303, section 3, and XML 1.0, appendix F); a claim that the bytes contradict is passed over.
 */
const DECLARATION_BYTES = 1024

export interface Decoded {
  text: string
  charset: string
}

export function decodeFeed(bytes: Uint8Array, contentType: string | null): Decoded {
  const marked = byteOrderMark(bytes)
  if (marked !== null) return decode(bytes.subarray(marked.length), marked.charset, false) ?? lastResort(bytes)
  const looks = patternOf(bytes)
  // A declaration inside UTF-16 or UTF-32 can only be read once we know that it is one of them.
  if (looks !== null) return decode(bytes, looks, false) ?? lastResort(bytes)
  const claims = [charsetOf(contentType), declaredCharset(bytes), 'utf-8']
  for (const charset of claims) {
    const decoded = charset === null ? null : decode(bytes, charset, true)
    if (decoded !== null) return decoded
  }
  return lastResort(bytes)
}

export function charsetOf(contentType: string | null): string | null {
  return /charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? null
}

const marks: { charset: string; bytes: number[] }[] = [
  { charset: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  // Before UTF-16, whose mark is the beginning of this one.
  { charset: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { charset: 'utf-32be', bytes: [0, 0, 0xfe, 0xff] },
  { charset: 'utf-16le', bytes: [0xff, 0xfe] },
  { charset: 'utf-16be', bytes: [0xfe, 0xff] },
]

function byteOrderMark(bytes: Uint8Array): { charset: string; length: number } | null {
  const mark = marks.find((candidate) => candidate.bytes.every((byte, index) => bytes[index] === byte))
  return mark === undefined ? null : { charset: mark.charset, length: mark.bytes.length }
}

/** `<` alone among zeros: where the zeros stand tells the width and the order of bytes. */
function patternOf(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes
  if (a === 0 && b === 0 && c === 0 && d !== 0) return 'utf-32be'
  if (a !== 0 && b === 0 && c === 0 && d === 0) return 'utf-32le'
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'utf-16be'
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le'
  return null
}

function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1')
  const declared = /<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)/i.exec(head)?.[1]?.toLowerCase() ?? null
  // We could read the declaration byte by byte, so it is not a wide one, whatever it claims.
  return declared !== null && /^(utf-?(16|32)|ucs|u16|iso-10646)/.test(declared) ? null : declared
}

/** Names that feeds use and the WHATWG list of encodings does not know. */
const aliases: Record<string, string> = {
  utf8: 'utf-8',
  'utf-32': 'utf-32be',
  u16: 'utf-16le',
  'iso-10646-ucs-2': 'utf-16be',
}

function decode(bytes: Uint8Array, name: string, fatal: boolean): Decoded | null {
  const charset = aliases[name] ?? name
  if (charset === 'utf-32le' || charset === 'utf-32be')
    return { text: decodeWide(bytes, charset === 'utf-32le'), charset }
  // Plain ASCII with something above it is what every sender means by a richer set: let the next claim try.
  if (charset === 'us-ascii' && bytes.some((byte) => byte > 0x7f)) return null
  try {
    return { text: new TextDecoder(charset, { fatal }).decode(bytes), charset }
  } catch {
    return null
  }
}

function decodeWide(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  for (let index = 0; index + 4 <= bytes.length; index += 4) {
    const point = view.getUint32(index, little)
    const valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
    parts.push(valid ? String.fromCodePoint(point) : '\ufffd')
  }
  return parts.join('')
}

/**
 * Mostly UTF-8 with some broken bytes stays UTF-8 with replacement marks; else each byte is a character of Windows-1252,
 * which never fails.
 */
function lastResort(bytes: Uint8Array): Decoded {
  const text = new TextDecoder('utf-8').decode(bytes)
  const broken = text.split('\ufffd').length - 1
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is not ASCII
  const whole = text.replace(/[\u0000-\u007f\ufffd]+/g, '').length
  if (whole > broken) return { text, charset: 'utf-8' }
  return { text: new TextDecoder('windows-1252').decode(bytes), charset: 'windows-1252' }
}
