import { Select } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useColumnName } from './column-name.ts'
import styles from './columns.module.css'
import type { Column } from './shapes.ts'

/** On a phone one column fills the screen: swiped by hand, or picked by name. The browser does the swiping. */
export function useShownOnPhone(row: RefObject<HTMLDivElement | null>, columns: Column[]) {
  const [shown, setShown] = useState<string | null>(columns[0]?.columnId ?? null)
  const frame = useRef(0)
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  const onScroll = () => {
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => {
      const list = row.current
      if (!list) return
      const at = Math.round(list.scrollLeft / Math.max(1, list.clientWidth))
      const id = (list.children[at] as HTMLElement | undefined)?.dataset.column
      if (id) setShown(id)
    })
  }
  const pick = (columnId: string) => {
    setShown(columnId)
    const column = row.current?.querySelector(`[data-column="${columnId}"]`)
    column?.scrollIntoView({ inline: 'start', block: 'nearest' })
  }
  const isThere = columns.some(({ columnId }) => columnId === shown)
  return { shown: isThere ? shown : (columns[0]?.columnId ?? null), pick, onScroll }
}

interface PhonePickerProps {
  columns: Column[]
  shown: string | null
  onPick(columnId: string): void
}

export function PhonePicker({ columns, shown, onPick }: PhonePickerProps) {
  const t = useTexts('columns')
  const nameOf = useColumnName()
  const at = columns.findIndex(({ columnId }) => columnId === shown)
  return (
    <div className={styles.phone}>
      <Select
        aria-label={t('pick')}
        data={columns.map((column) => ({ value: column.columnId, label: nameOf(column) }))}
        value={shown}
        allowDeselect={false}
        onChange={(columnId) => columnId && onPick(columnId)}
        className={styles.phoneSelect ?? ''}
      />
      <span className={styles.phonePlace}>{t('place', { place: at + 1, count: columns.length })}</span>
    </div>
  )
}
