import { describe, expect, test } from 'vitest'
import { baseLanguage, LANGUAGES_WITH_WORD_FORMS, stem, wordKeys } from './index.ts'

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
