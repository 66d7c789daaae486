import { Checkbox, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import styles from '../settings/settings.module.css'
import { type Agreement, dayOf, memberFigures, type StaffFigure } from './agreement-shapes.ts'

/** Asks for figures about one member. That it was asked, by whom and why, is told to them before anything is shown. */
export function AnalysisDialog({ agreement, onClose }: { agreement: Agreement; onClose: () => void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const members = useSuspenseQuery(api.accounts.members.list.queryOptions({ input: {} })).data.items
  const covered = members.filter(({ teamIds }) => agreement.teamId === null || teamIds.includes(agreement.teamId))
  const today = dayOf(new Date())
  const [memberId, setMemberId] = useState<string | null>(null)
  const [figures, setFigures] = useState<StaffFigure[]>(memberFigures(agreement))
  const [from, setFrom] = useState(agreement.validFrom)
  const [until, setUntil] = useState(today)
  const [reason, setReason] = useState('')
  const analyse = useMutation(
    api.measurement.staff.analyse.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => queries.invalidateQueries({ queryKey: api.accounts.agreements.key() }),
    }),
  )
  const submit = () => {
    if (memberId && figures.length > 0)
      analyse.mutate({ agreementId: agreement.agreementId, memberId, figures, from, until, reason })
  }
  return (
    <Modal opened onClose={onClose} title={agreement.title} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form submit={t('staff.look')} busy={analyse.isPending} error={analyse.error} onSubmit={submit}>
        <Select
          label={t('staff.member')}
          data={covered.map((one) => ({ value: one.memberId, label: one.name }))}
          value={memberId}
          onChange={setMemberId}
          searchable
          required
          data-autofocus
        />
        <Checkbox.Group
          label={t('staff.figures')}
          value={figures}
          onChange={(chosen) => setFigures(chosen as StaffFigure[])}
        >
          <div className={styles.stack}>
            {memberFigures(agreement).map((figure) => (
              <Checkbox key={figure} value={figure} label={t(`staff.figure.${figure}`)} />
            ))}
          </div>
        </Checkbox.Group>
        <div className={styles.inline}>
          <TextInput
            type="date"
            label={t('staff.from')}
            value={from}
            min={agreement.validFrom}
            max={today}
            onChange={(event) => setFrom(event.currentTarget.value)}
            required
          />
          <TextInput
            type="date"
            label={t('staff.until')}
            value={until}
            min={from}
            max={today}
            onChange={(event) => setUntil(event.currentTarget.value)}
            required
          />
        </div>
        <Textarea
          label={t('staff.reason')}
          description={t('staff.reasonWhy')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
          minLength={10}
          maxLength={500}
          autosize
        />
      </Form>
      <div role="status">{analyse.data && <Found figures={analyse.data.figures} />}</div>
    </Modal>
  )
}

interface FoundProps {
  figures: { figure: StaffFigure; value: number | null; unit: 'pieces' | 'minutes'; from: number }[]
}

/** Shown once; nothing of it is kept. */
function Found({ figures }: FoundProps) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const shown = ({ value, unit }: FoundProps['figures'][number]) => {
    if (value === null) return t('staff.nothingToCount')
    return unit === 'minutes' ? formats.duration(value * 60_000) : formats.number(value)
  }
  return (
    <>
      <dl className={styles.found}>
        {figures.map((one) => (
          <div key={one.figure}>
            <dt>{t(`staff.figure.${one.figure}`)}</dt>
            <dd>{shown(one)}</dd>
            <dd className={styles.muted}>{t('staff.restsOn', { count: one.from })}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>{t('staff.told')}</p>
    </>
  )
}
