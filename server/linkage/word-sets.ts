import { edits, isTypo } from './distance.ts'
import { folded, soundOf, wordsOf } from './folding.ts'
import { levelNumbers } from './levels.ts'
import type { Frequencies } from './model.ts'
import { type Reader, type Value, value } from './value.ts'

const ADDRESS = levelNumbers('address')
const ORGANISATION = levelNumbers('organisation')
const TITLE = levelNumbers('title')
const TEXT = levelNumbers('text')

/** Words as they are shortened on envelopes and in registers. */
const SHORT_FORMS = new Map(
  `street st str strasse straat|avenue ave av|road rd|boulevard blvd boul bd|drive dr|lane ln|place pl|court ct crt|square sq
  |crescent cres cr|terrace tce terr|parade pde|highway hwy|parkway pkwy|circuit cct|close cl|mount mt|saint sankt sint
  |north n nord noord|south s sud zuid|east e ost oost|west w|apartment apt|suite ste|floor fl|building bldg|center centre ctr cntr
  |association assn assoc|department dept|university univ uni|institute inst|international intl int|community comm cmty
  |services service svcs svc|school sch schl|child children childrens|development dev|learning lrng|number no nr
  |platz plein pl|weg w|allee al|retirement retrmnt|village vlge vlg|company co|brothers bros|international intl|and und en`
    .split('|')
    .flatMap((line) => {
      const [full = '', ...short] = line.trim().split(/\s+/)
      return short.map((form) => [form, full] as const)
    }),
)
const LEGAL_FORMS = new Set(
  'inc incorporated ltd limited llc llp plc corp corporation gmbh ag kg ohg ug ev eg se bv nv vof sa sarl the der die das of de het et al'.split(
    ' ',
  ),
)

export interface Meeting {
  /** Weight of what both say, of all that either says (Dice), and of what the one with less to say says. */
  readonly share: number
  readonly contained: number
  /** Bits of what both say. */
  readonly bits: number
}

/** Bits of a word: how rare it is among the records. A word never seen is as rare as one seen once. */
export const bitsOf = (word: string, { total, counts }: Frequencies): number =>
  bitsOfCount(counts.get(word) ?? 0, total)

export const bitsOfCount = (count: number, total: number): number =>
  total === 0 ? 6 : Math.max(0.25, Math.log2((total + 8) / (count + 1)))

/** Weighs the words that two lists share, slips of the keyboard and beginnings included, each word once. */
export function meetingOf(a: readonly string[], b: readonly string[], words: Frequencies): Meeting {
  let [bits, bitsA, bitsB] = [0, 0, 0]
  let used = 0
  let open = 0
  for (let at = 0; at < b.length; at++) bitsB += bitsOf(b[at] as string, words)
  for (let place = 0; place < a.length; place++) {
    const weight = bitsOf(a[place] as string, words)
    bitsA += weight
    const at = freeIndex(a[place] as string, b, used)
    if (at < 0) open |= 1 << place
    else {
      used |= 1 << at
      bits += weight
    }
  }
  for (let place = 0; place < a.length && open !== 0; place++) {
    if ((open & (1 << place)) === 0) continue
    for (let at = 0; at < b.length; at++) {
      if (used & (1 << at) || !isVariant(a[place] as string, b[at] as string)) continue
      used |= 1 << at
      bits += Math.min(bitsOf(a[place] as string, words), bitsOf(b[at] as string, words)) * VARIANT_SHARE
      break
    }
  }
  return { share: (2 * bits) / (bitsA + bitsB || 1), contained: bits / (Math.min(bitsA, bitsB) || 1), bits }
}

/** A slip of a word or its beginning is worth nearly the word. */
const VARIANT_SHARE = 0.9

function freeIndex(word: string, words: readonly string[], used: number): number {
  for (let at = 0; at < words.length; at++) if ((used & (1 << at)) === 0 && words[at] === word) return at
  return -1
}

const DIGIT = /\d/

const isVariant = (a: string, b: string): boolean => {
  if (a[0] !== b[0] && a[1] !== b[1]) return false
  // Two numbers are other numbers; a digit for a letter is a slip.
  if (isTypo(a, b)) return !DIGIT.test(a) || !DIGIT.test(b)
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short.length >= 4 && long.startsWith(short)
}

const expanded = (words: readonly string[]): string[] => words.map((word) => SHORT_FORMS.get(word) ?? word)

/** Text is the sorted words, words are in order with short forms written out, form is all in one. */
function readWords(raw: string, dropped?: ReadonlySet<string>): Value | null {
  const words = expanded(wordsOf(folded(raw)))
  const kept = dropped ? words.filter((word) => !dropped.has(word)) : words
  const telling = kept.length > 0 ? kept : words
  return telling.length > 0 ? value(raw.trim(), [...telling].sort().join(' '), telling, telling.join('')) : null
}

/** How many slips a line of so many letters is forgiven. */
export const slipsIn = (length: number): number => Math.min(4, Math.floor(length / 7))

/** Nearly the same when spaces, hyphens and a slip or two in a long line are forgiven. */
function isNearlySame(a: string, b: string): boolean {
  if (a === b) return true
  const max = slipsIn(Math.max(a.length, b.length))
  return max > 0 && edits(a, b, max) <= max
}

/**
 * What a meeting of words comes to, for values whose texts differ. `isNear` and `isShort` look at the letters, where words do
 * not settle it: nearly the same line, an acronym.
 */
type WordRule = (meeting: Meeting, otherNumbers: boolean, isNear: () => boolean, isShort: () => boolean) => number

export const WORD_RULES: Readonly<Record<'address' | 'organisation' | 'title', WordRule>> = {
  address: ({ share, contained }, otherNumbers, isNear) => {
    if (otherNumbers) return share >= 0.35 ? ADDRESS.street : ADDRESS.different
    if (share >= 0.8 || isNear()) return ADDRESS.most
    if (share >= 0.5 || contained >= 0.85) return ADDRESS.half
    return share >= 0.25 ? ADDRESS.few : ADDRESS.different
  },
  organisation: ({ share, contained }, _, isNear, isShort) => {
    if (share >= 0.8 || isNear()) return ORGANISATION.most
    if (share >= 0.5 || contained >= 0.9) return ORGANISATION.half
    if (isShort()) return ORGANISATION.acronym
    return share >= 0.2 ? ORGANISATION.few : ORGANISATION.different
  },
  title: ({ share, contained }, _, isNear) => {
    if (share >= 0.85 || isNear()) return TITLE.most
    if (share >= 0.65 || contained >= 0.95) return TITLE.half
    return share >= 0.35 ? TITLE.few : TITLE.different
  },
}

export const address: Reader = {
  read: ([raw = '']) => readWords(raw),
  level: (a, b, words) => {
    if (a.text === b.text) return ADDRESS.exact
    const near = (): boolean => isNearlySame(a.form, b.form)
    return WORD_RULES.address(meetingOf(a.words, b.words, words), haveOtherNumbers(a.words, b.words), near, NEVER)
  },
}

const NEVER = (): boolean => false

export function isNumber(word: string): boolean {
  const code = word.charCodeAt(0)
  return code >= 48 && code <= 57
}

/** Both have a number, and none in common. */
function haveOtherNumbers(a: readonly string[], b: readonly string[]): boolean {
  let numbered = false
  for (const word of a) {
    if (!isNumber(word)) continue
    if (b.includes(word)) return false
    numbered = true
  }
  return numbered && b.some(isNumber)
}

export const organisation: Reader = {
  read: ([raw = '']) => readWords(raw, LEGAL_FORMS),
  level: (a, b, words) => {
    if (a.text === b.text) return ORGANISATION.exact
    const near = (): boolean => isNearlySame(a.form, b.form)
    const short = (): boolean => isAcronym(a, b) || isAcronym(b, a)
    return WORD_RULES.organisation(meetingOf(a.words, b.words, words), false, near, short)
  },
}

const isAcronym = (short: Value, long: Value): boolean =>
  short.form.length >= 3 &&
  short.words.length === 1 &&
  long.words.length >= 3 &&
  long.words.map((word) => word[0]).join('') === short.form

export const title: Reader = {
  read: ([raw = '']) => readWords(raw),
  level: (a, b, words) => {
    if (a.text === b.text || a.form === b.form) return TITLE.exact
    const near = (): boolean => isNearlySame(a.form, b.form)
    return WORD_RULES.title(meetingOf(a.words, b.words, words), false, near, NEVER)
  },
}

const LINK = /https?:\/\/\S+|\S+@\S+/g

/** Links and addresses within a text are compared as such, elsewhere. */
export const text: Reader = {
  read: ([raw = '']) => {
    const words = [...new Set(wordsOf(folded(raw.replace(LINK, ' '))))].filter((word) => word.length >= 3)
    return words.length > 0 ? value(raw.trim(), [...words].sort().join(' '), words) : null
  },
  level: (a, b, words) => {
    if (a.words.length < 2 || b.words.length < 2) return a.text === b.text ? TEXT.few : 0
    const { share, bits } = meetingOf(a.words, b.words, words)
    if (share >= 0.6 && bits >= 12) return TEXT.most
    if (share >= 0.3 && bits >= 10) return TEXT.half
    return share >= 0.12 ? TEXT.few : TEXT.different
  },
}

export const soundOfWord = (word: string): string => (isNumber(word) ? word : soundOf(word))
