import { finding } from '../finding.ts'
import { type Piece, spanOf } from '../reading.ts'
import type { Check } from './check.ts'
import { groupsFrom, isWordPart, plainAt } from './digit-runs.ts'

const DIGITS_MAX = 19
/** Digits at the beginning of the networks' numbers, and how long these are (ISO/IEC 7812, as the networks publish it). */
const NETWORKS: readonly (readonly [begins: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [16, 13, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:30[0-5]|36|38|39)/, [14, 16]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^(?:352[89]|35[3-8])/, [16]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [16, 18, 19, 12, 13]],
]

/** A number that a card network could have given, with its check digit (Luhn). Numbers in addresses are not payments. */
export const findCardNumbers: Check = (reading) => {
  const spans = reading.prose.flatMap((piece) => cardsIn(piece).map(([from, to]) => spanOf(piece, from, to)))
  return spans.length > 0 ? [finding('card-number', 'card-number', 'high', 'leave-out', { spans })] : []
}

function cardsIn({ text, tokens }: Piece): [from: number, to: number][] {
  const found: [number, number][] = []
  const urls = tokens.filter((token) => token.kind === 'url')
  let url = 0
  for (let at = 0; at < text.length; at++) {
    while ((urls[url]?.to ?? Number.POSITIVE_INFINITY) <= at) url++
    const inUrl = (urls[url]?.from ?? Number.POSITIVE_INFINITY) <= at
    const digit = plainAt(text, at)
    if (digit < '2' || digit > '6' || inUrl || isWordPart(text, at - 1)) continue
    const to = cardEnd(text, at)
    if (to === null) continue
    found.push([at, to])
    at = to - 1
  }
  return found
}

function cardEnd(text: string, from: number): number | null {
  const { plain, ends } = groupsFrom(text, from, DIGITS_MAX, true)
  for (const [begins, lengths] of NETWORKS) {
    if (!begins.test(plain)) continue
    for (const length of lengths) {
      const to = ends[length - 1]
      if (to !== undefined && !isWordPart(text, to) && passesLuhn(plain.slice(0, length))) return to
    }
  }
  return null
}

export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = digits.length - 1, double = false; at >= 0; at--, double = !double) {
    const digit = digits.charCodeAt(at) - 0x30
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return sum % 10 === 0 && !/^(\d)\1*$/.test(digits)
}
