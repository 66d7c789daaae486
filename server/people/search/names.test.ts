import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edits } from '../../linkage/index.ts'
import { LIKENESS_MIN, nameLikeness } from './likeness.ts'
import { keysOfName, nameWords } from './name-words.ts'
import { neighbourKeys, slipsOf, soundOf } from './word-neighbours.ts'

const word = fc.string({ unit: fc.constantFrom(...'abcdefgilmnorstu'), minLength: 1, maxLength: 14 })

/** One slip of the keys: a letter more, less, another, or swapped with the next. */
const slip = fc.record({
  kind: fc.constantFrom('more', 'less', 'other', 'swap'),
  at: fc.nat(13),
  letter: fc.constantFrom(...'abcdefgilmnorstu'),
})
type Slip = { kind: string; at: number; letter: string }

function slipped(text: string, { kind, at: place, letter }: Slip): string {
  const at = place % text.length
  const [before, here, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)]
  if (kind === 'more') return before + letter + here + after
  if (kind === 'less') return before + after
  if (kind === 'other') return before + letter + after
  return before + after.charAt(0) + here + after.slice(1)
}

describe('words of names', () => {
  it('are one word however umlauts and accents are written', () => {
    for (const name of ['Müller', 'Mueller', 'MULLER', 'Muller']) expect(nameWords(name)).toEqual(['muller'])
    expect(nameWords('Zoë de Vries ✨')).toEqual(['zoe', 'vries'])
    expect(nameWords('Dr. van den Berg')).toEqual(['berg'])
  })

  it('keep a particle that is all there is', () => {
    expect(nameWords('El')).toEqual(['el'])
  })

  it('give a key for each two words in either order, and for an only word', () => {
    expect(keysOfName('Jutta Wieland')).toEqual(['jutta wieland', 'wieland jutta'])
    expect(keysOfName('Béla')).toEqual(['bela'])
    expect(keysOfName('✨')).toEqual([])
  })

  it('have a bounded number of keys, however long the name is', () => {
    expect(keysOfName('one two three four five six seven eight nine').length).toBeLessThanOrEqual(30)
  })
})

describe('neighbour keys', () => {
  it('meet for any two words that are no more slips apart than each may hold', () => {
    fc.assert(
      fc.property(word, fc.array(slip, { minLength: 1, maxLength: 2 }), (text, slips) => {
        const other = slips.reduce((left, one) => (left === '' ? left : slipped(left, one)), text)
        if (other === '') return
        const allowed = Math.min(slipsOf(text), slipsOf(other))
        if (edits(text, other, 2) > allowed) return
        const keys = new Set(neighbourKeys(text))
        expect(neighbourKeys(other).some((key) => keys.has(key))).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })

  it('are bounded for any word', () => {
    fc.assert(
      fc.property(word, (text) => {
        expect(neighbourKeys(text).length).toBeLessThanOrEqual(30)
      }),
    )
  })

  it('bring together what sounds alike', () => {
    expect(new Set(['meier', 'mayer', 'maier', 'meyr'].map(soundOf)).size).toBe(1)
    expect(soundOf('schmidt')).toBe(soundOf('schmitt'))
    expect(soundOf('wieland')).not.toBe(soundOf('becker'))
  })
})

describe('likeness of names', () => {
  const like = (typed: string, name: string) => nameLikeness(nameWords(typed), name)

  it('is highest for the name itself and stays with slips, orders, initials and beginnings', () => {
    expect(like('Jutta Wieland', 'Jutta Wieland')).toBe(1)
    for (const typed of [
      'Juta Wieland',
      'Wieland Jutta',
      'Jutta Weiland',
      'J. Wieland',
      'wiel',
      'Jutta Wielannd',
      'jutta w',
    ])
      expect(like(typed, 'Jutta Wieland'), typed).toBeGreaterThan(0.8)
  })

  it('is too low for another name', () => {
    for (const typed of ['Thomas Becker', 'Jutta Schmidt', 'Wiebke', 'Jan Wieland'])
      expect(like(typed, 'Jutta Wieland'), typed).toBeLessThan(0.8)
    expect(like('Thomas Becker', 'Jutta Wieland')).toBeLessThan(LIKENESS_MIN)
  })

  it('never exceeds 1, and a slip never raises it', () => {
    fc.assert(
      fc.property(word, word, slip, (first, last, one) => {
        const name = `${first} ${last}`
        const exact = like(name, name)
        expect(exact).toBeLessThanOrEqual(1)
        expect(like(`${slipped(first, one)} ${last}`, name)).toBeLessThanOrEqual(exact)
      }),
      { numRuns: 500 },
    )
  })
})
