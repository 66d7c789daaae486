import fc from 'fast-check'
import type { PreparedPost } from './index.ts'
import { post } from './testing.ts'

/**
 * Queries and posts for property tests. Both are made of the same few words, in several spellings and forms, so that
 * matches are common and near misses too.
 */
const WORDS = [
  'Netz',
  'netze',
  'Ausfall',
  'Ausfälle',
  'Muenchen',
  'München',
  'munchen',
  'Nordlicht',
  "Nordlicht's",
  'goed',
  'god',
  'e-mail',
  '5G',
  'tenten',
  'tent',
]
const MARKED = ['#netz', '#Ausfälle', '@nordlicht', '@nordlicht.example.social', '😡', '👍🏽']
const PATTERNS = ['netz*', '*ausf*', 'm?nchen', '#ne*', '@nord*', 'nord*t', 'mue*']
const FILTERS = [
  'lang:de',
  'lang:unknown',
  'followers:>100',
  'is:reply',
  'has:link',
  'has:question',
  'network:twin',
  'author:lena',
  'date:2026',
  'site:example.org',
]

const pick = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts)

/** A term that has a place in the text. */
export function anyTerm(): fc.Arbitrary<string> {
  const phrase = fc.array(pick(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
  return fc.oneof(
    { weight: 6, arbitrary: pick(...WORDS) },
    { weight: 2, arbitrary: pick(...MARKED) },
    { weight: 2, arbitrary: pick(...PATTERNS) },
    { weight: 2, arbitrary: phrase.map((words) => `"${words}"`) },
    { weight: 1, arbitrary: phrase.map((words) => `{${words}}`) },
  )
}

export function anyQuery(): fc.Arbitrary<string> {
  const { node } = fc.letrec<{ node: string; near: string }>((tie) => ({
    near: fc.oneof(
      { depthSize: 'small' },
      anyTerm(),
      fc.tuple(tie('near'), pick('NEAR', 'ONEAR'), fc.integer({ min: 1, max: 4 }), tie('near')).map(near),
      fc.tuple(anyTerm(), anyTerm()).map(([a, b]) => `(${a} OR ${b})`),
    ),
    node: fc.oneof(
      { depthSize: 'small' },
      anyTerm(),
      pick(...FILTERS),
      tie('near'),
      fc.tuple(tie('node'), pick('AND', 'OR', ''), tie('node')).map(([a, op, b]) => `(${a} ${op} ${b})`),
      tie('node').map((part) => `(NOT ${part})`),
    ),
  }))
  return node
}

function near([left, operator, distance, right]: [string, string, number, string]): string {
  return `(${left} ${operator}/${distance} ${right})`
}

export function anyPost(): fc.Arbitrary<PreparedPost> {
  const piece = pick(...WORDS, ...MARKED, 'und', 'ist', 'NETZ', 'https://example.org/?q', '?', 'netzwerk')
  const text = fc.array(piece, { maxLength: 12 }).map((words) => words.join(' '))
  return fc
    .record({
      text,
      title: fc.option(text),
      language: pick('de', 'nl', 'en', '').map((language) => language || null),
      isReply: fc.boolean(),
      links: fc.array(fc.constant('https://example.org/a'), { maxLength: 1 }),
      mentions: fc.array(pick('nordlicht', '@Nordlicht.example.social'), { maxLength: 1 }),
      site: fc.option(fc.constant('www.example.org')),
      followers: fc.option(fc.integer({ min: 0, max: 300 })),
    })
    .map(({ text: words, followers, ...details }) => post(words, { ...details, author: { handle: 'lena', followers } }))
}
