/** What people put between groups of a number, and what is not seen at all (zero width, soft hyphen). */
const SEPARATORS = new Set(
  [...' \t\n\r.-/_:\u00a0\u00ad\u2007\u2009\u200b\u200c\u200d\u2010\u2011\u2012\u2013\u202f\u2060\ufeff'].map((one) =>
    one.charCodeAt(0),
  ),
)
const SEPARATORS_MAX = 2
const FULL_WIDTH_FROM = 0xff01
const FULL_WIDTH_TO = 0xff5e
const FULL_WIDTH_SHIFT = 0xfee0

/** The ASCII letter or digit that a character is, in capitals, or ''. */
export function plainAt(text: string, at: number): string {
  let code = text.charCodeAt(at)
  if (code >= FULL_WIDTH_FROM && code <= FULL_WIDTH_TO) code -= FULL_WIDTH_SHIFT
  if (code >= 0x61 && code <= 0x7a) code -= 0x20
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) ? String.fromCharCode(code) : ''
}

const WORD_PART = /[\p{L}\p{N}]/u
export const isWordPart = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && WORD_PART.test(text.charAt(at))

/**
 * Letters and digits from a place on, whatever their grouping, and where each ends. It stops at `max` of them, at more
 * than two separators in a row, and at any other character.
 */
export function groupsFrom(
  text: string,
  begin: number,
  max: number,
  digitsOnly = false,
): { plain: string; ends: number[] } {
  let plain = ''
  const ends: number[] = []
  for (let at = begin, separators = 0; at < text.length && plain.length < max; at++) {
    const one = plainAt(text, at)
    if (one !== '' && !(digitsOnly && one > '9')) {
      plain += one
      ends.push(at + 1)
      separators = 0
    } else if (!SEPARATORS.has(text.charCodeAt(at)) || ++separators > SEPARATORS_MAX) break
  }
  return { plain, ends }
}
