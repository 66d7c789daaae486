/** What a character is to the splitter. Looked up once per code point, then read from a table. */
export const LETTER = 1
export const DIGIT = 2
export const MARK = 3
/** Letter of a script that writes no spaces: each one is a word, and a longer word is a phrase of them. */
export const SOLO = 4
/** Invisible inside a word: soft hyphen, zero-width characters. */
export const JOINER = 5
export const PICTOGRAPH = 6
/** Half of a flag. */
export const REGIONAL = 7
export const OTHER = 8

const TABLE_SIZE = 0x20000
const classes = new Uint8Array(TABLE_SIZE)

export function classOf(codePoint: number): number {
  if (codePoint >= TABLE_SIZE) return classify(codePoint)
  const known = classes[codePoint]
  if (known) return known
  const found = classify(codePoint)
  classes[codePoint] = found
  return found
}

export function isWordPart(codePoint: number): boolean {
  const found = classOf(codePoint)
  return found === LETTER || found === DIGIT || found === MARK
}

const SOLO_SCRIPTS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint)
  if (/[\u00ad\u200b-\u200d\u2060\ufeff]/.test(character)) return JOINER
  if (/\p{M}/u.test(character)) return MARK
  if (/\p{L}/u.test(character)) return SOLO_SCRIPTS.test(character) ? SOLO : LETTER
  if (/\p{N}/u.test(character)) return DIGIT
  if (/\p{Regional_Indicator}/u.test(character)) return REGIONAL
  return isPictograph(codePoint, character) ? PICTOGRAPH : OTHER
}

/** Unicode counts ©, ®, arrows and the like as pictographs too; in posts they are punctuation. */
function isPictograph(codePoint: number, character: string): boolean {
  if (codePoint < 0x2300 || (codePoint >= 0x3030 && codePoint <= 0x3299)) return false
  return /\p{Extended_Pictographic}/u.test(character)
}
