import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, type PreparedPost } from '../index.ts'
import { post, query } from '../testing.ts'
import { anyPost, anyQuery } from '../testing-queries.ts'
import { CompiledQuery } from './compiled-query.ts'
import { Matcher } from './matcher.ts'

const LANGUAGES = [[], ['de'], ['en', 'nl'], ['de', 'nl', 'en']]
const anyTopic = fc.record({ text: anyQuery(), languages: fc.constantFrom(...LANGUAGES) })
type Topic = { text: string; languages: string[] }
const read = ({ text, languages }: Topic) => query(text, languages)

const alone = (topics: ReadonlyMap<number, Topic>, prepared: PreparedPost): number[] =>
  [...topics].filter(([, topic]) => evaluate(read(topic), prepared) !== null).map(([id]) => id)

describe('the matcher', () => {
  test('answers as evaluate() does for each query, also when the posts come again', () => {
    fc.assert(
      fc.property(
        fc.array(anyTopic, { minLength: 1, maxLength: 20 }),
        fc.array(anyPost(), { minLength: 1, maxLength: 6 }),
        (topics, posts) => {
          const matcher = new Matcher<number>()
          const all = new Map(topics.map((topic, id) => [id, topic as Topic]))
          for (const [id, topic] of all) matcher.add(id, read(topic))
          for (const prepared of [...posts, ...posts])
            expect(matcher.match(prepared).sort((a, b) => a - b)).toEqual(alone(all, prepared))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('a query compiled alone answers as evaluate() does', () => {
    fc.assert(
      fc.property(anyTopic, fc.array(anyPost(), { minLength: 1, maxLength: 6 }), (topic, posts) => {
        const compiled = new CompiledQuery(read(topic as Topic))
        for (const prepared of [...posts, ...posts])
          expect(compiled.holds(prepared)).toBe(evaluate(read(topic as Topic), prepared) !== null)
      }),
      { numRuns: 1_000 },
    )
  })

  test('answers as evaluate() does while queries come, change and go between posts', () => {
    const edit = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.nat(9), anyTopic) },
      { weight: 1, arbitrary: fc.tuple(fc.nat(9), fc.constant(null)) },
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.array(edit, { maxLength: 4 }), anyPost()), { maxLength: 15 }), (steps) => {
        const matcher = new Matcher<number>()
        const all = new Map<number, Topic>()
        for (const [edits, prepared] of steps) {
          for (const [id, topic] of edits) {
            if (topic) {
              matcher.add(id, read(topic as Topic))
              all.set(id, topic as Topic)
            } else {
              matcher.remove(id)
              all.delete(id)
            }
          }
          expect(matcher.size).toBe(all.size)
          expect(matcher.match(prepared).sort()).toEqual(alone(all, prepared).sort())
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('files queries anew when a word becomes frequent, and still answers the same', () => {
    const matcher = new Matcher<string>()
    const texts = [
      'netz AND ausfall',
      'netz AND (ausfall OR router)',
      '"netz ausfall"',
      'netz NEAR/2 ausfall',
      'netz',
      'NOT netz',
    ]
    for (const text of texts) matcher.add(text, query(text))
    for (let number = 0; number < 9_000; number++) {
      const prepared = post(number % 3 === 0 ? `Das Netz ${number}` : number % 7 === 0 ? 'Netz Ausfall' : 'Der Router')
      const expected = texts.filter((text) => evaluate(query(text), prepared) !== null)
      if (number % 50 < 8) expect(matcher.match(prepared).sort()).toEqual(expected.sort())
      else matcher.match(prepared)
    }
  })

  test('answers the same for more words than it remembers', () => {
    const matcher = new Matcher<string>()
    matcher.add('a', query('wort77*'))
    matcher.add('b', query('netz'))
    let found = 0
    for (let number = 0; number < 150_000; number += 50) {
      const words = Array.from({ length: 50 }, (_, index) => `Wort${number + index}`).join(' ')
      found += matcher.match(post(`${words} Netz`)).length
    }
    expect(found).toBe(3_000 + [...Array(3_000).keys()].filter((n) => hasWord77(n * 50)).length)
  })

  test('words of any length are remembered letter by letter, in capitals and in other scripts too', () => {
    const words = Array.from({ length: 80 }, (_, length) => 'abcdefghij'.repeat(8).slice(0, length + 1))
    const matcher = new Matcher<string>()
    for (const word of words) matcher.add(word, query(`"${word}"`))
    for (let round = 0; round < 3; round++) {
      for (const word of words) {
        expect(matcher.match(post(word.toUpperCase()))).toEqual([word])
        expect(matcher.match(post(`${word}x ${word.slice(0, -1)}ж`))).toEqual([])
      }
    }
  })

  test('lists that grow, shrink and are written anew keep the queries that are left', () => {
    const words = Array.from({ length: 30 }, (_, number) => `wort${number}`)
    const textOf = (id: number, round: number): string => {
      const [one, other, third] = [id, id * 7 + round, id * 3 + 1].map((number) => words[number % words.length])
      return [`${one}`, `${one} AND ${other}`, `(${one} OR ${other}) NOT ${third}`, `"${one} ${other}"`][
        id % 4
      ] as string
    }
    const matcher = new Matcher<number>()
    const all = new Map<number, string>()
    for (let round = 0; round < 6; round++) {
      for (let id = 0; id < 1_500; id++) {
        if ((id + round) % 5 === 0) {
          matcher.remove(id)
          all.delete(id)
        } else {
          matcher.add(id, query(textOf(id, round)))
          all.set(id, textOf(id, round))
        }
      }
      for (const text of ['wort3 wort7', 'wort1 wort2 wort4 wort8', 'wort29 wort0 wort29', 'nichts']) {
        const expected = [...all].filter(([, asked]) => evaluate(query(asked), post(text)) !== null).map(([id]) => id)
        expect(matcher.match(post(text)).sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b))
      }
    }
  })

  test('a long text with the same words over and over is answered as evaluate() does', () => {
    const prepared = post(`${'netz '.repeat(2_500)} ausfall`)
    for (const text of [
      'netz NEAR/3 ausfall',
      'ausfall NEAR/3 netz',
      '(netz NEAR/1 netz) NEAR/2 ausfall',
      '"netz ausfall"',
    ]) {
      const matcher = new Matcher<string>()
      matcher.add(text, query(text))
      expect(matcher.match(prepared).length === 1).toBe(evaluate(query(text), prepared) !== null)
    }
  })

  test('phrases are the same words, one behind the other, as evaluate() says', () => {
    const words = ['netz', 'Netz', 'ausfall', 'Ausfälle', 'münchen', 'muenchen', '#netz', '@netz', 'net*']
    const between = fc.constantFrom(' ', ' ', ' ', ', ', ' - ', '. ', ' 😡 ', ' https://example.org/netz ', '\n')
    const text = fc
      .array(fc.tuple(fc.constantFrom(...words.slice(0, -1)), between), { maxLength: 10 })
      .map((parts) => parts.flat().join(''))
    const inside = (from: string[]) =>
      fc.array(fc.constantFrom(...from), { minLength: 2, maxLength: 4 }).map((parts) => parts.join(' '))
    const phrase = fc.oneof(
      inside(words).map((said) => `"${said}"`),
      inside(words.slice(0, -1)).map((said) => `{${said}}`),
    )
    const asked = fc.oneof(
      { weight: 4, arbitrary: phrase },
      { weight: 1, arbitrary: phrase.map((one) => `netz NOT ${one}`) },
      { weight: 1, arbitrary: fc.tuple(phrase, phrase).map(([one, other]) => `${one} OR ${other}`) },
      { weight: 1, arbitrary: fc.tuple(phrase, phrase).map(([one, other]) => `${one} NEAR/3 ${other}`) },
    )
    const aPost = fc
      .record({ title: text, text, language: fc.constantFrom('de', 'en', null) })
      .map(({ title, text: said, language }) => post(said, { title, language }))
    const step = fc.tuple(fc.array(fc.tuple(fc.nat(7), fc.option(asked)), { maxLength: 6 }), aPost)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.constantFrom(...LANGUAGES), (steps, languages) => {
        const matcher = new Matcher<number>()
        const all = new Map<number, Topic>()
        for (const [edits, prepared] of steps) {
          for (const [id, wanted] of edits) {
            matcher.remove(id)
            all.delete(id)
            if (wanted === null) continue
            all.set(id, { text: wanted, languages })
            matcher.add(id, query(wanted, languages))
          }
          expect(matcher.match(prepared).sort()).toEqual(alone(all, prepared).sort())
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('several ORs and NOTs beside a word are answered as evaluate() does', () => {
    const words = ['netz', 'ausfall', 'router', 'nordlicht', '"netz ausfall"', '"router netz"', 'lang:de']
    const list = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 })
    const clause = fc.tuple(fc.constantFrom('', 'NOT '), list).map(([not, of]) => `${not}(${of.join(' OR ')})`)
    const asked = fc.array(clause, { minLength: 1, maxLength: 5 }).map((all) => `tarif ${all.join(' ')}`)
    const said = fc.array(fc.constantFrom('Netz', 'Ausfall', 'Router', 'Nordlicht', 'und'), { maxLength: 5 })
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 10 }), said, (texts, parts) => {
        const all = new Map(texts.map((text, id) => [id, { text, languages: ['de'] }]))
        const matcher = new Matcher<number>()
        for (const [id, topic] of all) matcher.add(id, read(topic))
        for (const language of ['de', 'en']) {
          const prepared = post(`Tarif ${parts.join(' ')}`, { language })
          expect(matcher.match(prepared).sort()).toEqual(alone(all, prepared))
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('phrases that come and go leave the others where they are', () => {
    const matcher = new Matcher<number>()
    const phrase = (id: number) => `"wort${id % 40} wort${(id * 7) % 41} wort${(id * 3) % 43}"`
    for (let round = 0; round < 5; round++) {
      for (let id = 0; id < 1_000; id++) {
        if ((id + round) % 3 === 0) matcher.remove(id)
        else matcher.add(id, query(phrase(id)))
      }
      for (let id = 0; id < 1_000; id += 37) {
        const found = matcher.match(post(phrase(id).replaceAll('"', '')))
        const same = [...Array(1_000).keys()].filter(
          (other) => (other + round) % 3 !== 0 && phrase(other) === phrase(id),
        )
        expect(found.sort((a, b) => a - b)).toEqual(same)
      }
    }
  })

  test('several matchers read a post once, and each answers its own', () => {
    const one = new Matcher<string>()
    const other = new Matcher<string>(one.post)
    one.add('netz', query('netz'))
    other.add('ausfall', query('ausfall'))
    const prepared = post('Netz Ausfall')
    expect([one.match(prepared), other.match(prepared), one.match(prepared)]).toEqual([['netz'], ['ausfall'], ['netz']])
    other.add('netz', query('netz'))
    one.remove('netz')
    expect([one.match(prepared), other.match(prepared).sort()]).toEqual([[], ['ausfall', 'netz']])
  })
})

const hasWord77 = (first: number): boolean =>
  Array.from({ length: 50 }, (_, index) => String(first + index)).some((number) => number.startsWith('77'))
