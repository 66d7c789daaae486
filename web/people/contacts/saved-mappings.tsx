import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import styles from './contacts.module.css'
import type { Settings } from './shapes.ts'

interface SavedMappingsProps {
  settings: Settings
  onChoose(settings: Settings): void
}

/** What was chosen for one file serves the next one of the same system. */
export function SavedMappings({ settings, onChoose }: SavedMappingsProps) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const saved = useQuery(api.people.contacts.imports.mappings.queryOptions({ input: {} })).data?.items ?? []
  const save = useMutation(
    api.people.contacts.imports.saveMapping.mutationOptions({
      onSuccess: () => {
        setName('')
        return queries.invalidateQueries({ queryKey: api.people.contacts.imports.mappings.key() })
      },
    }),
  )
  return (
    <div className={styles.saved}>
      {saved.length > 0 && (
        <Select
          label={t('contacts.savedMapping')}
          placeholder={t('contacts.choose')}
          data={saved.map((one) => one.name)}
          value={null}
          onChange={(chosen) => {
            const one = saved.find((each) => each.name === chosen)
            if (one) onChoose(one.settings)
          }}
        />
      )}
      <TextInput
        label={t('contacts.saveAs')}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button
        disabled={name.trim() === ''}
        loading={save.isPending}
        onClick={() => save.mutate({ ...settings, name: name.trim() })}
      >
        {t('contacts.save')}
      </Button>
    </div>
  )
}
