import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import styles from './search-field.module.css'

const TYPING_PAUSE_MS = 250

interface SearchFieldProps {
  /** What is searched: "Search posts". Its name for screen readers, its placeholder, and its line in the map of keys. */
  label: string
  value: string
  /** Called after a pause in typing, and at once on Enter or when emptied. */
  onChange(value: string): void
  /** Beside other filters; on a phone it has a line of its own. */
  width?: number
}

/** `/` goes there; Escape empties it first and leaves it then. */
export function SearchField({ label, value, onChange, width = 220 }: SearchFieldProps) {
  const t = useTexts('ui')
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(value)
  const [given, setGiven] = useState(value)
  if (given !== value) {
    setGiven(value)
    setTyped(value)
  }
  useShortcuts(t('search.group'), [{ keys: '/', label, run: () => field.current?.select() }])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onChange(typed), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  const say = (text: string) => {
    setTyped(text)
    onChange(text)
  }
  return (
    <TextInput
      ref={field}
      type="search"
      role="searchbox"
      aria-label={label}
      placeholder={label}
      className={styles.search}
      style={{ '--width': `${width}px` } as never}
      value={typed}
      leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
      rightSection={typed ? <CloseButton size="xs" aria-label={t('search.clear')} onClick={() => say('')} /> : null}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') say(typed)
        if (event.key !== 'Escape') return
        event.stopPropagation()
        if (typed) say('')
        else event.currentTarget.blur()
      }}
    />
  )
}
