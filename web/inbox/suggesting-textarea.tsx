import { Textarea } from '@mantine/core'
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, type Ref, useId, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import styles from './composer.module.css'
import { findTrigger, narrow } from './suggestions.ts'

export interface Suggestion {
  id: string
  label: string
  hint?: string
  icon?: ReactNode
  /** What it will write, shown beside the list. */
  preview?: string
}

interface SuggestingTextareaProps {
  label: string
  placeholder: string
  value: string
  onChange(value: string): void
  /** '/' or '@': begins a suggestion at the start of a word. */
  trigger: string
  suggestions: readonly Suggestion[]
  /** Said where there is nothing to suggest at all. */
  nothing: string
  /** `text`: without what was typed for the search; `at`: where it stood. */
  onPick(suggestion: Suggestion, text: string, at: number): void
  field?: Ref<HTMLTextAreaElement>
  disabled?: boolean
  describedBy?: string
  onFocus?(): void
  onBlur?(): void
  onPaste?(event: ClipboardEvent<HTMLTextAreaElement>): void
  onKeyDown?(event: KeyboardEvent<HTMLTextAreaElement>): void
}

/** A field that offers macros or colleagues while one types: arrows, Enter or Tab take one, Escape goes on writing. */
export function SuggestingTextarea(props: SuggestingTextareaProps) {
  const { label, placeholder, value, onChange, suggestions, nothing, onPick, field, disabled, describedBy } = props
  const t = useTexts('inbox')
  const listId = useId()
  const [caret, setCaret] = useState(0)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const [cursor, setCursor] = useState(0)
  const trigger = findTrigger(value, caret, props.trigger)
  const found = trigger ? narrow(suggestions, trigger.typed) : []
  const shown =
    trigger !== null && trigger.at !== dismissed && (found.length > 0 || (trigger.typed === '' && nothing !== ''))
  const active = found[Math.min(cursor, found.length - 1)]

  const pick = (suggestion: Suggestion) => {
    if (!trigger) return
    setCursor(0)
    onPick(suggestion, value.slice(0, trigger.at) + value.slice(caret), trigger.at)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!shown || event.nativeEvent.isComposing) return props.onKeyDown?.(event)
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (move && found.length > 0) setCursor((Math.min(cursor, found.length - 1) + move + found.length) % found.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && active && !event.metaKey && !event.ctrlKey) pick(active)
    else if (event.key === 'Escape') setDismissed(trigger.at)
    else return props.onKeyDown?.(event)
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles.suggesting}>
      {shown && (
        <div className={styles.suggestions}>
          {found.length === 0 ? (
            <p className={styles.quiet}>{nothing}</p>
          ) : (
            <div id={listId} role="listbox" aria-label={label} className={styles.options}>
              {found.map((suggestion) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys of the list.
                // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which names the active one.
                <div
                  key={suggestion.id}
                  id={`${listId}-${suggestion.id}`}
                  role="option"
                  aria-selected={suggestion === active}
                  className={styles.option}
                  // Before the field loses the focus.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => pick(suggestion)}
                >
                  {suggestion.icon}
                  <span className={styles.optionLabel}>{suggestion.label}</span>
                  {suggestion.hint && <span className={styles.quiet}>{suggestion.hint}</span>}
                </div>
              ))}
            </div>
          )}
          {active?.preview && <p className={styles.preview}>{active.preview}</p>}
        </div>
      )}
      <Textarea
        ref={field ?? null}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        disabled={disabled ?? false}
        autosize
        minRows={2}
        maxRows={10}
        classNames={{ input: styles.input ?? '' }}
        {...(describedBy ? { 'aria-describedby': describedBy } : {})}
        aria-autocomplete="list"
        aria-controls={shown && found.length > 0 ? listId : undefined}
        aria-activedescendant={shown && active ? `${listId}-${active.id}` : undefined}
        onChange={(event) => {
          const { value: typed, selectionStart } = event.currentTarget
          setCaret(selectionStart)
          if (findTrigger(typed, selectionStart, props.trigger)?.at !== dismissed) setDismissed(null)
          onChange(typed)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onPaste={props.onPaste}
        onFocus={() => props.onFocus?.()}
        onBlur={() => props.onBlur?.()}
      />
      <span className="unseen" role="status">
        {shown ? t('suggest.count', { count: found.length }) : ''}
      </span>
    </div>
  )
}
