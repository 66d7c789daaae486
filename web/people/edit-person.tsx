import { Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { LISTENED_LANGUAGES } from '../listening/languages.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import { Form } from '../ui/form.tsx'
import styles from './people.module.css'
import type { Person } from './shapes.ts'

/** Name and language: what they are called, and how one writes to them. */
export function EditPerson({ person, mayEdit }: { person: Person; mayEdit: boolean }) {
  const t = useTexts('people')
  const api = useApi()
  const formats = useFormats()
  const queries = useQueryClient()
  const [name, setName] = useState(person.name)
  const [language, setLanguage] = useState(person.language)
  const update = useMutation(
    api.people.persons.update.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        showDone(t('saved'))
        await queries.invalidateQueries({ queryKey: api.people.key() })
      },
    }),
  )
  if (!mayEdit) return null
  const languages = [...new Set([...LISTENED_LANGUAGES, ...(language ? [language] : [])])]
  return (
    <section aria-label={t('about')}>
      <h2 className={styles.title}>{t('about')}</h2>
      <Form
        submit={t('save')}
        busy={update.isPending}
        error={update.error}
        onSubmit={() => update.mutate({ personId: person.personId, name: name.trim(), language })}
      >
        <TextInput
          label={t('name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          required
        />
        <Select
          label={t('language')}
          placeholder={t('languageUnknown')}
          data={languages.map((tag) => ({ value: tag, label: formats.languageName(tag) }))}
          value={language}
          onChange={setLanguage}
          clearable
          clearButtonProps={{ 'aria-label': t('languageClear') }}
          searchable
        />
      </Form>
    </section>
  )
}
