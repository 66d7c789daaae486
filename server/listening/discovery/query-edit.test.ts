import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../matching/index.ts'
import { LANGUAGES, post, query } from '../../matching/testing.ts'
import { anyPost, anyQuery } from '../../matching/testing-queries.ts'
import { termText, withoutTerm, withTerm } from './query-edit.ts'

const matches = (text: string, of: Parameters<typeof evaluate>[1]) => evaluate(query(text), of) !== null
const plainTerm = fc.constantFrom('netz', '"nordlicht ausfall"', '#netz', 'god')

test('an exclusion means the old query AND NOT the term, for every query and post', () => {
  fc.assert(
    fc.property(anyQuery(), plainTerm, fc.array(anyPost(), { minLength: 5, maxLength: 12 }), (text, term, posts) => {
      const edited = withoutTerm(query(text), term)
      expect(edited).not.toBeNull()
      for (const one of posts) expect(matches(edited as string, one)).toBe(matches(text, one) && !matches(term, one))
    }),
    { numRuns: 300 },
  )
})

test('a keyword loses no post, and brings only posts with the term', () => {
  fc.assert(
    fc.property(anyQuery(), plainTerm, fc.array(anyPost(), { minLength: 5, maxLength: 12 }), (text, term, posts) => {
      const edited = withTerm(query(text), term)
      if (edited === null) return
      for (const one of posts) {
        if (matches(text, one)) expect(matches(edited, one)).toBe(true)
        else if (matches(edited, one)) expect(matches(term, one)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

test('what somebody typed stays as it was typed, with brackets only where they are needed', () => {
  expect(withoutTerm(query('nordlicht'), 'stadium')).toBe('nordlicht AND NOT stadium')
  expect(withoutTerm(query('nordlicht  NOT "polar night"'), 'stadium')).toBe(
    'nordlicht  NOT "polar night" AND NOT stadium',
  )
  expect(withoutTerm(query('nordlicht OR #nordlicht'), 'stadium')).toBe('(nordlicht OR #nordlicht) AND NOT stadium')
  expect(withTerm(query('nordlicht OR #nordlicht'), 'lamp')).toBe('nordlicht OR #nordlicht OR lamp')
})

test('a keyword stands among the alternatives: exclusions and filters hold for it as well', () => {
  expect(withTerm(query('nordlicht AND lang:de AND NOT aurora'), 'lamp')).toBe(
    '(nordlicht OR lamp) AND lang:de AND NOT aurora',
  )
  expect(withTerm(query('nordlicht AND netz AND (lang:de OR lang:nl)'), 'lamp')).toBe(
    '((nordlicht AND netz) OR lamp) AND (lang:de OR lang:nl)',
  )
})

test('a query that asks for no word gets none', () => {
  expect(withTerm(query('lang:de'), 'lamp')).toBeNull()
  expect(withTerm(query('NOT aurora'), 'lamp')).toBeNull()
})

test('a query at its greatest length gets nothing put to it', () => {
  const long = `nordlicht OR "${'x'.repeat(90)}"${' OR netz'.repeat(800)}`
  expect(withoutTerm(query(long), 'stadium')).not.toBeNull()
  const longer = `nordlicht ${' '.repeat(15_980)}`
  expect(withoutTerm(query(longer), 'stadium')).toBe('nordlicht AND NOT stadium')
})

test('every term that is shown can be written as a query that finds the post it came from, or is not offered', () => {
  expect(termText('stadium')).toBe('stadium')
  expect(termText('customer service')).toBe('"customer service"')
  expect(termText('#netz')).toBe('#netz')
  for (const awkward of ['AND', 'near/3', 'lang:de', 'a"b', '(x)', 'e-mail', "nordlicht's", 'EN', 'not'])
    expect([awkward, written(awkward)]).toEqual([awkward, 'a term'])
  expect(termText('"')).toBeNull()
  const text = 'the e-mail about nordlicht service'
  expect(matches(termText('nordlicht service') as string, post(text, { language: 'en' }))).toBe(true)
})

function written(shown: string): string {
  const text = termText(shown)
  return text !== null && query(text, LANGUAGES).root.kind === 'term' ? 'a term' : `${text}`
}
