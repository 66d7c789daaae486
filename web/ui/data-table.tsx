// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by transform, which table layout refuses.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and cells of a table (not of a grid) take no focus.
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by keyboard.
import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import styles from './data-table.module.css'
import { type Sort, sortRows } from './sort-rows.ts'

const MORE_AHEAD_ROWS = 12

export interface Column<Row> {
  id: string
  header: string
  cell(row: Row): ReactNode
  /** CSS grid width: '120px', 'minmax(160px, 2fr)'. */
  width?: string
  /** Makes the column sortable on this device; only for lists that are complete. */
  sortBy?(row: Row): string | number | Date | null
  /** Numbers stand at the end, so that digits lie below each other. */
  numeric?: boolean
}

interface DataTableProps<Row> {
  label: string
  columns: Column<Row>[]
  rows: readonly Row[]
  idOf(row: Row): string
  /** How it is sorted at first, or always where the caller keeps it (in the address). */
  sort?: Sort | null
  onSort?(sort: Sort): void
  hasMore?: boolean
  onMore?(): void
  total?: number
  /** Shown instead of rows. */
  empty?: ReactNode
}

const ROW_PX = 40

/** A table of any length; on a phone each row becomes a card whose cells carry their header. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, idOf, hasMore = false, onMore, empty } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [ownSort, setOwnSort] = useState<Sort | null>(props.sort ?? null)
  const sort = props.onSort ? (props.sort ?? null) : ownSort
  const sortBy = columns.find(({ id }) => id === sort?.column)?.sortBy
  const sorted = useMemo(() => (sort && sortBy ? sortRows(rows, sortBy, sort.descending) : rows), [rows, sort, sortBy])

  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  })
  const shown = virtual.getVirtualItems().filter(({ index }) => index < sorted.length)
  const lastShown = shown.at(-1)?.index ?? -1
  useEffect(() => {
    if (hasMore && lastShown >= sorted.length - MORE_AHEAD_ROWS) onMore?.()
  }, [hasMore, lastShown, sorted.length, onMore])

  const grid = { '--columns': columns.map(({ width }) => width ?? 'minmax(0, 1fr)').join(' ') } as CSSProperties
  const rowCount = props.total ?? (hasMore ? -1 : rows.length + 1)
  return (
    <div ref={scroller} className={styles.scroller} style={grid} tabIndex={0} role="region" aria-label={label}>
      <div role="table" aria-label={label} aria-rowcount={rowCount} className={styles.table}>
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.row}>
            {columns.map((column) => (
              <Header
                key={column.id}
                column={column}
                sort={sort}
                onSort={(next) => (props.onSort ? props.onSort(next) : setOwnSort(next))}
              />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, start }) => {
            const row = sorted[index] as Row
            return (
              <div
                key={idOf(row)}
                ref={virtual.measureElement}
                data-index={index}
                role="row"
                aria-rowindex={index + 2}
                className={`${styles.row} ${styles.bodyRow}`}
                style={{ transform: `translateY(${start}px)` }}
              >
                {columns.map(({ id, header, cell, numeric }) => (
                  <div
                    key={id}
                    role="cell"
                    className={styles.cell}
                    data-header={header}
                    data-numeric={numeric || undefined}
                  >
                    {cell(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
      {rows.length === 0 && empty}
    </div>
  )
}

interface HeaderProps<Row> {
  column: Column<Row>
  sort: Sort | null
  onSort(sort: Sort): void
}

function Header<Row>({ column, sort, onSort }: HeaderProps<Row>) {
  const active = sort?.column === column.id ? sort : null
  const Arrow = active?.descending ? IconArrowDown : IconArrowUp
  return (
    <div
      role="columnheader"
      className={styles.header}
      data-numeric={column.numeric || undefined}
      aria-sort={active ? (active.descending ? 'descending' : 'ascending') : undefined}
    >
      {column.sortBy ? (
        <UnstyledButton
          className={styles.sort}
          onClick={() =>
            onSort({ column: column.id, descending: active ? !active.descending : Boolean(column.numeric) })
          }
        >
          {column.header}
          {active && <Arrow size={12} stroke={2} aria-hidden />}
        </UnstyledButton>
      ) : (
        column.header
      )}
    </div>
  )
}
