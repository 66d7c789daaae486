import { LOOK_ALIKES } from './look-alike-letters.ts'

/**
 * What a reader sees of a name, in the manner of the skeletons of UTS #39 (Unicode Security Mechanisms): two texts with the same
 * skeleton are hard to tell apart. Coarser than the standard, because it only compares with a few names of ours: case and accents
 * do not count, and i, l and 1 are one letter.
 */
const latinOf = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([latin, letters]) => [...letters].map((one) => [one, latin])),
)
const CHARACTERS_MAX = 120

export function skeleton(text: string): string {
  let seen = ''
  for (const letter of folded(text)) seen += latinOf.get(letter) ?? letter
  return seen.replace(/0/g, 'o').replace(/[1i|]/g, 'l').replace(/5/g, 's').replaceAll('vv', 'w').replaceAll('rn', 'm')
}

/** Lower case, without accents, invisible characters and what only separates. */
export const folded = (text: string): string =>
  text
    .slice(0, CHARACTERS_MAX)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\p{Z}\p{P}\p{S}]/gu, '')
    .toLowerCase()

/** Damerau and Levenshtein's distance with neighbours exchanged, up to `max`; more is `max + 1`. */
export function distance(one: string, other: string, max: number): number {
  if (Math.abs(one.length - other.length) > max) return max + 1
  let before: number[] = []
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      let cost = Math.min(
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (previous[column - 1] as number) + (same ? 0 : 1),
      )
      const exchanged =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (exchanged) cost = Math.min(cost, (before[column - 2] as number) + 1)
      current.push(cost)
    }
    if (Math.min(...current) > max) return max + 1
    before = previous
    previous = current
  }
  return Math.min(previous[other.length] as number, max + 1)
}
