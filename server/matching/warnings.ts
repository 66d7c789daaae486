import { replacement } from './lexer.ts'
import type { Mend, OrNode, QueryNode, QueryWarning, Range, WarningCode } from './query.ts'
import type { TopicLanguages } from './terms.ts'

function warning(
  code: WarningCode,
  { from, to }: Range,
  params: QueryWarning['params'],
  mend: Mend | null,
): QueryWarning {
  return { code, from, to, params, mend }
}

const GERMAN_OPERATORS: Record<string, string> = { UND: 'AND', ODER: 'OR', NICHT: 'NOT' }
const DUTCH_OPERATORS: Record<string, string> = { EN: 'AND', OF: 'OR', NIET: 'NOT' }

/** A word that looks like an operator and is none: "and", "near/5", "ODER". It is searched as a word. */
export function termWarning(text: string, range: Range, topic: TopicLanguages): QueryWarning[] {
  const upper = text.toUpperCase()
  const isMiswritten = ['AND', 'OR', 'NOT'].includes(upper) || /^O?NEAR\/\d{1,3}$/.test(upper)
  if (isMiswritten) {
    return [warning('operator-lower-case', range, { word: text, operator: upper }, replacement(range, upper))]
  }
  const foreign = {
    ...(topic.german ? GERMAN_OPERATORS : {}),
    ...(topic.languages.includes('nl') ? DUTCH_OPERATORS : {}),
  }
  const operator = Object.hasOwn(foreign, text) ? foreign[text] : undefined
  return operator ? [warning('operator-foreign', range, { word: text, operator }, replacement(range, operator))] : []
}

/** a b OR c is read as (a b) OR c; the mend writes the brackets that are read. */
export function mixedWarning(
  text: string,
  node: OrNode,
  parts: QueryNode[],
  isMixed: (part: QueryNode) => boolean,
): QueryWarning {
  const written = parts.map((part) => {
    const source = text.slice(part.from, part.to)
    return isMixed(part) ? `(${source})` : source
  })
  const reading = written.join(' OR ')
  return warning('and-or-mixed', node, { reading }, replacement(node, reading))
}

/** A query that a post can meet by what it does not hold matches almost everything. */
export function unboundedWarning(root: QueryNode): QueryWarning[] {
  return asksForSomething(root, false) ? [] : [warning('unbounded', root, {}, null)]
}

function asksForSomething(node: QueryNode, negated: boolean): boolean {
  switch (node.kind) {
    case 'not':
      return asksForSomething(node.part, !negated)
    case 'and':
    case 'or': {
      const oneIsEnough = (node.kind === 'and') !== negated
      const asks = (part: QueryNode): boolean => asksForSomething(part, negated)
      return oneIsEnough ? node.parts.some(asks) : node.parts.every(asks)
    }
    default:
      return !negated
  }
}
