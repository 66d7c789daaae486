import { evidenceFor, type Span, spansOf } from './evaluate.ts'
import { type Comparison, comparing, occurrences, pairsNear } from './occurrences.ts'
import type { PreparedPost } from './prepare.ts'
import { type Filter, NEAR_WORDS_MAX, type NearNode, type Query, type QueryNode, type Range } from './query.ts'

/**
 * Why a part of a query holds or does not. Codes with values, so that a screen can say it in any language:
 * found / missing: words; too-far, wrong-order: both are there, `distance` words apart at best; value: what the post
 * says where a filter asked, null when it says nothing; absent / present: what a NOT excludes; parts: see below it.
 */
export type Reason =
  | { code: 'found' | 'missing' | 'absent' | 'present' | 'parts' }
  | { code: 'too-far' | 'wrong-order'; distance: number | null }
  | { code: 'value'; value: string | number | null }

export interface Explanation extends Range {
  kind: QueryNode['kind']
  /** The part of the query as typed. */
  text: string
  holds: boolean
  /** The answer of the whole query rests on this part: the leaves among them are the "because". */
  decisive: boolean
  reason: Reason
  spans: Span[]
  parts: Explanation[]
}

/** The answer of evaluate(), part by part: the root holds exactly when the post matches. */
export function explain(query: Query, prepared: PreparedPost): Explanation {
  return explainNode(query.root, true, comparing(query, prepared))
}

function explainNode(node: QueryNode, decisive: boolean, comparison: Comparison): Explanation {
  const { query, prepared } = comparison
  const evidence = evidenceFor(node, comparison)
  const holds = evidence !== null
  return {
    kind: node.kind,
    text: query.text.slice(node.from, node.to),
    from: node.from,
    to: node.to,
    holds,
    decisive,
    reason: reasonOf(node, holds, comparison),
    spans: spansOf(evidence ?? [], prepared),
    parts: partsOf(node).map((part) =>
      explainNode(part, decisive && decides(node, holds, part, comparison), comparison),
    ),
  }
}

function partsOf(node: QueryNode): QueryNode[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts
  if (node.kind === 'not') return [node.part]
  return node.kind === 'near' ? [node.left, node.right] : []
}

/** An AND fails by its failing parts, an OR holds by its holding parts; in every other case all parts count. */
function decides(node: QueryNode, holds: boolean, part: QueryNode, comparison: Comparison): boolean {
  const isSelective = (node.kind === 'and' && !holds) || (node.kind === 'or' && holds)
  return !isSelective || (evidenceFor(part, comparison) !== null) === holds
}

function reasonOf(node: QueryNode, holds: boolean, comparison: Comparison): Reason {
  switch (node.kind) {
    case 'term':
      return { code: holds ? 'found' : 'missing' }
    case 'filter':
      return { code: 'value', value: statedBy(node.filter, comparison.prepared) }
    case 'not':
      return { code: holds ? 'absent' : 'present' }
    case 'near':
      return holds ? { code: 'found' } : whyNotNear(node, comparison)
    default:
      return { code: 'parts' }
  }
}

function whyNotNear(node: NearNode, comparison: Comparison): Reason {
  const left = occurrences(node.left, comparison)
  const right = occurrences(node.right, comparison)
  if (left.length === 0 || right.length === 0) return { code: 'missing' }
  const holds = (ordered: boolean, distance: number): boolean =>
    pairsNear(left, right, { ordered, distance }).length > 0
  if (node.ordered && holds(false, node.distance)) return { code: 'wrong-order', distance: null }
  return { code: 'too-far', distance: nearest(node.distance + 1, (distance) => holds(node.ordered, distance)) }
}

/** The least distance that would do, by halving; null when none that may be asked for would. */
function nearest(from: number, holdsAt: (distance: number) => boolean): number | null {
  if (!holdsAt(NEAR_WORDS_MAX)) return null
  let low = from
  let high = NEAR_WORDS_MAX
  while (low < high) {
    const middle = (low + high) >> 1
    if (holdsAt(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function statedBy(filter: Filter, { post }: PreparedPost): string | number | null {
  switch (filter.field) {
    case 'author':
      return post.author.handle ?? post.author.name
    case 'source':
      return post.sourceName
    case 'network':
      return post.network
    case 'lang':
      return post.language
    case 'site':
      return post.site
    case 'url':
      return post.links[0] ?? post.url
    case 'followers':
      return post.author.followers
    case 'date':
      return post.publishedAt.toISOString()
    default:
      return null
  }
}
