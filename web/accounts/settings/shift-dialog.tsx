import { Modal, MultiSelect, Select, TextInput } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormSaved } from '../../platform/form-saved.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { everyWeekday, WeekHoursField } from '../../ui/week-hours.tsx'
import { timeZoneChoices, ZONES_SHOWN_MAX } from '../choices.ts'
import { DaysOff } from './days-off.tsx'
import type { Shift } from './shift-hours.ts'

/** Hours of a week in one time zone, days without hours, and who works in them. */
export function ShiftDialog({ shift, onClose }: { shift: Shift | null; onClose: () => void }) {
  const t = useTexts('accounts')
  const members = useSuspenseQuery(useApi().accounts.members.list.queryOptions({ input: {} })).data.items
  const [name, setName] = useState(shift?.name ?? '')
  const [memberIds, setMemberIds] = useState(shift?.memberIds ?? [])
  const workspace = useSuspenseQuery(useApi().accounts.workspaces.get.queryOptions({ input: {} })).data
  const [timeZone, setTimeZone] = useState(shift?.calendar.timeZone ?? workspace.timeZone)
  const [week, setWeek] = useState(shift?.calendar.week ?? everyWeekday('09:00', '17:00'))
  const [closed, setClosed] = useState(shift?.calendar.closed ?? [])
  const { save, isPending, error } = useSaveShift(shift, onClose)
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={shift ? t('edit', { name: shift.name }) : t('shifts.new')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('save')}
        busy={isPending}
        error={error}
        onSubmit={() =>
          save({ name, memberIds, calendar: { timeZone, week, closed, special: shift?.calendar.special ?? [] } })
        }
      >
        <TextInput
          label={t('shifts.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={200}
          data-autofocus
        />
        <MultiSelect
          label={t('shifts.members')}
          data={members
            .filter((one) => one.state === 'active')
            .map((one) => ({ value: one.memberId, label: one.name }))}
          value={memberIds}
          onChange={setMemberIds}
          searchable
        />
        <Select
          label={t('shifts.timeZone')}
          data={timeZoneChoices(timeZone)}
          value={timeZone}
          onChange={(zone) => zone && setTimeZone(zone)}
          searchable
          limit={ZONES_SHOWN_MAX}
          allowDeselect={false}
        />
        <WeekHoursField value={week} onChange={setWeek} />
        <DaysOff value={closed} onChange={setClosed} />
      </Form>
    </Modal>
  )
}

function useSaveShift(shift: Shift | null, onSaved: () => void) {
  const t = useTexts('accounts')
  const api = useApi()
  const done = useFormSaved(api.accounts.shifts.key(), t('saved'), onSaved)
  const create = useMutation(api.accounts.shifts.create.mutationOptions(done))
  const update = useMutation(api.accounts.shifts.update.mutationOptions(done))
  return {
    save: (changed: Omit<Shift, 'shiftId' | 'version'>) =>
      shift ? update.mutate({ shiftId: shift.shiftId, version: shift.version, ...changed }) : create.mutate(changed),
    isPending: create.isPending || update.isPending,
    error: create.error ?? update.error,
  }
}
