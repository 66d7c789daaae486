import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  evaluate,
  indexTerms,
  OVERFLOW_TERM,
  type RequiredTerm,
  type RequiredTerms,
  requiredTerms,
  TERMS_PER_POST_MAX,
} from './index.ts'
import { LANGUAGES, post, query } from './testing.ts'
import { anyPost, anyQuery } from './testing-queries.ts'

function isCovered(terms: string[], required: RequiredTerms): boolean {
  const holds = (term: RequiredTerm): boolean =>
    typeof term === 'string' ? terms.includes(term) : terms.some((one) => one.startsWith(term.prefix))
  return required === 'scan' || required.any.some((alternative) => alternative.every(holds))
}

const alternatives = (text: string, languages?: readonly string[]): RequiredTerm[][] | 'scan' => {
  const required = requiredTerms(query(text, languages))
  return required === 'scan' ? required : required.any.filter(([term]) => term !== OVERFLOW_TERM)
}

describe('the terms of a post', () => {
  test('are its words, their stems, its tags and the accounts it mentions', () => {
    const terms = indexTerms(post('Häuser #Netz @nordlicht.example.social', { mentions: ['Lena'], language: 'de' }))
    expect(terms).toEqual(
      expect.arrayContaining([
        'hauser',
        'haeuser',
        'haus',
        '#netz',
        'netz',
        '@nordlicht',
        '@nordlicht.example.social',
        '@lena',
      ]),
    )
    expect(new Set(terms).size).toBe(terms.length)
  })

  test('are limited, and a post with more can still be found', () => {
    const words = Array.from({ length: 5_000 }, (_, i) => i.toString(36))
    const terms = indexTerms(post(words.join(' ')))
    expect(terms.length).toBe(TERMS_PER_POST_MAX)
    expect(isCovered(terms, requiredTerms(query(words.at(-1) as string)))).toBe(true)
  })
})

describe('the terms that a query requires', () => {
  test.each([
    ['"Netz"', [['netz']]],
    ['"Netz" "Kiel"', [['netz', 'kiel']]],
    ['"Netz" OR "Kiel"', [['netz'], ['kiel']]],
    ['"Netz" -Kiel', [['netz']]],
    ['"kein Netz"', [['kein', 'netz']]],
    ['"Netz" NEAR/3 "weg"', [['netz', 'weg']]],
    ['netz*', [[{ prefix: 'netz' }]]],
    ['@nord*', [[{ prefix: '@nord' }]]],
    ['*ausfall* "Kiel"', [['kiel']]],
    ['"Netz" lang:de', [['netz']]],
  ])('%s', (text, expected) => {
    expect(alternatives(text)).toEqual(expected)
  })

  test.each(['NOT Netz', '*ausfall*', 'lang:de', 'Netz OR lang:de', 'Netz OR NOT Kiel'])('%s requires none', (text) => {
    expect(alternatives(text)).toBe('scan')
  })

  test('word forms in a language that the index does not hold require none', () => {
    expect(alternatives('réseau', ['fr'])).toBe('scan')
    expect(requiredTerms(query('réseau', ['fr']), ['fr'])).not.toBe('scan')
  })

  test('every post that matches holds all terms of an alternative', () => {
    const languages = fc.subarray([...LANGUAGES])
    let matching = 0
    fc.assert(
      fc.property(anyQuery(), anyPost(), languages, (text, prepared, spoken) => {
        const read = query(text, spoken)
        if (!evaluate(read, prepared)) return
        matching++
        expect(isCovered(indexTerms(prepared), requiredTerms(read))).toBe(true)
      }),
      { numRuns: 3_000 },
    )
    expect(matching).toBeGreaterThan(300)
  })
})
