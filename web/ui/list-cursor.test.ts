import { expect, test } from 'vitest'
import { placeCursor, stepFrom } from './list-cursor.ts'

const self = (item: string) => item
const on = (id: string | null, index: number, openId: string | null = null) => ({ id, index, openId, placed: true })
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
  expect(opened).toEqual({ index: 2, id: 'c', openId: 'c', placed: true })
  const moved = { ...opened, index: 1, id: 'b' }
  expect(place(moved, ['a', 'b', 'c'], 'c')).toBe(moved)
})

test('nothing changed: the same object, so that nothing is drawn again', () => {
  const cursor = on('b', 1)
  expect(place(cursor, ['a', 'b'])).toBe(cursor)
})

test('in a fresh list the first step leads to the first row, the next one on', () => {
  const fresh = placeCursor({ index: 0, id: null, openId: null, placed: false }, ['a', 'b', 'c'], self, null)
  expect(fresh).toMatchObject({ index: 0, placed: false })
  expect(stepFrom(fresh, 1)).toBe(0)
  expect(stepFrom({ ...fresh, placed: true }, 1)).toBe(1)
  expect(placeCursor(fresh, ['a', 'b', 'c'], self, 'b').placed).toBe(true)
})
