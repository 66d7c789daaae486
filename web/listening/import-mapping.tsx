import { Select } from '@mantine/core'
import { fileFieldText } from '../../contract/file-fields.ts'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import styles from './listening.module.css'
import type { Inspection } from './shapes.ts'

const SAMPLES_SHOWN = 3

interface ImportMappingProps {
  inspection: Inspection
  onChange(mapping: Record<string, string>): void
}

/** Each column with what stands in it and what it is used for; guessed, and correctable. */
export function ImportMapping({ inspection, onChange }: ImportMappingProps) {
  const t = useTexts('listening')
  const { columns, fields, mapping } = inspection
  const language = useLanguage()
  const said = (name: string) => fileFieldText(language, name)
  const options = fields.map(({ name, required }) => ({
    value: name,
    label: required ? t('field.required', { field: said(name) }) : said(name),
  }))
  const choose = (column: string, field: string | null) => {
    const { [column]: _before, ...others } = mapping
    onChange(field ? { ...others, [column]: field } : others)
  }
  return (
    <section aria-label={t('inspection.columns')}>
      <h2 className={styles.sectionTitle}>{t('inspection.columns')}</h2>
      <ul className={styles.mapping}>
        {columns.map(({ name, samples }) => (
          <li key={name} className={styles.column}>
            <div className={styles.columnName}>
              <strong>{name}</strong>
              <span className={styles.detail}>
                {samples.slice(0, SAMPLES_SHOWN).join(' · ') || t('inspection.empty')}
              </span>
            </div>
            <Select
              aria-label={t('inspection.usedFor', { column: name })}
              placeholder={t('inspection.unused')}
              data={options}
              value={mapping[name] ?? null}
              onChange={(field) => choose(name, field)}
              clearable
              clearButtonProps={{ 'aria-label': t('inspection.clear') }}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
