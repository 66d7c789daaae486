import { edits, editsAtLeast, isTypo, jaroWinkler, jaroWinklerAtMost } from './distance.ts'
import { folded, germanKey, soundOf, wordsOf } from './folding.ts'
import { levelNumbers } from './levels.ts'
import { areForms } from './nicknames.ts'
import type { Field } from './schema.ts'
import { type Reader, type Value, value } from './value.ts'

const GIVEN = levelNumbers('given')
const SURNAME = levelNumbers('surname')
const NAME = levelNumbers('name')

/** Above it two names look alike; Winkler's usual bounds are .92 and .88, a short name needs less to be a slip of another. */
const ALIKE = 0.86
/** Words that sound alike differ in this many letters at most. */
const SOUND_LETTERS_MAX = 4
/** A nickname that is the beginning of the name has at least this many letters: Rob, Gab, Seb. */
const BEGINNING_LETTERS_MIN = 3

/** What stands before, behind or around a name and is no part of it. */
const TITLES = new Set(
  `dr prof professor mr mrs ms miss sir herr frau dipl ing mag msc bsc phd md jr sr ir drs heer mevrouw
  sen senator rep representative congressman congresswoman mp mdb mdl mep minister ministerin president official offiziell
  officieel officiel oficial`.split(/\s+/),
)
const PARTICLES = new Set(
  'van von der den de het zu zur zum vom of la le du di da dos del ter ten te el al bin ibn'.split(' '),
)

export const given: Reader = {
  read: ([raw = '']) => readPart(raw, TITLES),
  level: (a, b) => {
    if (a.text === b.text || a.form === b.form) return GIVEN.exact
    const firstA = a.words[0] as string
    const firstB = b.words[0] as string
    if (firstA.length === 1 || firstB.length === 1) return firstA[0] === firstB[0] ? GIVEN.initial : GIVEN.different
    if (areForms(firstA, firstB) || shareWord(a.words, b.words)) return GIVEN.nickname
    const near = editsAtLeast(a.letters, b.letters)
    if (near <= 2 && isTypo(a.form, b.form)) return GIVEN.typo
    if (isBeginning(firstA, firstB)) return GIVEN.nickname
    if (looksAlike(a, b, near)) return GIVEN.similar
    return GIVEN.different
  },
}

export const surname: Reader = {
  read: ([raw = '']) => readPart(raw, PARTICLES),
  level: (a, b) => {
    if (a.text === b.text || a.form === b.form) return SURNAME.exact
    const near = editsAtLeast(a.letters, b.letters)
    if (near <= 2 && isTypo(a.form, b.form)) return SURNAME.typo
    if (shareWord(a.words, b.words)) return SURNAME.part
    if (looksAlike(a, b, near)) return SURNAME.similar
    return SURNAME.different
  },
}

function readPart(raw: string, dropped: ReadonlySet<string>): Value | null {
  const words = wordsOf(folded(raw))
  if (words.length === 0) return null
  if (words.length === 1) return value(raw, words[0] as string, words, germanKey(words[0] as string))
  const telling = words.filter((word) => !dropped.has(word))
  const kept = telling.length > 0 ? telling : words
  return value(raw, words.join(' '), kept, kept.map(germanKey).join(''))
}

const isBeginning = (a: string, b: string): boolean => {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short.length >= BEGINNING_LETTERS_MIN && long.startsWith(short)
}

function shareWord(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 1 && b.length === 1) return false
  return a.some((word) => word.length >= 3 && b.includes(word))
}

function looksAlike(
  { form: a, letters: lettersA }: Value,
  { form: b, letters: lettersB }: Value,
  near: number,
): boolean {
  if (near <= 1 && a.length <= 5 && b.length <= 5 && edits(a, b, 1) <= 1) return true
  if (jaroWinklerAtMost(lettersA, a.length, lettersB, b.length) >= ALIKE && jaroWinkler(a, b) >= ALIKE) return true
  return near <= SOUND_LETTERS_MAX && Math.min(a.length, b.length) > 3 && soundOf(a) === soundOf(b)
}

/** Text is the sorted words, so that "Müller, Anna" is "Anna Müller"; words are in the order given. */
export const name: Reader = {
  read: (raws, fields) => {
    const whole = raws.find((raw, at) => fields[at]?.kind === 'full-name' && raw.trim() !== '')
    const raw = whole ?? raws.filter((_, at) => isNamePart(fields[at]?.kind)).join(' ')
    const handle = raws.find((_, at) => fields[at]?.kind === 'handle') ?? ''
    if (isHandleAgain(raw, handle)) return null
    const words = wordsOf(folded(bareName(raw)))
    const telling = words.filter((word) => !PARTICLES.has(word))
    const kept = telling.length > 0 ? telling : words
    if (kept.length === 0) return null
    const keys = kept.map(germanKey)
    return value(raw.trim(), [...keys].sort().join(' '), kept, keys.join(''))
  },
  level: (a, b) => {
    if (a.text === b.text || a.form === b.form) return NAME.exact
    return alignedNames(a, b)
  },
}

/** "Dr. Anna Quell (she/her)", "Anna Quell | baker": the name without what stands around it. */
export function bareName(raw: string): string {
  const bare = raw.replace(/[([][^)\]]*[)\]]/g, ' ').replace(/\s[|·•–—].*$/, ' ')
  const words = (/\p{L}/u.test(bare) ? bare : raw).split(/\s+/)
  const telling = words.filter((word) => !TITLES.has(wordsOf(word.toLowerCase()).join('')))
  return (telling.some((word) => /\p{L}/u.test(word)) ? telling : words).join(' ').trim()
}

const isNamePart = (kind: Field['kind'] | undefined): boolean => kind === 'given-name' || kind === 'surname'

/** Who gives no name is shown by the handle: that says nothing which the handle does not. */
export function isHandleAgain(name: string, handle: string): boolean {
  if (handle === '' || /\s/.test(name.trim())) return false
  const bare = (text: string): string =>
    text
      .toLowerCase()
      .replace(/^@/, '')
      .replace(/@.*$/, '')
      .replace(/[^\p{L}\p{N}]/gu, '')
  const [shown, given] = [bare(name), bare(handle)]
  // A network cuts what is too long.
  return shown === given || (given.length >= CUT_LETTERS_MIN && shown.startsWith(given))
}
const CUT_LETTERS_MIN = 12

const EQUAL = 3
const VARIED = 2
const INITIAL = 1

/** Pairs each word of the shorter name with its best counterpart, once each. */
function alignedNames(a: Value, b: Value): number {
  const [short, long] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
  let [equal, varied, initial, alien] = [0, 0, 0, 0]
  let used = 0
  for (const word of short) {
    let best = 0
    let bestAt = -1
    for (const [at, other] of long.entries()) {
      if ((used >> at) & 1) continue
      const kind = meeting(word, other)
      if (kind > best) [best, bestAt] = [kind, at]
    }
    if (bestAt >= 0) used |= 1 << bestAt
    if (best === EQUAL) equal++
    else if (best === VARIED) varied++
    else if (best === INITIAL) initial++
    else if (!long.some((other) => mayBeSpelled(word, other))) alien++
  }
  return namesLevel({ equal, varied, initial, short: short.length, long: long.length, alien }, a, b)
}

interface Aligned {
  equal: number
  varied: number
  initial: number
  short: number
  long: number
  /** Words of the shorter one that are no form of any other, and do not look or sound like one either. */
  alien: number
}

function namesLevel({ equal, varied, initial, short, long, alien }: Aligned, a: Value, b: Value): number {
  const full = equal + varied
  if (short >= 2 && full === short && (equal > 0 || short === long)) return long === short ? NAME.variant : NAME.subset
  if (short === 1 && long === 1 && full === 1) return NAME.variant
  if (isTypo(a.form, b.form)) return NAME.variant
  if (equal > 0 && initial > 0 && full + initial === short) return NAME.initials
  // Whole names that contradict each other in one word: Anna and Peter of one family, two called Anna.
  if (full > 0) return short >= 2 && full === 1 && alien > 0 ? NAME.different : NAME.word
  return areOfOneScript(a.form, b.form) ? NAME.different : 0
}

/** Another language writes a name in another way: Lukaschenko, Lukashenko. */
const mayBeSpelled = (a: string, b: string): boolean =>
  a.length > 2 && b.length > 2 && (jaroWinkler(a, b) >= ALIKE || soundOf(a) === soundOf(b))

/** Words of two scripts cannot be held against each other. */
const areOfOneScript = (a: string, b: string): boolean => isLatin(a) === isLatin(b)

const isLatin = (text: string): boolean => /[a-z]/.test(text)

function meeting(a: string, b: string): number {
  if (a === b || germanKey(a) === germanKey(b)) return EQUAL
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? INITIAL : 0
  if (isTypo(a, b) || areForms(a, b) || isBeginning(a, b)) return VARIED
  return 0
}
