import { describe, expect, test } from 'vitest'
import { append, arrive, begin, COUNTED_MAX, type Feed, mergeHead, replace, show, WAITING_MAX } from './feed.ts'
import type { Item } from './shapes.ts'

const post = (at: number, more: Record<string, unknown> = {}): Item =>
  ({
    id: `p${at}`,
    post: {
      postId: `p${at}`,
      groupId: `p${at}`,
      text: 'text',
      spans: [],
      publishedAt: new Date(at),
      alike: { count: 0, more: false },
      ...more,
    },
  }) as unknown as Item
const many = (from: number, count: number) => Array.from({ length: count }, (_, index) => post(from + index))
const ids = (items: readonly Item[]) => items.map(({ id }) => id)
const came = (feed: Feed, items: Item[], isKept = true) => arrive(feed, ids(items), items, isKept)
const shown = (feed: Feed): Feed => {
  const next = show(feed)
  if (!next) throw new Error('has to be read anew')
  return next
}

describe('what arrives', () => {
  test('waits, and what is read stays where it is', () => {
    const before = begin([post(2), post(1)], 'more')
    const after = came(came(before, [post(3)]), [post(4)])
    expect(after.items).toBe(before.items)
    expect(after.waitingIds.size).toBe(2)
    expect(ids(shown(after).items)).toEqual(['p4', 'p3', 'p2', 'p1'])
    expect(shown(after)).toMatchObject({ waiting: [], cursor: 'more', hasMore: true })
  })

  test('twice, late or already shown is counted once and takes its place by time', () => {
    const before = begin([post(5), post(1)], null)
    const after = came(came(before, [post(3), post(5)]), [post(3)])
    expect(after.waitingIds.size).toBe(1)
    expect(ids(shown(after).items)).toEqual(['p5', 'p3', 'p1'])
  })

  test('in a storm is only counted, and the list is read anew when it is asked for', () => {
    let feed = begin([post(0)], null)
    for (let at = 1; at <= WAITING_MAX; at++) feed = came(feed, [post(at)])
    expect(feed.onlyCounted).toBe(false)
    feed = came(feed, [post(WAITING_MAX + 1)])
    expect(feed).toMatchObject({ onlyCounted: true, waiting: [] })
    feed = arrive(feed, ids(many(1_000, 5_000)), [], true)
    expect(feed.waitingIds.size).toBe(COUNTED_MAX)
    expect(show(feed)).toBeNull()
    expect(came(begin([], null), [post(1)], false).onlyCounted).toBe(true)
  })

  test('and says the same as what stands there is counted with it', () => {
    const before = begin([post(1)], null)
    const after = came(before, [post(3, { groupId: 'p1' }), post(2, { groupId: 'p1' }), post(4)])
    expect(ids(after.waiting)).toEqual(['p4'])
    expect(after.items[0]).toMatchObject({ id: 'p1', post: { alike: { count: 2 } } })
    const waiting = came(begin([], null), [post(5), post(6, { groupId: 'p5' })])
    expect(waiting.waiting).toMatchObject([{ id: 'p5', post: { alike: { count: 1 } } }])
  })

  test('for hours leaves the column as long as it may become, and older posts can still be reached', () => {
    let feed = begin(many(0, 40).toReversed(), 'more')
    for (let round = 1; round < 30; round++) feed = shown(came(feed, many(round * 100, 50)))
    expect(feed.items.length).toBe(400)
    expect(feed).toMatchObject({ hasMore: true, cursor: null })
    const last = feed.items.at(-1) as Item
    const older = append(feed, [last, post(7)], null)
    expect(older.items.length).toBe(401)
    expect(older.hasMore).toBe(false)
  })
})

describe('after a line that was down', () => {
  test('the first page shows what was missed as waiting, and changes what is shown in its place', () => {
    const before = begin([post(2), post(1)], null)
    const after = mergeHead(before, [post(3), post(2, { text: 'edited' })], true)
    expect(ids(after.waiting)).toEqual(['p3'])
    expect(after.items[0]).toMatchObject({ id: 'p2', post: { text: 'edited' } })
  })

  test('more missed than a page holds is read anew, so that nothing is left out between', () => {
    expect(mergeHead(begin([post(1)], null), many(50, 3), true).onlyCounted).toBe(true)
    expect(mergeHead(begin([], null), many(50, 3), true).onlyCounted).toBe(false)
  })
})

test('an edit takes the marks of its words away, and what nothing is known of changes nothing', () => {
  const spans = [{ field: 'text', start: 0, end: 4 }]
  const before = begin([post(1, { spans })], null)
  const edited = replace(before, [post(1, { text: 'other', alike: { count: 9, more: true } })])
  expect(edited.items[0]).toMatchObject({ post: { text: 'other', spans: [], alike: { count: 0 } } })
  expect(replace(before, [post(1)]).items[0]).toMatchObject({ post: { spans } })
  expect(replace(before, [post(9)])).toBe(before)
})
