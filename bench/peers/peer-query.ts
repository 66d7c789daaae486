import type { Query, QueryNode, TermNode, WordTest } from '../../server/matching/query.ts'

/** A query in the words that any search engine has; each peer makes its own of it. */
export type PeerQuery =
  | { and: PeerQuery[] }
  | { or: PeerQuery[] }
  | { not: PeerQuery }
  | { near: [PeerQuery, PeerQuery]; distance: number; ordered: boolean }
  | { term: string }
  | { phrase: string[] }
  | { prefix: string }
  | { language: string }

export interface NumberedQuery {
  /** Place among all queries. */
  id: string
  query: PeerQuery
}

/** Those that can be said so; of the bench's usual queries one in thousands cannot (a phrase with a lonely accent). */
export function peerQueries(queries: readonly Query[]): NumberedQuery[] {
  return queries.flatMap(({ root }, number) => {
    const query = ofNode(root)
    return query ? [{ id: String(number), query }] : []
  })
}

function ofNode(node: QueryNode): PeerQuery | null {
  switch (node.kind) {
    case 'and':
      return all(node.parts, (and) => ({ and }))
    case 'or':
      return all(node.parts, (or) => ({ or }))
    case 'not':
      return all([node.part], ([not]) => not && { not })
    case 'near': {
      const { distance, ordered } = node
      return all(
        [node.left, node.right],
        ([left, right]) => left && right && { near: [left, right], distance, ordered },
      )
    }
    case 'term':
      return ofTerm(node)
    case 'filter':
      return node.filter.field === 'lang' && node.filter.language ? { language: node.filter.language } : null
  }
}

function all(nodes: readonly QueryNode[], join: (parts: PeerQuery[]) => PeerQuery | undefined): PeerQuery | null {
  const parts = nodes.map(ofNode).filter((part) => part !== null)
  return (parts.length === nodes.length && join(parts)) || null
}

/** Peers take word forms for every word: of phrases they find a little more than we do. */
function ofTerm({ words }: TermNode): PeerQuery | null {
  const keys = words.map(keyOf).filter((key) => key !== null)
  const [key, ...more] = keys
  if (key === undefined || keys.length < words.length) return null
  if (more.length === 0) return words[0]?.pattern ? { prefix: key } : { term: key }
  return words.some(({ pattern }) => pattern) ? null : { phrase: keys }
}

function keyOf({ keys: [key], pattern, exact }: WordTest): string | null {
  const letters = pattern ? key?.replace(/\*$/, '') : key
  return !letters || exact !== null || /[#@*?]/.test(letters) ? null : letters
}
