import { readUnderstanding, splitInto, TokenPlaces } from '../../text/index.ts'
import { finding, type Span } from '../finding.ts'
import { type Piece, type Reading, spanOf, type Word } from '../reading.ts'
import type { Check } from './check.ts'

const MARKS = /[!?]{3,50}|(?:[!?]\s){3,50}/g
/** "NEW YORK CITY USA" and names of products stand in capitals; a shout has words of a sentence. */
const CAPITAL_WORDS_MIN = 4
const CAPITAL_LETTERS_MIN = 16
const ABBREVIATION_LETTERS_MAX = 3
/** An insult of the lists has no more words. */
const INSULT_WORDS_MAX = 6
const INSULT_PLACES_MAX = 2_000

/** Capitals over some words in a row, or marks over marks. */
export const findShouting: Check = (reading) => {
  const capitals = reading.prose.flatMap(shoutedRuns)
  const marks = reading.prose.flatMap((piece) =>
    [...piece.text.matchAll(MARKS)].map(({ 0: found, index }) => spanOf(piece, index, index + found.length)),
  )
  return [
    ...(capitals.length > 0 ? [finding('shouting', 'capitals', 'low', 'stay-calm', { spans: capitals })] : []),
    ...(marks.length > 0 ? [finding('shouting', 'marks', 'low', 'stay-calm', { spans: marks })] : []),
  ]
}

function shoutedRuns(piece: Piece): Span[] {
  const spans: Span[] = []
  let run: Word[] = []
  const end = (): void => {
    const [first, last] = [run[0], run.at(-1)]
    if (first && last && isShout(run)) spans.push(spanOf(piece, first.from, last.to))
    run = []
  }
  for (const word of piece.words) {
    if (/\p{Lu}/u.test(word.text) && word.text === word.text.toUpperCase() && !/\p{N}/u.test(word.text)) run.push(word)
    else end()
  }
  end()
  return spans
}

/** Of lists of parties and of shares most are abbreviations. */
const isShout = (run: readonly Word[]): boolean =>
  run.length >= CAPITAL_WORDS_MIN &&
  run.reduce((sum, word) => sum + word.text.length, 0) >= CAPITAL_LETTERS_MIN &&
  run.filter((word) => word.text.length > ABBREVIATION_LETTERS_MAX).length * 2 >= run.length

const places = new TokenPlaces()

/** The list of insults is the one that flags posts (server/text); here the fewest words are sought that it flags. */
export const findInsults: Check = (reading) => {
  const spans = reading.prose.flatMap((piece) => (isOffensive(piece.text, reading) ? insultsIn(piece, reading) : []))
  return spans.length > 0 ? [finding('insult', 'insult', 'high', 'stay-calm', { spans })] : []
}

/** For each last word the fewest words before it: what is not needed for the insult is not part of it. */
function insultsIn(piece: Piece, reading: Reading): Span[] {
  const spans: Span[] = []
  const words = piece.words.slice(0, INSULT_PLACES_MAX)
  let free = 0
  for (let last = 0; last < words.length; last++)
    for (let first = last; first >= free && last - first < INSULT_WORDS_MAX; first--) {
      const [from, to] = [(words[first] as Word).from, (words[last] as Word).to]
      if (!isOffensive(piece.text.slice(from, to), reading)) continue
      spans.push(spanOf(piece, from, to))
      free = last + 1
      break
    }
  return spans.length > 0 ? spans : [spanOf(piece, 0, piece.text.length)]
}

function isOffensive(text: string, { language }: Reading): boolean {
  splitInto(places, text)
  return readUnderstanding(text, places, language).offensive === true
}
