import { Button } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { Empty } from '../../ui/empty.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'
import { ShiftDialog } from './shift-dialog.tsx'
import { hoursText, type Shift } from './shift-hours.ts'

/** When who works: work goes to those who are in, and nobody is called outside of it. */
export function ShiftsScreen() {
  const t = useTexts('accounts')
  const shifts = useSuspenseQuery(useApi().accounts.shifts.list.queryOptions({ input: {} })).data.items
  const mayManage = useMay('members.manage')
  const [edited, setEdited] = useState<Shift | 'new' | null>(null)
  const [removed, setRemoved] = useState<Shift | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setEdited('new')}>
      {t('shifts.new')}
    </Button>
  )
  return (
    <SettingsPlace section="shifts" action={mayManage && shifts.length > 0 ? add : null}>
      {shifts.length === 0 ? (
        <Empty icon={IconClockHour4} title={t('shifts.empty')} action={mayManage ? add : null}>
          {t('shifts.emptyWhy')}
        </Empty>
      ) : (
        <ul className={styles.rows}>
          {shifts.map((shift) => (
            <ShiftRow
              key={shift.shiftId}
              shift={shift}
              {...(mayManage ? { onEdit: () => setEdited(shift), onRemove: () => setRemoved(shift) } : {})}
            />
          ))}
        </ul>
      )}
      {edited && <ShiftDialog shift={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {removed && <RemoveShift shift={removed} onClose={() => setRemoved(null)} />}
    </SettingsPlace>
  )
}

function ShiftRow({ shift, onEdit, onRemove }: { shift: Shift; onEdit?: () => void; onRemove?: () => void }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const members = useSuspenseQuery(useApi().accounts.members.list.queryOptions({ input: {} })).data.items
  const names = members.filter(({ memberId }) => shift.memberIds.includes(memberId)).map(({ name }) => name)
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <span className={styles.strong}>{shift.name}</span>
        <span className={styles.muted}>
          {hoursText(formats, shift.calendar) || t('shifts.noHours')} · {shift.calendar.timeZone.replaceAll('_', ' ')}
        </span>
        <span className={styles.muted}>{names.length > 0 ? formats.list(names) : t('shifts.nobody')}</span>
      </span>
      <span className={styles.rowActions}>
        {onEdit && (
          <Button onClick={onEdit} aria-label={t('edit', { name: shift.name })}>
            {t('change')}
          </Button>
        )}
        {onRemove && (
          <Button onClick={onRemove} aria-label={t('removeNamed', { name: shift.name })}>
            {t('remove')}
          </Button>
        )}
      </span>
    </li>
  )
}

function RemoveShift({ shift, onClose }: { shift: Shift; onClose: () => void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const remove = useMutation(
    api.accounts.shifts.remove.mutationOptions({
      meta: { shownInPlace: true },
      onSettled: () => queries.invalidateQueries({ queryKey: api.accounts.shifts.list.key() }),
    }),
  )
  return (
    <ConfirmByName
      opened
      onClose={onClose}
      title={t('removeNamed', { name: shift.name })}
      name={shift.name}
      action={t('shifts.remove')}
      onConfirm={() => remove.mutateAsync({ shiftId: shift.shiftId })}
    >
      {t('shifts.removeWhat')}
    </ConfirmByName>
  )
}
