import { randomBytes } from 'node:crypto'

/**
 * The code of an invitation to go on in private: eight characters, 40 bits, of Crockford's base32 without I, L, O and U, so
 * that it can be read aloud and typed. It is looked for in the recipient's plus part, the subject and the text.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHARACTERS = 8
/** Of one message; somebody who sends more is trying them out. */
const CODES_MAX = 10
const TEXT_CHARACTERS_MAX = 4_000

export const newCode = (): string => [...randomBytes(CHARACTERS)].map((byte) => ALPHABET[byte & 31]).join('')

/** As people are shown it. */
export const shownCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

const CODE = /(?<![0-9A-Z])([0-9A-Z]{4})[- ]?([0-9A-Z]{4})(?![0-9A-Z])/gi

export function codesIn({
  title,
  text,
  mentions,
}: {
  title: string | null
  text: string
  mentions: string[]
}): string[] {
  const plusParts = mentions.flatMap((address) => /\+([^@]+)@/.exec(address)?.[1] ?? [])
  const places = [...plusParts, title ?? '', text.slice(0, TEXT_CHARACTERS_MAX)]
  const found = places.flatMap((place) =>
    [...place.matchAll(CODE)].flatMap(([, first = '', last = '']) => asCode(first + last)),
  )
  return [...new Set(found)].slice(0, CODES_MAX)
}

/** What is mistaken for a digit was one. Without any digit it is more likely a word. */
function asCode(written: string): string[] {
  const code = written.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? [code] : []
}
