/**
 * Does a pattern of * (any letters) and ? (one letter) fit the whole text? Goes back to the last * only, so that time is
 * at most pattern × text, whatever they hold.
 */
export function globFits(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let resumed = 0
  while (t < text.length) {
    const wanted = pattern[p]
    if (wanted === '*') {
      star = p++
      resumed = t
    } else if (wanted === '?' || (wanted !== undefined && wanted === text[t])) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++resumed
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
