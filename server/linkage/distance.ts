/** Longer strings are cut: their ends decide nothing, and time stays bounded. */
const LENGTH_MAX = 256
const flagsA = new Uint8Array(LENGTH_MAX)
const flagsB = new Uint8Array(LENGTH_MAX)
let before = new Int32Array(LENGTH_MAX + 2)
let above = new Int32Array(LENGTH_MAX + 2)
let row = new Int32Array(LENGTH_MAX + 2)

/**
 * Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment, Damerau 1964) that turn a into b,
 * counted up to `max`; max + 1 stands for more.
 */
export function edits(a: string, b: string, max: number): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > max) return max + 1
  let start = 0
  let endA = Math.min(a.length, LENGTH_MAX)
  let endB = Math.min(b.length, LENGTH_MAX)
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--
    endB--
  }
  const lengthA = endA - start
  const lengthB = endB - start
  if (lengthA === 0 || lengthB === 0) return Math.min(max + 1, lengthA + lengthB)
  if (max === 1 && (lengthA > 2 || lengthB > 2)) return 2
  return aligned(a, b, start, lengthA, lengthB, max)
}

function aligned(a: string, b: string, start: number, lengthA: number, lengthB: number, max: number): number {
  for (let j = 0; j <= lengthB; j++) above[j] = j
  for (let i = 1; i <= lengthA; i++) {
    const codeA = a.charCodeAt(start + i - 1)
    let least = i
    row[0] = i
    for (let j = 1; j <= lengthB; j++) {
      const codeB = b.charCodeAt(start + j - 1)
      const cost = codeA === codeB ? 0 : 1
      let value = Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, (above[j - 1] as number) + cost)
      const crossed = i > 1 && j > 1 && codeA === b.charCodeAt(start + j - 2) && a.charCodeAt(start + i - 2) === codeB
      if (crossed) value = Math.min(value, (before[j - 2] as number) + 1)
      row[j] = value
      if (value < least) least = value
    }
    if (least > max) return max + 1
    const spare = before
    before = above
    above = row
    row = spare
  }
  return Math.min(max + 1, above[lengthB] as number)
}

/** Winkler 1990: Jaro's share of common letters in order, raised by a common beginning of up to four letters. 0 to 1. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  const lengthA = Math.min(a.length, LENGTH_MAX)
  const lengthB = Math.min(b.length, LENGTH_MAX)
  if (lengthA === 0 || lengthB === 0) return 0
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1)
  flagsA.fill(0, 0, lengthA)
  flagsB.fill(0, 0, lengthB)
  let common = 0
  for (let i = 0; i < lengthA; i++) {
    const code = a.charCodeAt(i)
    const end = Math.min(lengthB - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (flagsB[j] === 1 || b.charCodeAt(j) !== code) continue
      flagsA[i] = 1
      flagsB[j] = 1
      common++
      break
    }
  }
  if (common === 0) return 0
  const moved = outOfOrder(a, b, lengthA)
  const jaro = (common / lengthA + common / lengthB + (common - moved / 2) / common) / 3
  let prefix = 0
  while (prefix < 4 && prefix < lengthA && prefix < lengthB && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

function outOfOrder(a: string, b: string, lengthA: number): number {
  let moved = 0
  let j = 0
  for (let i = 0; i < lengthA; i++) {
    if (flagsA[i] !== 1) continue
    while (flagsB[j] !== 1) j++
    if (a.charCodeAt(i) !== b.charCodeAt(j)) moved++
    j++
  }
  return moved
}

/** Few enough edits for the length to be a slip: none below four letters, one below eight, two from there. */
export function isTypo(a: string, b: string): boolean {
  const length = Math.max(a.length, b.length)
  if (length < 4) return false
  const max = length < 8 ? 1 : 2
  return edits(a, b, max) <= max
}

/** One bit for each letter or digit that a string has; some share a bit. */
export function lettersOf(text: string): number {
  let letters = 0
  for (let at = 0; at < text.length; at++) letters |= 1 << (text.charCodeAt(at) & 31)
  return letters
}

/** How many bits are set. */
function bitCount(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return (((count + (count >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** Each edit brings in one letter of each side at most: so many edits it takes at least. */
export const editsAtLeast = (lettersA: number, lettersB: number): number =>
  Math.max(bitCount(lettersA & ~lettersB), bitCount(lettersB & ~lettersA))

/** Whether all letters of one are letters of the other, as of a beginning or an initial. */
export const areWithin = (lettersA: number, lettersB: number): boolean =>
  (lettersA & ~lettersB) === 0 || (lettersB & ~lettersA) === 0

/** No Jaro–Winkler similarity of strings with these letters and lengths is above it. */
export function jaroWinklerAtMost(lettersA: number, lengthA: number, lettersB: number, lengthB: number): number {
  const common = Math.min(lengthA - bitCount(lettersA & ~lettersB), lengthB - bitCount(lettersB & ~lettersA))
  if (common <= 0) return 0
  const jaro = (common / lengthA + common / lengthB + 1) / 3
  return jaro + 0.4 * (1 - jaro)
}
