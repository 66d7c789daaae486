import { Button, Checkbox, Modal, Radio } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { CONTACT_EXPORT_FIELDS, WORKBOOK_PERSONS_MAX } from '../../../contract/contact-export.ts'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { fetchFile, saveFile } from '../../platform/fetch-file.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import styles from './contacts.module.css'

const FORMATS = ['csv', 'xlsx', 'vcf'] as const
/** Who somebody is, and that they must not be contacted, stands in every file. */
const ALWAYS = ['id', 'do-not-contact']
const FIELDS = CONTACT_EXPORT_FIELDS.filter((field): field is ChosenField => !ALWAYS.includes(field))
type ChosenField = Exclude<(typeof CONTACT_EXPORT_FIELDS)[number], 'id' | 'do-not-contact'>
const NOT_AT_FIRST: readonly string[] = ['note', 'birth-date']

interface ExportPersonsProps {
  /** Absent: all persons. */
  personId?: string
  segmentId?: string
  /** Among small buttons it is a small one. */
  size?: 'compact-sm'
}

/** Persons as a file: which format, which fields. Whoever must not be contacted is marked in every one. */
export function ExportPersons({ size, ...props }: ExportPersonsProps) {
  const t = useTexts('people')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button {...(size ? { size } : {})} onClick={() => setOpen(true)}>
        {t('contacts.export.action')}
      </Button>
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
        {format === 'xlsx' ? (
          <WorkbookButton address={`/files/persons.xlsx?${query}`} onDone={onClose} />
        ) : (
          <Button component="a" variant="filled" href={`/files/persons.${format}?${query}`} download onClick={onClose}>
            {t('contacts.export.download')}
          </Button>
        )}
      </div>
    </Modal>
  )
}

/** A workbook is whole before it comes, and may be too long: what the server says of that is shown here. */
function WorkbookButton({ address, onDone }: { address: string; onDone(): void }) {
  const t = useTexts('people')
  const { number } = useFormats()
  const fetched = useMutation({
    mutationFn: () => fetchFile(address),
    meta: { shownInPlace: true },
    onSuccess: (answer) => {
      if ('failure' in answer) return
      saveFile(answer.file, 'persons.xlsx')
      onDone()
    },
  })
  const failure = fetched.data && 'failure' in fetched.data ? fetched.data.failure : null
  return (
    <>
      <p className={styles.quiet}>{t('contacts.export.workbookHow', { most: number(WORKBOOK_PERSONS_MAX) })}</p>
      <Button variant="filled" loading={fetched.isPending} onClick={() => fetched.mutate()}>
        {t('contacts.export.download')}
      </Button>
      <div role="alert">
        {failure && <p className={styles.wrong}>{textOfFailure(failure)}</p>}
        {fetched.error && <p className={styles.wrong}>{textOfFailure(failureOf(fetched.error))}</p>}
      </div>
    </>
  )
}
