/** Codes up to here have a table: Latin, Greek, Cyrillic, Hebrew. */
const TABLE_CODES = 0x600
const SHARP_S = 0x73
const folded = new Uint16Array(TABLE_CODES)
const capital = new Uint8Array(TABLE_CODES)
for (let code = 0; code < TABLE_CODES; code++) {
  const character = String.fromCharCode(code)
  const lower = character.toLowerCase()
  capital[code] = lower === character ? 0 : 1
  if (/[\u0300-\u036f'’`´\u00ad]/.test(character)) folded[code] = 0
  else folded[code] = character === 'ß' ? SHARP_S : lower.normalize('NFD').charCodeAt(0)
}

/** The character code in lower case without its accent; 0 for what is left out of a word (accents, apostrophes). */
export function foldedCode(code: number): number {
  return code < TABLE_CODES ? (folded[code] as number) : code === 0x2019 ? 0 : code
}

export function isCapital(code: number): boolean {
  return code < TABLE_CODES && capital[code] === 1
}

const CODE_PRIME = 0x01000193

/** One step of FNV-1a over character codes. */
export function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, CODE_PRIME)
}

/** The bits of a hash, mixed so that the low ones depend on all. */
export function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  const twice = Math.imul(once ^ (once >>> 12), 0x297a2d39)
  return twice ^ (twice >>> 15)
}
