import { Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormSaved } from '../../../platform/form-saved.ts'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi } from '../../../platform/session.ts'
import { WeekHoursField } from '../../../ui/week-hours.tsx'
import { guessTimeZone, timeZoneChoices, ZONES_SHOWN_MAX } from '../../choices.ts'
import { DaysOff } from '../days-off.tsx'
import { CalendarPreview } from './calendar-preview.tsx'
import { type Calendar, type CalendarRules, type NamedRules, officeHours } from './clock-shapes.ts'
import { HolidaysField } from './holidays-field.tsx'
import { RulesDialog } from './rules-dialog.tsx'
import { SpecialDays } from './special-days.tsx'

/** When a desk works, with what it comes to beside it. */
export function CalendarDialog({ calendar, onClose }: { calendar: Calendar | null; onClose: () => void }) {
  const t = useTexts('accounts')
  const newest = calendar?.versions[0]
  const [rules, setRules] = useState<CalendarRules>(newest?.rules ?? officeHours(guessTimeZone()))
  const change = (part: Partial<CalendarRules>) => setRules((known) => ({ ...known, ...part }))
  return (
    <RulesDialog
      named={calendar}
      titleOfNew={t('clocks.newCalendar')}
      rules={rules}
      save={useSaveCalendar(calendar, onClose)}
      whyLater={calendar && t('clocks.hoursFromWhy')}
      onClose={onClose}
    >
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
    </RulesDialog>
  )
}

function useSaveCalendar(calendar: Calendar | null, onSaved: () => void) {
  const t = useTexts('accounts')
  const { clocks } = useApi().inbox
  const against = calendar?.versions[0]?.version ?? 1
  return useMutation({
    ...useFormSaved(clocks.key(), t('saved'), onSaved),
    mutationFn: async ({ name, rules, ...from }: NamedRules<CalendarRules>) =>
      calendar
        ? clocks.calendars.update.call({ calendarId: calendar.calendarId, against, name, rules, ...from })
        : clocks.calendars.create.call({ name, rules }),
  })
}
