import { expect, test } from 'vitest'
import { holdStill } from './arriving-posts.ts'

const posts = (...ids: string[]) => ids.map((postId) => ({ postId }))
const idsOf = (held: { shown: { postId: string }[] }) => held.shown.map(({ postId }) => postId)

test('the first posts appear by themselves, newest first', () => {
  const first = holdStill(posts('a'), [])
  expect(idsOf(first)).toEqual(['a'])
  const second = holdStill(posts('b', 'a'), first.shownIds)
  expect(idsOf(second)).toEqual(['b', 'a'])
  expect(second.waiting).toBe(0)
})

test('once there is something to read, new posts wait and nothing moves', () => {
  const reading = holdStill(posts('e', 'd', 'c', 'b', 'a'), [])
  const later = holdStill(posts('g', 'f', 'e', 'd', 'c', 'b', 'a'), reading.shownIds)
  expect(idsOf(later)).toEqual(['e', 'd', 'c', 'b', 'a'])
  expect(later.waiting).toBe(2)
})

test('what is shown already asks for no new drawing', () => {
  const { shownIds } = holdStill(posts('b', 'a'), [])
  expect(holdStill(posts('b', 'a'), shownIds).shownIds).toBe(shownIds)
})

test('a post that was deleted goes, and makes room for those that wait', () => {
  const { shownIds } = holdStill(posts('e', 'd', 'c', 'b', 'a'), [])
  expect(idsOf(holdStill(posts('f', 'e', 'd', 'c', 'b'), shownIds))).toEqual(['f', 'e', 'd', 'c', 'b'])
})
