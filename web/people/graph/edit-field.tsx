import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { useFieldName } from './field-name.ts'
import styles from './graph.module.css'
import { GraphDialog } from './graph-dialog.tsx'
import type { PersonField } from './shapes.ts'
import { useGraphDone } from './use-graph-done.ts'
import { useOrigin } from './use-origin.ts'

const VALUE_CHARACTERS_MAX = 2_000

interface EditFieldProps {
  personId: string
  field: PersonField
  onClose(): void
}

/** Writes over a field by hand, beside everything that was said of it; or lets it come from its sources again. */
export function EditField({ personId, field: { field, candidates }, onClose }: EditFieldProps) {
  const t = useTexts('people')
  const api = useApi()
  const done = useGraphDone()
  const originOf = useOrigin()
  const name = useFieldName()(field)
  const [value, setValue] = useState(candidates[0]?.value ?? '')
  const overridden = candidates[0]?.origin === 'override'
  const set = useMutation(
    api.people.graph.fields.set.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ operationId }) => {
        onClose()
        await done(t('graph.fieldDone', { field: name }), operationId)
      },
    }),
  )
  const write = (written: string | null) => set.mutate({ personId, fields: { [field]: written } })
  return (
    <GraphDialog title={name} onClose={onClose}>
      {candidates.length > 0 && (
        <ul className={styles.candidates}>
          {candidates.map((candidate, index) => (
            <li key={`${candidate.origin} ${candidate.source} ${candidate.author?.authorId}`}>
              <span className={styles.value}>
                <span data-holds={index === 0 ? true : undefined}>{candidate.value}</span>
                <span className={styles.quiet}>{originOf(candidate)}</span>
              </span>
              {index > 0 && (
                <Button
                  size="compact-xs"
                  aria-label={t('graph.takeThis', { value: candidate.value })}
                  onClick={() => setValue(candidate.value)}
                >
                  {t('graph.take')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Form
        submit={t('graph.write')}
        busy={set.isPending}
        error={set.error}
        beside={overridden && <Button onClick={() => write(null)}>{t('graph.comeFromSources')}</Button>}
        onSubmit={() => write(value.trim())}
      >
        <TextInput
          label={name}
          description={t('graph.writeWhy')}
          type={field === 'birth-date' ? 'date' : 'text'}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          maxLength={VALUE_CHARACTERS_MAX}
          required
          data-autofocus
        />
      </Form>
    </GraphDialog>
  )
}
