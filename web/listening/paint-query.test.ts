import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Lexeme, lex } from '../../server/matching/lexer.ts'
import { markFaults, paintQuery } from './paint-query.ts'

const kinds = (query: string) =>
  paintQuery(query)
    .filter(({ kind }) => kind !== 'blank')
    .map(({ kind, text }) => `${kind} ${text}`)

test('words, operators, brackets, phrases, exact spelling, tags, handles and fields have looks of their own', () => {
  expect(kinds('(Netz* OR "kein Empfang") AND NOT {NT} -Werbung #aus @hilfe lang:de')).toEqual([
    'bracket (',
    'wildcard Netz*',
    'operator OR',
    'phrase "kein Empfang"',
    'bracket )',
    'operator AND',
    'operator NOT',
    'exact {NT}',
    'operator -',
    'word Werbung',
    'tag #aus',
    'tag @hilfe',
    'field lang:',
    'word de',
  ])
})

test('NEAR carries its distance, and half an operator is none yet', () => {
  expect(kinds('Netz NEAR/5 weg ONEAR/2 NEA')).toEqual([
    'word Netz',
    'operator NEAR/5',
    'word weg',
    'operator ONEAR/2',
    'word NEA',
  ])
})

test('and, or in small letters are words, as are hyphens inside of words', () => {
  expect(kinds('rock and roll e-mail')).toEqual(['word rock', 'word and', 'word roll', 'word e-mail'])
})

test('an unclosed quotation mark reaches to the end', () => {
  expect(kinds('Netz "kein Empfang')).toEqual(['word Netz', 'phrase "kein Empfang'])
})

test('whatever is typed, the pieces are the query again, in order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (query) => {
      const pieces = paintQuery(query)
      expect(pieces.map(({ text }) => text).join('')).toBe(query)
      for (const { start, text } of pieces) expect(query.startsWith(text, start)).toBe(true)
    }),
  )
})

test('a fault underlines exactly its part, also inside of a piece', () => {
  const marked = markFaults(paintQuery('Netz langs:de'), [{ start: 5, end: 11 }])
  expect(marked.filter(({ faulty }) => faulty).map(({ text }) => text)).toEqual(['langs:'])
  expect(marked.map(({ text }) => text).join('')).toBe('Netz langs:de')
})

/** What the language's own reader calls a part, as the look that the part has here. */
const LOOKS: Partial<Record<Lexeme['kind'], string>> = {
  open: 'bracket',
  close: 'bracket',
  and: 'operator',
  or: 'operator',
  not: 'operator',
  near: 'operator',
  quoted: 'phrase',
  case: 'exact',
  field: 'field',
}
const reference = readFileSync(path.resolve(import.meta.dirname, '../../docs/listening-language.md'), 'utf8')
const examples = [...reference.matchAll(/^\| `([^`]+)` \|/gm)].map(([, query = '']) => query)

test('there are examples of the whole language', () => {
  expect(examples.length).toBeGreaterThan(120)
})

test.each(examples)('%s has the look of what the server reads in it', (query) => {
  const read = lex(query).lexemes.flatMap(({ kind, from }) => (LOOKS[kind] ? [`${from} ${LOOKS[kind]}`] : []))
  const painted = paintQuery(query)
    .filter(({ kind }) => Object.values(LOOKS).includes(kind))
    .map(({ kind, start }) => `${start} ${kind}`)
  expect(painted).toEqual(read)
})
