import { defaultRangeExtractor, type Range, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'

/** So many rows before the end the next page is asked for. */
const MORE_AHEAD_ROWS = 12
const PLACES_MAX = 50

/** Where lists were left, until the page is loaded anew. */
const places = new Map<string, { offset: number; sizes: VirtualItem[] }>()

interface VirtualRowsOptions<Item> {
  items: readonly Item[]
  idOf(item: Item): string
  rowHeight: number
  scroller: RefObject<HTMLDivElement | null>
  /** Its row is always there, because aria-activedescendant names it. */
  cursorIndex: number
  hasMore: boolean
  onMore?: (() => void) | undefined
  keptAs?: string | undefined
}

/** The rows in sight and a few around them; asks for more before their end, and begins where the list was left. */
export function useVirtualRows<Item>(options: VirtualRowsOptions<Item>) {
  const { items, idOf, rowHeight, scroller, cursorIndex, hasMore, onMore, keptAs } = options
  const left = keptAs === undefined ? undefined : places.get(keptAs)
  const rows = useVirtualizer({
    ...(left ? { initialOffset: left.offset, initialMeasurementsCache: left.sizes } : {}),
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(items, index, idOf),
    overscan: 6,
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), cursorIndex])].sort((a, b) => a - b),
  })
  const shown = rows.getVirtualItems().filter(({ index }) => index >= 0 && index < items.length)
  const lastShown = shown.at(-1)?.index ?? -1
  useEffect(() => {
    if (hasMore && lastShown >= items.length - MORE_AHEAD_ROWS) onMore?.()
  }, [hasMore, lastShown, items.length, onMore])
  useEffect(() => {
    if (keptAs === undefined) return
    return () => {
      places.delete(keptAs)
      places.set(keptAs, { offset: rows.scrollOffset ?? 0, sizes: rows.measurementsCache })
      for (const oldest of [...places.keys()].slice(0, -PLACES_MAX)) places.delete(oldest)
    }
  }, [keptAs, rows])
  return { rows, shown }
}

const keyOf = <Item>(items: readonly Item[], index: number, idOf: (item: Item) => string): string | number => {
  const item = items[index]
  return item === undefined ? index : idOf(item)
}
