import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, type Match, type PreparedPost } from './index.ts'
import { LANGUAGES, type PostDetails, post, query } from './testing.ts'
import { anyPost, anyQuery, anyTerm } from './testing-queries.ts'

function found(text: string, words: string, details?: PostDetails): string[] {
  const match = evaluate(query(text), post(words, details))
  if (!match) throw new Error(`“${text}” does not match “${words}”`)
  return match.spans.map((span) => (span.part === 'title' ? (details?.title ?? '') : words).slice(span.from, span.to))
}

const matches = (text: string, prepared: PreparedPost, languages = LANGUAGES): boolean =>
  evaluate(query(text, languages), prepared) !== null

describe('what was found', () => {
  test('is given as it stands in the text', () => {
    expect(found('Störung', 'Schon wieder STOERUNGEN in Kiel')).toEqual(['STOERUNGEN'])
  })

  test('a phrase is one piece, from its first word to its last', () => {
    expect(found('"kein Netz"', 'Seit heute: kein (!) Netz.')).toEqual(['kein (!) Netz'])
  })

  test('a NEAR shows its words, not what lies between', () => {
    expect(found('Netz NEAR/5 weg', 'Das Netz ist mal wieder weg')).toEqual(['Netz', 'weg'])
  })

  test('the words of a NEAR that stand elsewhere are not shown', () => {
    expect(found('Netz NEAR/2 weg', 'Netz da, aber heute war das Netz weg')).toEqual(['Netz', 'weg'])
    expect(evaluate(query('Netz NEAR/2 weg'), post('Netz da, aber heute war das Netz weg'))?.spans[0]?.from).toBe(28)
  })

  test('all alternatives of an OR are shown', () => {
    expect(found('Netz OR Empfang OR Tarif', 'Kein Empfang, kein Netz')).toEqual(['Empfang', 'Netz'])
  })

  test('overlapping finds are one piece that knows all its leaves', () => {
    const match = evaluate(query('"kein Netz" OR Netz'), post('Heute kein Netz'))
    expect(match?.spans).toEqual([{ part: 'text', from: 6, to: 15, leaves: [0, 1] }])
  })

  test('title and text are told apart', () => {
    const match = evaluate(query('Netz'), post('Das Netz ist weg', { title: 'Netz' }))
    expect(match?.spans.map((span) => [span.part, span.from])).toEqual([
      ['title', 0],
      ['text', 4],
    ])
  })

  test('filters and NOTs have nothing to show, but a filter counts', () => {
    const match = evaluate(query('lang:de NOT Werbung'), post('Hallo', { language: 'de' })) as Match
    expect(match).toEqual({ spans: [], leaves: [0] })
  })

  test('an emoji before a word does not shift it', () => {
    expect(found('Netz', '😡👩‍👩‍👧 Netz weg')).toEqual(['Netz'])
  })
})

describe('German and Dutch posts', () => {
  const brand = 'Nordlicht (Netz OR Empfang OR *ausfall* OR Störung) -(Polarlicht* OR Aurora)'
  test.each([
    ['Seit 6 Uhr Totalausfall bei Nordlicht, und niemand geht ran.', true],
    ['Nordlichts Netzausfälle sind inzwischen legendär', true],
    ['Störungen bei #Nordlicht? Bei mir in Lübeck seit gestern.', true],
    ['Nordlicht-Empfang im Keller: null', true],
    ['Nordlicht hat mir heute eine neue Rechnung geschickt', false],
    ['Nordlicht am Himmel, kein Netz auf der Insel, dafür Polarlichter!', false],
  ])('%s: %s', (words, expected) => {
    expect(matches(brand, post(words, { language: 'de' }))).toBe(expected)
  })

  const tents = '(tent OR slaapzak) NEAR/6 (lek* OR kapot OR scheur*) -lang:de'
  test.each([
    ['Mijn tent lekt na één bui, wat een waardeloze kwaliteit', true],
    ['De ritsen van beide tenten zijn na een week kapot', true],
    ['Slaapzakken gekocht, de eerste is al gescheurd', false],
    ['Onze tent was fijn en warm. Op de terugweg ging helaas de auto kapot', false],
  ])('%s: %s', (words, expected) => {
    expect(matches(tents, post(words, { language: 'nl' }))).toBe(expected)
  })

  test('word forms are those of the topic, whatever the post says of its language', () => {
    expect(matches('Rechnung', post('Zwei Rechnungen', { language: 'en' }), ['de'])).toBe(true)
    expect(matches('Rechnung', post('Zwei Rechnungen', { language: 'de' }), ['en'])).toBe(false)
    expect(matches('Rechnung', post('Zwei Rechnungen'), [])).toBe(false)
  })
})

const holdsForAll = (law: (q: string, r: string, prepared: PreparedPost) => void): void =>
  fc.assert(
    fc.property(anyQuery(), anyQuery(), anyPost(), (q, r, prepared) => {
      law(q, r, prepared)
    }),
    { numRuns: 1_000 },
  )

describe('laws', () => {
  test('NOT NOT changes nothing', () => {
    holdsForAll((q, _, prepared) => expect(matches(`NOT NOT ${q}`, prepared)).toBe(matches(q, prepared)))
  })

  test('a query or its NOT holds, never both', () => {
    holdsForAll((q, _, prepared) => expect(matches(`NOT ${q}`, prepared)).toBe(!matches(q, prepared)))
  })

  test('De Morgan', () => {
    holdsForAll((q, r, prepared) => {
      expect(matches(`NOT (${q} AND ${r})`, prepared)).toBe(matches(`(NOT ${q}) OR (NOT ${r})`, prepared))
      expect(matches(`NOT (${q} OR ${r})`, prepared)).toBe(matches(`(NOT ${q}) AND (NOT ${r})`, prepared))
    })
  })

  test('AND and OR are those of logic, and a blank is AND', () => {
    holdsForAll((q, r, prepared) => {
      expect(matches(`${q} AND ${r}`, prepared)).toBe(matches(q, prepared) && matches(r, prepared))
      expect(matches(`${q} OR ${r}`, prepared)).toBe(matches(q, prepared) || matches(r, prepared))
      expect(matches(`${q} ${r}`, prepared)).toBe(matches(`${r} AND ${q}`, prepared))
    })
  })

  test('what is said twice changes nothing but that both are named', () => {
    holdsForAll((q, r, prepared) => {
      for (const [once, twice] of [
        [`${q} AND ${r}`, `${q} AND ${r} AND ${q} AND ${r}`],
        [`${q} OR ${r}`, `${q} OR ${r} OR ${q} OR ${r}`],
      ] as const) {
        const [one, both] = [evaluate(query(once), prepared), evaluate(query(twice), prepared)]
        const again = (leaf: number): number => leaf + query(once).leaves.length
        const named = (leaves: readonly number[] = []): number[] => [...leaves, ...leaves.map(again)]
        expect(both?.leaves ?? []).toEqual(named(one?.leaves))
        expect(both?.spans).toEqual(one?.spans.map((span) => ({ ...span, leaves: named(span.leaves) })))
      }
    })
  })

  const holdsForTerms = (law: (a: string, b: string, n: number, prepared: PreparedPost) => void): void =>
    fc.assert(fc.property(anyTerm(), anyTerm(), fc.integer({ min: 1, max: 6 }), anyPost(), law), { numRuns: 1_000 })

  const implies = (one: string, other: string, prepared: PreparedPost): void => {
    if (matches(one, prepared)) expect([other, matches(other, prepared)]).toEqual([other, true])
  }

  test('ONEAR is within NEAR, NEAR within AND, and a wider NEAR holds more', () => {
    holdsForTerms((a, b, n, prepared) => {
      implies(`${a} ONEAR/${n} ${b}`, `${a} NEAR/${n} ${b}`, prepared)
      implies(`${a} NEAR/${n} ${b}`, `${a} AND ${b}`, prepared)
      implies(`${a} NEAR/${n} ${b}`, `${a} NEAR/${n + 1} ${b}`, prepared)
    })
  })

  test('NEAR holds exactly when ONEAR holds one way or the other', () => {
    holdsForTerms((a, b, n, prepared) => {
      const either = matches(`${a} ONEAR/${n} ${b} OR ${b} ONEAR/${n} ${a}`, prepared)
      expect(matches(`${a} NEAR/${n} ${b}`, prepared)).toBe(either)
    })
  })

  test('a NEAR of alternatives finds the same when they are said twice', () => {
    holdsForTerms((a, b, n, prepared) => {
      const once = evaluate(query(`(${a} OR ${b}) NEAR/${n} ${b}`), prepared)
      const twice = evaluate(query(`(${a} OR ${b} OR ${a} OR ${b}) NEAR/${n} ${b}`), prepared)
      const places = (match: Match | null) => match?.spans.map(({ part, from, to }) => [part, from, to])
      expect(places(twice)).toEqual(places(once))
    })
  })

  test('NEAR distributes over OR', () => {
    fc.assert(
      fc.property(anyTerm(), anyTerm(), anyTerm(), anyPost(), (a, b, c, prepared) => {
        const apart = matches(`(${a} NEAR/3 ${b}) OR (${a} NEAR/3 ${c})`, prepared)
        expect(matches(`${a} NEAR/3 (${b} OR ${c})`, prepared)).toBe(apart)
      }),
      { numRuns: 1_000 },
    )
  })

  test('braces are within quotation marks, a phrase is within ONEAR/1, and that within AND', () => {
    const word = fc.constantFrom('Netz', 'Ausfall', 'München', 'Nordlicht', '5G')
    fc.assert(
      fc.property(word, word, anyPost(), (a, b, prepared) => {
        implies(`{${a} ${b}}`, `"${a} ${b}"`, prepared)
        implies(`"${a} ${b}"`, `${a} ONEAR/1 ${b}`, prepared)
        implies(`${a} ONEAR/1 ${b}`, `${a} AND ${b}`, prepared)
      }),
      { numRuns: 1_000 },
    )
  })

  test('what is shown lies in the text, in order, without overlap, and a match names its leaves', () => {
    fc.assert(
      fc.property(anyQuery(), anyPost(), (q, prepared) => {
        const read = query(q)
        const match = evaluate(read, prepared)
        const end = { title: 0, text: 0 }
        for (const span of match?.spans ?? []) {
          expect(span.from).toBeGreaterThanOrEqual(end[span.part])
          expect(span.to).toBeGreaterThan(span.from)
          expect(span.to).toBeLessThanOrEqual((prepared.post[span.part] ?? '').length)
          expect(span.leaves.every((leaf) => match?.leaves.includes(leaf))).toBe(true)
          end[span.part] = span.to
        }
        expect(match?.leaves.every((leaf) => read.leaves[leaf]) ?? true).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})
