import { wordKeys } from '../text/index.ts'

/** What is longer tells nothing more, and keeps a comparison bounded. */
export const CHARACTERS_MAX = 400
const WORDS_MAX = 48

const ENTITY = /&#(\d{2,6});/g

/** Lower case, accents and look-alike letters undone, white space single: "  Müller-Lüdenscheidt" → "muller-ludenscheidt". */
export function folded(raw: string): string {
  const text = raw.length > CHARACTERS_MAX ? raw.slice(0, CHARACTERS_MAX) : raw
  if (isPlain(text)) return text.toLowerCase().trim()
  return text
    .replace(ENTITY, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .split(/\s+/)
    .map((word) => wordKeys(word).keys[0] ?? '')
    .join(' ')
    .trim()
}

/** Printable ASCII without entity and without two spaces in a row: by far the most values. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 126 || code < 32 || code === 38) return false
    if (code === 32 && text.charCodeAt(at + 1) === 32) return false
  }
  return true
}

/** Words of a folded text; apostrophes join ("o'brien" → "obrien"), everything else that is no letter or digit parts. */
export function wordsOf(text: string): string[] {
  const joined = text.includes("'") || text.includes('’') ? text.replace(/['’`´]/g, '') : text
  const words = isAscii(joined) ? joined.split(/[^a-z0-9]+/) : joined.split(/[^\p{L}\p{N}]+/u)
  const found = words.filter((word) => word !== '')
  return found.length > WORDS_MAX ? found.slice(0, WORDS_MAX) : found
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false
  return true
}

/** The spelling by which Müller, Mueller and Muller meet: ae oe ue are read as umlauts. */
export const germanKey = (word: string): string => (/[aou]e/.test(word) ? (wordKeys(word).german ?? word) : word)

/** A person's handle writes ü as ue or as u; both spellings of the raw word, the plain one first. */
export const spellings = (word: string): readonly string[] => wordKeys(word).keys

/**
 * A coarse sound of a word in Latin script, for blocking: letters that German, Dutch and English writers confuse fall
 * together and vowels go, except the first sound. Others (Cyrillic, Chinese …) stay as they are. After the idea of the
 * Kölner Phonetik (Postel 1969), with letters instead of digits.
 */
export function soundOf(word: string): string {
  const text = word
    .replace(/sch|sh|ch/g, 's')
    .replace(/ph|pf|v|w/g, 'f')
    .replace(/th|dt|tt|d/g, 't')
    .replace(/ck|c|q|g|x/g, 'k')
    .replace(/z|ß/g, 's')
    .replace(/b/g, 'p')
    .replace(/j|y/g, 'i')
  const first = text.slice(0, 1).replace(/[aeiou]/, 'a')
  const rest = text.slice(1).replace(/[aeiouh]/g, '')
  return (first + rest).replace(/(.)\1+/g, '$1').slice(0, 6)
}
