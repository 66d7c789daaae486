import { foldedCode, isCapital, step } from './folded-letters.ts'

/** A longer word is known by its beginning. */
const WORD_CODES_MAX = 32
/** Stands before and behind a word, so that pieces at its ends differ from pieces inside. */
export const EDGE = 1

/** The word that was folded last: its codes stand from 1 to length, between two edges. One for all, so that nothing is made per word. */
export const word = {
  codes: new Uint16Array(WORD_CODES_MAX + 2),
  length: 0,
  /** What folding took away: letters repeated more than twice, capitals. */
  stretched: false,
  capitals: 0,
}

/** Folds into `word`: lower case, without accents, letters repeated more than twice written twice. */
export function foldWord(text: string, from: number, to: number): void {
  const { codes } = word
  let length = 0
  word.stretched = false
  word.capitals = 0
  for (let at = from; at < to && length < WORD_CODES_MAX; at++) {
    const code = text.charCodeAt(at)
    const folded = foldedCode(code)
    if (folded === 0) continue
    if (length > 1 && codes[length] === folded && codes[length - 1] === folded) {
      word.stretched = true
      continue
    }
    if (isCapital(code)) word.capitals++
    codes[++length] = folded
  }
  codes[0] = EDGE
  codes[length + 1] = EDGE
  word.length = length
}

export function hashOfWord(seed: number): number {
  const { codes, length } = word
  let hash = seed
  for (let at = 1; at <= length; at++) hash = step(hash, codes[at] as number)
  return hash
}
