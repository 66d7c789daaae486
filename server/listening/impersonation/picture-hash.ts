/**
 * What a picture looks like, in 64 bits: whether each point of a 9 × 8 grey copy is brighter than its right neighbour (dHash, N.
 * Krawetz 2013). Sizes, formats and brightness hardly change it; a picture without any difference has no hash.
 */
export const HASH_WIDE = 9
export const HASH_HIGH = 8
/** So many bits differ in copies of the same picture; different ones differ in about 32. */
export const SAME_BITS_MAX = 8
/** Bare areas look alike whatever they show. */
const BITS_SET_MIN = 6

/** `points` row by row, the first of `channels` numbers each being the brightness. As hex; null: too plain to compare. */
export function differenceHash(points: Uint8Array, channels: number): string | null {
  let bits = ''
  for (let row = 0; row < HASH_HIGH; row++)
    for (let column = 0; column < HASH_WIDE - 1; column++) {
      const at = (row * HASH_WIDE + column) * channels
      bits += (points[at] as number) < (points[at + channels] as number) ? '1' : '0'
    }
  const set = bits.replaceAll('0', '').length
  if (set < BITS_SET_MIN) return null
  return (bits.match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('')
}

export function bitsApart(one: string, other: string): number {
  let apart = 0
  for (let at = 0; at < one.length; at++) {
    let differing = Number.parseInt(one[at] as string, 16) ^ Number.parseInt(other[at] as string, 16)
    for (; differing > 0; differing &= differing - 1) apart++
  }
  return apart
}
