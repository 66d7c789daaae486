import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitInto, splitText, TokenPlaces } from './index.ts'

const pieces = (text: string) => splitText(text).map((token) => `${token.kind} ${token.text}`)
const words = (text: string) => splitText(text).map((token) => token.text)

describe('splitting', () => {
  test('punctuation and hyphens separate words', () => {
    expect(words('Mein E-Mail-Postfach: leer, z.B. heute (3.5 GB)!')).toEqual([
      'Mein',
      'E',
      'Mail',
      'Postfach',
      'leer',
      'z',
      'B',
      'heute',
      '3',
      '5',
      'GB',
    ])
  })

  test('an apostrophe stays inside a word', () => {
    expect(words("Wendy's foto's don't O’Reilly")).toEqual(["Wendy's", "foto's", "don't", 'O’Reilly'])
  })

  test('an elided article and a contracted verb are words of their own', () => {
    expect(words("l'eau dell'acqua she'll we're")).toEqual(['l', 'eau', 'dell', 'acqua', 'she', 'll', 'we', 're'])
  })

  test('quotation marks around a word are not part of it', () => {
    expect(words("'Empfang' „Empfang“ ’Empfang’")).toEqual(['Empfang', 'Empfang', 'Empfang'])
  })

  test('a tag needs a letter and stands apart from the word before it', () => {
    expect(pieces('#Ausfall #5g #123 c#moll')).toEqual(['tag #Ausfall', 'tag #5g', 'word 123', 'word c', 'word moll'])
  })

  test('handles of all networks are recognised, a final dot is not part of them', () => {
    expect(pieces('Danke @nordlicht_hilft, @lena.example.social. und @jo@forum.example!')).toEqual([
      'word Danke',
      'handle @nordlicht_hilft',
      'handle @lena.example.social',
      'word und',
      'handle @jo@forum.example',
    ])
  })

  test('a mail address is not a handle', () => {
    expect(pieces('hilfe@nordlicht.example')).toEqual(['word hilfe', 'word nordlicht', 'word example'])
  })

  test('a web address is one token without the punctuation of its sentence', () => {
    expect(pieces('Siehe https://nordlicht.example/a_(b)?c=1. Oder (www.nordlicht.example).')).toEqual([
      'word Siehe',
      'url https://nordlicht.example/a_(b)?c=1',
      'word Oder',
      'url www.nordlicht.example',
    ])
  })

  test('emoji with skin tone, joined emoji and flags are one token each', () => {
    expect(words('👍🏽👩‍👩‍👧🇩🇪🇳🇱 ❤️')).toEqual(['👍🏽', '👩‍👩‍👧', '🇩🇪', '🇳🇱', '❤️'])
  })

  test('copyright and trademark signs are punctuation', () => {
    expect(words('Nordlicht™ © 2026')).toEqual(['Nordlicht', '2026'])
  })

  test('scripts without spaces give one word per character', () => {
    expect(words('電話 とPhone')).toEqual(['電', '話', 'と', 'Phone'])
  })

  test('wildcards are letters in a query and separators in a post', () => {
    expect(splitText('*bahn* wo?d #nord*', { wildcards: true }).map((token) => token.text)).toEqual([
      '*bahn*',
      'wo?d',
      '#nord*',
    ])
    expect(words('*wichtig* wirklich?')).toEqual(['wichtig', 'wirklich'])
  })

  test('any text: tokens are in order, do not overlap, and stand where they say', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), writing()), fc.boolean(), (text, wildcards) => {
        let end = 0
        for (const token of splitText(text, { wildcards })) {
          expect(token.from).toBeGreaterThanOrEqual(end)
          expect(token.to).toBeGreaterThan(token.from)
          expect(text.slice(token.from, token.to)).toBe(token.text)
          end = token.to
        }
      }),
    )
  })

  test('the loop for plain words finds what the rules find, and hands over the letters', () => {
    const places = new TokenPlaces()
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), writing()), (some) => {
        const text = some.replace(/[*?]/g, ' ')
        const byRules = splitText(text, { wildcards: true })
        expect(splitText(text)).toEqual(byRules)
        splitInto(places, text)
        expect(byRules.map((token) => token.text)).toEqual(
          byRules.map((_, token) => String.fromCharCode(...places.letters.slice(places.from[token], places.to[token]))),
        )
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([["a'"], ['@a.'], ['#'], ['http://x)'], ['👩‍'], ['a\u00ad'], ['http://)']])(
    'a hundred thousand times %j is split, and it ends',
    { timeout: 60_000 },
    (piece) => {
      expect(splitText(piece.repeat(100_000)).every(({ to }) => to <= piece.length * 100_000)).toBe(true)
    },
  )
})

function writing(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    'a',
    'ü',
    'ß',
    "'",
    '’',
    '#',
    '@',
    '.',
    '-',
    '_',
    ' ',
    '*',
    '?',
    'http://',
    'https:',
    'HTTP://a',
    'http',
    'www.',
    'я',
    '👍',
    '🏽',
    '\u200d',
    '🇩',
    '1',
    '語',
    ')',
  )
  return fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''))
}
