import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeError, describeWarning, type ErrorCode, parse, print, type WarningCode } from './index.ts'
import { errorsOf, LANGUAGES, query } from './testing.ts'
import { anyQuery } from './testing-queries.ts'

const printed = (text: string) => print(query(text).root)

describe('reading a query', () => {
  test.each([
    ['a b', 'a AND b'],
    ['a AND b OR c', '(a AND b) OR c'],
    ['a OR b c', 'a OR (b AND c)'],
    ['NOT a NEAR/3 b', 'NOT a NEAR/3 b'],
    ['NOT a b', 'NOT a AND b'],
    ['a NEAR/3 b ONEAR/2 c', 'a NEAR/3 b ONEAR/2 c'],
    ['a NEAR/3 (b ONEAR/2 c)', 'a NEAR/3 (b ONEAR/2 c)'],
    ['(a OR (b OR c)) AND (d AND e)', '(a OR b OR c) AND d AND e'],
    ['-a -"b c" -(d OR e)', 'NOT a AND NOT "b c" AND NOT (d OR e)'],
    ['lang:(de OR nl) x', '(lang:de OR lang:nl) AND x'],
    ['author:“Lena Müller”', 'author:"Lena Müller"'],
  ])('%s is read as %s', (text, expected) => {
    expect(printed(text)).toBe(expected)
  })

  test('NOT binds looser than NEAR and tighter than AND', () => {
    expect(query('NOT a NEAR/3 b c').root).toMatchObject({
      kind: 'and',
      parts: [
        { kind: 'not', part: { kind: 'near' } },
        { kind: 'term', text: 'c' },
      ],
    })
  })

  test('every part knows where it stands', () => {
    const text = 'Netz  (Störung OR "kein Empfang") lang:(de OR nl)'
    const { root, leaves } = query(text)
    const slices = root.kind === 'and' ? root.parts.map((part) => text.slice(part.from, part.to)) : []
    expect(slices).toEqual(['Netz', '(Störung OR "kein Empfang")', 'lang:(de OR nl)'])
    expect(leaves.map((leaf) => text.slice(leaf.from, leaf.to))).toEqual([
      'Netz',
      'Störung',
      '"kein Empfang"',
      'de',
      'nl',
    ])
  })

  test('several faults are told at once, in the order of the text', () => {
    expect(errorsOf('langs:de NEAR/500 & x').map((error) => error.code)).toEqual([
      'field-unknown',
      'near-distance',
      'term-without-words',
    ])
  })
})

const WARNED: [string, WarningCode, string | null][] = [
  ['a and b', 'operator-lower-case', 'a AND b'],
  ['a near/3 b', 'operator-lower-case', 'a NEAR/3 b'],
  ['a ODER b', 'operator-foreign', 'a OR b'],
  ['a OF b', 'operator-foreign', 'a OR b'],
  ['a b OR c', 'and-or-mixed', '(a b) OR c'],
  ['NOT a', 'unbounded', null],
  ['a OR NOT b', 'unbounded', null],
  ['NOT (a AND b)', 'unbounded', null],
]

describe('warnings', () => {
  test.each(WARNED)('%s: %s', (text, code, mended) => {
    const warning = query(text).warnings.find((found) => found.code === code)
    expect(warning).toBeDefined()
    const mend = warning?.mend ?? null
    expect(mend && text.slice(0, mend.from) + mend.text + text.slice(mend.to)).toBe(mended)
    if (mended) expect(query(mended).warnings.filter((found) => found.code === code)).toEqual([])
  })

  test.each([
    'a AND NOT b',
    '(a b) OR c',
    'a OR b',
    'NOT NOT a',
    'NOT (a OR NOT b)',
    'lang:de -a',
    '"a and b"',
    'a und b',
  ])('%s gives none', (text) => {
    expect(query(text).warnings).toEqual([])
  })

  test('Dutch operators are only noticed where Dutch is listened to', () => {
    expect(query('House OF Tea', ['en']).warnings).toEqual([])
  })
})

const deep = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`
const REFUSED: [ErrorCode, string][] = [
  ['query-empty', '   '],
  ['query-too-long', 'a'.repeat(16_001)],
  ['query-too-large', 'a '.repeat(1_001)],
  ['query-too-deep', deep(31)],
  ['bracket-unclosed', '(a'],
  ['bracket-unopened', 'a}'],
  ['brackets-empty', '()'],
  ['quote-unclosed', '"a'],
  ['brace-unclosed', '{a'],
  ['term-without-words', '&&'],
  ['phrase-too-long', `"${'a '.repeat(21)}"`],
  ['operand-missing-before', 'AND a'],
  ['operand-missing-behind', 'a NEAR/3'],
  ['near-distance', 'a NEAR/0 b'],
  ['near-operand', 'lang:de NEAR/3 b'],
  ['nears-too-many', `a${' NEAR/1 a'.repeat(51)}`],
  ['wildcard-too-broad', '*ab'],
  ['wildcard-too-long', `${'a'.repeat(40)}*`],
  ['wildcards-too-many', 'ab* '.repeat(151)],
  ['wildcard-in-braces', '{ab*}'],
  ['address-bare', 'www.example.org'],
  ['field-unknown', 'nothing:here'],
  ['field-without-value', 'lang:'],
  ['field-value', 'date:2026-02-30'],
  ['field-list', 'lang:(de nl)'],
]

describe('refusals', () => {
  test.each(REFUSED)('%s', (code, text) => {
    expect(errorsOf(text).map((error) => error.code)).toContain(code)
  })

  test.each(REFUSED)('%s is described in English, German and Dutch, with all its values', (code, text) => {
    const error = errorsOf(text).find((found) => found.code === code)
    if (!error) throw new Error(code)
    const texts = (['en', 'de', 'nl'] as const).map((language) => describeError(error, language))
    expect(new Set(texts).size).toBe(3)
    for (const described of texts) expect(described).not.toMatch(/\{\w+\}/)
  })

  test.each(WARNED)('the warning of %s is described in three languages', (text, code) => {
    const warning = query(text).warnings.find((found) => found.code === code)
    if (!warning) throw new Error(code)
    const texts = (['en', 'de', 'nl'] as const).map((language) => describeWarning(warning, language))
    expect(new Set(texts).size).toBe(3)
    for (const described of texts) expect(described).not.toMatch(/\{\w+\}/)
  })

  test('what is just allowed is read', () => {
    query(deep(30))
    query('a '.repeat(999))
    query(`"${'a '.repeat(20)}"`)
    query('ab* '.repeat(150))
    query(`a${' NEAR/100 a'.repeat(50)}`)
  })
})

const FRAGMENTS = [
  '(',
  ')',
  '"',
  '{',
  '}',
  'AND',
  'OR',
  'NOT',
  'NEAR/3',
  'ONEAR',
  '-',
  '*',
  '?',
  '#a',
  '@b',
  'lang:',
  'de',
  'date:',
  '2026',
  '[1 TO 2]',
  'x',
  '&',
  ' ',
  'www.a',
  'author:',
  '„',
  '“',
]
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 25 }).map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 25 }).map((parts) => parts.join('')),
)

describe('any text at all', () => {
  test('is read or refused with places inside it, and never throws', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parse(text, { languages: LANGUAGES })
        const faults = result.ok ? result.query.warnings : result.errors
        if (!result.ok) expect(result.errors.length).toBeGreaterThan(0)
        for (const { from, to, mend } of faults) {
          for (const range of mend ? [{ from, to }, mend] : [{ from, to }]) {
            expect(range.from).toBeGreaterThanOrEqual(0)
            expect(range.to).toBeGreaterThanOrEqual(range.from)
            expect(range.to).toBeLessThanOrEqual(text.length)
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('mend after mend ends in a query or in a fault without one', () => {
    fc.assert(
      fc.property(anyText, (start) => {
        let text = start
        for (let mends = 0; mends < 200; mends++) {
          const result = parse(text, { languages: LANGUAGES })
          const mend = result.ok ? null : result.errors.find((error) => error.mend)?.mend
          if (!mend) return
          text = text.slice(0, mend.from) + mend.text + text.slice(mend.to)
        }
        throw new Error(`still mending: ${text}`)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is printed so that it is read as the same query', () => {
    fc.assert(
      fc.property(anyQuery(), (text) => {
        const once = query(text).root
        const again = query(print(once)).root
        expect(withoutPlaces(again)).toEqual(withoutPlaces(once))
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    '(',
    ')',
    '"',
    '{',
    '-',
    'NOT ',
    'a NEAR/3 ',
    '*',
    'a:',
    'lang:(',
    '((',
    '- ',
    '"" ',
    'ab* ',
    'date:[',
    '@',
    'é',
  ])('as many %j as fit are answered, and it ends', (piece) => {
    const result = parse(piece.repeat(Math.floor(16_000 / piece.length)), { languages: LANGUAGES })
    expect(result.ok || result.errors.length > 0).toBe(true)
  })
})

function withoutPlaces(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'from' || key === 'to' ? undefined : inner)))
}
