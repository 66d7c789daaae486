import type { Chance } from './alarm-streams.ts'
import { below, weighted } from './identity-draws.ts'

/** How texts go wrong on their way into a system: under the fingers, at the scanner, on the telephone. */
const KEYS: Record<string, string> = Object.fromEntries(
  ['qwertzuiopü', 'asdfghjklöä', 'yxcvbnm', '1234567890'].flatMap((row) =>
    [...row].map((key, at) => [key, `${row[at - 1] ?? ''}${row[at + 1] ?? ''}`]),
  ),
)
const LOOKALIKES: readonly (readonly [string, string])[] = [
  ['m', 'rn'],
  ['rn', 'm'],
  ['l', '1'],
  ['1', 'l'],
  ['o', '0'],
  ['0', 'o'],
  ['i', 'l'],
  ['l', 'i'],
  ['5', 's'],
  ['s', '5'],
  ['8', 'b'],
  ['b', '8'],
  ['h', 'b'],
  ['c', 'e'],
  ['e', 'c'],
  ['u', 'v'],
  ['v', 'u'],
  ['cl', 'd'],
  ['d', 'cl'],
  ['vv', 'w'],
  ['w', 'vv'],
  ['g', 'q'],
  ['6', 'b'],
  ['2', 'z'],
  ['z', '2'],
  ['n', 'ri'],
  ['f', 't'],
  ['t', 'f'],
]
const SOUNDALIKES: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['f', 'ph'],
  ['ck', 'k'],
  ['k', 'ck'],
  ['th', 't'],
  ['t', 'th'],
  ['ie', 'i'],
  ['ei', 'ai'],
  ['ai', 'ei'],
  ['ey', 'ei'],
  ['tz', 'z'],
  ['z', 'tz'],
  ['v', 'f'],
  ['v', 'w'],
  ['y', 'i'],
  ['i', 'y'],
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
  ['ß', 'ss'],
  ['dt', 't'],
  ['d', 'dt'],
  ['c', 'k'],
  ['k', 'c'],
  ['sch', 'sh'],
  ['ou', 'u'],
  ['ij', 'y'],
  ['ks', 'x'],
  ['x', 'ks'],
  ['mm', 'm'],
  ['m', 'mm'],
  ['ll', 'l'],
  ['l', 'll'],
  ['nn', 'n'],
  ['n', 'nn'],
  ['ss', 's'],
  ['tt', 't'],
  ['t', 'tt'],
  ['ä', 'e'],
  ['e', 'ä'],
  ['oe', 'ö'],
  ['ue', 'ü'],
  ['ł', 'l'],
  ['ş', 's'],
  ['ğ', 'g'],
  ['é', 'e'],
  ['ł', 'w'],
]

export function keyboardSlip(chance: Chance, text: string): string {
  const at = below(chance, text.length)
  const letter = text[at] ?? ''
  const beside = KEYS[letter.toLowerCase()] ?? 'e'
  const slip = beside[below(chance, beside.length)] ?? 'e'
  return text.slice(0, at) + (letter === letter.toLowerCase() ? slip : slip.toUpperCase()) + text.slice(at + 1)
}

export function transposed(chance: Chance, text: string): string {
  const at = below(chance, text.length - 1)
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
}

export function dropped(chance: Chance, text: string): string {
  const at = below(chance, text.length)
  return text.slice(0, at) + text.slice(at + 1)
}

export function doubled(chance: Chance, text: string): string {
  const at = below(chance, text.length)
  return text.slice(0, at) + (text[at] ?? '') + text.slice(at)
}

/** One of the pairs that fits, at a place where it fits; unchanged where none of a few tries does. */
function replaced(chance: Chance, text: string, pairs: readonly (readonly [string, string])[]): string {
  const from = below(chance, text.length)
  for (let tries = 0; tries < 6; tries++) {
    const [wrongly, read] = chance.one(pairs)
    const at = text.indexOf(wrongly, from)
    const place = at < 0 ? text.indexOf(wrongly) : at
    if (place >= 0) return text.slice(0, place) + read + text.slice(place + wrongly.length)
  }
  return text
}

export const misread = (chance: Chance, text: string): string => replaced(chance, text, LOOKALIKES)
export const misheard = (chance: Chance, text: string): string => replaced(chance, text, SOUNDALIKES)

const slipOf = weighted<(chance: Chance, text: string) => string>([
  [keyboardSlip, 26],
  [transposed, 14],
  [dropped, 18],
  [doubled, 10],
  [misread, 12],
  [misheard, 20],
])

/** The text with one mistake; what is shorter than two letters stays. */
export function mistyped(chance: Chance, text: string): string {
  return text.length < 2 ? text : slipOf(chance)(chance, text)
}

/** One digit wrong, lost or two exchanged, anywhere behind the first `kept` characters. */
export function misdialled(chance: Chance, number: string, kept = 3): string {
  const tail = number.slice(kept)
  const at = below(chance, tail.length)
  const kind = below(chance, 3)
  if (kind === 0) return number.slice(0, kept) + transposed(chance, tail)
  if (kind === 1) return number.slice(0, kept) + dropped(chance, tail)
  return number.slice(0, kept) + tail.slice(0, at) + below(chance, 10) + tail.slice(at + 1)
}

/** Letters without marks; umlauts spelled out or bare. */
export function folded(text: string, spelledOut: boolean): string {
  const plain = text.toLowerCase().replace(/ß/g, 'ss').replace(/ł/g, 'l').replace(/ı/g, 'i')
  const umlauts = spelledOut ? plain.replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue') : plain
  return umlauts.normalize('NFD').replace(/[^a-z0-9 .'-]/g, '')
}
