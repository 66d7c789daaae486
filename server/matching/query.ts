/**
 * What a query is once it was read: plain data, so that it can be kept, sent and compared. Offsets are UTF-16 offsets in
 * the query's text. docs/listening-language.md says what each part means; evaluate.ts decides it.
 */

export const QUERY_CHARACTERS_MAX = 16_000
/** Operators and leaves together. */
export const QUERY_NODES_MAX = 1_000
/** Brackets and NOTs inside each other. */
export const QUERY_DEPTH_MAX = 30
export const PHRASE_WORDS_MAX = 20
export const NEAR_WORDS_MAX = 100
export const NEARS_MAX = 50
export const WILDCARDS_MAX = 150
export const WILDCARD_CHARACTERS_MAX = 40
/** Letters and digits beside the wildcards; more are asked for where the word begins with one. */
export const WILDCARD_LETTERS_MIN = 2
export const LEADING_WILDCARD_LETTERS_MIN = 3

export interface Range {
  from: number
  to: number
}

export interface Query {
  text: string
  /** Two-letter codes of the languages whose word forms are taken; empty: none, and German spelling is read as well. */
  languages: string[]
  /** German is among the languages, or none is named: ae oe ue may stand for umlauts. */
  german: boolean
  root: QueryNode
  /** Every leaf in the order of the text; a leaf's `leaf` is its place here. */
  leaves: (TermNode | FilterNode)[]
  warnings: QueryWarning[]
}

export type QueryNode = AndNode | OrNode | NotNode | NearNode | TermNode | FilterNode

export interface AndNode extends Range {
  kind: 'and'
  parts: QueryNode[]
}

export interface OrNode extends Range {
  kind: 'or'
  parts: QueryNode[]
}

export interface NotNode extends Range {
  kind: 'not'
  part: QueryNode
}

/** Both parts are terms, ORs of them, or NEARs. */
export interface NearNode extends Range {
  kind: 'near'
  ordered: boolean
  /** Words from the end of the one to the beginning of the other: 1 is next to each other. */
  distance: number
  left: QueryNode
  right: QueryNode
}

/** One or more words next to each other in this order. */
export interface TermNode extends Range {
  kind: 'term'
  /** plain: with word forms; quoted: as spelt; case: as spelt, with capitals and accents. */
  style: 'plain' | 'quoted' | 'case'
  /** As typed, without quotes or braces. */
  text: string
  words: WordTest[]
  leaf: number
  /** The first leaf that asks for just the same words, this one where none does before: equal terms are looked for once. */
  sameAs: number
}

/** What one word of a term asks of a word of the post: to share a key or a stem, to fit a pattern, to be spelt so. */
export interface WordTest {
  readonly text: string
  /** Keys as in a post's index: tags begin with #, handles with @. With `pattern`, patterns of * and ?. */
  readonly keys: readonly string[]
  /** Keys that count only where German is read. */
  readonly germanKeys: readonly string[]
  /** Empty for exact words, tags, handles, emoji and patterns. */
  readonly stems: readonly { readonly language: string; readonly stem: string }[]
  readonly pattern: boolean
  readonly exact: string | null
}

export interface FilterNode extends Range {
  kind: 'filter'
  filter: Filter
  leaf: number
}

/** `value` is what prints after the colon. */
export type Filter = { value: string } & (
  | { field: 'author'; handle: string | null; name: WordTest[] | null }
  | { field: 'source'; name: WordTest[] }
  | { field: 'network'; pattern: string }
  | { field: 'lang'; language: string | null }
  | { field: 'site'; host: string }
  | { field: 'url'; contains: string }
  | { field: 'followers'; min: number; max: number }
  /** Milliseconds since 1970; `since` belongs to the range, `until` no longer does. */
  | { field: 'date'; since: number | null; until: number | null }
  | { field: 'is'; what: 'reply' }
  | { field: 'has'; what: 'link' | 'media' | 'question' }
)

export type Field = Filter['field']
export const FIELDS: readonly Field[] = [
  'author',
  'source',
  'network',
  'lang',
  'site',
  'url',
  'followers',
  'date',
  'is',
  'has',
]

/** A replacement in the query's text that would take the fault away. */
export interface Mend extends Range {
  text: string
}

export type ErrorCode =
  | 'query-empty'
  | 'query-too-long'
  | 'query-too-large'
  | 'query-too-deep'
  | 'bracket-unclosed'
  | 'bracket-unopened'
  | 'brackets-empty'
  | 'quote-unclosed'
  | 'brace-unclosed'
  | 'term-without-words'
  | 'phrase-too-long'
  | 'operand-missing-before'
  | 'operand-missing-behind'
  | 'near-distance'
  | 'near-operand'
  | 'nears-too-many'
  | 'wildcard-too-broad'
  | 'wildcard-too-long'
  | 'wildcards-too-many'
  | 'wildcard-in-braces'
  | 'address-bare'
  | 'field-unknown'
  | 'field-without-value'
  | 'field-value'
  | 'field-list'

export type WarningCode = 'operator-lower-case' | 'operator-foreign' | 'and-or-mixed' | 'unbounded'

export interface Fault<Code extends string> extends Range {
  code: Code
  params: Record<string, string | number>
  mend: Mend | null
}

export type QueryError = Fault<ErrorCode>
export type QueryWarning = Fault<WarningCode>
