import { levelNumbers } from './levels.ts'
import { type Reader, type Value, value } from './value.ts'

const LEVEL = levelNumbers('birth-date')
const YEAR = levelNumbers('year')

/**
 * Text is eight digits, 00 for what is not said; words are year, month and day; letters are the digits, four bits each. Read are 2001-12-31, 20011231, 31.12.2001,
 * 31/12/2001 (12/31/2001 where the second number is above 12) and a year alone. What cannot be read as a date keeps its
 * digits: a slip of the keyboard is still near the truth.
 */
export const birthDate: Reader = {
  read: ([raw = '']) => {
    const text = raw.trim()
    const groups = text.match(/\d+/g)
    if (!groups) return null
    const [year, month, day] = partsOf(groups)
    const digits = year + month + day
    return { ...value(text, digits, [year, month, day]), letters: Number.parseInt(digits, 16) | 0 }
  },
  level: compareDates,
}

function partsOf(groups: readonly string[]): [string, string, string] {
  const [one = '', two = '', three = ''] = groups
  if (groups.length === 1) {
    const digits = one.padEnd(8, '0')
    return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)]
  }
  const pad = (part: string): string => part.padStart(2, '0').slice(0, 2)
  if (one.length >= 3) return [one.slice(0, 4).padEnd(4, '0'), pad(two), pad(three)]
  const year = three.length === 2 ? `${Number(three) > 30 ? '19' : '20'}${three}` : three.slice(0, 4).padEnd(4, '0')
  return Number(two) > 12 ? [year, pad(one), pad(two)] : [year, pad(two), pad(one)]
}

function compareDates(a: Value, b: Value): number {
  return a.text === b.text ? LEVEL.exact : dateLevel(a.letters, b.letters)
}

/** Of two different dates; each is eight digits in four bits each, so that dates in columns are compared without their text. */
export function dateLevel(a: number, b: number): number {
  const apart = a ^ b
  const sameYear = apart >>> 16 === 0
  if ((a & 0xffff) === 0 || (b & 0xffff) === 0) return sameYear ? LEVEL.year : LEVEL.different
  if (sameYear && ((a >>> 8) & 0xff) === (b & 0xff) && (a & 0xff) === ((b >>> 8) & 0xff)) return LEVEL['day-month']
  const digits = digitsApart(apart)
  if (digits === 1 || (digits === 2 && areNeighboursSwapped(a, b, apart))) return LEVEL.typo
  const agreeing = Number(sameYear) + Number((apart & 0xff00) === 0) + Number((apart & 0xff) === 0)
  if (agreeing === 2) return LEVEL.parts
  if (digits === 2) return LEVEL.near
  return sameYear ? LEVEL.year : LEVEL.different
}

export function digitsApart(apart: number): number {
  let count = 0
  for (let rest = apart; rest !== 0; rest >>>= 4) if ((rest & 15) !== 0) count++
  return count
}

export function areNeighboursSwapped(a: number, b: number, apart: number): boolean {
  let shift = 0
  while (((apart >>> shift) & 15) === 0) shift += 4
  const [twoA, twoB] = [(a >>> shift) & 0xff, (b >>> shift) & 0xff]
  return twoA >>> 4 === (twoB & 15) && twoB >>> 4 === (twoA & 15)
}

export const year: Reader = {
  read: ([raw = '']) => {
    const digits = /\d{2,4}/.exec(raw)?.[0]
    return digits ? value(raw, digits) : null
  },
  level: (a, b) => {
    if (a.text === b.text) return YEAR.exact
    return Math.abs(Number(a.text) - Number(b.text)) <= 1 ? YEAR.near : YEAR.different
  },
}
