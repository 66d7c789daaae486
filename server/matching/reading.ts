import { fault, type Lexeme, removal, replacement } from './lexer.ts'
import {
  type ErrorCode,
  type FilterNode,
  QUERY_DEPTH_MAX,
  QUERY_NODES_MAX,
  type Query,
  type QueryError,
  type QueryNode,
  type Range,
  type TermNode,
} from './query.ts'
import type { TopicLanguages } from './terms.ts'

/** A parse in progress. */
export interface Reading extends TopicLanguages {
  text: string
  lexemes: Lexeme[]
  at: number
  depth: number
  nodes: number
  nears: number
  wildcards: number
  /** The first leaf of each term, by what it asks for. */
  terms: Map<string, number>
  errors: QueryError[]
  query: Pick<Query, 'leaves' | 'warnings'>
  /** Nodes that stood in brackets of their own. */
  bracketed: WeakSet<QueryNode>
}

/** A fault after which the rest cannot be understood. Thrown by the readers, caught in parser.ts, never seen outside. */
export class Unreadable extends Error {
  readonly error: QueryError
  constructor(error: QueryError) {
    super(error.code)
    this.error = error
  }
}

export function unreadable(...args: Parameters<typeof fault>): Unreadable {
  return new Unreadable(fault(...args))
}

export function deeper<T>(reading: Reading, at: Lexeme, read: () => T): T {
  if (++reading.depth > QUERY_DEPTH_MAX) throw unreadable('query-too-deep', at, { max: QUERY_DEPTH_MAX })
  const result = read()
  reading.depth--
  return result
}

export function count(reading: Reading, node: Range): void {
  if (++reading.nodes > QUERY_NODES_MAX) throw unreadable('query-too-large', node, { max: QUERY_NODES_MAX })
}

export function peek(reading: Reading): Lexeme | undefined {
  return reading.lexemes[reading.at]
}

export function take(reading: Reading): Lexeme {
  const lexeme = reading.lexemes[reading.at]
  if (!lexeme) throw unreadable('query-empty', { from: 0, to: reading.text.length })
  reading.at++
  return lexeme
}

/** Reads what stands behind an operator; refuses an operator that nothing follows. */
export function readOperand(reading: Reading, operator: Lexeme, read: (reading: Reading) => QueryNode): QueryNode {
  const next = peek(reading)
  const isMissing = !next || next.kind === 'close' || next.kind === 'and' || next.kind === 'or' || next.kind === 'near'
  if (isMissing) throw operandMissing(reading, operator, 'operand-missing-behind')
  return read(reading)
}

export function operandMissing(reading: Reading, operator: Lexeme, code: ErrorCode): Unreadable {
  const written = reading.text.slice(operator.from, operator.to)
  return unreadable(code, operator, { operator: written }, removal(reading.text, operator))
}

export function unclosed(reading: Reading, open: Lexeme): Unreadable {
  const end = reading.text.trimEnd().length
  return unreadable('bracket-unclosed', open, {}, replacement({ from: end, to: end }, ')'))
}

export function readBrackets(reading: Reading, open: Lexeme, read: () => QueryNode, from = open.from): QueryNode {
  if (peek(reading)?.kind === 'close') {
    const range = { from: open.from, to: take(reading).to }
    throw unreadable('brackets-empty', range, {}, removal(reading.text, range))
  }
  if (!peek(reading)) throw unclosed(reading, open)
  const inside = deeper(reading, open, read)
  const close = peek(reading)
  if (close?.kind !== 'close') throw unclosed(reading, open)
  reading.at++
  const node = { ...inside, from, to: close.to }
  if (inside.kind === 'term' || inside.kind === 'filter')
    reading.query.leaves[inside.leaf] = node as TermNode | FilterNode
  reading.bracketed.add(node)
  return node
}

/** ANDs in an AND and ORs in an OR become one, which says the same and reads better in an explanation. */
export function joined(kind: 'and' | 'or', parts: QueryNode[]): QueryNode {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]))
  const [first, last] = [parts[0] as QueryNode, parts.at(-1) as QueryNode]
  return { kind, parts: flat, from: first.from, to: last.to }
}
