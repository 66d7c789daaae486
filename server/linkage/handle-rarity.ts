import { edits } from './distance.ts'
import { shareOf } from './frequencies.ts'
import { ANY_PART, affixesOf, areOtherNumbers } from './handles.ts'
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

const PIECES_REMEMBERED_MAX = 20_000
const remembered = new WeakMap<Model, Map<string, number>>()

/** How rare a piece of a handle is: as letters, as a handle of others, and as the words and names that it may be made of. */
function pieceBits(model: Model, at: number, piece: string): number {
  const known = remembered.get(model) ?? new Map<string, number>()
  remembered.set(model, known)
  let bits = known.get(piece)
  if (bits !== undefined) return bits
  const { words } = model.units[at] as Model['units'][number]
  bits = Math.min(surprisalOf(piece, model.handles), asWords(piece, words), asParts(model, piece, words))
  if (known.size >= PIECES_REMEMBERED_MAX) known.clear()
  known.set(piece, bits)
  return bits
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

/** Longer words are rare as letters already. */
const PART_LETTERS_MAX = 14

/** Bits of a piece by the likeliest way to make it of names, of words that others part in their handles, and of letters. */
function asParts(model: Model, piece: string, words: Frequencies): number {
  const { words: names } = namesOf(model)
  const least = [0]
  for (let until = 1; until <= piece.length; until++) {
    let best = (least[until - 1] as number) + LETTER_BITS
    for (let from = Math.max(0, until - PART_LETTERS_MAX); from <= until - PIECE_LETTERS_MIN; from++) {
      const bits = (least[from] as number) + partBits(piece.slice(from, until), names, words)
      if (bits < best) best = bits
    }
    least.push(best)
  }
  return least[piece.length] as number
}

/** Infinite where it is no name and no word of others. */
function partBits(part: string, names: Frequencies | undefined, words: Frequencies): number {
  const count = words.counts.get(`${ANY_PART}${part}`) ?? 0
  const asWord =
    count > OWN_RECORDS_MAX ? Math.log2((words.counts.get(ANY_PART) ?? count) / count) : Number.POSITIVE_INFINITY
  return names?.counts.has(part) ? Math.min(asWord, rarityOf(part, names)) : asWord
}

function namesOf({ schema, units }: Model): { at: number; words: Frequencies | undefined } {
  const at = schema.units.findIndex(({ topic }) => topic === 'name')
  return { at, words: units[at]?.words }
}

function beyondNames(model: Model, record: Prepared, handle: Value): number {
  const letters = handle.form.replace(/\d+/g, '')
  const digits = DIGIT_BITS * (handle.form.length - letters.length)
  if (isNameForm(model, record, letters) || isNameForm(model, record, handle.words[0] ?? '')) return FORM_BITS + digits
  return isNearNameForm(model, record, letters) ? FORM_BITS + SLIP_BITS + digits : Number.POSITIVE_INFINITY
}

/** A letter doubled, lost or exchanged in the name: which one and how. */
const SLIP_BITS = 5
const SLIP_LETTERS_MIN = 7
const isNearNameForm = (model: Model, record: Prepared, letters: string): boolean =>
  letters.length >= SLIP_LETTERS_MIN &&
  formsOf(model, record).some((form) => form[0] !== '4' && edits(form.slice(1), letters, 1) <= 1)

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
  if (name < 0 || !words) return null
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
  const made = (named.values[at]?.words ?? []).find(
    (form) => form[0] !== '4' && handle && [handle.text, letters, handle.form].includes(form.slice(1)),
  )
  const [first, last] = [given[0], given.at(-1)]
  if (made === undefined || first === undefined || last === undefined) return 0
  if (given.length === 1) return rarityOf(last, words)
  const bits = [rarityOf(first, words), rarityOf(last, words)] as const
  if (level !== HANDLE_NAME.initials) return bits[0] + bits[1] - 1
  // Of pietw the given name stands there, of pweber the surname.
  const whole = made.includes(last) ? bits[1] : made.includes(first) ? bits[0] : Math.min(...bits)
  return whole + LETTER_BITS - 1
}
