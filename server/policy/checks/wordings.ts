import { type Finding, finding, type Span } from '../finding.ts'
import { LANGUAGES, type Language, Phrasebook, type PhraseFind } from '../phrases.ts'
import { type Piece, type Reading, spanOf, type Word } from '../reading.ts'
import { ASKED_DATA, ASKING, PRIVATE_WAY } from '../words/asking.ts'
import {
  COMMITMENTS,
  CONDITIONS,
  DEADLINES,
  GUARANTEES,
  NEGATIONS,
  NEVER_AGAIN,
  REFUNDS,
  type WordsByLanguage,
} from '../words/promises.ts'
import { CONFIDED, DISMISSIVE, OWN_AFFAIRS, PRIVATE_CONTACT, PROMOTION } from '../words/tone.ts'
import type { Check } from './check.ts'
import { hasSoundLink } from './link.ts'

const guarantees = new Phrasebook(GUARANTEES)
const neverAgain = new Phrasebook(NEVER_AGAIN)
const deadlines = new Phrasebook(DEADLINES)
const refunds = new Phrasebook(REFUNDS)
const dismissive = new Phrasebook(DISMISSIVE)
const confided = new Phrasebook(CONFIDED)
const privateContact = new Phrasebook(PRIVATE_CONTACT)
const ownAffairs = new Phrasebook(OWN_AFFAIRS)
const promotion = new Phrasebook(PROMOTION)
const asking = new Phrasebook(ASKING)
const askedData = new Phrasebook(ASKED_DATA)
const privateWay = new Phrasebook(PRIVATE_WAY)
const negations = setsOf(NEGATIONS)
const commitments = setsOf(COMMITMENTS)
const conditions = setsOf(CONDITIONS)

/** So far before and behind a find a "not" takes it back. German puts it behind: "das garantieren wir nicht". */
const NEGATION_BEFORE_WORDS = 4
const NEGATION_BEHIND_WORDS = 4
/** A longer sentence is a list, or hostile: what is further away does not count, and time stays linear. */
const SENTENCE_WORDS_MAX = 60

const FOLLOW = /^(?:follow|folg|volg)/

type Takes = (words: readonly Word[], find: PhraseFind, piece: Piece, language: string | null) => boolean

export const findGuarantees: Check = (reading) =>
  told(finding('guarantee', 'guarantee', 'medium', 'say-what-is-known'), [
    ...findsIn(reading, guarantees, isPromised),
    ...findsIn(reading, neverAgain, isOwn),
  ])

export const findDeadlines: Check = (reading) =>
  told(finding('deadline', 'deadline', 'low', 'say-what-is-known'), findsIn(reading, deadlines, isCommitted))

export const findRefunds: Check = (reading) =>
  told(finding('refund', 'refund', 'medium', 'name-conditions'), findsIn(reading, refunds, isPromised))

export const findDismissive: Check = (reading) =>
  told(finding('dismissive', 'dismissive', 'low', 'offer-help'), findsIn(reading, dismissive, isOwn))

export const findInsideTalk: Check = (reading) => [
  ...told(finding('inside-talk', 'confided', 'medium', 'leave-out'), findsIn(reading, confided, isOwn)),
  ...told(
    finding('inside-talk', 'private-contact', 'medium', 'use-team-contact'),
    findsIn(reading, privateContact, isOwn),
  ),
  ...told(finding('inside-talk', 'own-affairs', 'low', 'leave-out'), findsIn(reading, ownAffairs, isOwn)),
]

/** Advertising in an answer; worse to somebody who complains. */
export const findPromotion: Check = (reading) => {
  if (reading.draft.kind === 'post') return []
  const complains = reading.draft.answered?.complaint ?? false
  const first = complains
    ? finding('promotion', 'to-complaint', 'medium', 'answer-first')
    : finding('promotion', 'promotion', 'low', 'answer-first')
  // "Follow us so that we can send you a message" is how some networks open the private way.
  const wantsMessage = findsIn(reading, privateWay, () => true).length > 0
  const isAdvert: Takes = (words, find) =>
    !(words[find.first] as Word).quoted && !(wantsMessage && FOLLOW.test((words[find.first] as Word).key))
  return told(first, findsIn(reading, promotion, isAdvert))
}

/** "What is your order number?" where everybody reads the answer, and no word of a message, a form or a link of ours. */
export const findAskedPersonal: Check = (reading, brand) => {
  if (reading.draft.kind === 'private') return []
  const spans = findsIn(reading, askedData, (words, find) => isAsked(words, find, reading.language))
  if (spans.length === 0 || findsIn(reading, privateWay, () => true).length > 0 || hasSoundLink(reading, brand))
    return []
  return told(finding('asks-personal', 'asks-personal', 'low', 'ask-in-private'), spans)
}

function isAsked(words: readonly Word[], find: PhraseFind, language: string | null): boolean {
  const said = sentenceAround(words, find.first, (words[find.first] as Word).sentence)
  return asking.find(said, language).length > 0
}

/** Not taken back by a "not", no "if", no question, no quotation. */
function isPromised(words: readonly Word[], find: PhraseFind, piece: Piece, language: string | null): boolean {
  const { sentence, quoted } = words[find.first] as Word
  if (quoted || endsInQuestion(words, find.last, piece)) return false
  const from = Math.max(0, find.first - NEGATION_BEFORE_WORDS)
  return !words
    .slice(from, find.last + 1 + NEGATION_BEHIND_WORDS)
    .some((word) => word.sentence === sentence && isAmong(negations, word.key, language))
}

/** A time that we set ourselves: "until Friday" and "report it within a day" are none. */
function isCommitted(words: readonly Word[], find: PhraseFind, piece: Piece, language: string | null): boolean {
  if (!isPromised(words, find, piece, language)) return false
  const { sentence } = words[find.first] as Word
  const said = sentenceAround(words, find.first, sentence).map(({ key }) => key)
  return (
    said.some((key) => isAmong(commitments, key, language)) && !said.some((key) => isAmong(conditions, key, language))
  )
}

function sentenceAround(words: readonly Word[], at: number, sentence: number): readonly Word[] {
  let [from, to] = [at, at]
  while (from > 0 && words[from - 1]?.sentence === sentence && at - from < SENTENCE_WORDS_MAX) from--
  while (words[to]?.sentence === sentence && to - at < SENTENCE_WORDS_MAX) to++
  return words.slice(from, to)
}

const isOwn: Takes = (words, find) => !(words[find.first] as Word).quoted

function endsInQuestion(words: readonly Word[], at: number, piece: Piece): boolean {
  const { sentence } = words[at] as Word
  let last = at
  while (words[last + 1]?.sentence === sentence && last - at < SENTENCE_WORDS_MAX) last++
  return /^[^\p{L}\p{N}.!]{0,5}\?/u.test(piece.text.slice((words[last] as Word).to, (words[last] as Word).to + 8))
}

function findsIn(reading: Reading, phrases: Phrasebook, takes: Takes): Span[] {
  const language = reading.language as Language | null
  return reading.prose.flatMap((piece) =>
    phrases
      .find(piece.words, language)
      .filter((find) => takes(piece.words, find, piece, language))
      .map((find) => spanOf(piece, (piece.words[find.first] as Word).from, (piece.words[find.last] as Word).to)),
  )
}

function setsOf(words: WordsByLanguage): Readonly<Record<Language, ReadonlySet<string>>> {
  const setOf = (language: Language) => new Set(words[language].split(/\s+/))
  return { de: setOf('de'), nl: setOf('nl'), en: setOf('en') }
}

/** Of all languages where it is not known. */
const isAmong = (sets: ReturnType<typeof setsOf>, key: string, language: string | null): boolean =>
  LANGUAGES.some((one) => (language === null || language === one) && sets[one].has(key))

const told = (first: Finding, spans: readonly Span[]): Finding[] => (spans.length > 0 ? [{ ...first, spans }] : [])
