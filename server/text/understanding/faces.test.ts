import { describe, expect, it } from 'vitest'
import { emojiShows, faceLength, faceShows, HAPPY, NO_FACE, SAD } from './faces.ts'

function shown(text: string, at = 0): number {
  return faceLength(text, at) === 0 ? NO_FACE : faceShows
}

describe('a face', () => {
  it.each([
    [':-)', HAPPY],
    [';D', HAPPY],
    ['<3', HAPPY],
    ['^^', HAPPY],
    [':-(', SAD],
    ['=/', SAD],
    ['-.-', SAD],
  ])('%s shows %s', (face, shows) => {
    expect(shown(face)).toBe(shows)
    expect(faceLength(face, 0)).toBe(face.length)
  })

  it.each([
    ['16:30 Uhr', 2],
    ['https://kestrel.example', 5],
    ['note:do it', 4],
    ['(see there): more', 10],
  ])('is not seen in %s', (text, at) => {
    expect(shown(text, at)).toBe(NO_FACE)
  })

  it('is seen right behind a word', () => {
    expect(shown('klappt nicht:/', 12)).toBe(SAD)
  })

  it('may be an emoji', () => {
    expect(emojiShows('so 😡', 3)).toBe(SAD)
    expect(emojiShows('so 🎉', 3)).toBe(HAPPY)
    expect(emojiShows('so 🚲', 3)).toBe(NO_FACE)
  })
})
