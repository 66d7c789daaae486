import { describe, expect, test } from 'vitest'
import { priceOf } from './price.ts'
import { post, query } from './testing.ts'

/** A hundred posts: all say "und", half "Netz", one "Nordlicht". */
const posts = Array.from({ length: 100 }, (_, at) =>
  post(`und ${at % 2 ? 'Netz' : 'Haus'} ${at === 7 ? 'Nordlicht' : ''} nr${at}`, { language: 'de' }),
)
const price = (text: string) => priceOf(query(text), posts)
const blamed = (text: string) => price(text).parts.map(({ from, to, why }) => `${text.slice(from, to)}: ${why}`)

describe('the price of a query', () => {
  test.each([
    ['Polarfunk', 'cheap', 0, 0],
    ['Nordlicht', 'fair', 10, 1],
    ['Nordlicht AND und', 'fair', 10, 1],
    ['Netz', 'dear', 500, 50],
    ['NOT Netz', 'every-post', 1_000, 50],
    ['Nordlicht OR has:question', 'every-post', 1_000, 1],
    ['Nordlicht has:question', 'fair', 10, 0],
  ])('%s is %s', (text, cost, asked, matched) => {
    expect(price(text)).toMatchObject({ cost, asked, matched, of: 100 })
  })

  test('names the parts that make it so, the dearest first', () => {
    expect(blamed('Nordlicht')).toEqual([])
    expect(blamed('Nordlicht OR und OR Netz')).toEqual(['und: frequent-word', 'Netz: frequent-word'])
    expect(blamed('Nordlicht OR NOT Netz')).toEqual(['NOT Netz: only-left-out'])
    expect(blamed('Nordlicht OR (has:question is:reply)')).toEqual([
      'has:question: filter-alone',
      'is:reply: filter-alone',
    ])
    expect(blamed('nr*')).toEqual(['nr*: short-prefix'])
    expect(blamed('*etz')).toEqual(['*etz: starts-with-wildcard'])
    expect(blamed('und AND Netz')).toEqual(['Netz: frequent-word'])
  })

  test('is known by its shape alone where there are no posts', () => {
    expect(priceOf(query('NOT Netz'), [])).toMatchObject({ cost: 'every-post', asked: null, of: 0 })
    expect(priceOf(query('Netz'), [])).toMatchObject({ cost: 'cheap', asked: null, parts: [] })
  })
})
