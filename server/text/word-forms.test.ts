import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baseLanguage, LANGUAGES_WITH_WORD_FORMS, stem, stemHead, wordKeys } from './index.ts'

const stemOf = (language: string, word: string) => stem(language, wordKeys(word).keys[0] as string)

describe('word forms', () => {
  test.each([
    ['de', 'Kündigung', 'Kündigungen'],
    ['de', 'Haus', 'Häuser'],
    ['de', 'schlecht', 'schlechter'],
    ['de', 'Nordlicht', "Nordlicht's"],
    ['nl', 'tent', 'tenten'],
    ['nl', 'lopen', 'loop'],
    ['nl', 'kat', 'katten'],
    ['en', 'outage', 'outages'],
    ['en', 'running', 'run'],
    ['en', 'Wendy', "Wendy's"],
  ])('%s: %s and %s share a stem', (language, one, other) => {
    expect(stemOf(language, one)).toBe(stemOf(language, other))
  })

  test('a stem belongs to its language', () => {
    expect(stemOf('nl', 'lopen')).not.toBe(stemOf('en', 'lopen'))
  })

  test('a language without word forms leaves the word as it is', () => {
    expect(stem('ja', 'hauser')).toBe('hauser')
  })

  test.each(LANGUAGES_WITH_WORD_FORMS.map((language) => [language]))(
    '%s: odd words neither fail nor vanish',
    (language) => {
      for (const word of ['a', '1', '#', 'ß', '😀', '日', 'x'.repeat(100), '__proto__', 'constructor', 'مرحبا']) {
        expect(stem(language, word)).not.toBe('')
      }
    },
  )

  test('a language tag is read by its first part', () => {
    expect(['de-AT', 'EN_us', 'nb-NO', 'nl'].map(baseLanguage)).toEqual(['de', 'en', 'no', 'nl'])
  })
})

describe('the head of a stem', () => {
  const ending = fc.constantFrom(
    ...'ational ization heden heid amment emment ment euse eux aux logie iviti biliti ies ied ying ing s e en er eren y i'.split(
      ' ',
    ),
    ...'ed eed ly ousness fulness aa oo ee uu n t k l v z d kk dd ij azione mente ncia yendo idad issima qu que c g isse'.split(
      ' ',
    ),
    ...'iren ig lich keit ung st em ern ism lijk baar bar igheid ance atrice able ibil ant ent a o'.split(' '),
  )
  const beginning = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnoprstuvyz'), maxLength: 6 })

  test.each(LANGUAGES_WITH_WORD_FORMS.map((language) => [language]))(
    '%s: every word with this stem has it',
    (language) => {
      const word = fc.tuple(beginning, fc.array(ending, { maxLength: 3 })).map(([begin, ends]) => begin + ends.join(''))
      const others = fc.constantFrom(
        'dying',
        'lying',
        'tying',
        'skies',
        'news',
        'hoping',
        'vaillamment',
        'moeilijkheden',
        'chevaux',
      )
      fc.assert(
        fc.property(fc.oneof(word, others), (one) => {
          const stemmed = stem(language, one)
          expect(one.startsWith(stemmed.slice(0, stemHead(language, stemmed)))).toBe(true)
        }),
        { numRuns: 3_000 },
      )
    },
  )
})
