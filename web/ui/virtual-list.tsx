import { type Key, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import { stepFrom, useListCursor } from './list-cursor.ts'
import styles from './virtual-list.module.css'
import { useVirtualRows } from './virtual-rows.ts'

export interface RowState {
  /** The one that is open beside the list. */
  open: boolean
  /** Chosen for a bulk action. */
  chosen: boolean
  /** Puts the row into the choice or takes it out; for a mouse. Keyboard: x. */
  toggle(): void
}

interface VirtualListProps<Item> {
  /** What the list holds; read by screen readers and heading of its keys in the map. */
  label: string
  items: readonly Item[]
  idOf(item: Item): string
  /** Estimated; rows are measured. */
  rowHeight: number
  row(item: Item, state: RowState): ReactNode
  openId?: string | null
  onOpen(item: Item): void
  chosen?: ReadonlySet<string>
  onChoose?(chosen: ReadonlySet<string>): void
  /** How many there are altogether, where that is known. */
  total?: number
  hasMore?: boolean
  onMore?(): void
  /** Above the rows, not scrolled away: the pill of new items. */
  above?: ReactNode
  /** Under this name the place in the list is kept while one is elsewhere: coming back finds it again. */
  keptAs?: string
}

/**
 * A list of any length. One stop for Tab; inside, arrows, j/k, Home, End, Page keys move the cursor, Enter opens, x chooses,
 * shift+x chooses from the last chosen one. The browser's focus stays on the list itself (aria-activedescendant), so it
 * is never lost when rows come and go.
 */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { label, items, idOf, rowHeight, row, openId = null, onOpen, chosen, hasMore = false, onMore, above } = props
  const listId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const cursor = useListCursor(items, idOf, openId)
  const choose = useChoice(props)
  const toggle = useToggle(items, idOf, choose)
  const { keptAs } = props
  const cursorIndex = cursor.index
  const { rows, shown } = useVirtualRows({ items, idOf, rowHeight, scroller, cursorIndex, hasMore, onMore, keptAs })
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(items.length - 1, index))
    cursor.set(next)
    rows.scrollToIndex(next)
    scroller.current?.focus({ preventScroll: true })
  }
  const openCursor = () => {
    const item = items[cursor.index]
    if (item !== undefined) onOpen(item)
  }
  const chooseCursor = (fromAnchor: boolean) => {
    cursor.set(cursor.index)
    choose?.(cursor.index, fromAnchor)
  }
  useListKeys(label, {
    next: () => moveTo(stepFrom(cursor, 1)),
    previous: () => moveTo(stepFrom(cursor, -1)),
    open: openCursor,
    choose: choose && chooseCursor,
  })
  const openIndex = openId === null ? -1 : items.findIndex((item) => idOf(item) === openId)
  // What was opened from outside comes into sight, also when one returns to the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only opening scrolls; rows that come and go do not.
  useEffect(() => {
    if (openIndex >= 0) rows.scrollToIndex(openIndex)
  }, [openId])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const target = targetOf(event.key, cursor, items.length, pageRows)
    if (target !== undefined) moveTo(target)
    else if (event.key === 'Enter') openCursor()
    else if (choose && event.key.toLowerCase() === 'x' && !event.metaKey && !event.ctrlKey) chooseCursor(event.shiftKey)
    else return
    event.preventDefault()
  }

  const drawn = (index: number, start: number, key: Key) => {
    const item = items[index] as Item
    const id = idOf(item)
    const state = { open: id === openId, chosen: chosen?.has(id) ?? false }
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of its rows.
      // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the list, which names the active row.
      <div
        key={key}
        ref={rows.measureElement}
        id={`${listId}-${index}`}
        data-index={index}
        role="option"
        aria-selected={choose ? state.chosen : state.open}
        aria-current={state.open ? 'true' : undefined}
        aria-setsize={props.total ?? (hasMore ? -1 : items.length)}
        aria-posinset={index + 1}
        className={styles.row}
        data-cursor={(cursor.placed && index === cursor.index) || undefined}
        data-chosen={state.chosen || undefined}
        style={{ transform: `translateY(${start}px)` }}
        onClick={() => {
          cursor.set(index)
          onOpen(item)
        }}
      >
        {row(item, { ...state, toggle: () => toggle(id) })}
      </div>
    )
  }
  return (
    <div className={styles.list}>
      {above}
      <div
        ref={scroller}
        className={styles.scroller}
        role="listbox"
        aria-label={label}
        aria-multiselectable={choose ? true : undefined}
        aria-activedescendant={items.length > 0 && cursor.placed ? `${listId}-${cursor.index}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: rows.getTotalSize() }} className={styles.rows}>
          {shown.map(({ index, start, key }) => drawn(index, start, key))}
        </div>
      </div>
    </div>
  )
}

/** Where a key leads, before it is held within the list. */
function targetOf(
  key: string,
  cursor: { index: number; placed: boolean },
  count: number,
  pageRows: number,
): number | undefined {
  const { index } = cursor
  const targets: Record<string, number> = {
    ArrowDown: stepFrom(cursor, 1),
    ArrowUp: stepFrom(cursor, -1),
    Home: 0,
    End: count - 1,
    PageDown: index + pageRows,
    PageUp: index - pageRows,
  }
  return targets[key]
}

interface ListKeys {
  next(): void
  previous(): void
  open(): void
  choose: ((fromAnchor: boolean) => void) | null
}

function useListKeys(label: string, { next, previous, open, choose }: ListKeys): void {
  const t = useTexts('ui')
  useShortcuts(label, [
    { keys: 'j', label: t('list.next'), run: next },
    { keys: 'k', label: t('list.previous'), run: previous },
    { keys: 'o', label: t('list.open'), run: open },
    ...(choose
      ? [
          { keys: 'x', label: t('list.choose'), run: () => choose(false) },
          { keys: 'shift+x', label: t('list.chooseTo'), run: () => choose(true) },
        ]
      : []),
  ])
}

/** Chooses one, or with shift everything from the last chosen one. */
function useChoice<Item>({ items, idOf, chosen, onChoose }: VirtualListProps<Item>) {
  const [anchor, setAnchor] = useState(0)
  if (!onChoose) return null
  return (index: number, fromAnchor: boolean) => {
    const next = new Set(chosen)
    const [from, to] = fromAnchor ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index]
    const ids = items.slice(from, to + 1).map(idOf)
    const add = fromAnchor || !ids.every((id) => next.has(id))
    for (const id of ids) {
      if (add) next.add(id)
      else next.delete(id)
    }
    setAnchor(index)
    onChoose(next)
  }
}

/** Rows may be remembered as they were drawn: what they call looks up what there is now. */
function useToggle<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  choose: ((index: number, fromAnchor: boolean) => void) | null,
) {
  const latest = useRef({ items, choose })
  latest.current = { items, choose }
  return (id: string) => {
    const now = latest.current
    const index = now.items.findIndex((item) => idOf(item) === id)
    if (index >= 0) now.choose?.(index, false)
  }
}
