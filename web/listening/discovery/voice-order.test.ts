import { expect, test } from 'vitest'
import type { Voice } from './answers.ts'
import { shownVoices } from './voice-order.ts'

const voice = (name: string, posts: number, followers: string | null, isNew = false): Voice => ({
  author: { authorId: name, network: 'pond', handle: name, name, avatarUrl: null, own: false, state: 'active' },
  posts,
  followers,
  firstHeardAt: new Date(0),
  isNew,
})
const names = (voices: Voice[]) => voices.map(({ author }) => author.handle)

test('voices are ordered by posts, by followers of any size, or only the new ones are shown', () => {
  const voices = [
    voice('mila', 2, '9007199254740993'),
    voice('lena', 5, null),
    voice('joris', 1, '9007199254740992', true),
  ]
  expect(names(shownVoices(voices, 'posts'))).toEqual(['lena', 'mila', 'joris'])
  expect(names(shownVoices(voices, 'reach'))).toEqual(['mila', 'joris', 'lena'])
  expect(names(shownVoices(voices, 'new'))).toEqual(['joris'])
})

test('ten are enough, and who says as much stands by followers', () => {
  const voices = Array.from({ length: 12 }, (_, n) => voice(`v${n}`, 1, String(n)))
  expect(names(shownVoices(voices, 'posts'))).toEqual(Array.from({ length: 10 }, (_, n) => `v${11 - n}`))
})
