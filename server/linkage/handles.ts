import { edits } from './distance.ts'
import { folded, spellings, wordsOf } from './folding.ts'
import { levelNumbers } from './levels.ts'
import { bareName, isHandleAgain } from './names.ts'
import { otherForms } from './nicknames.ts'
import { type Reader, type Value, value } from './value.ts'

const HANDLE = levelNumbers('handle')
const HANDLE_NAME = levelNumbers('handle-name')

/** A stem shared by two handles has at least this many letters. */
const STEM_LETTERS_MIN = 5
const LEET: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b' }
/** What is put around a handle that was taken. */
const DRESSING = /^(?:the|real|its|iam|im|official|mr|mrs|ms|dr|hey)(?=[a-z]{4})|(?:official|real|tv|hq|xo|online)$/

/** @anna@mastodon.example → anna; anna.bsky.social → anna. */
function bareHandle(raw: string): string {
  const plain = folded(raw).replace(/\s+/g, '').replace(/^@/, '').replace(/@.*$/, '')
  const parts = plain.split('.')
  return parts.length >= 3 && /^[a-z]{2,}$/.test(parts.at(-1) as string) ? (parts[0] as string) : plain
}

const alphanumeric = (handle: string): string => handle.replace(/[^\p{L}\p{N}]+/gu, '')

/** Letters alone: digits within are read as letters, digits at the ends go, and so does what only dresses. */
export function skeletonOf(bare: string): string {
  const text = alphanumeric(bare).replace(/^\d+|\d+$/g, '')
  const letters = text.replace(/[0134578](?=.)/g, (digit) => LEET[digit] ?? digit).replace(/\d+/g, '')
  const undressed = letters.replace(DRESSING, '')
  return undressed.length >= 4 ? undressed : letters
}

const AFFIX_LETTERS = 5

/** How a handle begins and ends: words in handles are counted by these. */
export const affixesOf = (skeleton: string): string[] =>
  skeleton.length < AFFIX_LETTERS ? [] : [`^${skeleton.slice(0, AFFIX_LETTERS)}`, `${skeleton.slice(-AFFIX_LETTERS)}$`]

const PART_LETTERS_MIN = 3
/** Said once of each part, so that shares of parts are known. */
export const ANY_PART = '='

/** The words of a handle that parts them, `patient_frog`: of such words others are made up that part nothing. */
export const partsOfHandle = (bare: string): string[] => {
  const parts = bare.split(/[^\p{L}]+/u).filter((part) => part.length >= PART_LETTERS_MIN)
  return parts.length < 2 ? [] : [ANY_PART, ...parts.map((part) => `${ANY_PART}${part}`)]
}

/** Text is the handle in lower case, form its letters and digits, words its skeleton, how that begins and ends, and its parts. */
export const handle: Reader = {
  read: (raws) => {
    const bare = bareHandle(raws.find((raw) => raw.trim() !== '') ?? '')
    if (!bare) return null
    const skeleton = skeletonOf(bare)
    return value(bare, bare, [skeleton, ...affixesOf(skeleton), ...partsOfHandle(bare)], alphanumeric(bare))
  },
  level: (a, b) => {
    if (a.text === b.text) return HANDLE.exact
    const [skeletonA = '', skeletonB = ''] = [a.words[0], b.words[0]]
    if (a.form === b.form) return HANDLE.variant
    if (skeletonA === skeletonB && skeletonA.length >= 4)
      return areOtherNumbers(a.form, b.form) ? HANDLE.stem : HANDLE.variant
    const max = Math.min(a.form.length, b.form.length) >= 9 ? 2 : 1
    if (Math.min(a.form.length, b.form.length) >= 6 && edits(a.form, b.form, max) <= max) return HANDLE.typo
    const [short, long] = skeletonA.length < skeletonB.length ? [skeletonA, skeletonB] : [skeletonB, skeletonA]
    return short.length >= STEM_LETTERS_MIN && long.includes(short) ? HANDLE.stem : HANDLE.different
  },
}

/** fatma1961 and fatma30 are not one handle with something around it. */
export function areOtherNumbers(a: string, b: string): boolean {
  const [numberA, numberB] = [/\d+$/.exec(a)?.[0], /\d+$/.exec(b)?.[0]]
  return numberA !== undefined && numberB !== undefined && numberA !== numberB
}

/**
 * Text is the handle's letters and digits, form its skeleton, words the handles that the record's name would make, each
 * behind a digit that says how: 1 both names, 2 with a nickname, 3 with an initial, 4 one name alone (which says nothing of who it is).
 */
export const handleName: Reader = {
  read: (raws, fields) => {
    const bare = bareHandle(raws.find((raw, at) => fields[at]?.kind === 'handle' && raw.trim() !== '') ?? '')
    const whole = raws.find((raw, at) => fields[at]?.kind === 'full-name' && raw.trim() !== '')
    const name = whole ?? raws.filter((_, at) => !['handle', 'full-name'].includes(fields[at]?.kind ?? '')).join(' ')
    const forms = isHandleAgain(name, bare) ? [] : handlesOf(bareName(name))
    if (!bare && forms.length === 0) return null
    return value(bare || name, alphanumeric(bare), forms, skeletonOf(bare))
  },
  level: (a, b) => {
    const best = Math.min(explained(a, b), explained(b, a))
    return best === Number.POSITIVE_INFINITY ? 0 : best
  },
}

/** How the handle of one follows from the name of the other; infinite where one of the two is missing. */
function explained(named: Value, other: Value): number {
  if (other.text === '' || named.words.length === 0) return Number.POSITIVE_INFINITY
  const [letters, skeleton] = [other.text.replace(/^\d+|\d+$/g, ''), other.form]
  for (const form of named.words) {
    const made = form.slice(1)
    if (made !== other.text && made !== letters && made !== skeleton) continue
    if (form[0] === '4') continue
    if (form[0] === '3') return HANDLE_NAME.initials
    if (form[0] === '2') return HANDLE_NAME.nickname
    return letters !== other.text ? HANDLE_NAME['name-and-number'] : HANDLE_NAME['full-name']
  }
  return HANDLE_NAME.unrelated
}

const NICKNAMES_MAX = 40

/** Handles that people make of a name: order, initials, nickname; umlauts as ue and as u. At least four letters each. */
export function handlesOf(name: string): string[] {
  const words = wordsOf(name.toLowerCase()).filter((word) => word.length > 0)
  if (words.length === 0) return []
  const forms = new Set<string>()
  for (const at of [0, 1]) {
    const spelled = words.map((word) => spellings(word)[at] ?? spellings(word)[0] ?? '')
    addForms(forms, spelled)
  }
  return [...forms].filter((form) => form.length > 4)
}

function addForms(forms: Set<string>, words: readonly string[]): void {
  const [first = '', last = ''] = [words[0], words.at(-1)]
  if (words.length === 1) {
    forms.add(`1${first}`)
    return
  }
  forms.add(`1${words.join('')}`)
  forms.add(`1${first}${last}`)
  forms.add(`1${last}${first}`)
  for (const nickname of otherForms(first).slice(0, NICKNAMES_MAX)) {
    forms.add(`2${nickname}${last}`)
    forms.add(`2${last}${nickname}`)
  }
  for (const alone of [first, last, ...otherForms(first).slice(0, NICKNAMES_MAX)]) forms.add(`4${alone}`)
  forms.add(`3${first[0]}${last}`)
  forms.add(`3${last}${first[0]}`)
  forms.add(`3${first}${last[0]}`)
  if (words.length > 2)
    forms.add(
      `3${words
        .slice(0, -1)
        .map((word) => word[0])
        .join('')}${last}`,
    )
}
