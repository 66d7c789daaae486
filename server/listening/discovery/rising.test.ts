import { expect, test } from 'vitest'
import { candidatesIn, rising, silentWords } from './rising.ts'
import type { Summed, Tallied } from './tallied.ts'
import { voiceBit } from './tally.ts'

const TWO = voiceBit('mila') | voiceBit('joris')
const count = (posts: number, mark = TWO): Summed => ({ posts, mark, shown: '' })
const silent = (query: string) => silentWords({ query, languages: ['de', 'en'] })
const before = (posts: number, counts: Record<string, number>): Tallied => ({
  span: 'hour',
  startsAt: new Date(0),
  anonymous: false,
  posts,
  counts: [0, ...Object.entries(counts).flatMap(([key, said]) => [key, said, TWO, ''])],
})

test('the words of a query are silent: as they are, by their stems, tags, patterns, also those it excludes', () => {
  const isSilent = silent('kobaltfon* OR "red router" OR #netz NOT (aurora OR lampen) AND lang:de')
  for (const word of ['kobaltfon', 'kobaltfonbox', '#kobaltfon', 'red', 'router', 'netz', '#netz', 'aurora', 'lamp'])
    expect([word, isSilent(word)]).toEqual([word, true])
  for (const word of ['kobalt', 'de', 'stadium']) expect([word, isSilent(word)]).toEqual([word, false])
  expect(silent('(')('anything')).toBe(false)
  expect(silent(`${'a*'.repeat(12)}b`)('a'.repeat(60))).toBe(false)
})

test('a candidate was said three times, by two people, without a word of the query', () => {
  const of = new Map([
    ['outage', count(3)],
    ['twice', count(2)],
    ['alone', count(9, voiceBit('mila'))],
    ['nordwind outage', count(9)],
  ])
  expect([...candidatesIn(of, silent('nordwind')).keys()]).toEqual(['outage'])
})

test('the expected count is the share in the background, times the posts of now', () => {
  const background = { kind: 'same-hours' as const, tallies: [before(1_000, { outage: 5, parcel: 400 })] }
  const terms = rising(
    new Map([
      ['outage', count(40)],
      ['parcel', count(80)],
    ]),
    200,
    background,
  )
  expect(terms).toMatchObject([{ key: 'outage', posts: 40, expected: 1 }])
})

test('what grows with everything does not rise', () => {
  const background = { kind: 'same-hours' as const, tallies: [before(1_000, { parcel: 400 })] }
  expect(rising(new Map([['parcel', count(4_000)]]), 10_000, background)).toEqual([])
})

test('a phrase stands for its words where most of their posts hold it', () => {
  const candidates = new Map([
    ['broken', count(20)],
    ['router', count(21)],
    ['broken router', count(19)],
  ])
  const terms = rising(candidates, 50, { kind: 'same-hours', tallies: [before(1_000, {})] })
  expect(terms.map(({ key }) => key)).toEqual(['broken router'])
})
