import { expect, test } from 'vitest'
import { placeCursor } from './list-cursor.ts'

const self = (item: string) => item
const on = (id: string | null, index: number, openId: string | null = null) => ({ id, index, openId })
const place = (cursor: ReturnType<typeof on>, items: string[], openId: string | null = null) =>
  placeCursor(cursor, items, self, openId)

test('it follows its item when others come above', () => {
  expect(place(on('b', 1), ['new', 'a', 'b', 'c'])).toMatchObject({ index: 2, id: 'b' })
})

test('when its item goes, it stands on the next one; at the end, on the last', () => {
  expect(place(on('b', 1), ['a', 'c', 'd'])).toMatchObject({ index: 1, id: 'c' })
  expect(place(on('c', 2), ['a', 'b'])).toMatchObject({ index: 1, id: 'b' })
})

test('it survives an empty list', () => {
  const empty = place(on('a', 3), [])
  expect(empty).toMatchObject({ index: 0, id: null })
  expect(place(empty, [])).toBe(empty)
  expect(place(empty, ['x', 'y'])).toMatchObject({ index: 0, id: 'x' })
})

test('opening another item from outside takes the cursor there, once', () => {
  const opened = place(on('a', 0), ['a', 'b', 'c'], 'c')
  expect(opened).toEqual({ index: 2, id: 'c', openId: 'c' })
  const moved = { ...opened, index: 1, id: 'b' }
  expect(place(moved, ['a', 'b', 'c'], 'c')).toBe(moved)
})

test('nothing changed: the same object, so that nothing is drawn again', () => {
  const cursor = on('b', 1)
  expect(place(cursor, ['a', 'b'])).toBe(cursor)
})
