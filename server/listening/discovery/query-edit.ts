import { parse, print, QUERY_CHARACTERS_MAX, type Query } from '../../matching/index.ts'

/**
 * Suggestions as changes of a query's text. What comes back was read again and means exactly what is promised: the old
 * query AND NOT the term, or with the term as one more alternative of what it asks for. Null where that cannot be written.
 */

/** A term as the listening language writes it: one plain word with its forms, else in quotes. Null for what no query can say. */
export function termText(shown: string): string | null {
  const text = shown.replace(/["“”„‟«»{}]/g, ' ').trim()
  const plain = /^#?[\p{L}\p{N}]+$/u.test(text) ? text : `"${text}"`
  for (const written of [plain, `"${text}"`]) {
    const parsed = parse(written, { languages: ['en'] })
    if (parsed.ok && parsed.query.root.kind === 'term' && parsed.query.warnings.length === 0) return written
  }
  return null
}

export function withoutTerm(query: Query, term: string): string | null {
  const wanted = `${partsOfAnd(query).join(' AND ')} AND NOT ${term}`
  return firstThatReads(
    [`${query.text.trim()} AND NOT ${term}`, `(${query.text.trim()}) AND NOT ${term}`, wanted],
    wanted,
    query.languages,
  )
}

/** The new word is an alternative to what is asked for; what is excluded or filtered stays so for it as well. */
export function withTerm(query: Query, term: string): string | null {
  const { root } = query
  if (isNarrowing(root)) return null
  if (root.kind !== 'and') {
    const wanted = `${partsOfOr(query).join(' OR ')} OR ${term}`
    return firstThatReads([`${query.text.trim()} OR ${term}`, wanted], wanted, query.languages)
  }
  const narrows = root.parts.filter(isNarrowing)
  const asks = root.parts.filter((part) => !isNarrowing(part))
  const old = asks.length > 1 ? `(${asks.map(bracketed).join(' AND ')})` : asks.map(print).join()
  const wanted = [`(${old} OR ${term})`, ...narrows.map(bracketed)].join(' AND ')
  return firstThatReads([wanted], wanted, query.languages)
}

type Node = Query['root']

/** Asks for no word: an exclusion, a filter, or several of them. */
function isNarrowing(node: Node): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.every(isNarrowing)
  return node.kind === 'not' || node.kind === 'filter'
}

const partsOfAnd = ({ root }: Query): string[] => (root.kind === 'and' ? root.parts : [root]).map(bracketed)
const partsOfOr = ({ root }: Query): string[] => (root.kind === 'or' ? root.parts : [root]).map(bracketed)

const bracketed = (node: Node): string => (node.kind === 'and' || node.kind === 'or' ? `(${print(node)})` : print(node))

/** The first text, as near to what its author typed as can be, that reads as `wanted` and gives no new cause for a warning. */
function firstThatReads(texts: string[], wanted: string, languages: readonly string[]): string | null {
  const meant = parse(wanted, { languages })
  if (!meant.ok) return null
  const plain = print(meant.query.root)
  for (const text of texts) {
    if (text.length > QUERY_CHARACTERS_MAX) continue
    const parsed = parse(text, { languages })
    if (parsed.ok && print(parsed.query.root) === plain && !parsed.query.warnings.some(isMixed)) return text
  }
  return wanted.length <= QUERY_CHARACTERS_MAX ? wanted : null
}

const isMixed = ({ code }: { code: string }): boolean => code === 'and-or-mixed'
