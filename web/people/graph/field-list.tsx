import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { EditField } from './edit-field.tsx'
import { useFieldName } from './field-name.ts'
import styles from './graph.module.css'
import type { PersonField } from './shapes.ts'
import { useOrigin } from './use-origin.ts'

/** What is known of a person, each value with where it comes from; a member may write over it and take that back. */
export function FieldList({ personId }: { personId: string }) {
  const t = useTexts('people')
  const mayLink = useMay('people.link')
  const fieldName = useFieldName()
  const [editing, setEditing] = useState<PersonField | null>(null)
  const { data, error, refetch } = useQuery(useApi().people.graph.fields.get.queryOptions({ input: { personId } }))
  return (
    <section aria-label={t('graph.fields')}>
      <h2 className={styles.title}>{t('graph.fields')}</h2>
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons />}
      <dl className={styles.fields}>
        {data?.fields.map((field) => (
          <div key={field.field} className={styles.fieldRow}>
            <dt>{fieldName(field.field)}</dt>
            <dd>
              <FieldValue field={field} />
              {mayLink && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={t('graph.editField', { field: fieldName(field.field) })}
                  onClick={() => setEditing(field)}
                >
                  {t('graph.edit')}
                </Button>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {editing && <EditField personId={personId} field={editing} onClose={() => setEditing(null)} />}
    </section>
  )
}

function FieldValue({ field: { field, candidates } }: { field: PersonField }) {
  const t = useTexts('people')
  const formats = useFormats()
  const originOf = useOrigin()
  const [holds] = candidates
  if (!holds) return <span className={styles.quiet}>{t('graph.unknown')}</span>
  return (
    <span className={styles.value}>
      <span>{field === 'language' ? formats.languageName(holds.value) : holds.value}</span>
      <span className={styles.quiet}>{originOf(holds)}</span>
    </span>
  )
}
