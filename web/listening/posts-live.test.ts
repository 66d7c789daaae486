import { expect, test } from 'vitest'
import { newAmong, withFresh } from './posts-live.ts'
import type { FoundPost } from './shapes.ts'

const post = (postId: string, minute: number, text = ''): FoundPost =>
  ({
    postId,
    text,
    publishedAt: new Date(Date.UTC(2026, 4, 1, 12, minute)),
    spans: [{ field: 'text', start: 0, end: 1 }],
  }) as FoundPost
const ids = (posts: FoundPost[]) => posts.map(({ postId }) => postId)

test('new is what would be shown and is not', () => {
  const shown = [post('b', 20), post('a', 10)]
  expect(ids(newAmong([post('c', 30), post('b', 20), post('a', 10)], shown))).toEqual(['c'])
})

test('what comes late but belongs between is new; what lies further down than one has read is not', () => {
  const shown = [post('b', 20), post('a', 10)]
  expect(ids(newAmong([post('b', 20), post('between', 15), post('a', 10), post('below', 5)], shown))).toEqual([
    'between',
  ])
})

test('in an empty list everything is new', () => {
  expect(ids(newAmong([post('a', 10)], []))).toEqual(['a'])
})

test('an edited post changes in its place and loses the marks of its earlier text', () => {
  const data = { pages: [{ items: [post('b', 20, 'Netz'), post('a', 10, 'weg')] }], pageParams: [undefined] }
  const { spans: _none, ...edited } = post('a', 10, 'wieder da')
  const { spans: _kept, ...same } = post('b', 20, 'Netz')
  const [page] = withFresh(
    data,
    new Map([
      ['a', edited],
      ['b', same],
    ]),
  ).pages
  expect(page?.items.map(({ text, spans }) => [text, spans.length])).toEqual([
    ['Netz', 1],
    ['wieder da', 0],
  ])
})
