import { filterHolds } from './filter-tests.ts'
import { type Occurrence, occurrences } from './occurrences.ts'
import type { PreparedPost } from './prepare.ts'
import type { Query, QueryNode, TermNode } from './query.ts'
import type { Part } from './words.ts'

/** Spans given with a match; a text that is one long hit needs no more. */
const SPANS_MAX = 500

/** A piece of the post's title or text that the query found, in UTF-16 offsets. Spans are in order and do not overlap. */
export interface Span {
  part: Part
  from: number
  to: number
  /** Places in Query.leaves. */
  leaves: number[]
}

export interface Match {
  spans: Span[]
  /** Every leaf that holds and counts for the match; filters and accounts mentioned outside the text have no span. */
  leaves: number[]
}

/** What speaks for a node. Without tokens: a filter, or an account that is mentioned outside the text. */
export interface Evidence {
  leaf: number
  tokens: { first: number; last: number } | null
}

/**
 * Does a post match? This decides what a query means, and is written to be read: any faster matcher has to agree with it.
 */
export function evaluate(query: Query, prepared: PreparedPost): Match | null {
  const evidence = evidenceFor(query.root, query, prepared)
  if (!evidence) return null
  const leaves = [...new Set(evidence.map(({ leaf }) => leaf))].sort((a, b) => a - b)
  return { spans: spansOf(evidence, prepared), leaves }
}

/** Null when the node does not hold. A NOT that holds has nothing to show. */
export function evidenceFor(node: QueryNode, query: Query, prepared: PreparedPost): Evidence[] | null {
  switch (node.kind) {
    case 'and':
      return evidenceForAll(node.parts, query, prepared)
    case 'or':
      return evidenceForAny(node.parts, query, prepared)
    case 'not':
      return evidenceFor(node.part, query, prepared) ? null : []
    case 'near':
      return emptyAsNull(evidenceIn(placesOf(node, query, prepared)))
    case 'term':
      return emptyAsNull([...evidenceIn(placesOf(node, query, prepared)), ...mentionOf(node, prepared)])
    case 'filter':
      return filterHolds(node.filter, query, prepared) ? [{ leaf: node.leaf, tokens: null }] : null
  }
}

function evidenceForAll(parts: QueryNode[], query: Query, prepared: PreparedPost): Evidence[] | null {
  const all: Evidence[] = []
  for (const part of parts) {
    const evidence = evidenceFor(part, query, prepared)
    if (!evidence) return null
    all.push(...evidence)
  }
  return all
}

function evidenceForAny(parts: QueryNode[], query: Query, prepared: PreparedPost): Evidence[] | null {
  const holding = parts.map((part) => evidenceFor(part, query, prepared)).filter((evidence) => evidence !== null)
  return holding.length > 0 ? holding.flat() : null
}

function emptyAsNull(evidence: Evidence[]): Evidence[] | null {
  return evidence.length > 0 ? evidence : null
}

/** German spelling is read where the topic listens in German and the post may be German. */
export function placesOf(node: QueryNode, query: Query, prepared: PreparedPost): Occurrence[] {
  return occurrences(node, prepared.words, query.german && prepared.german)
}

/** An account can be mentioned without its handle in the text: by a reply's address, or under a display name. */
function mentionOf(node: TermNode, prepared: PreparedPost): Evidence[] {
  const [word] = node.words
  if (!word || node.words.length > 1 || word.pattern || word.exact !== null) return []
  return word.keys.some((key) => prepared.mentioned.has(key)) ? [{ leaf: node.leaf, tokens: null }] : []
}

/** The words in which places end. Places of nested NEARs share their parts, and each is visited once. */
function evidenceIn(places: Occurrence[]): Evidence[] {
  const evidence: Evidence[] = []
  const visited = new Set(places)
  for (const { found } of visited) {
    if ('leaf' in found) evidence.push({ leaf: found.leaf, tokens: { first: found.firstToken, last: found.lastToken } })
    else for (const part of found) visited.add(part)
  }
  return evidence
}

/** Spans for highlighting: overlapping finds are one span with the leaves of all. */
export function spansOf(evidence: readonly Evidence[], prepared: PreparedPost): Span[] {
  const spans: Span[] = []
  const placed = evidence.flatMap(({ leaf, tokens }) => (tokens ? [{ leaf, ...tokens }] : []))
  for (const { leaf, first, last } of placed.sort((a, b) => a.first - b.first || a.last - b.last)) {
    const [begin, end] = [prepared.words.tokens[first], prepared.words.tokens[last]]
    const previous = spans.at(-1)
    if (!begin || !end) continue
    if (previous?.part === begin.part && begin.from < previous.to) {
      previous.to = Math.max(previous.to, end.to)
      if (!previous.leaves.includes(leaf)) previous.leaves.push(leaf)
    } else spans.push({ part: begin.part, from: begin.from, to: end.to, leaves: [leaf] })
  }
  return spans.slice(0, SPANS_MAX)
}
