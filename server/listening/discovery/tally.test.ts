import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalLink, countInto, type Said, termsSaid } from './said.ts'
import {
  addOne,
  anonymise,
  close,
  emptyTally,
  merge,
  readCounts,
  subtract,
  type Tally,
  voiceBit,
  voicesIn,
  writeCounts,
} from './tally.ts'

const said = (text: string, authorId = 'mila', change: Partial<Said> = {}): Said => ({
  title: null,
  text,
  language: 'en',
  links: [],
  network: 'pond',
  scope: '',
  rootExternalId: null,
  groupId: null,
  authorId,
  followers: null,
  ...change,
})

function tallyOf(...posts: Said[]): Tally {
  const tally = emptyTally()
  for (const post of posts) countInto([tally], post)
  return tally
}
const postsOf = (tally: Tally, key: string) => tally.sections.terms.of.get(key)?.posts

test('a post counts once for each of its words and two-word phrases, whatever their forms, and names nobody', () => {
  const terms = termsSaid(said('@mila The routers blink. My router is a red router, says @lena', 'x')).map(
    ({ key }) => key,
  )
  expect(terms).toEqual(['router', 'router blink', 'blink', 'red', 'red router'])
})

test('words keep their forms in languages that the search index does not stem', () => {
  expect(termsSaid({ title: null, text: 'les routeurs clignotent', language: 'fr' }).map(({ key }) => key)).toEqual([
    'routeurs',
    'routeurs clignotent',
    'clignotent',
  ])
})

test('what is counted and taken out again leaves nothing', () => {
  const words = fc.constantFrom('router', 'lamp', 'north', 'wind', 'down', 'blinks', 'again')
  const post = fc.record({ words: fc.array(words, { maxLength: 8 }), author: fc.constantFrom('a', 'b', 'c', 'd') })
  fc.assert(
    fc.property(fc.array(post, { maxLength: 10 }), fc.array(post, { maxLength: 10 }), (stay, go) => {
      const as = (posts: typeof stay) => posts.map(({ words: said_, author }) => said(said_.join(' '), author))
      const tally = tallyOf(...as(stay), ...as(go))
      subtract(tally, tallyOf(...as(go)))
      const expected = tallyOf(...as(stay))
      expect(tally.posts).toBe(expected.posts)
      const counts = (of: Tally) => [...of.sections.terms.of].map(([key, { posts }]) => [key, posts]).sort()
      expect(counts(tally)).toEqual(counts(expected))
      for (const [key, { mark }] of tally.sections.terms.of)
        expect(mark & ~(expected.sections.terms.of.get(key)?.mark ?? 0)).toBe(0)
    }),
  )
})

test('merging is as if all had been counted together', () => {
  const [one, other] = [tallyOf(said('red router')), tallyOf(said('blue router', 'lena'), said('router', 'joris'))]
  merge(one, other)
  const together = tallyOf(said('red router'), said('blue router', 'lena'), said('router', 'joris'))
  expect(one).toEqual(together)
  expect(postsOf(one, 'router')).toBe(3)
})

test('two set bits are two voices; one voice is never two, however much it says', () => {
  const loud = tallyOf(...Array.from({ length: 50 }, () => said('boycott now')))
  expect(voicesIn(loud.sections.terms.of.get('boycott')?.mark ?? 0)).toBe(1)
  const bits = new Set(Array.from({ length: 500 }, (_, n) => voiceBit(`author ${n}`)))
  expect(bits.size).toBe(31)
  expect([...bits].every((bit) => bit !== 0 && voicesIn(bit) === 1)).toBe(true)
})

test('beyond its room a tally forgets the rarest, never counts too much, and says what it may have lost', () => {
  const truth = new Map<string, number>()
  const tally = emptyTally()
  for (let part = 0; part < 12; part++) {
    const entry = emptyTally()
    for (let n = 0; n < 6_000; n++) {
      const key = n % 3 === 0 ? `often ${n % 60}` : `once ${part} ${n}`
      addOne(entry.sections.terms, key, 1)
      truth.set(key, (truth.get(key) ?? 0) + 1)
    }
    merge(tally, entry)
  }
  const { of, lost } = tally.sections.terms
  expect(of.size).toBeLessThanOrEqual(4_000)
  expect(lost).toBeGreaterThan(0)
  expect(lost).toBeLessThanOrEqual(12)
  for (const [key, count] of truth) {
    const held = of.get(key)?.posts ?? 0
    expect(held).toBeLessThanOrEqual(count)
    expect(count - held).toBeLessThanOrEqual(lost)
  }
  close(tally, 'hour')
  expect(of.size).toBeGreaterThan(500)
  expect(tally.sections.terms.of.size).toBe(500)
  expect(tally.sections.terms.of.has('often 0')).toBe(true)
})

test('a closed hour keeps voices that spoke often and voices that are heard far', () => {
  const tally = emptyTally()
  for (let n = 0; n < 2_000; n++)
    countInto([tally], said('', `author ${n}`, { followers: n === 1_999 ? 1_000_000 : 3 }))
  for (let n = 0; n < 5; n++) countInto([tally], said('', 'author 7'))
  close(tally, 'hour')
  const { of } = tally.sections.voices
  expect(of.get('author 7')?.posts).toBe(6)
  expect(of.get('author 1999')?.mark).toBe(1_000_000)
})

test('beyond the retention nothing stays that one person said, and nobody’s name', () => {
  const tally = tallyOf(
    said('my secret router', 'mila', { links: ['https://a.example/mine'], rootExternalId: '1' }),
    said('router', 'joris'),
  )
  anonymise(tally)
  expect([...tally.sections.terms.of.keys()]).toEqual(['router'])
  expect(tally.sections.links.of.size + tally.sections.voices.of.size + tally.sections.threads.of.size).toBe(0)
})

test('counts are written and read again as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.nat(), fc.string())), fc.nat(), (rows, lost) => {
      const counts = { of: new Map(rows.map(([key, posts, shown]) => [key, { posts, mark: 7, shown }])), lost }
      expect(readCounts(writeCounts(counts))).toEqual(counts)
    }),
  )
})

test('a link is its host and path; what says who shared it is left out', () => {
  expect(canonicalLink('https://www.shop.example/lamps/?utm_source=x#top')).toBe('shop.example/lamps')
  expect(canonicalLink('http://shop.example/lamps')).toBe('shop.example/lamps')
  expect(canonicalLink('https://m.films.example/watch?v=abc&list=1')).toBe('films.example/watch?v=abc')
  expect(canonicalLink('javascript:alert(1)')).toBeNull()
  expect(canonicalLink('https://')).toBeNull()
  expect(canonicalLink(`https://long.example/${'a'.repeat(400)}`)).toBeNull()
})
