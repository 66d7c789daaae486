import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, parse, proposeTopic } from './index.ts'
import { LANGUAGES, post, query } from './testing.ts'

describe('a first topic for a brand', () => {
  test.each([
    ['Nordlicht Telekom', '"Nordlicht Telekom" OR #nordlichttelekom OR @nordlichttelekom*'],
    ['Nordlicht', 'Nordlicht OR @nordlicht*'],
    ['NT', '{NT} OR @nt'],
    ['Müller & Söhne', '"Müller & Söhne" OR #müllersöhne OR @mullersohne* OR @muellersoehne*'],
    ['  "Nordlicht"  ', 'Nordlicht OR @nordlicht*'],
    ['OR', '{OR} OR @or'],
  ])('%s: %s', (name, expected) => {
    expect(proposeTopic(name, LANGUAGES)).toBe(expected)
  })

  test.each(['', '***', '"" ()', '!?'])('%j is no name', (name) => {
    expect(proposeTopic(name, LANGUAGES)).toBe(null)
  })

  test('hears the name, its genitive, its tag and its accounts', () => {
    const topic = query(proposeTopic('Nordlicht', LANGUAGES) as string)
    for (const text of [
      'nordlicht ist weg',
      'Nordlichts Hotline',
      '#Nordlicht',
      '@nordlicht_hilft hallo',
      "Nordlicht's app",
    ]) {
      expect([text, evaluate(topic, post(text)) !== null]).toEqual([text, true])
    }
  })

  test('can always be read, and hears the name as it was typed', () => {
    const name = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('Nord', 'ß', 'AND', '*', '"', '(', '{', 'é', '日', '-', ' ', "'", ':', '#x', 'www.'), {
          maxLength: 8,
        })
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(name, (typed) => {
        const proposed = proposeTopic(typed, LANGUAGES)
        if (proposed !== null) expect(parse(proposed, { languages: LANGUAGES }).ok).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})
