import { edits } from './distance.ts'
import { levelNumbers } from './levels.ts'
import { type Reader, type Value, value } from './value.ts'

const LEVEL = levelNumbers('birth-date')
const YEAR = levelNumbers('year')

/**
 * Text is eight digits, 00 for what is not said; words are year, month and day. Read are 2001-12-31, 20011231, 31.12.2001,
 * 31/12/2001 (12/31/2001 where the second number is above 12) and a year alone. What cannot be read as a date keeps its
 * digits: a slip of the keyboard is still near the truth.
 */
export const birthDate: Reader = {
  read: ([raw = '']) => {
    const text = raw.trim()
    const groups = text.match(/\d+/g)
    if (!groups) return null
    const [year, month, day] = partsOf(groups)
    return value(text, year + month + day, [year, month, day])
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
  if (a.text === b.text) return LEVEL.exact
  const [yearA, monthA, dayA] = a.words
  const [yearB, monthB, dayB] = b.words
  if (isYearOnly(a) || isYearOnly(b)) return yearA === yearB ? LEVEL.year : LEVEL.different
  if (yearA === yearB && monthA === dayB && dayA === monthB) return LEVEL['day-month']
  if (edits(a.text, b.text, 1) <= 1) return LEVEL.typo
  const agreeing = Number(yearA === yearB) + Number(monthA === monthB) + Number(dayA === dayB)
  if (agreeing === 2) return LEVEL.parts
  if (edits(a.text, b.text, 2) <= 2) return LEVEL.near
  if (yearA === yearB) return LEVEL.year
  return LEVEL.different
}

const isYearOnly = (date: Value): boolean => date.words[1] === '00' && date.words[2] === '00'

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
