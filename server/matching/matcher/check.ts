import { evidenceFor } from '../evaluate.ts'
import { filterHolds } from '../filter-tests.ts'
import { comparing, OCCURRENCES_MAX } from '../occurrences.ts'
import type { PreparedPost } from '../prepare.ts'
import type { Filter, NearNode, Query, QueryNode, TermNode } from '../query.ts'
import { isAttribute } from './attributes.ts'
import type { PostFeatures } from './post-features.ts'

/**
 * A query as it is checked on a post whose features are known: the same tree as the query's, with words and attributes as
 * features. What needs more than features (nested NEARs) is left to evaluate(), behind the features that it must have.
 */
export type Check =
  /** All features, and all parts. `features` of an `any` that stands in many queries is one array for all of them. */
  | { kind: 'all'; features: readonly number[]; parts: readonly Check[] }
  | { kind: 'any'; features: readonly number[]; parts: readonly Check[] }
  | { kind: 'not'; part: Check }
  | { kind: 'near'; node: NearNode; query: Query; left: Term[]; right: Term[] }
  | { kind: 'plain'; node: QueryNode; query: Query; needs: Check }
  | { kind: 'filter'; filter: Filter; german: boolean }

/** The features of a term's words, one after the other. */
type Term = readonly number[]

export function holds(check: Check, post: PostFeatures, prepared: PreparedPost): boolean {
  switch (check.kind) {
    case 'all':
      for (const feature of check.features) if (!post.has(feature)) return false
      for (const part of check.parts) if (!holds(part, post, prepared)) return false
      return true
    case 'any':
      for (const feature of check.features) if (post.has(feature)) return true
      for (const part of check.parts) if (holds(part, post, prepared)) return true
      return false
    case 'not':
      return !holds(check.part, post, prepared)
    case 'near':
      // Of very many places evaluate() keeps the first ones, and so it is asked itself.
      if (post.tokenCount >= OCCURRENCES_MAX) return isEvidence(check.node, check.query, prepared)
      return isNear(check, post)
    case 'plain':
      return holds(check.needs, post, prepared) && isEvidence(check.node, check.query, prepared)
    case 'filter':
      return filterHolds(check.filter, check, prepared)
  }
}

const isEvidence = (node: QueryNode, query: Query, prepared: PreparedPost): boolean =>
  evidenceFor(node, comparing(query, prepared)) !== null

function hasPhrase(features: Term, post: PostFeatures): boolean {
  for (const feature of features) if (!post.has(feature)) return false
  return post.somePosition(features[0] as number, (position) => standsAt(features, position, post))
}

/** From the second word on: the first is known to be there. */
function standsAt(features: Term, position: number, post: PostFeatures): boolean {
  for (let word = 1; word < features.length; word++)
    if (!post.isAt(features[word] as number, position + word)) return false
  return true
}

function isNear({ node, left, right }: Extract<Check, { kind: 'near' }>, post: PostFeatures): boolean {
  for (const one of left) {
    if (!hasPhrase(one, post)) continue
    for (const other of right) if (hasPhrase(other, post) && areNear(one, other, node, post)) return true
  }
  return false
}

/** From the last word of the one to the first of the other: 1 is next to each other. */
function areNear(one: Term, other: Term, { ordered, distance }: NearNode, post: PostFeatures): boolean {
  const follows = (gap: number): boolean => gap > 0 && gap <= distance
  return post.somePosition(
    one[0] as number,
    (position) =>
      standsAt(one, position, post) &&
      post.somePosition(
        other[0] as number,
        (behind) =>
          (follows(behind - (position + one.length - 1)) ||
            (!ordered && follows(position - (behind + other.length - 1)))) &&
          standsAt(other, behind, post),
      ),
  )
}

/** Every feature acquired stands in `acquired`, as often as it was. */
export function compile(query: Query, post: PostFeatures, acquired: number[]): Check {
  return compileNode(query.root, { query, post, acquired })
}

interface Compiling {
  query: Query
  post: PostFeatures
  acquired: number[]
}

function compileNode(node: QueryNode, compiling: Compiling): Check {
  switch (node.kind) {
    case 'and':
    case 'or':
      return join(
        node.kind === 'and' ? 'all' : 'any',
        node.parts.map((part) => compileNode(part, compiling)),
      )
    case 'not':
      return { kind: 'not', part: compileNode(node.part, compiling) }
    case 'term':
      return compileTerm(node, compiling)
    case 'near':
      return compileNear(node, compiling)
    case 'filter':
      return compileFilter(node.filter, compiling)
  }
}

/** Parts that are features, or joins of the same kind, become part of the join itself. Cheap parts are asked first. */
function join(kind: 'all' | 'any', parts: Check[]): Check {
  const features = new Set<number>()
  const others: Check[] = []
  for (const part of parts) {
    if (part.kind === kind || isFeature(part)) {
      for (const feature of part.features) features.add(feature)
      others.push(...part.parts)
    } else others.push(part)
  }
  return { kind, features: [...features], parts: others.sort((a, b) => priceOf(a) - priceOf(b)) }
}

/** A join of one feature and nothing else is the same whatever its kind. */
export const isFeature = (check: Check): check is Extract<Check, { kind: 'all' | 'any' }> =>
  (check.kind === 'all' || check.kind === 'any') && check.features.length === 1 && check.parts.length === 0

const PRICES: Record<Check['kind'], number> = { all: 0, any: 1, not: 1, near: 2, filter: 3, plain: 4 }
const priceOf = (check: Check): number => (check.kind === 'not' ? priceOf(check.part) : PRICES[check.kind])

const termFeatures = (node: TermNode, { query, post, acquired }: Compiling): Term =>
  node.words.map((word) => {
    const feature = post.acquireWord(word, query.german)
    acquired.push(feature)
    return feature
  })

/** A phrase is one feature: its words are pairs, each of what stands before and the next word. */
function compileTerm(node: TermNode, compiling: Compiling): Check {
  const { post, acquired } = compiling
  const phrase = termFeatures(node, compiling).reduce((before, word) => {
    const pair = post.acquirePair(before, word)
    acquired.push(pair)
    return pair
  })
  return { kind: 'all', features: [phrase], parts: [] }
}

function compileNear(node: NearNode, compiling: Compiling): Check {
  const [left, right] = [termsOf(node.left), termsOf(node.right)]
  const { query } = compiling
  if (left && right) {
    const placed = (terms: TermNode[]) => terms.map((term) => termFeatures(term, compiling))
    const check: Check = { kind: 'near', node, query, left: placed(left), right: placed(right) }
    for (const feature of [...check.left, ...check.right].flat()) compiling.post.keepPlaces(feature)
    return check
  }
  const needs = join('all', [compileNode(node.left, compiling), compileNode(node.right, compiling)])
  return { kind: 'plain', node, query, needs }
}

/** The terms of a term or of an OR of terms; null for anything else. */
function termsOf(node: QueryNode): TermNode[] | null {
  if (node.kind === 'term') return [node]
  if (node.kind !== 'or') return null
  const parts = node.parts.map(termsOf)
  return parts.includes(null) ? null : parts.flatMap((part) => part ?? [])
}

function compileFilter(filter: Filter, { query, post, acquired }: Compiling): Check {
  if (!isAttribute(filter)) return { kind: 'filter', filter, german: query.german }
  const feature = post.acquireAttribute(filter, query.german)
  acquired.push(feature)
  return { kind: 'all', features: [feature], parts: [] }
}
