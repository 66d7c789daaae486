import { Checkbox, FileInput, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import styles from '../settings/settings.module.css'
import { AGREED_FIGURES, type AgreedFigure, dayOf } from './agreement-shapes.ts'
import { uploadDocument } from './upload-document.ts'

const EVERYBODY = ''
const HALF_YEAR_MS = 182 * 86_400_000

/** What was agreed on paper, as the machine can hold to it. Nothing may be looked at before the council released it. */
export function AgreementDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts('accounts')
  const teams = useSuspenseQuery(useApi().accounts.teams.list.queryOptions({ input: {} })).data.items
  const [title, setTitle] = useState('')
  const [purpose, setPurpose] = useState('')
  const [figures, setFigures] = useState<AgreedFigure[]>([])
  const [teamId, setTeamId] = useState(EVERYBODY)
  const [validFrom, setValidFrom] = useState(dayOf(new Date()))
  const [expiresOn, setExpiresOn] = useState(dayOf(new Date(Date.now() + HALF_YEAR_MS)))
  const [paper, setPaper] = useState<File | null>(null)
  const [tried, setTried] = useState(false)
  const record = useRecord(onClose)
  const submit = () => {
    setTried(true)
    if (!paper || figures.length === 0) return
    record.mutate({ paper, agreement: { title, purpose, figures, teamId: teamId || null, validFrom, expiresOn } })
  }
  return (
    <Modal opened onClose={onClose} title={t('staff.record')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form submit={t('staff.recordSubmit')} busy={record.isPending} error={record.error} onSubmit={submit}>
        <TextInput
          label={t('staff.title')}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          required
          maxLength={200}
          data-autofocus
        />
        <Textarea
          label={t('staff.purpose')}
          description={t('staff.purposeWhy')}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value)}
          required
          minLength={10}
          maxLength={2000}
          autosize
          minRows={2}
        />
        <Checkbox.Group
          label={t('staff.figures')}
          value={figures}
          onChange={(chosen) => setFigures(chosen as AgreedFigure[])}
          error={tried && figures.length === 0 ? t('staff.figuresNone') : null}
        >
          <div className={styles.stack}>
            {AGREED_FIGURES.map((figure) => (
              <Checkbox key={figure} value={figure} label={t(`staff.figure.${figure}`)} />
            ))}
          </div>
        </Checkbox.Group>
        <Select
          label={t('staff.whose')}
          data={[
            { value: EVERYBODY, label: t('staff.ofAll') },
            ...teams.map((team) => ({ value: team.teamId, label: t('staff.ofTeam', { team: team.name }) })),
          ]}
          value={teamId}
          onChange={(chosen) => setTeamId(chosen ?? EVERYBODY)}
          allowDeselect={false}
        />
        <div className={styles.inline}>
          <TextInput
            type="date"
            label={t('staff.validFrom')}
            value={validFrom}
            onChange={(event) => setValidFrom(event.currentTarget.value)}
            required
          />
          <TextInput
            type="date"
            label={t('staff.expiresOn')}
            value={expiresOn}
            min={validFrom}
            onChange={(event) => setExpiresOn(event.currentTarget.value)}
            required
          />
        </div>
        <FileInput
          label={t('staff.paper')}
          description={t('staff.paperWhy')}
          accept="application/pdf"
          withAsterisk
          value={paper}
          onChange={setPaper}
          placeholder={t('staff.paperChoose')}
          error={tried && !paper ? t('staff.paperNone') : null}
          clearable
          clearButtonProps={{ 'aria-label': t('staff.paperRemove') }}
        />
      </Form>
    </Modal>
  )
}

function useRecord(onSaved: () => void) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const { workspaceId } = useWorkspace()
  type Input = Parameters<typeof api.accounts.agreements.record.call>[0]
  return useMutation({
    meta: { shownInPlace: true },
    mutationFn: async ({ paper, agreement }: { paper: File; agreement: Omit<Input, 'documentId'> }) => {
      const { documentId } = await uploadDocument(workspaceId, paper)
      return api.accounts.agreements.record.call({ ...agreement, documentId })
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.accounts.agreements.key() })
      showDone(t('staff.recorded'))
      onSaved()
    },
  })
}
