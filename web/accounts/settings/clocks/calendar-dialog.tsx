import { Modal, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi } from '../../../platform/session.ts'
import { showDone } from '../../../platform/undo.tsx'
import { Form } from '../../../ui/form.tsx'
import { WeekHoursField } from '../../../ui/week-hours.tsx'
import { guessTimeZone, timeZoneChoices, ZONES_SHOWN_MAX } from '../../choices.ts'
import { DaysOff } from '../days-off.tsx'
import { CalendarPreview } from './calendar-preview.tsx'
import { type Calendar, type CalendarRules, instantOf, officeHours } from './clock-shapes.ts'
import own from './clocks.module.css'
import { HolidaysField } from './holidays-field.tsx'
import { SpecialDays } from './special-days.tsx'
import { ValidFrom } from './valid-from.tsx'

/** When a desk works, with what it comes to beside it. */
export function CalendarDialog({ calendar, onClose }: { calendar: Calendar | null; onClose: () => void }) {
  const t = useTexts('accounts')
  const newest = calendar?.versions[0]
  const [name, setName] = useState(calendar?.name ?? '')
  const [rules, setRules] = useState<CalendarRules>(newest?.rules ?? officeHours(guessTimeZone()))
  const [from, setFrom] = useState('')
  const { save, isPending, error } = useSaveCalendar(calendar, onClose)
  const change = (part: Partial<CalendarRules>) => setRules((known) => ({ ...known, ...part }))
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={calendar ? t('edit', { name: calendar.name }) : t('clocks.newCalendar')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <div className={own.wide}>
        <Form
          submit={t('save')}
          busy={isPending}
          error={error}
          onSubmit={() => save({ name, rules, ...instantOf(from) })}
        >
          <TextInput
            label={t('clocks.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            maxLength={100}
            data-autofocus
          />
          <Select
            label={t('clocks.timeZone')}
            data={timeZoneChoices(rules.timeZone)}
            value={rules.timeZone}
            onChange={(timeZone) => timeZone && change({ timeZone })}
            searchable
            limit={ZONES_SHOWN_MAX}
            allowDeselect={false}
          />
          <WeekHoursField value={rules.week} onChange={(week) => change({ week })} />
          <HolidaysField rules={rules} onChange={setRules} />
          <DaysOff value={rules.closed} onChange={(closed) => change({ closed })} />
          <SpecialDays value={rules.special} onChange={(special) => change({ special })} />
          <CalendarPreview rules={rules} />
          {calendar && <ValidFrom value={from} onChange={setFrom} why={t('clocks.hoursFromWhy')} />}
        </Form>
      </div>
    </Modal>
  )
}

function useSaveCalendar(calendar: Calendar | null, onSaved: () => void) {
  const t = useTexts('accounts')
  const { clocks } = useApi().inbox
  const queries = useQueryClient()
  const done = {
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: clocks.key() })
      showDone(t('saved'))
      onSaved()
    },
  }
  const create = useMutation(clocks.calendars.create.mutationOptions(done))
  const update = useMutation(clocks.calendars.update.mutationOptions(done))
  const against = calendar?.versions[0]?.version ?? 1
  return {
    save: (changed: { name: string; rules: CalendarRules; validFrom?: Date }) =>
      calendar
        ? update.mutate({ calendarId: calendar.calendarId, against, ...changed })
        : create.mutate({ name: changed.name, rules: changed.rules }),
    isPending: create.isPending || update.isPending,
    error: create.error ?? update.error,
  }
}
