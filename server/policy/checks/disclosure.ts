import { type Finding, finding, type Span } from '../finding.ts'
import { nameKey } from '../known.ts'
import { LANGUAGES, type Language, Phrasebook } from '../phrases.ts'
import { type Piece, type Reading, spanOf } from '../reading.ts'
import { BOT_WORDS, CUES, MARKS } from '../words/disclosure.ts'
import type { Check } from './check.ts'

const cues = new Phrasebook(CUES)
/** A mark is seen at once when it stands among the first words; German courts want it at the beginning. */
const BEGINNING_SHARE = 0.3
const BEGINNING_CHARACTERS = 60

/** Advertising that does not say so, a bot that does not say so, and what the brand's own rules want said. */
export const findMissingDisclosures: Check = (reading, brand) => [
  ...paid(reading),
  ...(reading.draft.origin === 'bot' && brand.brand.botsSaySo ? bot(reading) : []),
  ...brand.disclosures.flatMap((rule) => {
    const spans = rule.matches(reading)
    if (!spans || rule.words.some((word) => stands(reading, word))) return []
    return [
      finding('disclosure', 'rule', 'medium', 'add-words', {
        values: { rule: rule.id, words: rule.words[0] ?? '' },
        spans,
      }),
    ]
  }),
]

function paid(reading: Reading): Finding[] {
  const marks = wordsOf(MARKS, reading.language)
  const places = reading.prose.flatMap((piece) => marks.flatMap((mark) => placesOf(piece, mark)))
  if (reading.draft.paid) {
    if (places.length === 0)
      return [finding('disclosure', 'missing', 'high', 'mark-at-start', { values: { words: marks[0] ?? '' } })]
    return places.some((span) => isAtBeginning(span, reading))
      ? []
      : [finding('disclosure', 'late', 'low', 'mark-at-start', { spans: places })]
  }
  if (places.length > 0 || reading.draft.kind !== 'post') return []
  const spans = reading.prose.flatMap((piece) =>
    cues
      .find(piece.words, reading.language)
      .map((find) => spanOf(piece, piece.words[find.first]?.from ?? 0, piece.words[find.last]?.to ?? 0)),
  )
  return spans.length > 0
    ? [finding('disclosure', 'cue', 'low', 'mark-at-start', { values: { words: marks[0] ?? '' }, spans })]
    : []
}

function bot(reading: Reading): Finding[] {
  const said = wordsOf(BOT_WORDS, reading.language).some((word) => stands(reading, word))
  return said ? [] : [finding('disclosure', 'bot', 'medium', 'say-that-a-bot-writes')]
}

const wordsOf = (lists: Readonly<Record<Language, readonly string[]>>, language: string | null): readonly string[] => {
  const own = LANGUAGES.find((one) => one === language)
  return own ? lists[own] : LANGUAGES.flatMap((one) => lists[one])
}

const stands = (reading: Reading, word: string): boolean =>
  reading.prose.some((piece) => placesOf(piece, word).length > 0)

/** Tokens in a row; a tag counts for its word, so that "#Werbung" is "Werbung", but "#ad" only counts as a tag. */
function placesOf(piece: Piece, written: string): Span[] {
  const wanted = nameKey(written).split(/\s+/)
  const keys = piece.tokens.map((token) => nameKey(token.text))
  return piece.tokens.flatMap((token, at) => {
    const fits = wanted.every((word, place) => keys[at + place] === word || keys[at + place] === `#${word}`)
    return fits ? [spanOf(piece, token.from, piece.tokens[at + wanted.length - 1]?.to ?? token.to)] : []
  })
}

function isAtBeginning(span: Span, { prose }: Reading): boolean {
  const piece = prose.find((one) => one.part === span.part && one.index === span.index)
  const begin = piece?.tokens.find((token) => token.kind !== 'handle')?.from ?? 0
  const reach = Math.max(BEGINNING_CHARACTERS, (piece?.text.length ?? 0) * BEGINNING_SHARE)
  return span.part === 'title' || (span.part === 'text' && span.from - begin <= reach)
}
