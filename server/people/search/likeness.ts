import { edits } from '../../linkage/index.ts'
import { nameWords } from './name-words.ts'
import { slipsOf, soundOf } from './word-neighbours.ts'

/** What a letter alone says of a word that begins with it. */
const INITIAL = 0.85
/** A word that is not typed to its end yet. */
const BEGINNING = 0.95
const SOUNDS_ALIKE = 0.75
/** By how much each word of the name that was not typed lowers the likeness, and words in another order. */
const WORD_MORE = 0.02
const OTHER_ORDER = 0.01
/** Names below are other names. */
export const LIKENESS_MIN = 0.6

/** 0 to 1: how well two words of names agree, `typed` being what somebody looks for. */
export function wordLikeness(typed: string, word: string): number {
  if (typed === word) return 1
  if (word.startsWith(typed)) return typed.length === 1 ? INITIAL : BEGINNING
  if (word.length === 1 && typed.startsWith(word)) return INITIAL
  const slips = Math.max(slipsOf(typed), slipsOf(word))
  const counted = slips === 0 ? 1 : edits(typed, word, slips)
  if (counted <= slips) return 1 - (counted * 0.9) / Math.max(typed.length, word.length)
  const sound = soundOf(typed)
  return sound !== '' && sound === soundOf(word) ? SOUNDS_ALIKE : 0
}

/**
 * 0 to 1: how well a name agrees with the words that somebody typed, in any order. Every typed word needs a word of its
 * own; one that has none lets the name fall.
 */
export const nameLikeness = (typed: readonly string[], name: string): number => wordsLikeness(typed, nameWords(name))

/** The same of a name that is words already. */
export function wordsLikeness(typed: readonly string[], left: readonly string[]): number {
  const words = left.length
  if (typed.length === 0 || words === 0) return 0
  let sum = 0
  let letters = 0
  let last = -1
  let inOrder = true
  const used = new Set<number>()
  for (const one of typed.toSorted((a, b) => b.length - a.length)) {
    let best = 0
    let place = -1
    for (const [at, word] of left.entries()) {
      const like = used.has(at) ? 0 : wordLikeness(one, word)
      if (like > best) [best, place] = [like, at]
    }
    if (place >= 0) used.add(place)
    const weight = Math.max(2, one.length)
    sum += best * weight
    letters += weight
  }
  for (const one of typed) {
    const at = left.findIndex((word) => wordLikeness(one, word) > 0)
    if (at < last) inOrder = false
    last = at
  }
  const more = Math.max(0, words - typed.length) * WORD_MORE
  return Math.max(0, sum / letters - more - (inOrder ? 0 : OTHER_ORDER))
}
