import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'

const TYPING_PAUSE_MS = 250
const FOUND_MAX = 8

export interface ChosenPerson {
  personId: string
  name: string
}

interface PersonChoiceProps {
  label: string
  description?: string
  required?: boolean
  value: ChosenPerson | null
  onChange(person: ChosenPerson | null): void
}

/** Somebody is found by name, handle, mail, phone or customer number. */
export function PersonChoice({ label, description, required = false, value, onChange }: PersonChoiceProps) {
  const t = useTexts('privacy')
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS)
  const { data } = useQuery({
    ...useApi().people.search.queryOptions({ input: { text, limit: FOUND_MAX } }),
    enabled: text.length > 1,
    placeholderData: keepPreviousData,
  })
  const found: ChosenPerson[] = data?.persons.map(({ personId, name }) => ({ personId, name })) ?? []
  const all = value && !found.some(({ personId }) => personId === value.personId) ? [value, ...found] : found
  return (
    <Select
      label={label}
      {...(description ? { description } : {})}
      placeholder={t('protection.findPerson')}
      required={required}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('protection.nobodyChosen') }}
      data={all.map(({ personId, name }) => ({ value: personId, label: name }))}
      // The server has found them; what was typed may be a number that stands in no name.
      filter={({ options }) => options}
      nothingFoundMessage={text.length > 1 ? t('protection.nobodyFound') : t('protection.typeMore')}
      value={value?.personId ?? null}
      onSearchChange={setTyped}
      onChange={(personId) => onChange(all.find((person) => person.personId === personId) ?? null)}
    />
  )
}
