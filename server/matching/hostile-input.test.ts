import { describe, expect, test } from 'vitest'
import { evaluate, explain, type PreparedPost } from './index.ts'
import { post, query } from './testing.ts'

/** In capitals and small letters, as the number's bits say. */
const spellingsOf = (word: string, count: number): string[] =>
  Array.from({ length: count }, (_, bits) =>
    [...word].map((letter, i) => ((bits >> i) & 1 ? letter.toUpperCase() : letter)).join(''),
  )

/** Twenty times a, but for two places that differ from phrase to phrase. */
const almostPhrases = (count: number): string[] =>
  Array.from({ length: count }, (_, number) => {
    const others = [number % 20, 19 - (Math.floor(number / 20) % 20)]
    return `"${Array.from({ length: 20 }, (_, i) => (others.includes(i) ? 'b' : 'a')).join(' ')}"`
  })

/** All of these take tenths of a second; one that grew with a power of its input would take hours, on any machine. */
const PATIENCE_MS = 120_000

describe('a hostile query on a hostile text', () => {
  const longest = (piece: string): PreparedPost => post(piece.repeat(Math.ceil(20_000 / piece.length)))
  test.each([
    ['a NEAR chain that fails at its end', `a${' NEAR/1 a'.repeat(49)} NEAR/1 b`, 'a '],
    ['a NEAR chain that needs more than there is', `(b OR a)${' ONEAR/100 a'.repeat(50)}`, 'a '],
    ['a NEAR chain on one repeated word', `a${' NEAR/100 a'.repeat(50)}`, 'a '],
    [
      'a bracketed NEAR tree',
      '((a NEAR/100 a) NEAR/100 (a NEAR/100 a)) NEAR/100 ((a NEAR/100 a) NEAR/100 (a NEAR/100 b))',
      'a ',
    ],
    [
      'many ORs near each other',
      `(${Array(450).fill('a').join(' OR ')}) NEAR/50 (${Array(450).fill('a').join(' OR ')})`,
      'a ',
    ],
    ['wildcards against one long word', '*a*a*a*a*a*a*a*a*a*b', 'a'],
    ['many wildcards against many words', Array(150).fill('*aa*aa*aa*c').join(' OR '), 'aaaaaaaaaaaaaaaa1 '],
    ['a phrase of one repeated word', `"${'a '.repeat(19)}b"`, 'a '],
    ['a word said 900 times, alternatively', Array(900).fill('a').join(' OR '), 'a '],
    ['a word said 900 times, always', Array(900).fill('a').join(' '), 'a '],
    ['a word in 900 spellings', spellingsOf('abcdefghij', 900).join(' OR '), 'abcdefghij '],
    ['phrases that fail at their ends', almostPhrases(350).join(' OR '), `${'a '.repeat(9_999)}b`],
    ['a thousand words', Array.from({ length: 900 }, (_, i) => `w${i}`).join(' OR '), 'w1 w2 w3 '],
  ])('%s is answered and explained alike, and ends', { timeout: PATIENCE_MS }, (_, text, piece) => {
    const read = query(text)
    const prepared = longest(piece)
    expect(explain(read, prepared).holds).toBe(evaluate(read, prepared) !== null)
  })

  test('many wildcards against thousands of different words are answered, and it ends', {
    timeout: PATIENCE_MS,
  }, () => {
    const words = Array.from({ length: 3_000 }, (_, i) => `aa${i.toString(2)}`).join(' ')
    const read = query(Array(150).fill('*a*0*1*0*1*0*1*c').join(' OR '))
    expect(evaluate(read, post(words))).toBe(null)
  })
})
