import { Button, Checkbox, Modal, Radio } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import styles from './contacts.module.css'

const FORMATS = ['csv', 'xlsx', 'vcf'] as const
const FIELDS = [
  'name',
  'given-name',
  'family-name',
  'mails',
  'phones',
  'sites',
  'numbers',
  'accounts',
  'company',
  'title',
  'street',
  'postcode',
  'city',
  'country',
  'birth-date',
  'language',
  'tags',
  'note',
] as const
const NOT_AT_FIRST = ['note', 'birth-date']

interface ExportPersonsProps {
  /** Absent: all persons. */
  personId?: string
  segmentId?: string
}

/** Persons as a file: which format, which fields. Whoever must not be contacted is marked in every one. */
export function ExportPersons(props: ExportPersonsProps) {
  const t = useTexts('people')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('contacts.export.action')}</Button>
      {open && <ExportDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function ExportDialog({ personId, segmentId, onClose }: ExportPersonsProps & { onClose(): void }) {
  const t = useTexts('people')
  const { workspaceId } = useWorkspace()
  const [format, setFormat] = useState<(typeof FORMATS)[number]>('csv')
  const [fields, setFields] = useState<string[]>(FIELDS.filter((field) => !NOT_AT_FIRST.includes(field)))
  const [marked, setMarked] = useState(true)
  const query = new URLSearchParams({
    fields: ['id', ...FIELDS.filter((field) => fields.includes(field))].join(),
    workspace: workspaceId,
    ...(personId ? { person: personId } : {}),
    ...(segmentId ? { segment: segmentId } : {}),
    ...(marked ? {} : { mark: 'no' }),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('contacts.export.title')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <div className={styles.dialog}>
        <Radio.Group
          label={t('contacts.export.format')}
          value={format}
          onChange={(chosen) => setFormat(chosen as typeof format)}
        >
          <div className={styles.choicesRow}>
            {FORMATS.map((value) => (
              <Radio key={value} value={value} label={t(`contacts.export.${value}`)} />
            ))}
          </div>
        </Radio.Group>
        <Checkbox.Group label={t('contacts.export.fields')} value={fields} onChange={setFields}>
          <div className={styles.choicesGrid}>
            {FIELDS.map((value) => (
              <Checkbox key={value} value={value} label={t(`contacts.exportField.${value}`)} />
            ))}
          </div>
        </Checkbox.Group>
        {format === 'csv' && (
          <Checkbox
            label={t('contacts.export.mark')}
            checked={marked}
            onChange={(event) => setMarked(event.currentTarget.checked)}
          />
        )}
        <p className={styles.quiet}>{t('contacts.export.how')}</p>
        <Button component="a" variant="filled" href={`/files/persons.${format}?${query}`} download onClick={onClose}>
          {t('contacts.export.download')}
        </Button>
      </div>
    </Modal>
  )
}
