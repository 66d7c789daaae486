import { parse } from './parser.ts'
import { print } from './print.ts'
import type { Query, QueryNode, TermNode } from './query.ts'
import { requiredTerms } from './required-terms.ts'

/** More ways to be nearly met make a net that no longer says anything. */
const RELAXATIONS_MAX = 24
/** Shorter words begin too many others. */
const LETTERS_FOR_PREFIX_MIN = 5

/**
 * The query with one of its demands given up, in every way: a part of an AND left out, a NEAR read as AND, a phrase as its
 * words, an exact spelling in any case, a word as the beginning of longer ones. What meets this and not the query almost
 * matched. Null when nothing can be given up, or when hardly anything would be asked for any more.
 */
export function relaxed(query: Query): Query | null {
  const wanted = new Set<string>()
  for (const text of relaxations(query.root)) {
    if (wanted.size >= RELAXATIONS_MAX) break
    if (isSearchable(text, query.languages)) wanted.add(text)
  }
  if (wanted.size === 0) return null
  const read = parse([...wanted].map((text) => `(${text})`).join(' OR '), { languages: query.languages })
  return read.ok ? read.query : null
}

/** Each text is the whole node with one demand less. */
function* relaxations(node: QueryNode): Generator<string> {
  switch (node.kind) {
    case 'or':
      for (const part of node.parts) yield* relaxations(part)
      return
    case 'and':
      for (const part of node.parts) {
        const others = node.parts.filter((other) => other !== part)
        const rest = others.map(bracketed).join(' AND ')
        if (rest !== '') yield rest
        if (part.kind === 'not' || part.kind === 'filter') continue
        for (const text of relaxations(part)) yield rest === '' ? text : `(${text}) AND ${rest}`
      }
      return
    case 'near':
      yield `${bracketed(node.left)} AND ${bracketed(node.right)}`
      return
    case 'term':
      yield* relaxedTerm(node)
  }
}

function* relaxedTerm({ style, text, words }: TermNode): Generator<string> {
  const [word, ...more] = words
  if (!word || words.some(({ pattern }) => pattern)) return
  if (more.length > 0) yield words.map((one) => `"${one.text}"`).join(' AND ')
  else if (style !== 'plain') yield text
  else if (/^\p{L}+$/u.test(text) && text.length >= LETTERS_FOR_PREFIX_MIN) yield `${text}*`
}

const bracketed = (node: QueryNode): string => `(${print(node)})`

/** An index can find it: a net that has to look at every post is none. */
function isSearchable(text: string, languages: readonly string[]): boolean {
  const read = parse(text, { languages })
  return read.ok && requiredTerms(read.query) !== 'scan'
}
