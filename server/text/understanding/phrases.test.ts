import { describe, expect, it } from 'vitest'
import { Phrases } from './phrases.ts'

const hashOf = (word: string): number => [...word].reduce((hash, letter) => hash * 31 + letter.charCodeAt(0), 7) | 0

function found(lines: string, text: string): number | null {
  const phrases = new Phrases(hashOf)
  phrases.add(lines, 1)
  const words = Int32Array.from(text.split(' '), hashOf)
  return phrases.find(words, words.length)
}

describe('a phrase', () => {
  it.each([
    ['where to buy', 'tell me where to buy it', 1],
    ['where to buy', 'where do I buy it', null],
    ['please add|bring a', 'please bring a cake', 1],
    ['liked a _ video', 'I liked a kestrel video', 1],
    ['liked a _ video', 'I liked a video', null],
    ['wo ~ kaufen', 'wo kann ich das kaufen', 1],
    ['wo ~ kaufen', 'wo kaufen', 1],
    ['wo ~ kaufen', 'wo kann ich mir das kaufen', null],
    ['wo ~ kaufen', 'wo', null],
  ])('%s in "%s": %s', (lines, text, value) => {
    expect(found(lines, text)).toBe(value)
  })

  it('gives way to one of a lower value, wherever it stands', () => {
    const phrases = new Phrases(hashOf)
    phrases.add('red fish', 2)
    phrases.add('blue', 1)
    const words = Int32Array.from('red fish blue fish'.split(' '), hashOf)
    expect(phrases.find(words, words.length)).toBe(1)
  })
})
