import { globFits } from './glob.ts'
import type { PreparedPost } from './prepare.ts'
import type { NearNode, Query, QueryNode, TermNode, WordTest } from './query.ts'
import { spelling } from './terms.ts'
import { isMarked, type Words } from './words.ts'

/**
 * Places kept of one term, OR or NEAR; only a text made of little else has more. Of those the first ones are kept. It
 * bounds the time that a hostile text and a hostile query can take together.
 */
export const OCCURRENCES_MAX = 2_000

/** Where a term was found: word positions for distances, tokens for highlighting. */
export interface TermPlace {
  first: number
  last: number
  firstToken: number
  lastToken: number
}

/** A place of a term with the leaf that asked, or of a NEAR with its two parts. */
export interface Occurrence {
  first: number
  last: number
  found: { leaf: number; place: TermPlace } | readonly [Occurrence, Occurrence]
}

/** A query at a post. Places of a term are found once, however often the query repeats it and whoever asks for them. */
export interface Comparison {
  readonly query: Query
  readonly prepared: PreparedPost
  /** German spelling is read where the topic listens in German and the post may be German. */
  readonly german: boolean
  /** By TermNode.sameAs. */
  readonly placesOfTerms: Map<number, readonly TermPlace[]>
}

export const comparing = (query: Query, prepared: PreparedPost): Comparison => ({
  query,
  prepared,
  german: query.german && prepared.german,
  placesOfTerms: new Map(),
})

/** The places where a term, an OR of terms or a NEAR stands, in the order of the text. Other nodes have no place. */
export function occurrences(node: QueryNode, comparison: Comparison): Occurrence[] {
  if (node.kind === 'near') {
    return pairsNear(occurrences(node.left, comparison), occurrences(node.right, comparison), node)
  }
  if (node.kind === 'or') return inOrder(withoutEqual(node.parts).flatMap((part) => occurrences(part, comparison)))
  if (node.kind !== 'term') return []
  return placesOfTerm(node, comparison).map((place) => ({
    first: place.first,
    last: place.last,
    found: { leaf: node.leaf, place },
  }))
}

/** Of equal terms the first one: a place is kept once, whoever stands there. */
function withoutEqual(parts: readonly QueryNode[]): QueryNode[] {
  const seen = new Set<number>()
  return parts.filter((part) => part.kind !== 'term' || (!seen.has(part.sameAs) && seen.add(part.sameAs)))
}

/** The same list for equal terms. */
export function placesOfTerm(node: TermNode, comparison: Comparison): readonly TermPlace[] {
  const known = comparison.placesOfTerms.get(node.sameAs)
  if (known) return known
  const { words } = comparison.prepared
  const places = phraseStarts(node.words, words, comparison.german).map((firstToken) => {
    const lastToken = firstToken + node.words.length - 1
    return { first: positionOf(words, firstToken), last: positionOf(words, lastToken), firstToken, lastToken }
  })
  comparison.placesOfTerms.set(node.sameAs, places)
  return places
}

/** Tokens at which the words stand one after the other; the first OCCURRENCES_MAX of them. */
export function phraseStarts(phrase: readonly WordTest[], words: Words, german: boolean): number[] {
  const meets: Uint8Array[] = []
  for (const word of phrase) {
    const tokens = tokensMeeting(word, words, german)
    if (!tokens) return []
    meets.push(tokens)
  }
  const starts: number[] = []
  const lastStart = words.tokens.length - phrase.length
  for (let start = 0; start <= lastStart && starts.length < OCCURRENCES_MAX; start++) {
    let standing = 0
    while (standing < phrase.length && meets[standing]?.[start + standing] === 1) standing++
    const end = start + phrase.length - 1
    const stands = standing === phrase.length && positionOf(words, end) - positionOf(words, start) === end - start
    if (stands) starts.push(start)
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
export function isSpelt(text: string, wanted: string): boolean {
  const spelt = spelling(text)
  return spelt === wanted || spelt.replace(/^[#＃]/, '') === wanted || spelt.replace(/'s$/i, '') === wanted
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
