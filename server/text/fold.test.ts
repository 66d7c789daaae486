import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WORD_CHARACTERS_MAX, wordKeys } from './index.ts'

function meet(one: string, other: string, { german = false } = {}): boolean {
  const keysOf = (word: string) => {
    const found = wordKeys(word)
    return german && found.german ? [...found.keys, found.german] : found.keys
  }
  return keysOf(one).some((key) => keysOf(other).includes(key))
}

describe('folding', () => {
  test.each([
    ['Straße', 'STRASSE'],
    ['café', 'CAFE'],
    ['Ærø', 'aero'],
    ['Łódź', 'lodz'],
    ['één', 'een'],
    ['𝗡𝗼𝗿𝗱𝗹𝗶𝗰𝗵𝘁', 'Nordlicht'],
    ['Ｎｏｒｄ', 'nord'],
    ['Nord\u00adlicht', 'Nordlicht'],
    ["don't", 'dont'],
    ['Wendy’s', "Wendy's"],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['ёлка', 'елка'],
  ])('%s and %s meet', (one, other) => {
    expect(meet(one, other)).toBe(true)
  })

  test('an umlaut meets both ways of writing it in every language', () => {
    expect(meet('München', 'Muenchen')).toBe(true)
    expect(meet('München', 'Munchen')).toBe(true)
  })

  test('without an umlaut on either side only German takes ue for u', () => {
    expect(meet('Muenchen', 'Munchen')).toBe(false)
    expect(meet('Muenchen', 'Munchen', { german: true })).toBe(true)
  })

  test.each([
    ['goed', 'god'],
    ['poet', 'pot'],
    ['zoen', 'zon'],
    ['blue', 'blu'],
  ])('%s does not meet %s outside German', (one, other) => {
    expect(meet(one, other)).toBe(false)
  })

  test.each([
    ['neue', 'neu'],
    ['Frauen', 'fraun'],
    ['Quelle', 'qulle'],
    ['due', 'du'],
    ['toe', 'to'],
  ])('%s does not meet %s even in German', (one, other) => {
    expect(meet(one, other, { german: true })).toBe(false)
  })

  test('Goethe and Göthe, Müesli and Müsli meet in German', () => {
    expect(meet('Goethe', 'Göthe', { german: true })).toBe(true)
    expect(meet('Müesli', 'Müsli', { german: true })).toBe(true)
  })

  test('й is a letter of its own', () => {
    expect(meet('май', 'маи')).toBe(false)
  })

  test('the case of a word never matters', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aeouäöüßéñøqxyz019') }), (word) => {
        expect(wordKeys(word.toUpperCase())).toEqual(wordKeys(word))
      }),
    )
  })

  test('any input gives keys of limited length without a space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (word) => {
        for (const key of wordKeys(word).keys) {
          expect(key.length).toBeLessThanOrEqual(WORD_CHARACTERS_MAX)
          expect(key).not.toMatch(/\s/)
        }
      }),
    )
  })
})
