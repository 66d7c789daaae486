import { type KeyboardEvent, type ReactNode, type Ref, useId } from 'react'
import styles from './query.module.css'
import { Painted } from './query-text.tsx'

interface QueryFieldProps {
  /** Its name; shown above, or only spoken where the place says it already. */
  label: string
  labelShown?: boolean
  /** Marked beside the shown label; a form is not sent without it. */
  required?: boolean
  readOnly?: boolean
  /** Beside the shown label: help. */
  beside?: ReactNode
  value: string
  faults?: readonly { start: number; end: number }[]
  placeholder?: string
  /** Id of what describes it: faults and what it finds. */
  describedBy?: string
  lines?: number
  onChange(value: string): void
  /** Enter; without it Enter begins a line. */
  onEnter?(): void
  onEscape?(): void
  ref?: Ref<HTMLTextAreaElement>
}

/**
 * A field for the listening language. One types into a text area without colours of its own; the same text lies under it
 * in the same letters, coloured, and gives both their height.
 */
export function QueryField(props: QueryFieldProps) {
  const { label, labelShown = false, required = false, readOnly = false, value, faults = [] } = props
  const { placeholder, describedBy, lines = 1, onChange, ref } = props
  const id = useId()
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey && props.onEnter) {
      event.preventDefault()
      props.onEnter()
    } else if (event.key === 'Escape' && props.onEscape) {
      event.stopPropagation()
      props.onEscape()
    }
  }
  return (
    <div className={styles.fieldBox}>
      <div className={labelShown ? styles.labelLine : 'unseen'}>
        <label htmlFor={id}>
          {label}
          {required && (
            <span className={styles.required} aria-hidden>
              {' *'}
            </span>
          )}
        </label>
        {props.beside}
      </div>
      <div
        className={styles.field}
        data-invalid={faults.length > 0 || undefined}
        data-read-only={readOnly || undefined}
        style={{ '--lines': lines } as never}
      >
        <div className={styles.paint} aria-hidden>
          <Painted query={value} faults={faults} />
          {'\u200b'}
        </div>
        <textarea
          ref={ref}
          id={id}
          className={styles.input}
          value={value}
          rows={lines}
          required={required}
          readOnly={readOnly}
          placeholder={placeholder}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          autoComplete="off"
          aria-invalid={faults.length > 0 || undefined}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
    </div>
  )
}
