import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { COLUMN_WIDTH_MAX, COLUMN_WIDTH_MIN } from '../../contract/column-limits.ts'
import { useTexts } from '../platform/i18n.ts'
import styles from './columns.module.css'

const STEP_PX = 20
const FIRST_WIDTH_PX = 340

interface WidthLineProps {
  name: string
  width: number
  /** The column itself follows the hand; nothing is drawn anew before it lets go. */
  onMove(width: number): void
  onChange(width: number): void
}

const within = (width: number): number => Math.round(Math.max(COLUMN_WIDTH_MIN, Math.min(COLUMN_WIDTH_MAX, width)))

/** The line between two columns: drawn by hand, moved by arrow keys, a double click gives back the width it began with. */
export function WidthLine({ name, width, onMove, onChange }: WidthLineProps) {
  const t = useTexts('columns')
  const grip = useRef<{ from: number; width: number } | null>(null)
  const widthAt = (event: PointerEvent) => {
    const held = grip.current
    return held ? within(held.width + event.clientX - held.from) : width
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? STEP_PX : event.key === 'ArrowLeft' ? -STEP_PX : 0
    if (step === 0) return
    event.preventDefault()
    onChange(within(width + step))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that one moves is no rule between paragraphs.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('width', { name })}
      aria-valuemin={COLUMN_WIDTH_MIN}
      aria-valuemax={COLUMN_WIDTH_MAX}
      aria-valuenow={width}
      tabIndex={0}
      className={styles.widthLine}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onChange(FIRST_WIDTH_PX)}
      onPointerDown={(event) => {
        grip.current = { from: event.clientX, width }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => grip.current && onMove(widthAt(event))}
      onPointerUp={(event) => {
        const next = widthAt(event)
        grip.current = null
        if (next !== width) onChange(next)
      }}
      onPointerCancel={() => {
        grip.current = null
        onMove(width)
      }}
    />
  )
}
