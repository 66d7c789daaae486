import { splitText, wordKeys } from '../text/index.ts'

const KEY_CHARACTERS_MAX = 120

/** Handles are compared without case and without the @ that people type before them. */
export const handleKey = (handle: string | null): string | null =>
  handle?.trim().replace(/^@/, '').toLowerCase().slice(0, KEY_CHARACTERS_MAX) || null

/** Names are compared by their words, without case and accents: "Zoë  DE VRIES ✨" is "zoe de vries". */
export function nameKey(name: string | null): string | null {
  if (!name) return null
  const words = splitText(name)
    .filter((token) => token.kind === 'word')
    .map((token) => wordKeys(token.text).keys[0])
  return words.join(' ').slice(0, KEY_CHARACTERS_MAX) || null
}

/** Everything that begins with `prefix` lies in [prefix, prefixEnd): a range that a "C" btree serves, LIKE would not. */
export const prefixEnd = (prefix: string): string => `${prefix}\u{10ffff}`
