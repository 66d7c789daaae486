import { useState } from 'react'

/**
 * The row that the keyboard stands on. It follows its item when rows come or go above it; when the item itself goes
 * (closed, deleted), the cursor stays at its place, which is the next item.
 */
export function useListCursor<Item>(items: readonly Item[], idOf: (item: Item) => string, openId: string | null) {
  const [cursor, setCursor] = useState({ index: 0, id: null as string | null, openId: null as string | null })
  const next = placeCursor(cursor, items, idOf, openId)
  if (next !== cursor) setCursor(next)
  return {
    index: next.index,
    set: (index: number) => {
      const item = items[index]
      setCursor({ index, id: item === undefined ? null : idOf(item), openId })
    },
  }
}

interface Cursor {
  index: number
  id: string | null
  /** What was open when the cursor was placed: opening another item from outside moves the cursor there. */
  openId: string | null
}

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
    return opened < 0 ? { ...cursor, openId } : { index: opened, id: openId, openId }
  }
  if (cursor.id !== null && at(cursor.index) === cursor.id) return cursor
  if (items.length === 0) return cursor.id === null && cursor.index === 0 ? cursor : { index: 0, id: null, openId }
  const moved = cursor.id === null ? -1 : items.findIndex((item) => idOf(item) === cursor.id)
  const index = moved >= 0 ? moved : Math.min(cursor.index, items.length - 1)
  return { index, id: at(index), openId }
}
