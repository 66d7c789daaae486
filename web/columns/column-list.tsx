import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef } from 'react'
import { stepFrom, useListCursor } from '../ui/list-cursor.ts'
import listStyles from '../ui/virtual-list.module.css'
import { useVirtualRows } from '../ui/virtual-rows.ts'
import { ItemRow, listStateOf } from './column-rows.tsx'
import type { Feed } from './feed.ts'
import type { Column, Item } from './shapes.ts'

const ROW_PX = { comfortable: 112, compact: 62 }
const KEYS: Record<string, 1 | -1> = { ArrowDown: 1, ArrowUp: -1 }

export interface ColumnListHandle {
  focus(): void
  /** Moves the cursor; the first step leads to the first row. */
  step(by: 1 | -1): void
  openCursor(): void
  toTop(): void
  isAtTop(): boolean
}

interface ColumnListProps {
  column: Column
  label: string
  feed: Feed
  openId: string | null
  onOpen(item: Item): void
  onMore(): void
  /** To the column before or behind. */
  onSide(by: 1 | -1): void
  ref: Ref<ColumnListHandle>
}

/** The rows of a column. The browser's focus stays on the list, so that it is never lost when rows come and go. */
export function ColumnList({ column, label, feed, openId, onOpen, onMore, onSide, ref }: ColumnListProps) {
  const listId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const { items, hasMore } = feed
  const { density } = column.look
  const cursor = useListCursor(items, idOf, openId)
  const { rows, shown } = useVirtualRows({
    items,
    idOf,
    rowHeight: ROW_PX[density],
    scroller,
    cursorIndex: cursor.index,
    hasMore,
    onMore,
  })
  const moveTo = (wanted: number) => {
    const next = Math.max(0, Math.min(items.length - 1, wanted))
    cursor.set(next)
    rows.scrollToIndex(next)
    scroller.current?.focus({ preventScroll: true })
  }
  const openCursor = () => {
    const item = items[cursor.index]
    if (item) onOpen(item)
  }
  useImperativeHandle(ref, () => ({
    focus: () => scroller.current?.focus({ preventScroll: true }),
    step: (by) => moveTo(stepFrom(cursor, by)),
    openCursor,
    toTop: () => scroller.current?.scrollTo({ top: 0 }),
    isAtTop: () => (scroller.current?.scrollTop ?? 0) < 8,
  }))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.metaKey || event.ctrlKey) return
    const step = KEYS[event.key]
    if (step) moveTo(stepFrom(cursor, step))
    else if (event.key === 'Home') moveTo(0)
    else if (event.key === 'End') moveTo(items.length - 1)
    else if (event.key === 'Enter') openCursor()
    else if (event.key === 'ArrowRight') onSide(1)
    else if (event.key === 'ArrowLeft') onSide(-1)
    else return
    event.preventDefault()
  }
  const listState = listStateOf(column)
  return (
    <div
      ref={scroller}
      className={listStyles.scroller}
      role="listbox"
      aria-label={label}
      aria-activedescendant={items.length > 0 && cursor.placed ? `${listId}-${cursor.index}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: rows.getTotalSize() }} className={listStyles.rows}>
        {shown.map(({ index, start, key }) => {
          const item = items[index] as Item
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of its rows.
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the list, which names the active row.
            <div
              key={key}
              ref={rows.measureElement}
              id={`${listId}-${index}`}
              data-index={index}
              role="option"
              aria-selected={item.id === openId}
              aria-current={item.id === openId ? 'true' : undefined}
              aria-setsize={hasMore ? -1 : items.length}
              aria-posinset={index + 1}
              className={listStyles.row}
              data-cursor={(cursor.placed && index === cursor.index) || undefined}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => {
                cursor.set(index)
                onOpen(item)
              }}
            >
              <ItemRow item={item} density={density} listState={listState} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

const idOf = ({ id }: Item): string => id
