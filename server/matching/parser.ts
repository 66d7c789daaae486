import { baseLanguage } from '../text/index.ts'
import { readField, readTerm } from './leaves.ts'
import { fault, type Lexeme, lex, replacement } from './lexer.ts'
import {
  NEARS_MAX,
  type OrNode,
  QUERY_CHARACTERS_MAX,
  type Query,
  type QueryError,
  type QueryNode,
  type Range,
} from './query.ts'
import {
  count,
  deeper,
  joined,
  operandMissing,
  peek,
  type Reading,
  readBrackets,
  readOperand,
  take,
  Unreadable,
  unreadable,
} from './reading.ts'
import { mixedWarning, unboundedWarning } from './warnings.ts'

export type ParseResult = { ok: true; query: Query } | { ok: false; errors: QueryError[] }

/**
 * Reads a query. Precedence, tightest first: NEAR and ONEAR (from left to right), NOT, AND (written or not), OR. Never
 * throws; a query is refused with one or more errors that say where, what, and how to mend it.
 */
export function parse(text: string, { languages }: { languages: readonly string[] }): ParseResult {
  const whole = { from: 0, to: text.length }
  if (text.length > QUERY_CHARACTERS_MAX) {
    return { ok: false, errors: [fault('query-too-long', whole, { max: QUERY_CHARACTERS_MAX, length: text.length })] }
  }
  const { lexemes, errors } = lex(text)
  if (lexemes.length === 0 && errors.length === 0) return { ok: false, errors: [fault('query-empty', whole)] }
  // What an open quotation mark swallowed must not be complained about as well.
  const swallowing = errors.filter((error) => error.code === 'quote-unclosed' || error.code === 'brace-unclosed')
  if (swallowing.length > 0) return { ok: false, errors: swallowing }
  const bases = [...new Set(languages.map(baseLanguage))]
  const german = bases.length === 0 || bases.includes('de')
  const query = { text, languages: bases, german, leaves: [], warnings: [] }
  const counters = { at: 0, depth: 0, nodes: 0, nears: 0, wildcards: 0 }
  const reading: Reading = {
    text,
    lexemes,
    languages: bases,
    german,
    ...counters,
    errors,
    query,
    terms: new Map(),
    bracketed: new WeakSet(),
  }
  const root = readAll(reading)
  if (!root || reading.errors.length > 0) return { ok: false, errors: reading.errors.sort((a, b) => a.from - b.from) }
  reading.query.warnings.push(...unboundedWarning(root))
  return { ok: true, query: { ...query, root } }
}

function readAll(reading: Reading): QueryNode | null {
  try {
    const root = readOr(reading)
    const rest = reading.lexemes[reading.at]
    if (rest) throw unreadable('bracket-unopened', rest, { bracket: ')' }, replacement(rest, ''))
    return root
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    reading.errors.push(error.error)
    return null
  }
}

function readOr(reading: Reading): QueryNode {
  const parts = [readAnd(reading)]
  while (peek(reading)?.kind === 'or') {
    const operator = take(reading)
    parts.push(readOperand(reading, operator, readAnd))
  }
  const [only] = parts
  if (only && parts.length === 1) return only
  const node = joined('or', parts) as OrNode
  count(reading, node)
  const isMixed = (part: QueryNode): boolean => part.kind === 'and' && !reading.bracketed.has(part)
  if (parts.some(isMixed)) reading.query.warnings.push(mixedWarning(reading.text, node, parts, isMixed))
  return node
}

function readAnd(reading: Reading): QueryNode {
  const parts = [readNot(reading)]
  for (let next = peek(reading); next && next.kind !== 'or' && next.kind !== 'close'; next = peek(reading)) {
    if (next.kind === 'and') parts.push(readOperand(reading, take(reading), readNot))
    else parts.push(readNot(reading))
  }
  const [only] = parts
  if (only && parts.length === 1) return only
  const node = joined('and', parts)
  count(reading, node)
  return node
}

function readNot(reading: Reading): QueryNode {
  if (peek(reading)?.kind !== 'not') return readNear(reading)
  const operator = take(reading)
  const part = deeper(reading, operator, () => readOperand(reading, operator, readNot))
  const node: QueryNode = { kind: 'not', part, from: operator.from, to: part.to }
  count(reading, node)
  return node
}

function readNear(reading: Reading): QueryNode {
  let left = readPrimary(reading)
  for (let next = peek(reading); next?.kind === 'near'; next = peek(reading)) {
    const operator = next
    reading.at++
    requireNearable(reading, left, operator)
    if (peek(reading)?.kind === 'not') throw notNearable(reading, operator, peek(reading) as Lexeme, 'NOT')
    const right = readOperand(reading, operator, readPrimary)
    requireNearable(reading, right, operator)
    const { ordered, distance } = operator
    left = { kind: 'near', ordered, distance, left, right, from: left.from, to: right.to }
    count(reading, left)
    if (++reading.nears > NEARS_MAX) throw unreadable('nears-too-many', operator, { max: NEARS_MAX })
  }
  return left
}

function readPrimary(reading: Reading): QueryNode {
  const lexeme = take(reading)
  switch (lexeme.kind) {
    case 'open':
      return readBrackets(reading, lexeme, () => readOr(reading))
    case 'plain':
    case 'quoted':
    case 'case':
      return readTerm(reading, lexeme)
    case 'field':
      return readField(reading, lexeme)
    case 'close':
      throw unreadable('bracket-unopened', lexeme, { bracket: ')' }, replacement(lexeme, ''))
    default:
      throw operandMissing(reading, lexeme, 'operand-missing-before')
  }
}

/** The first part that stands at no place in the text, so that nothing can be near it. */
function withoutPlace(node: QueryNode): string | null {
  if (node.kind === 'term' || node.kind === 'near') return null
  if (node.kind === 'or') return node.parts.map(withoutPlace).find((found) => found !== null) ?? null
  return node.kind === 'filter' ? `${node.filter.field}:` : node.kind.toUpperCase()
}

function requireNearable(reading: Reading, node: QueryNode, operator: Lexeme): void {
  const found = withoutPlace(node)
  if (found) throw notNearable(reading, operator, node, found, phraseInstead(node))
}

/** Two plain words in brackets were meant as a phrase; else AND says the nearest thing that can be said. */
function notNearable(
  reading: Reading,
  operator: Lexeme,
  range: Range,
  found: string,
  phrase: string | null = null,
): Unreadable {
  const mend = phrase ? replacement(range, phrase) : replacement(operator, 'AND')
  const written = reading.text.slice(operator.from, operator.to)
  return unreadable('near-operand', { from: range.from, to: range.to }, { operator: written, found }, mend)
}

function phraseInstead(node: QueryNode): string | null {
  if (node.kind !== 'and') return null
  const texts = node.parts.map((part) => (part.kind === 'term' && part.style === 'plain' ? part.text : null))
  return texts.includes(null) ? null : `"${texts.join(' ')}"`
}
