import { Modal, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useQueryCheck } from '../listening/query-check.ts'
import { QueryFaults } from '../listening/query-faults.tsx'
import { QueryField } from '../listening/query-field.tsx'
import { QueryHelp } from '../listening/query-help.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import styles from './columns.module.css'
import type { ColumnInput } from './shapes.ts'

const TYPING_PAUSE_MS = 250
const FOUND_MAX = 8

interface NewProps {
  onAdd(column: ColumnInput): Promise<void>
  onClose(): void
}

export function NewSearch({ onAdd, onClose }: NewProps) {
  const t = useTexts('columns')
  const [query, setQuery] = useState('')
  const [failed, setFailed] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const add = async () => {
    setBusy(true)
    setFailed(null)
    try {
      await onAdd({ columnId: null, name: null, kind: 'search', query: query.trim(), filters: {}, order: 'newest' })
      onClose()
    } catch (error) {
      setFailed(error)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={t('add.searchTitle')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form submit={t('add.title')} busy={busy} error={failed} onSubmit={() => void (query.trim() && add())}>
        <SearchWords query={query} onChange={setQuery} />
      </Form>
    </Modal>
  )
}

/** The words of a search, with what is wrong with them said while one writes. */
export function SearchWords({ query, onChange }: { query: string; onChange(query: string): void }) {
  const t = useTexts('columns')
  const check = useQueryCheck(query)
  const faults = query.trim() && check.data?.ok === false && !check.behind ? check.data.faults : []
  return (
    <div>
      <QueryField
        label={t('settings.query')}
        labelShown
        required
        beside={<QueryHelp />}
        value={query}
        faults={faults}
        lines={2}
        onChange={onChange}
      />
      <div role="status">
        <QueryFaults faults={faults} tone="urgent" onMend={onChange} />
      </div>
    </div>
  )
}

/** By any name, handle, address or number that a person is known by. */
export function NewPerson({ onAdd, onClose }: NewProps) {
  const t = useTexts('columns')
  const api = useApi()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS)
  const { data } = useQuery({
    ...api.people.search.queryOptions({ input: { text: asked || ' ', limit: FOUND_MAX } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  const persons = asked === '' ? [] : (data?.persons ?? [])
  const add = (personId: string) => {
    onClose()
    const column: ColumnInput = { columnId: null, name: null, kind: 'person', personId, filters: {}, order: 'newest' }
    void onAdd(column).catch(() => undefined)
  }
  return (
    <Modal opened onClose={onClose} title={t('add.personTitle')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <TextInput
        label={t('add.personName')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && persons[0] && text.trim() === asked) add(persons[0].personId)
        }}
        data-autofocus
      />
      <ul className={styles.found}>
        {persons.map(({ personId, name, authors }) => (
          <li key={personId}>
            <UnstyledButton className={styles.foundOne} onClick={() => add(personId)}>
              <span>{name}</span>
              <span className={styles.quiet}>
                {authors.map(({ handle, name: called }) => handle ?? called ?? '').join(', ')}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <p className={styles.quiet} role="status">
        {asked !== '' && data && persons.length === 0 ? t('add.nobody') : ''}
      </p>
    </Modal>
  )
}
