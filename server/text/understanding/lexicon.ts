import { CONCEPTS } from './concepts.ts'
import { step } from './folded-letters.ts'
import { EDGE, foldWord, hashOfWord, word } from './folded-word.ts'
import { BLAME_WORDS, NEGATIONS, PRAISE_WORDS } from './opinion-words.ts'

/** The order of the columns in concepts.ts. */
const LANGUAGES = ['en', 'de', 'fr', 'it', 'es', 'pt', 'nl'] as const
type LexiconLanguage = (typeof LANGUAGES)[number]

/**
 * People write English words in all of these languages, so that English counts in each of them, but for words that mean
 * something else there.
 */
const NOT_ENGLISH: Record<LexiconLanguage, string> = {
  en: '',
  de: 'war hell fast kind die lies bad fine well gift hat so me mine arm was will',
  fr: 'hate pain rat fine sale lie late die me mine but tu on',
  it: 'fine male me mine die so',
  es: 'sin me pain die so',
  pt: 'fine me die so',
  nl: 'war worst hell bad die kind fail fast ass well so me',
}

const PRAISE = 1
const BLAME = -1
export const NEGATION = 2

const SLOT_BITS = 16
const SLOTS = 1 << SLOT_BITS
const keys = new Int32Array(SLOTS)
const opinions = new Int8Array(SLOTS)
const concepts = new Uint8Array(SLOTS)
const WORD_SEED = 0x51ed270b
/** Fewer letters are no beginning of a word. */
const BEGINNING_LETTERS_MIN = 3

/** What the lexicon says of a word: of `opinion`, PRAISE, BLAME, NEGATION or 0; of `concept`, its number or 0. */
export const meaning = { opinion: 0, concept: 0 }

/** Words of a language have keys of their own; where the language is not known, words of all count. */
export function lexiconSeed(language: string | null): number {
  return WORD_SEED ^ Math.imul(LANGUAGES.indexOf(language as LexiconLanguage) + 2, 0x9e3779b1)
}

/** Looks up the folded word: whole words end with an edge, beginnings do not, and one table holds both. The longest counts. */
export function lookUpWord(seed: number): void {
  const { codes, length } = word
  let hash = seed
  meaning.opinion = 0
  meaning.concept = 0
  for (let at = 1; at <= length; at++) {
    hash = step(hash, codes[at] as number)
    if (at >= BEGINNING_LETTERS_MIN) take(hash)
  }
  take(step(hash, EDGE))
}

function take(key: number): void {
  const slot = slotOf(key)
  const opinion = opinions[slot] as number
  const concept = concepts[slot] as number
  if (opinion !== 0) meaning.opinion = opinion
  if (concept !== 0) meaning.concept = concept
}

function slotOf(key: number): number {
  let slot = Math.imul(key, 0x9e3779b1) >>> (32 - SLOT_BITS)
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & (SLOTS - 1)
  return slot
}

function learn(words: readonly string[], language: LexiconLanguage | null, teach: (slot: number) => void): void {
  const seed = lexiconSeed(language)
  for (const written of words) {
    const open = written.endsWith('*')
    foldWord(written, 0, open ? written.length - 1 : written.length)
    const hash = hashOfWord(seed)
    const key = open ? hash : step(hash, EDGE)
    const slot = slotOf(key)
    keys[slot] = key
    teach(slot)
  }
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)

/** English words as they count in a language. */
function englishIn(language: LexiconLanguage, words: readonly string[]): string[] {
  const not = new Set(wordsOf(NOT_ENGLISH[language]))
  return words.filter((written) => !not.has(written))
}

/** Own words come last, so that they win over English ones of the same letters. */
function learnOpinions(table: Record<LexiconLanguage, string>, value: number): void {
  const teach = (slot: number): void => {
    opinions[slot] = value
  }
  const english = wordsOf(table.en)
  for (const language of LANGUAGES) {
    learn(englishIn(language, english), language, teach)
    learn(wordsOf(table[language]), language, teach)
    learn(wordsOf(table[language]), null, teach)
  }
}

/** A word keeps the first concept that it was given: own words come first, English ones after all of them. */
function learnConcepts(): void {
  const rows = CONCEPTS.trim()
    .split('\n')
    .map((line) => line.split('|').map(wordsOf))
  const teach = (row: number) => (slot: number) => {
    if (concepts[slot] === 0) concepts[slot] = row + 1
  }
  for (const [row, columns] of rows.entries())
    for (const [at, language] of LANGUAGES.entries()) {
      learn(columns[at] ?? [], language, teach(row))
      learn(columns[at] ?? [], null, teach(row))
    }
  for (const [row, columns] of rows.entries())
    for (const language of LANGUAGES) learn(englishIn(language, columns[0] ?? []), language, teach(row))
}

learnOpinions(PRAISE_WORDS, PRAISE)
learnOpinions(BLAME_WORDS, BLAME)
learnOpinions(NEGATIONS, NEGATION)
learnConcepts()
