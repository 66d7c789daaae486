import { globFits } from './glob.ts'
import type { NearNode, QueryNode, TermNode, WordTest } from './query.ts'
import { spelling } from './terms.ts'
import { isMarked, type Words } from './words.ts'

/**
 * Places kept of one term, OR or NEAR; only a text made of little else has more. Of those the first ones are kept. It
 * bounds the time that a hostile text and a hostile query can take together.
 */
export const OCCURRENCES_MAX = 2_000

/** Where a term or a NEAR was found: word positions for distances, tokens or parts for highlighting. */
export interface Occurrence {
  first: number
  last: number
  found: { leaf: number; firstToken: number; lastToken: number } | readonly [Occurrence, Occurrence]
}

/** The places where a term, an OR of terms or a NEAR stands, in the order of the text. Other nodes have no place. */
export function occurrences(node: QueryNode, words: Words, german: boolean): Occurrence[] {
  if (node.kind === 'term') return termOccurrences(node, words, german)
  if (node.kind === 'near') return nearOccurrences(node, words, german)
  if (node.kind !== 'or') return []
  let all: Occurrence[] = []
  for (const part of node.parts) all = inOrder(all.concat(occurrences(part, words, german)))
  return all
}

function termOccurrences(node: TermNode, words: Words, german: boolean): Occurrence[] {
  const starts = phraseStarts(node.words, words, german).slice(0, OCCURRENCES_MAX)
  return starts.map((firstToken) => {
    const lastToken = firstToken + node.words.length - 1
    const [first, last] = [positionOf(words, firstToken), positionOf(words, lastToken)]
    return { first, last, found: { leaf: node.leaf, firstToken, lastToken } }
  })
}

/** Tokens at which the words stand one after the other. */
export function phraseStarts(phrase: readonly WordTest[], words: Words, german: boolean): number[] {
  const [head, ...rest] = phrase.map((word) => tokensMeeting(word, words, german))
  if (!head) return []
  const follows = (start: number, tokens: ReadonlySet<number>, offset: number): boolean =>
    tokens.has(start + offset) && positionOf(words, start + offset) === positionOf(words, start) + offset
  return [...head].filter((start) => rest.every((tokens, i) => follows(start, tokens, i + 1))).sort((a, b) => a - b)
}

/** The tokens that a word of a query meets. `german`: German is read, by the topic and in this text. */
function tokensMeeting(word: WordTest, words: Words, german: boolean): Set<number> {
  const keys = german ? [...word.keys, ...word.germanKeys] : word.keys
  const found = new Set<number>()
  const add = (tokens: readonly number[] | undefined): void => {
    for (const token of tokens ?? []) found.add(token)
  }
  const tables = german ? [words.byKey, words.byGermanKey] : [words.byKey]
  for (const table of tables) {
    if (word.pattern) for (const key of keysFitting(keys, table)) add(table.get(key))
    else for (const key of keys) add(table.get(key))
  }
  for (const { language, stem } of word.stems) add(words.byStem(language).get(stem))
  if (word.exact === null) return found
  return new Set([...found].filter((token) => isSpelt(words.tokens[token]?.text ?? '', word.exact as string)))
}

/** A pattern for words does not reach into tags and handles: their marks are not letters. */
function keysFitting(patterns: readonly string[], table: ReadonlyMap<string, unknown>): string[] {
  const isForWords = !isMarked(patterns[0] ?? '')
  return [...table.keys()].filter(
    (key) => !(isForWords && isMarked(key)) && patterns.some((pattern) => globFits(pattern, key)),
  )
}

/** Letter by letter; a tag is also spelt without #, a name also with 's. */
function isSpelt(text: string, wanted: string): boolean {
  const spelt = spelling(text)
  return spelt === wanted || spelt.replace(/^[#＃]/, '') === wanted || spelt.replace(/'s$/i, '') === wanted
}

function nearOccurrences(node: NearNode, words: Words, german: boolean): Occurrence[] {
  const left = occurrences(node.left, words, german)
  const right = occurrences(node.right, words, german)
  const pairs = pairsInOrder(left, right, node.distance)
  return inOrder(node.ordered ? pairs : [...pairs, ...pairsInOrder(right, left, node.distance)])
}

/** Pairs where the second begins behind the end of the first, at most `distance` words on. Both come sorted by first. */
function pairsInOrder(before: Occurrence[], behind: Occurrence[], distance: number): Occurrence[] {
  const pairs: Occurrence[] = []
  for (const one of before) {
    for (let i = firstBehind(behind, one.last); i < behind.length; i++) {
      const other = behind[i] as Occurrence
      if (other.first - one.last > distance || pairs.length >= OCCURRENCES_MAX) break
      pairs.push({ first: one.first, last: Math.max(one.last, other.last), found: [one, other] })
    }
  }
  return pairs
}

/** Binary search for the first occurrence that begins after a position. */
function firstBehind(sorted: Occurrence[], position: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as Occurrence).first > position) high = middle
    else low = middle + 1
  }
  return low
}

/** Sorted by place, each place once: who stands there does not change what is near. */
function inOrder(found: Occurrence[]): Occurrence[] {
  const sorted = found.sort((a, b) => a.first - b.first || a.last - b.last)
  const places = sorted.filter((one, i) => {
    const previous = sorted[i - 1]
    return !previous || previous.first !== one.first || previous.last !== one.last
  })
  return places.slice(0, OCCURRENCES_MAX)
}

function positionOf(words: Words, token: number): number {
  return words.tokens[token]?.position ?? -1
}
