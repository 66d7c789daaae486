import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOfFile } from './attachments.ts'
import { charactersLeft, countCharacters, withSignOff } from './characters.ts'
import { mentionedIn, mentionSpans } from './mentions.ts'
import { findTrigger, narrow } from './suggestions.ts'

test('a family emoji and a flag count as one character each, like on the server', () => {
  expect(countCharacters('👨‍👩‍👧‍👦🇳🇱é')).toBe(3)
})

test('the sign-off counts with the blank before it, and is not appended twice', () => {
  expect(withSignOff('Wir sehen nach.', '^AB')).toBe('Wir sehen nach. ^AB')
  expect(withSignOff('Wir sehen nach. ^AB', '^AB')).toBe('Wir sehen nach. ^AB')
  expect(charactersLeft('12345', '^AB', 10)).toBe(1)
  expect(charactersLeft('', '^AB', 10)).toBe(10)
  expect(charactersLeft('egal', '^AB', null)).toBeNull()
})

test('a macro is asked for at the start of a word only: addresses and dates ask for nothing', () => {
  expect(findTrigger('/kun', 4, '/')).toEqual({ at: 0, typed: 'kun' })
  expect(findTrigger('Guten Tag, /kun', 15, '/')).toEqual({ at: 11, typed: 'kun' })
  for (const text of ['https://', 'und/oder', '/ ', 'a\n/b\nc', 'mail@example.org'])
    expect(findTrigger(text, text.length, text.includes('@') ? '@' : '/'), text).toBeNull()
})

test('whatever is typed, the trigger names a place in the text where the sign stands', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.nat(80), (text, at) => {
      const caret = Math.min(at, text.length)
      const found = findTrigger(text, caret, '/')
      if (found) expect(text.slice(found.at, caret)).toBe(`/${found.typed}`)
    }),
  )
})

test('suggestions that begin so come first, then words that begin so', () => {
  const names = [
    { label: 'Nach der Störung' },
    { label: 'Störung bekannt' },
    { label: 'Entstörung' },
    { label: 'Tarif' },
  ]
  expect(narrow(names, 'stör').map(({ label }) => label)).toEqual(['Störung bekannt', 'Nach der Störung', 'Entstörung'])
})

const TEAM = [
  { memberId: '1', name: 'Anna' },
  { memberId: '2', name: 'Anna Weber' },
  { memberId: '3', name: 'Ben' },
]

test('the longer name is meant where one begins another, and a longer word is nobody', () => {
  expect(mentionedIn('@Anna Weber bitte ansehen, @ben auch', TEAM).map(({ memberId }) => memberId)).toEqual(['2', '3'])
  expect(mentionedIn('@Benedikt ist nicht im Team', TEAM)).toEqual([])
  expect(mentionSpans('an @Ben.', TEAM)).toEqual([{ from: 3, to: 7 }])
})

test('only images of a size that the server takes are uploaded', () => {
  expect(faultOfFile({ type: 'image/png', size: 10 })).toBeNull()
  expect(faultOfFile({ type: 'image/svg+xml', size: 10 })).toBe('attachment-type')
  expect(faultOfFile({ type: 'image/png', size: 0 })).toBe('attachment-empty')
  expect(faultOfFile({ type: 'image/jpeg', size: 21 * 1024 * 1024 })).toBe('attachment-too-large')
})
