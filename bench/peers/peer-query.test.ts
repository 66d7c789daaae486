import { expect, test } from 'vitest'
import { parsed } from '../matching-workload.ts'
import { peerQueries } from './peer-query.ts'
import { tsqueryText } from './tsquery.ts'

const asked = (text: string) => peerQueries(parsed([text], ['en']))[0]?.query

test('peers are asked the same operators around the same words', () => {
  expect(asked('Coffee AND (tea OR "green leaf") NOT sugar lang:en')).toEqual({
    and: [
      { term: 'coffee' },
      { or: [{ term: 'tea' }, { phrase: ['green', 'leaf'] }] },
      { not: { term: 'sugar' } },
      { language: 'en' },
    ],
  })
  expect(asked('coff*')).toEqual({ prefix: 'coff' })
  expect(asked('coffee NEAR/5 cup')).toEqual({
    near: [{ term: 'coffee' }, { term: 'cup' }],
    distance: 5,
    ordered: false,
  })
})

test.each(['c?ffee', '*offee', '#coffee', '@coffee', '{Coffee}', 'coffee NOT author:@lena', '"green lea*"'])(
  'what a peer cannot be asked is left out: %s',
  (text) => expect(asked(text)).toBeUndefined(),
)

test('a tsquery says NEAR as an OR of all distances, and no language', () => {
  expect(tsqueryText({ near: [{ term: 'a' }, { term: 'b' }], distance: 2, ordered: true })).toBe(
    "(('a' <1> 'b') | ('a' <2> 'b'))",
  )
  expect(tsqueryText({ and: [{ term: 'a' }, { not: { prefix: 'b' } }] })).toBe("('a' & !('b':*))")
  expect(tsqueryText({ and: [{ term: 'a' }, { language: 'en' }] })).toBeNull()
})
