import { isTypo } from './distance.ts'
import { folded, wordsOf } from './folding.ts'
import { levelNumbers } from './levels.ts'
import { type Reader, type Value, value } from './value.ts'

const LEVEL = levelNumbers('people')
const PERSONS_MAX = 24

/**
 * A list of persons: authors of a paper, directors of a company. Words are "surname initial", in order; text has them
 * sorted. Parted by semicolon, "and", "&", or comma; where semicolons part the list, a comma parts "Surname, Given".
 */
export const people: Reader = {
  read: ([raw = '']) => {
    const plain = folded(raw)
    const entries = plain.includes(';') ? plain.split(';') : plain.split(/,|\band\b|\bund\b|\ben\b|&|\|/)
    const persons = entries
      .map(personKey)
      .filter((key) => key !== '')
      .slice(0, PERSONS_MAX)
    return persons.length > 0 ? value(raw.trim(), [...persons].sort().join(';'), persons) : null
  },
  level: (a, b) => {
    if (a.text === b.text) return LEVEL.all
    const [short, long] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
    const met = shared(short, long)
    if (met === long.length) return LEVEL.all
    if (met === short.length ? met >= 2 || long.length <= 2 : met / long.length >= 0.6) return LEVEL.most
    return met > 0 ? LEVEL.some : LEVEL.different
  },
}

function personKey(entry: string): string {
  const [before = '', after] = entry.split(',')
  const words = wordsOf(before)
  if (after !== undefined) return `${words.join('')} ${wordsOf(after)[0]?.[0] ?? ''}`
  const telling = words.filter((word, at) => at > 0 || word.length > 0)
  const last = telling.at(-1)
  if (!last) return ''
  return `${last} ${telling.length > 1 ? (telling[0]?.[0] ?? '') : ''}`
}

function shared(short: Value['words'], long: Value['words']): number {
  const free = new Set(long.keys())
  let met = 0
  for (const person of short) {
    for (const at of free) {
      if (!isSame(person, long[at] as string)) continue
      free.delete(at)
      met++
      break
    }
  }
  return met
}

function isSame(a: string, b: string): boolean {
  if (a === b) return true
  const [surnameA = '', initialA = ''] = a.split(' ')
  const [surnameB = '', initialB = ''] = b.split(' ')
  if (initialA && initialB && initialA !== initialB) return false
  return surnameA === surnameB || isTypo(surnameA, surnameB)
}
