import { shareOf } from './frequencies.ts'
import { affixesOf, areOtherNumbers } from './handles.ts'
import { levelNumbers, type Topic } from './levels.ts'
import type { Frequencies, Model } from './model.ts'
import type { Prepared } from './prepared.ts'
import { OWN_RECORDS_MAX } from './rarity.ts'
import { surprisalOf } from './surprisal.ts'
import type { Value } from './value.ts'

const HANDLE = levelNumbers('handle')
const HANDLE_NAME = levelNumbers('handle-name')

/** That one handle holds another is easier than that they are equal. */
const STEM_BITS_LESS = 4
/** A handle made of its own name says that and how it was made, about so much; the name is counted elsewhere. */
const FORM_BITS = 4.5
const DIGIT_BITS = 2.2
/** A letter beside a name: one of some twenty-five. */
const LETTER_BITS = 4.6
/** Shorter pieces are one word; longer ones begin with one and end in another. */
const INSIDE_LETTERS_MAX = 8
/** Shorter pieces that two handles have in common are chance. */
const PIECE_LETTERS_MIN = 3

/**
 * Bits of two handles that have something in common, or of a handle that follows from a name: how surprising that is among the
 * workspace's handles and names. What the names say already is not said again. Null for other topics and levels.
 */
export function handleBits(
  model: Model,
  topic: Topic,
  level: number,
  a: Prepared,
  b: Prepared,
  at: number,
): number | null {
  if (topic === 'handle-name' && level < HANDLE_NAME.unrelated) return followingBits(model, level, a, b, at)
  if (topic !== 'handle' || level > HANDLE.stem) return null
  const [one, other] = [a.values[at] as Value, b.values[at] as Value]
  const beyond = Math.min(beyondNames(model, a, one), beyondNames(model, b, other))
  if (level === HANDLE.exact || one.form === other.form)
    return Math.min(wholeBits(model, at, one), wholeBits(model, at, other), beyond)
  if (level === HANDLE.typo) return Math.min(beyond, slipBits(model, at, one.form, other.form))
  const [stemA = '', stemB = ''] = [one.words[0], other.words[0]]
  const stem = stemA.length <= stemB.length ? stemA : stemB
  const isNumbered = areOtherNumbers(one.form, other.form)
  if (isNameForm(model, a, stem) || isNameForm(model, b, stem)) {
    // That both hold the same one of the names, or all of them and other numbers, is the name once more.
    const isNew = level === HANDLE.variant || isWholeForm(model, a, stem) || isWholeForm(model, b, stem)
    return isNew && !isNumbered ? Math.min(FORM_BITS, beyond) : 0
  }
  const bits = Math.min(pieceBits(model, at, stem), beyond)
  if (level === HANDLE.variant) return bits
  return Math.max(0, bits - STEM_BITS_LESS * (isNumbered ? 2 : 1))
}

/** An equal handle, with its digits. */
function wholeBits(model: Model, at: number, { text, form, words: [skeleton = ''] }: Value): number {
  const digits = form.length - form.replace(/\d+/g, '').length
  return Math.min(surprisalOf(text, model.handles), pieceBits(model, at, skeleton) + DIGIT_BITS * digits)
}

/** Nobody mistypes the own handle: what counts is what both have at the beginning and at the end. */
function slipBits(model: Model, at: number, a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let from = 0
  while (from < most && a[from] === b[from]) from++
  let until = 0
  while (until < most - from && a.at(-1 - until) === b.at(-1 - until)) until++
  const pieces = [a.slice(0, from), a.slice(a.length - until)].filter((piece) => piece.length >= PIECE_LETTERS_MIN)
  const bits = pieces.reduce((sum, piece) => sum + pieceBits(model, at, piece), 0)
  return Math.max(0, bits - STEM_BITS_LESS)
}

/** How rare a piece of a handle is: as letters, as a handle of others, and as the name that it may be. */
function pieceBits(model: Model, at: number, piece: string): number {
  const { words } = model.units[at] as Model['units'][number]
  return Math.min(surprisalOf(piece, model.handles), asWords(piece, words), asNames(model, piece))
}

/** Bits of a piece by how many handles are it, begin with it or end in it; infinite where only one person's do. */
function asWords(piece: string, words: Frequencies): number {
  const [begins = '', ends = ''] = affixesOf(piece)
  const [start, end] = [frequentBits(begins, words), frequentBits(ends, words)]
  const inside = piece.length < INSIDE_LETTERS_MAX ? Math.min(start, end) : start + end
  return Math.min(frequentBits(piece, words), inside)
}

const frequentBits = (word: string, words: Frequencies): number =>
  (words.counts.get(word) ?? 0) > OWN_RECORDS_MAX
    ? -Math.log2(shareOf(word, 'handle', words))
    : Number.POSITIVE_INFINITY

/** Bits of a piece that is a name, two of them, or one with a letter; infinite where it is none. */
function asNames(model: Model, piece: string): number {
  const { at, words } = namesOf(model)
  if (at < 0 || piece === '') return Number.POSITIVE_INFINITY
  let least = nameBits(piece, words)
  for (let cut = 1; cut < piece.length; cut++) {
    const bits = partBits(piece.slice(0, cut), words)
    if (bits < least) least = Math.min(least, bits + partBits(piece.slice(cut), words))
  }
  return least
}

const partBits = (part: string, words: Frequencies): number =>
  part.length === 1 ? LETTER_BITS : part.length < PIECE_LETTERS_MIN ? Number.POSITIVE_INFINITY : nameBits(part, words)

const nameBits = (word: string, words: Frequencies): number =>
  words.counts.has(word) ? -Math.log2(shareOf(word, 'surname', words)) : Number.POSITIVE_INFINITY

function namesOf({ schema, units }: Model): { at: number; words: Frequencies } {
  const at = schema.units.findIndex(({ topic }) => topic === 'name')
  return { at, words: units[at]?.words as Frequencies }
}

function beyondNames(model: Model, record: Prepared, handle: Value): number {
  const letters = handle.form.replace(/\d+/g, '')
  const explained = isNameForm(model, record, letters) || isNameForm(model, record, handle.words[0] ?? '')
  return explained ? FORM_BITS + DIGIT_BITS * (handle.form.length - letters.length) : Number.POSITIVE_INFINITY
}

/** Whether the record's name would make such a handle. */
const isNameForm = (model: Model, record: Prepared, stem: string): boolean =>
  formsOf(model, record).some((form) => form.slice(1) === stem)

/** Whether more than one of its names would. */
const isWholeForm = (model: Model, record: Prepared, stem: string): boolean =>
  formsOf(model, record).some((form) => form.slice(1) === stem && form[0] !== '4')

function formsOf({ schema }: Model, { values }: Prepared): readonly string[] {
  const at = schema.units.findIndex(({ topic }) => topic === 'handle-name')
  return values[at]?.words ?? []
}

/** A handle that follows from the other's name is as rare as that name; a word that both names have is not counted beside it. */
function followingBits(model: Model, level: number, a: Prepared, b: Prepared, at: number): number | null {
  const { at: name, words } = namesOf(model)
  if (name < 0) return null
  return Math.max(madeBits(level, a, b, at, name, words), madeBits(level, b, a, at, name, words))
}

const rarityOf = (word: string, words: Frequencies): number => -Math.log2(shareOf(word, 'surname', words))

function madeBits(
  level: number,
  named: Prepared,
  other: Prepared,
  at: number,
  name: number,
  words: Frequencies,
): number {
  const given = named.values[name]?.words ?? []
  const handle = other.values[at]
  const letters = handle?.text.replace(/^\d+|\d+$/g, '')
  const forms = named.values[at]?.words ?? []
  if (!handle || !forms.some((form) => [handle.text, letters, handle.form].includes(form.slice(1)))) return 0
  const [first, last] = [given[0], given.at(-1)]
  if (first === undefined || last === undefined) return 0
  if (given.length === 1) return rarityOf(last, words)
  const bits = [rarityOf(first, words), rarityOf(last, words)] as const
  return level === HANDLE_NAME.initials ? Math.max(...bits) + LETTER_BITS - 1 : bits[0] + bits[1] - 1
}
