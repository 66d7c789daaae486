const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** As a person counts and as the server counts (grapheme clusters): an emoji with skin tone is one. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}

/** What will stand on the network: the sign-off is appended once, unless the text ends with it already. */
export function withSignOff(text: string, signOff: string): string {
  const written = text.trim()
  return signOff === '' || written === '' || written.endsWith(signOff) ? written : `${written} ${signOff}`
}

/** How much room is left, the sign-off included; null: the network has no limit. */
export const charactersLeft = (text: string, signOff: string, max: number | null): number | null =>
  max === null ? null : max - countCharacters(withSignOff(text === '' ? '' : text, signOff))
