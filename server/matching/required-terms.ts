import { INDEX_LANGUAGES, OVERFLOW_TERM } from './index-terms.ts'
import type { Query, QueryNode, TermNode, WordTest } from './query.ts'

/** A term of the index, or all terms that begin with a prefix. */
export type RequiredTerm = string | { prefix: string }

/** Every matching post holds all terms of at least one alternative; 'scan': nothing can be said. */
export type RequiredTerms = { any: RequiredTerm[][] } | 'scan'

/** More alternatives would cost more look-ups than they save. */
const ALTERNATIVES_MAX = 2_000
/** How far the parts of an AND are multiplied out; the rest is left to evaluate(). */
const ALTERNATIVES_OF_AND_MAX = 24

/**
 * What a post must hold to match, as in Lucene's TermFilteredPresearcher and Elasticsearch's CoveringQuery: sound, not
 * complete, so whatever is found has to be evaluated. NOT, filters and leading wildcards require nothing.
 */
export function requiredTerms(query: Query, languages: readonly string[] = INDEX_LANGUAGES): RequiredTerms {
  const alternatives = required(query.root, languages)
  if (!alternatives || alternatives.length > ALTERNATIVES_MAX) return 'scan'
  return { any: [...alternatives, [OVERFLOW_TERM]] }
}

type Alternatives = RequiredTerm[][]

function required(node: QueryNode, languages: readonly string[]): Alternatives | null {
  switch (node.kind) {
    case 'and':
      return allOf(node.parts.map((part) => required(part, languages)))
    case 'near':
      return allOf([required(node.left, languages), required(node.right, languages)])
    case 'or':
      return anyOf(node.parts.map((part) => required(part, languages)))
    case 'not':
      return node.part.kind === 'not' ? required(node.part.part, languages) : null
    case 'term':
      return requiredByTerm(node, languages)
    case 'filter':
      return null
  }
}

/** A mention outside the text is in the index as well, so a handle needs no exception. */
function requiredByTerm(node: TermNode, languages: readonly string[]): Alternatives | null {
  return allOf(node.words.map((word) => requiredByWord(word, languages)))
}

function requiredByWord(word: WordTest, languages: readonly string[]): Alternatives | null {
  const keys = [...word.keys, ...word.germanKeys]
  if (word.pattern) {
    const prefixes = keys.map((key) => key.slice(0, key.search(/[*?]/)))
    return prefixes.some((prefix) => /^[#@]?$/.test(prefix)) ? null : prefixes.map((prefix) => [{ prefix }])
  }
  if (word.stems.some(({ language }) => !languages.includes(language))) return null
  return [...new Set([...keys, ...word.stems.map(({ stem }) => stem)])].map((term) => [term])
}

function anyOf(parts: (Alternatives | null)[]): Alternatives | null {
  return parts.includes(null) ? null : distinct(parts.flatMap((part) => part ?? []))
}

/** Any part alone would be sound; few alternatives and long words come first, because they are rarest. */
function allOf(parts: (Alternatives | null)[]): Alternatives | null {
  const known = parts.filter((part) => part !== null).sort((a, b) => a.length - b.length || lettersOf(b) - lettersOf(a))
  const [first, ...rest] = known
  if (!first) return null
  return rest.reduce((all, part) => {
    if (all.length * part.length > ALTERNATIVES_OF_AND_MAX) return all
    return distinct(all.flatMap((one) => part.map((other) => [...new Set([...one, ...other])])))
  }, first)
}

function lettersOf(alternatives: Alternatives): number {
  return Math.min(...alternatives.map((terms) => Math.max(...terms.map(lengthOf))))
}

function lengthOf(term: RequiredTerm): number {
  return typeof term === 'string' ? term.length : term.prefix.length
}

function distinct(alternatives: Alternatives): Alternatives {
  return [...new Map(alternatives.map((terms) => [JSON.stringify(terms), terms])).values()]
}
