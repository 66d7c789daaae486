import { globFits } from './glob.ts'
import type { NearNode, QueryNode, TermNode, WordTest } from './query.ts'
import { spelling } from './terms.ts'
import { isMarked, type Words } from './words.ts'

/**
 * Places kept of one term, OR or NEAR; only a text made of little else has more. Of those the first ones are kept. It
 * bounds the time that a hostile text and a hostile query can take together.
 */
const OCCURRENCES_MAX = 2_000

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
  return node.kind === 'or' ? inOrder(node.parts.flatMap((part) => occurrences(part, words, german))) : []
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
  const meets: Uint8Array[] = []
  for (const word of phrase) {
    const tokens = tokensMeeting(word, words, german)
    if (!tokens) return []
    meets.push(tokens)
  }
  const starts: number[] = []
  for (let start = 0; start + phrase.length <= words.tokens.length; start++) {
    const stands = meets.every((tokens, i) => tokens[start + i] === 1)
    const end = start + phrase.length - 1
    if (stands && positionOf(words, end) - positionOf(words, start) === end - start) starts.push(start)
  }
  return starts
}

/** 1 for each token that a word of a query meets, null for none. `german`: German is read, by the topic and in this text. */
function tokensMeeting(word: WordTest, words: Words, german: boolean): Uint8Array | null {
  const lists = tokenLists(word, words, german)
  if (lists.length === 0) return null
  const meets = new Uint8Array(words.tokens.length)
  for (const tokens of lists) {
    for (const token of tokens) {
      if (word.exact === null || isSpelt(words.tokens[token]?.text ?? '', word.exact)) meets[token] = 1
    }
  }
  return meets
}

function tokenLists(word: WordTest, words: Words, german: boolean): (readonly number[])[] {
  const keys = german ? [...word.keys, ...word.germanKeys] : word.keys
  const lists: (readonly number[])[] = []
  const add = (tokens: readonly number[] | undefined): void => {
    if (tokens) lists.push(tokens)
  }
  for (const table of german ? [words.byKey, words.byGermanKey] : [words.byKey]) {
    for (const key of word.pattern ? keysFitting(keys, table) : keys) add(table.get(key))
  }
  for (const { language, stem } of word.stems) add(words.byStem(language).get(stem))
  return lists
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
  return pairsNear(occurrences(node.left, words, german), occurrences(node.right, words, german), node)
}

/** What stands near each other, from the first word of the one to the last of the other. */
export function pairsNear(
  left: Occurrence[],
  right: Occurrence[],
  { ordered, distance }: Pick<NearNode, 'ordered' | 'distance'>,
): Occurrence[] {
  const pairs = pairsInOrder(left, right, distance)
  return inOrder(ordered ? pairs : [...pairs, ...pairsInOrder(right, left, distance)])
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
  const byPlace = new Map<number, Occurrence>()
  for (const one of found) {
    const place = one.first * PLACES + one.last
    if (!byPlace.has(place)) byPlace.set(place, one)
  }
  const places = [...byPlace.values()].sort((a, b) => a.first - b.first || a.last - b.last)
  return places.slice(0, OCCURRENCES_MAX)
}

/** More than there are positions in a post. */
const PLACES = 100_000

function positionOf(words: Words, token: number): number {
  return words.tokens[token]?.position ?? -1
}
