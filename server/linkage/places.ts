import { edits, editsAtLeast, isTypo, jaroWinkler, jaroWinklerAtMost } from './distance.ts'
import { folded, germanKey, wordsOf } from './folding.ts'
import { levelNumbers } from './levels.ts'
import { type Reader, value } from './value.ts'

const CITY = levelNumbers('city')
const POSTCODE = levelNumbers('postcode')
const HOUSE_NUMBER = levelNumbers('house-number')
const CATEGORY = levelNumbers('category')

/** Winkler's similarity from which a city is a slip of another, and a piece of it. */
const CITY_TYPO = 0.93
const CITY_PART = 0.87

export const city: Reader = {
  read: ([raw = '']) => {
    const words = wordsOf(folded(raw))
    return words.length > 0 ? value(raw.trim(), words.join(' '), words, words.map(germanKey).join('')) : null
  },
  level: (a, b) => {
    if (a.text === b.text || a.form === b.form) return CITY.exact
    const most = jaroWinklerAtMost(a.letters, a.form.length, b.letters, b.form.length)
    const alike = most >= CITY_PART ? jaroWinkler(a.form, b.form) : 0
    if (alike >= CITY_TYPO || (editsAtLeast(a.letters, b.letters) <= 2 && isTypo(a.form, b.form))) return CITY.typo
    const several = a.words.length > 1 || b.words.length > 1
    if (several && a.words.some((word) => word.length >= 4 && b.words.includes(word))) return CITY.part
    return alike >= CITY_PART ? CITY.part : CITY.different
  },
}

export const postcode: Reader = {
  read: ([raw = '']) => {
    const text = folded(raw).replace(/[^a-z0-9]+/g, '')
    return text ? value(raw.trim(), text) : null
  },
  level: (a, b) => {
    if (a.text === b.text) return POSTCODE.exact
    if (edits(a.text, b.text, 1) <= 1) return POSTCODE.typo
    const length = Math.min(a.text.length, b.text.length)
    const area = Math.max(2, length - 3)
    return a.text.slice(0, area) === b.text.slice(0, area) ? POSTCODE.area : POSTCODE.different
  },
}

export const houseNumber: Reader = {
  read: ([raw = '']) => {
    const text = folded(raw).replace(/[^a-z0-9]+/g, '')
    return text ? value(raw.trim(), text) : null
  },
  level: (a, b) => {
    if (a.text === b.text) return HOUSE_NUMBER.exact
    return edits(a.text, b.text, 1) <= 1 ? HOUSE_NUMBER.typo : HOUSE_NUMBER.different
  },
}

export const category: Reader = {
  read: ([raw = '']) => {
    const words = wordsOf(folded(raw))
    return words.length > 0 ? value(raw.trim(), words.join(' '), words) : null
  },
  level: (a, b) => {
    if (a.text === b.text) return CATEGORY.exact
    if (isTypo(a.text, b.text) || a.words.some((word) => word.length >= 4 && b.words.includes(word)))
      return CATEGORY.similar
    return CATEGORY.different
  },
}
