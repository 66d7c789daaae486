import { useState } from 'react'

/**
 * The row that the keyboard stands on. It follows its item when rows come or go above it; when the item itself goes
 * (closed, deleted), the cursor stays at its place, which is the next item.
 */
export function useListCursor<Item>(items: readonly Item[], idOf: (item: Item) => string, openId: string | null) {
  const [cursor, setCursor] = useState<Cursor>({ index: 0, id: null, openId: null, placed: false })
  const next = placeCursor(cursor, items, idOf, openId)
  if (next !== cursor) setCursor(next)
  return {
    index: next.index,
    placed: next.placed,
    set: (index: number) => {
      const item = items[index]
      setCursor({ index, id: item === undefined ? null : idOf(item), openId, placed: true })
    },
  }
}

interface Cursor {
  index: number
  id: string | null
  /** What was open when the cursor was placed: opening another item from outside moves the cursor there. */
  openId: string | null
  /** Whether the reader has been here: before, nothing is marked, and the first step leads to the first row. */
  placed: boolean
}

/** Where a step leads. */
export const stepFrom = ({ index, placed }: Pick<Cursor, 'index' | 'placed'>, by: 1 | -1): number =>
  placed ? index + by : index

export function placeCursor<Item>(
  cursor: Cursor,
  items: readonly Item[],
  idOf: (item: Item) => string,
  openId: string | null,
): Cursor {
  const at = (index: number) => {
    const item = items[index]
    return item === undefined ? null : idOf(item)
  }
  if (openId !== cursor.openId) {
    const opened = openId === null ? -1 : items.findIndex((item) => idOf(item) === openId)
    return opened < 0 ? { ...cursor, openId } : { index: opened, id: openId, openId, placed: true }
  }
  if (cursor.id !== null && at(cursor.index) === cursor.id) return cursor
  if (items.length === 0)
    return cursor.id === null && cursor.index === 0 ? cursor : { index: 0, id: null, openId, placed: false }
  const moved = cursor.id === null ? -1 : items.findIndex((item) => idOf(item) === cursor.id)
  const index = moved >= 0 ? moved : Math.min(cursor.index, items.length - 1)
  return { index, id: at(index), openId, placed: cursor.placed }
}
