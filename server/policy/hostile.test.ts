import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { draftOf } from './draft.ts'
import { preparePolicy } from './policy.ts'
import { customer, everything, KLINKERLAUT, recognise } from './testing.ts'

const brand = {
  ...KLINKERLAUT,
  claims: [{ id: 'x', query: 'heilt OR billig*', topics: [], risk: 'high' as const }],
  others: [{ name: 'Kontor', handles: ['@kontor'], hashtags: ['kontor'], signatures: ['^KO'] }],
  colleagues: [{ name: 'Meike Tönnies', mails: [], phones: [] }],
}
const policy = preparePolicy({ brand, configuration: everything, recognise })
const known = customer({ numbers: { plain: ['KL204117'], digests: { of: (key) => key, values: new Set(['X']) } } })

/** Pieces that the checks look for, so that nonsense comes close to what they find. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    'DE89 3704 0044 0532 0130 00',
    '4111-1111-1111-1111',
    '0151 12345678',
    'a@b.example.com',
    'KL-2041-17',
    'Sie',
    'deine',
    'Ihr Paket',
    '{{',
    '}}',
    '[NAME]',
    '„',
    '“',
    '"',
    'https://klinkerlaut.com/x',
    'www.',
    '.',
    '!',
    '??!!',
    'Turmstraße 7',
    '1016 GV',
    'wir',
    'garantieren',
    'nicht',
    'Idiot',
    '@olaf',
    '#ad',
    'Frau',
    'Brandhorst',
    '\ud800',
    '\udc00',
    '\u200d',
    '👩‍👩‍👧',
    'İ',
    'ß',
    '\0',
    'billiger',
    '^KO',
    '5 €',
    'geboren am 3.4.1981',
  ),
)
const text = fc
  .array(fc.tuple(piece, fc.constantFrom('', ' ', '\n', ', ')), { maxLength: 25 })
  .map((all) => all.flat().join(''))

describe('any text', () => {
  test('never throws, and every span lies in its part and holds something', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom('de', 'nl', 'en', 'constructor', '', null),
        fc.constantFrom('reply', 'post', 'private'),
        (body, other, language, kind) => {
          const draft = draftOf(body, {
            title: other,
            alternatives: [other],
            links: [other],
            language,
            kind,
            customer: known,
            paid: true,
            origin: 'bot',
          })
          const whole = { text: body, title: other, alternative: other, link: other }
          for (const { spans } of policy.judge(draft).findings)
            for (const { part, index, from, to } of spans) {
              expect(index).toBe(0)
              expect(from).toBeGreaterThanOrEqual(0)
              expect(to).toBeGreaterThan(from)
              expect(to).toBeLessThanOrEqual(whole[part].length)
            }
        },
      ),
      { numRuns: 400 },
    )
  })

  test('the same text is judged the same', () => {
    fc.assert(
      fc.property(text, (body) => {
        const draft = draftOf(body, { customer: known })
        expect(policy.judge(draft)).toEqual(policy.judge(draft))
      }),
      { numRuns: 50 },
    )
  })
})

/** Each takes tenths of a second; one that grew with the square of its length would take minutes on any machine. */
const PATIENCE_MS = 30_000

describe('20,000 characters that are made to be slow', () => {
  test.each([
    'a',
    '1',
    '1 ',
    '1-',
    '12.',
    '+1',
    'a@',
    '@',
    'a.',
    'a-',
    '{',
    '{{',
    '[',
    '%A',
    '_',
    '€1',
    '1€',
    'A ',
    'A',
    'Aa',
    '!',
    '! ',
    '"',
    '„',
    '“',
    '«a',
    '(at)',
    'www.',
    'http://a ',
    'https://a.de ',
    'DE89 3704 ',
    'DE',
    '4111 1111 ',
    '0151 ',
    'Aa Aa Straße ',
    'Aastraße ',
    '12 Aa Aa Aa ',
    '1016 GV ',
    'wir ',
    'wir garantieren ',
    'we will we ',
    'du Sie ',
    'ihr ',
    'Idiot ',
    'fuck ',
    'geboren am ',
    'order number ',
    'order number is is is ',
    'Bestellnr: ',
    'KL-2041-17 ',
    'KL204117',
    'Brandhorst ',
    'Frau Brandhorst ',
    'Kontor ',
    '^KO',
    '#ad ',
    'heilt ',
    '\u200b',
    '👩‍👩‍👧',
    'İ',
    '(',
    '[name ',
    '<name ',
    'AB-12-',
    'B-A 1',
  ])('%j', (unit) => {
    const body = unit.repeat(Math.ceil(20_000 / unit.length)).slice(0, 20_000)
    const begun = performance.now()
    for (const language of ['de', null])
      policy.judge(draftOf(body, { title: body, language, customer: known, answered: { text: body, complaint: true } }))
    expect(performance.now() - begun).toBeLessThan(PATIENCE_MS)
  })
})
