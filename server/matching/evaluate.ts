import { filterHolds } from './filter-tests.ts'
import {
  type Comparison,
  comparing,
  type Occurrence,
  occurrences,
  placesOfTerm,
  type TermPlace,
} from './occurrences.ts'
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

/** What speaks for a node. Without places: a filter, or an account that is mentioned outside the text. */
export interface Evidence {
  leaf: number
  places: readonly TermPlace[]
}

/**
 * Does a post match? This decides what a query means, and is written to be read: any faster matcher has to agree with it.
 */
export function evaluate(query: Query, prepared: PreparedPost): Match | null {
  const evidence = evidenceFor(query.root, comparing(query, prepared))
  if (!evidence) return null
  const leaves = [...new Set(evidence.map(({ leaf }) => leaf))].sort((a, b) => a - b)
  return { spans: spansOf(evidence, prepared), leaves }
}

/** Null when the node does not hold. A NOT that holds has nothing to show. */
export function evidenceFor(node: QueryNode, comparison: Comparison): Evidence[] | null {
  switch (node.kind) {
    case 'and':
      return evidenceForAll(node.parts, comparison)
    case 'or':
      return evidenceForAny(node.parts, comparison)
    case 'not':
      return evidenceFor(node.part, comparison) ? null : []
    case 'near':
      return evidenceIn(occurrences(node, comparison))
    case 'term': {
      const places = placesOfTerm(node, comparison)
      return places.length > 0 || isMentioned(node, comparison.prepared) ? [{ leaf: node.leaf, places }] : null
    }
    case 'filter':
      return filterHolds(node.filter, comparison.query, comparison.prepared) ? [{ leaf: node.leaf, places: [] }] : null
  }
}

function evidenceForAll(parts: QueryNode[], comparison: Comparison): Evidence[] | null {
  const all: Evidence[] = []
  for (const part of parts) {
    const evidence = evidenceFor(part, comparison)
    if (!evidence) return null
    all.push(...evidence)
  }
  return all
}

function evidenceForAny(parts: QueryNode[], comparison: Comparison): Evidence[] | null {
  const holding = parts.map((part) => evidenceFor(part, comparison)).filter((evidence) => evidence !== null)
  return holding.length > 0 ? holding.flat() : null
}

/** An account can be mentioned without its handle in the text: by a reply's address, or under a display name. */
function isMentioned({ words: [word, ...more] }: TermNode, prepared: PreparedPost): boolean {
  if (!word || more.length > 0 || word.pattern || word.exact !== null) return false
  return word.keys.some((key) => prepared.mentioned.has(key))
}

/** The terms in which places of NEARs end. Places of nested NEARs share their parts, and each is visited once. */
function evidenceIn(occurrences: Occurrence[]): Evidence[] | null {
  const placesOfLeaves = new Map<number, TermPlace[]>()
  const visited = new Set(occurrences)
  for (const { found } of visited) {
    if (!('leaf' in found)) for (const part of found) visited.add(part)
    else {
      const places = placesOfLeaves.get(found.leaf)
      if (places) places.push(found.place)
      else placesOfLeaves.set(found.leaf, [found.place])
    }
  }
  return occurrences.length > 0 ? [...placesOfLeaves].map(([leaf, places]) => ({ leaf, places })) : null
}

/** Spans for highlighting: overlapping finds are one span with the leaves of all. */
export function spansOf(evidence: readonly Evidence[], prepared: PreparedPost): Span[] {
  const spans: (Span & { finds: Set<readonly number[]> })[] = []
  for (const { place, leaves } of inTextOrder(evidence)) {
    const [begin, end] = [prepared.words.tokens[place.firstToken], prepared.words.tokens[place.lastToken]]
    const previous = spans.at(-1)
    if (!begin || !end) continue
    if (previous?.part === begin.part && begin.from < previous.to) {
      previous.to = Math.max(previous.to, end.to)
      previous.finds.add(leaves)
    } else if (spans.length < SPANS_MAX) {
      spans.push({ part: begin.part, from: begin.from, to: end.to, leaves: [], finds: new Set([leaves]) })
    } else break
  }
  return spans.map(({ finds, ...span }) => ({ ...span, leaves: [...new Set([...finds].flat())].sort((a, b) => a - b) }))
}

/** Equal terms share one list of places, and their leaves go through the text together. */
function inTextOrder(evidence: readonly Evidence[]): { place: TermPlace; leaves: readonly number[] }[] {
  const leavesOf = new Map<readonly TermPlace[], number[]>()
  for (const { leaf, places } of evidence) {
    const leaves = leavesOf.get(places)
    if (leaves) leaves.push(leaf)
    else leavesOf.set(places, [leaf])
  }
  return [...leavesOf]
    .flatMap(([places, leaves]) => places.map((place) => ({ place, leaves })))
    .sort((a, b) => a.place.firstToken - b.place.firstToken || a.place.lastToken - b.place.lastToken)
}
