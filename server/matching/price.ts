import { evaluate } from './evaluate.ts'
import { compile } from './matcher/check.ts'
import { PostFeatures } from './matcher/post-features.ts'
import { witnessOf } from './matcher/witness.ts'
import type { PreparedPost } from './prepare.ts'
import type { Query, QueryNode, Range } from './query.ts'

/** Of 1,000 posts so many are asked in vain and for something, by the query or a part of it. */
const DEAR_ASKED = 50
const FAIR_ASKED = 5
const SHORT_PREFIX_LETTERS = 4
const PARTS_MAX = 5

export interface Price {
  cost: 'cheap' | 'fair' | 'dear' | 'every-post'
  /** Of 1,000 posts; null when there were no posts to learn it from. */
  asked: number | null
  matched: number
  of: number
  parts: PricePart[]
}

export interface PricePart extends Range {
  why: 'only-left-out' | 'filter-alone' | 'starts-with-wildcard' | 'short-prefix' | 'frequent-word'
  asked: number | null
}

/**
 * What it costs to listen with a query, in the matcher's own terms: in how many of these posts stands its witness, the
 * rarest thing without which it cannot match. A query without one is asked of every post that comes.
 */
export function priceOf(query: Query, posts: readonly PreparedPost[]): Price {
  const features = new PostFeatures()
  const checks = new Map<QueryNode, ReturnType<typeof compile>>()
  for (const node of nodesOf(query.root)) checks.set(node, compile({ ...query, root: node }, features, []))
  let matched = 0
  for (const post of posts) {
    features.read(post)
    if (evaluate(query, post)) matched++
  }
  const askedBy = (node: QueryNode): number | null => {
    const check = checks.get(node)
    const witness = check && witnessOf(check, (feature) => features.known.counts[feature] as number)
    return witness ? Math.min(1_000, (witness.cost / Math.max(1, posts.length)) * 1_000) : null
  }
  const asked = askedBy(query.root)
  const dear = [...partsToBlame(query.root, askedBy)].sort((a, b) => (b.asked ?? 1_000) - (a.asked ?? 1_000))
  const known = posts.length > 0
  return {
    cost: asked === null ? 'every-post' : asked >= DEAR_ASKED ? 'dear' : asked >= FAIR_ASKED ? 'fair' : 'cheap',
    asked: known ? (asked ?? 1_000) : null,
    matched,
    of: posts.length,
    parts: dear.slice(0, PARTS_MAX).map((part) => ({ ...part, asked: known ? (part.asked ?? 1_000) : null })),
  }
}

function* nodesOf(node: QueryNode): Generator<QueryNode> {
  yield node
  if (node.kind === 'and' || node.kind === 'or') for (const part of node.parts) yield* nodesOf(part)
  else if (node.kind === 'near') for (const part of [node.left, node.right]) yield* nodesOf(part)
}

/** An OR is as dear as its dear branches; an AND or NEAR as its cheapest part, and only where that is dear as well. */
function* partsToBlame(node: QueryNode, askedBy: (node: QueryNode) => number | null): Generator<PricePart> {
  const asked = askedBy(node)
  if (asked !== null && asked < DEAR_ASKED) return
  if (node.kind === 'or') for (const part of node.parts) yield* partsToBlame(part, askedBy)
  else if (node.kind === 'and' || node.kind === 'near') {
    const parts = node.kind === 'and' ? node.parts : [node.left, node.right]
    const [cheapest] = parts.toSorted((a, b) => (askedBy(a) ?? 1_000) - (askedBy(b) ?? 1_000))
    if (asked !== null && cheapest) yield* partsToBlame(cheapest, askedBy)
    else for (const part of parts) yield* partsToBlame(part, askedBy)
  } else yield { from: node.from, to: node.to, why: whyDear(node), asked }
}

function whyDear(node: Exclude<QueryNode, { kind: 'and' | 'or' | 'near' }>): PricePart['why'] {
  if (node.kind === 'not') return 'only-left-out'
  if (node.kind === 'filter') return 'filter-alone'
  const heads = node.words.filter(({ pattern }) => pattern).map(({ text }) => text.replace(/^[#@]/, '').search(/[*?]/))
  if (heads.includes(0)) return 'starts-with-wildcard'
  return heads.some((letters) => letters < SHORT_PREFIX_LETTERS) ? 'short-prefix' : 'frequent-word'
}
