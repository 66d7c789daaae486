import { areNeighboursSwapped, digitsApart } from '../dates.ts'
import { areWithin, editsAtLeast, jaroWinklerAtMost } from '../distance.ts'
import type { Topic } from '../levels.ts'
import { linesOfForms } from '../nicknames.ts'
import { isDigest, type Value } from '../value.ts'
import { flagsIn, isListIn, LENGTH_MAX, lengthIn } from './cells.ts'

/**
 * What one number tells of a value, so that two values are seen to be different without reading them: the letters that it
 * has, or its first or last eight characters in four bits each.
 */
export function sketchOf(topic: Topic, { text, letters }: Value): number {
  if (topic === 'phone') return packed(text.slice(-PACKED))
  return topic === 'postcode' ? packed(text.slice(0, PACKED).padEnd(PACKED, '0')) : letters
}

const PACKED = 8

function packed(text: string): number {
  let bits = 0
  for (let at = 0; at < text.length; at++) bits = (bits << 4) | (text.charCodeAt(at) & 15)
  return bits
}

const LIST = 1
const FORM_BITS = 5

/** Bit 0: a sketch tells nothing (several words or values, a digest). The other five: of which nicknames it may be a form. */
export function flagsOf(topic: Topic, { text, words }: Value): number {
  if (topic === 'birth-date') return 0
  if (words.length > 1 || isDigest(text) || (topic === 'mail' && !text.includes('@'))) return LIST
  if (topic === 'postcode' && text.length > PACKED) return LIST
  return topic === 'given'
    ? linesOfForms(words[0] ?? text).reduce((flags, line) => flags | (2 << (line % FORM_BITS)), 0)
    : 0
}

/** Whether two unequal values are at the furthest level for certain; by sketches and what rows pack beside them. */
export type FarTest = (sketchA: number, packedA: number, sketchB: number, packedB: number) => boolean

/** Far from so many differing letters, and below a Winkler similarity: the bounds of the topic's comparison. */
const byLetters =
  (edits: number, alike: number): FarTest =>
  (sketchA, packedA, sketchB, packedB) => {
    if (editsAtLeast(sketchA, sketchB) <= edits || areWithin(sketchA, sketchB)) return false
    if (isListIn(packedA) || isListIn(packedB) || (flagsIn(packedA) & flagsIn(packedB)) !== 0) return false
    const [lengthA, lengthB] = [lengthIn(packedA), lengthIn(packedB)]
    if (lengthA === LENGTH_MAX || lengthB === LENGTH_MAX) return false
    return jaroWinklerAtMost(sketchA, lengthA, sketchB, lengthB) < alike
  }

/** Of one length, and more than one digit or a pair of neighbours apart; the `same` digits tell of something in common. */
const byDigits =
  (same: (apart: number, length: number) => boolean): FarTest =>
  (sketchA, packedA, sketchB, packedB) => {
    const length = lengthIn(packedA)
    if (length !== lengthIn(packedB) || isListIn(packedA) || isListIn(packedB)) return false
    const apart = sketchA ^ sketchB
    const digits = digitsApart(apart)
    if (digits < 2 || (digits === 2 && areNeighboursSwapped(sketchA, sketchB, apart))) return false
    return !same(apart, length)
  }

export const FAR: Partial<Record<Topic, FarTest>> = {
  given: byLetters(4, 0.86),
  surname: byLetters(4, 0.86),
  city: byLetters(2, 0.87),
  mail: byLetters(2, 0.92),
  phone: byDigits((apart) => (apart & 0xffffff) === 0),
  postcode: byDigits((apart, length) => apart >>> (32 - 4 * Math.max(2, length - 3)) === 0),
}
