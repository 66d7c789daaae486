import { readFilter } from './filters.ts'
import { type Lexeme, removal, replacement } from './lexer.ts'
import {
  type Field,
  type FilterNode,
  type Mend,
  type QueryError,
  type QueryNode,
  type TermNode,
  WILDCARDS_MAX,
  type WordTest,
} from './query.ts'
import {
  count,
  joined,
  peek,
  type Reading,
  readBrackets,
  readOperand,
  take,
  Unreadable,
  unreadable,
} from './reading.ts'
import { readWords } from './terms.ts'
import { termWarning } from './warnings.ts'

export function readTerm(reading: Reading, lexeme: Extract<Lexeme, { text: string }>): TermNode {
  const style = lexeme.kind === 'range' ? 'plain' : lexeme.kind
  const { words, errors } = readWords(lexeme.text, style, reading, lexeme)
  reading.errors.push(...errors.map((error) => mendedInPlace(error, lexeme, reading.text)))
  const { from, to } = lexeme
  const leaf = reading.query.leaves.length
  const sameAs = firstAsking(reading, words, leaf)
  const node: TermNode = { kind: 'term', style, text: lexeme.text, words, leaf, sameAs, from, to }
  reading.query.leaves.push(node)
  reading.wildcards += words.filter((word) => word.pattern).length
  if (reading.wildcards > WILDCARDS_MAX) throw unreadable('wildcards-too-many', lexeme, { max: WILDCARDS_MAX })
  if (style === 'plain') reading.query.warnings.push(...termWarning(lexeme.text, lexeme, reading))
  count(reading, node)
  return node
}

/** "NETZ" and netz ask for the same although they are typed differently. */
function firstAsking(reading: Reading, words: readonly WordTest[], leaf: number): number {
  const asked = JSON.stringify(words.map(({ text, ...test }) => test))
  const first = reading.terms.get(asked) ?? leaf
  reading.terms.set(asked, first)
  return first
}

/** What a mend owes to the text around: a part without words goes with its blank, a field needs one before it. */
function mendedInPlace(error: QueryError, lexeme: Lexeme, text: string): QueryError {
  if (error.code === 'term-without-words') return { ...error, mend: removal(text, lexeme) }
  const isGlued = lexeme.from > 0 && !/[\s(]/.test(text[lexeme.from - 1] as string)
  if (error.code !== 'address-bare' || !error.mend || !isGlued) return error
  return { ...error, mend: { ...error.mend, text: ` ${error.mend.text}` } }
}

/** lang:de, or a list of alternatives: lang:(de OR nl). */
export function readField(reading: Reading, field: Extract<Lexeme, { kind: 'field' }>): QueryNode {
  const value = peek(reading)
  if (value?.from !== field.to || value.kind === 'close') throw withoutValue(reading, field)
  if (value.kind === 'open')
    return readBrackets(reading, take(reading), () => readFieldList(reading, field), field.from)
  return readFieldValue(reading, field, field.from)
}

function readFieldList(reading: Reading, field: Extract<Lexeme, { kind: 'field' }>): QueryNode {
  const readValue = (): QueryNode => readFieldValue(reading, field, peek(reading)?.from ?? field.from)
  const parts = [readValue()]
  while (peek(reading)?.kind === 'or') parts.push(readOperand(reading, take(reading), readValue))
  const rest = peek(reading)
  if (rest && rest.kind !== 'close') {
    throw unreadable('field-list', rest, { field: field.name }, orInstead(reading.text, rest))
  }
  const [only] = parts
  if (only && parts.length === 1) return only
  const node = joined('or', parts)
  count(reading, node)
  return node
}

function orInstead(text: string, rest: Lexeme): Mend {
  if (rest.kind === 'and') return replacement(rest, 'OR')
  return 'text' in rest ? replacement({ from: rest.from, to: rest.from }, 'OR ') : removal(text, rest)
}

function readFieldValue(reading: Reading, field: Extract<Lexeme, { kind: 'field' }>, from: number): FilterNode {
  const value = take(reading)
  if (!('text' in value)) throw unreadable('field-list', value, { field: field.name }, removal(reading.text, value))
  const result = readFilter(field.name as Field, value.text, reading, value)
  if ('error' in result) throw new Unreadable(result.error)
  const node: FilterNode = {
    kind: 'filter',
    filter: result.filter,
    leaf: reading.query.leaves.length,
    from,
    to: value.to,
  }
  reading.query.leaves.push(node)
  count(reading, node)
  return node
}

/** With a blank behind the colon, what follows it was meant. */
function withoutValue(reading: Reading, field: Extract<Lexeme, { kind: 'field' }>): Unreadable {
  const next = peek(reading)
  const isValue = next !== undefined && ('text' in next || next.kind === 'open')
  const mend = isValue ? replacement({ from: field.to, to: next.from }, '') : removal(reading.text, field)
  return unreadable('field-without-value', field, { field: field.name }, mend)
}
