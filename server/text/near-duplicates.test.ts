import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, NearDuplicates } from './near-duplicates.ts'
import { splitInto } from './split.ts'
import { TokenPlaces } from './token-places.ts'

const places = new TokenPlaces()

function groupsOf(texts: readonly string[], postsMax?: number): number[] {
  const duplicates = new NearDuplicates<number>(postsMax === undefined ? {} : { postsMax })
  return texts.map((text, number) => {
    splitInto(places, text)
    return duplicates.add(number, text, places)
  })
}

const ORIGINAL = 'The night train to Vienna was two hours late and nobody told us why https://kestrel.example/1'
const word = fc.stringMatching(/^[a-z]{2,9}$/)
const post = fc.uniqueArray(word, { minLength: 10, maxLength: 30 })

describe('near-duplicates', () => {
  it('puts shares into the group of the post that they share', () => {
    expect(groupsOf([ORIGINAL, `RT @mira: ${ORIGINAL}`, `${ORIGINAL} via @mira`, `"${ORIGINAL}"`])).toEqual([
      0, 0, 0, 0,
    ])
  })

  it('does not look at links, capitals and accents', () => {
    const another = ORIGINAL.replace('kestrel.example/1', 'tidewater.example/9')
      .toUpperCase()
      .replace('VIENNA', 'VIËNNA')
    expect(groupsOf([ORIGINAL, another])).toEqual([0, 0])
  })

  it('knows a text that was cut', () => {
    const cut = 'RT @mira: The night train to Vienna was two hours late and…'
    expect(groupsOf([ORIGINAL, cut])).toEqual([0, 0])
  })

  it('keeps apart posts about the same thing in other words', () => {
    expect(groupsOf([ORIGINAL, 'Two hours late in Vienna again, thank you, night train, nobody says a word'])).toEqual([
      0, 1,
    ])
  })

  it('never takes short words of courtesy for copies, but does three same words', () => {
    expect(groupsOf(['Thank you!', '@mira thank you', 'Router broken again', 'router broken again!!'])).toEqual([
      0, 1, 2, 2,
    ])
  })

  it('keeps short posts apart that differ in one word', () => {
    expect(groupsOf(['the red router broke', 'the blue router broke'])).toEqual([0, 1])
  })

  it('finds any text again, whatever its words', () => {
    fc.assert(
      fc.property(post, (words) => {
        expect(groupsOf([words.join(' '), `RT @x: ${words.join(' ')}`])).toEqual([0, 0])
      }),
    )
  })

  it('does not mind the order of words', () => {
    fc.assert(
      fc.property(post, (words) => {
        expect(groupsOf([words.join(' '), words.toReversed().join(' ')])).toEqual([0, 0])
      }),
    )
  })

  it('never groups posts that share fewer than half of their words', () => {
    fc.assert(
      fc.property(post, post, (one, other) => {
        const shared = one.filter((part) => other.includes(part)).length
        fc.pre(shared * 2 < Math.min(one.length, other.length))
        expect(groupsOf([one.join(' '), other.join(' ')])).toEqual([0, 1])
      }),
    )
  })

  it('finds most texts of twelve words of which three were changed', () => {
    let found = 0
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 15, maxLength: 15 }), (words) => {
        const changed = [...words.slice(0, 9), ...words.slice(12)]
        if (groupsOf([words.slice(0, 12).join(' '), changed.join(' ')])[1] === 0) found++
      }),
      { numRuns: 300, seed: 1 },
    )
    expect(found).toBeGreaterThan(285)
  })

  it('still knows the first posts after its tables have grown', () => {
    const others = Array.from({ length: 3_000 }, (_, n) => `post${n} says entirely${n} different things${n} apart${n}`)
    const found = groupsOf([ORIGINAL, ...others, ORIGINAL, others[17] as string])
    expect(found.slice(-2)).toEqual([0, 18])
  })

  it('is asked for a group without learning anything, and learns from a fingerprint', () => {
    const duplicates = new NearDuplicates<string>()
    splitInto(places, ORIGINAL)
    const fingerprint = fingerprintOf(ORIGINAL, places) as Int32Array
    expect(duplicates.groupOf(fingerprint)).toBeNull()
    expect(duplicates.groupOf(fingerprint)).toBeNull()
    duplicates.keep('first', fingerprint)
    expect(duplicates.groupOf(fingerprint)).toBe('first')
    const place = duplicates.keep('second', Int32Array.of(1, 5, 9, 13))
    duplicates.forget(place, 'another')
    expect(duplicates.groupOf(Int32Array.of(1, 5, 9, 13))).toBe('second')
    duplicates.forget(place, 'second')
    expect(duplicates.groupOf(Int32Array.of(1, 5, 9, 13))).toBeNull()
    splitInto(places, 'Thank you!')
    expect(fingerprintOf('Thank you!', places)).toBeNull()
  })

  it('forgets the oldest posts when its window is full', () => {
    const others = Array.from(
      { length: 4 },
      (_, number) => `post${number} says entirely different things${number} in words${number} apart${number}`,
    )
    expect(groupsOf([ORIGINAL, ...others, ORIGINAL], 10).at(-1)).toBe(0)
    expect(groupsOf([ORIGINAL, ...others, ORIGINAL], 4).at(-1)).toBe(5)
  })
})
