import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { identityText, networkText } from './identity.tsx'
import styles from './protection.module.css'
import type { FoundPerson } from './shapes.ts'

const TYPING_PAUSE_MS = 250
const FOUND_MAX = 8
const ACCOUNTS_SHOWN = 3

export interface ChosenPerson {
  personId: string
  name: string
  /** By what one of two with the same name is told from the other. */
  knownBy?: string
}

interface PersonChoiceProps {
  label: string
  description?: string
  required?: boolean
  value: ChosenPerson | null
  onChange(person: ChosenPerson | null): void
}

/** Somebody is found by name, handle, mail, phone or customer number; Enter takes the likeliest, the arrows any other. */
export function PersonChoice({ label, description, required = false, value, onChange }: PersonChoiceProps) {
  const t = useTexts('privacy')
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const [text] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const { data, isPlaceholderData } = useQuery({
    ...useApi().people.search.queryOptions({ input: { text, limit: FOUND_MAX } }),
    enabled: text.length > 1,
    placeholderData: keepPreviousData,
  })
  const found: ChosenPerson[] =
    data?.persons.map((person) => ({ personId: person.personId, name: person.name, knownBy: knownBy(person) })) ?? []
  const all = value && !found.some(({ personId }) => personId === value.personId) ? [value, ...found] : found
  const likeliest = isPlaceholderData || text !== typed.trim() ? undefined : found[0]
  return (
    <Select
      label={label}
      {...(description || value?.knownBy ? { description: value?.knownBy || description } : {})}
      placeholder={t('protection.findPerson')}
      required={required}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('protection.nobodyChosen') }}
      data={all.map(({ personId, name }) => ({ value: personId, label: name }))}
      renderOption={({ option }) => (
        <span className={styles.found}>
          <span dir="auto">{option.label}</span>{' '}
          <span className={styles.quiet}>{all.find(({ personId }) => personId === option.value)?.knownBy}</span>
        </span>
      )}
      // The server has found them; what was typed may be a number that stands in no name.
      filter={({ options }) => options}
      nothingFoundMessage={text.length > 1 ? t('protection.nobodyFound') : t('protection.typeMore')}
      dropdownOpened={open}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      value={value?.personId ?? null}
      onSearchChange={setTyped}
      onChange={(personId) => onChange(all.find((person) => person.personId === personId) ?? null)}
      onKeyDown={(event) => {
        const arrowed = event.currentTarget.getAttribute('aria-activedescendant')
        if (event.key !== 'Enter' || arrowed || value || !likeliest) return
        event.preventDefault()
        setOpen(false)
        onChange(likeliest)
      }}
    />
  )
}

/** What was typed, where it is not the name, and some accounts with their networks. */
function knownBy({ name, found, authors }: FoundPerson): string {
  const accounts = authors
    .slice(0, ACCOUNTS_SHOWN)
    .map((author) => `${identityText(author)} (${networkText(author.network)})`)
  const typed = found.by === 'handle' || found.value === name ? [] : [found.value]
  return [...typed, ...accounts].join(', ')
}
