import { wordKeys } from '../text/index.ts'

/** What is longer tells nothing more, and keeps a comparison bounded. */
export const CHARACTERS_MAX = 400
/** Comparisons mark words by the bits of a number. */
const WORDS_MAX = 31

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

/** Letters that German, Dutch and English writers confuse, each for its sound; those not listed stand for themselves. */
const SOUNDS: Record<string, string> = {
  b: 'p',
  d: 't',
  v: 'f',
  w: 'f',
  c: 'k',
  q: 'k',
  g: 'k',
  x: 'k',
  z: 's',
  j: 'i',
  y: 'i',
}
const SOUND_OF_CODE = Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code)
  return SOUNDS[letter] ?? letter
})
const SOUND_LETTERS_MAX = 6

/**
 * A coarse sound of a folded word in Latin script, for blocking: confused letters fall together, vowels go except at the
 * beginning, where they are all one. Others (Cyrillic, Chinese …) stay as they are. After the idea of the Kölner Phonetik
 * (Postel 1969), with letters instead of digits.
 */
export function soundOf(word: string): string {
  let sound = ''
  let last = ''
  for (let at = 0; at < word.length && sound.length < SOUND_LETTERS_MAX; at++) {
    const letter = word[at] as string
    const next = word[at + 1]
    let heard = SOUND_OF_CODE[word.charCodeAt(at)] ?? letter
    if (letter === 's' && next === 'c' && word[at + 2] === 'h') at += 2
    else if (next === 'h' && (letter === 's' || letter === 'c')) {
      heard = 's'
      at++
    } else if (next === 'h' && letter === 't') at++
    else if (letter === 'p' && (next === 'h' || next === 'f')) {
      heard = 'f'
      at++
    }
    if (isVowel(heard)) heard = sound === '' ? 'a' : ''
    else if (heard === 'h' && sound !== '') heard = ''
    if (heard !== '' && heard !== last) sound += heard
    if (heard !== '') last = heard
  }
  return sound
}

const isVowel = (letter: string): boolean =>
  letter === 'a' || letter === 'e' || letter === 'i' || letter === 'o' || letter === 'u'
