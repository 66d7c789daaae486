import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../../platform/formats.ts'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi, useMay } from '../../../platform/session.ts'
import { ConfirmByName } from '../../../ui/confirm-by-name.tsx'
import styles from '../settings.module.css'
import { hoursText } from '../shift-hours.ts'
import { CalendarDialog } from './calendar-dialog.tsx'
import type { Calendar } from './clock-shapes.ts'
import own from './clocks.module.css'
import { Versions } from './versions.tsx'

export function Calendars({ calendars }: { calendars: Calendar[] }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const mayManage = useMay('clocks.manage')
  const [edited, setEdited] = useState<Calendar | 'new' | null>(null)
  const [removed, setRemoved] = useState<Calendar | null>(null)
  return (
    <section className={own.part}>
      <h2 className={styles.strong}>{t('clocks.calendars')}</h2>
      <p className={styles.note}>{t('clocks.calendarsWhy')}</p>
      <ul className={styles.rows}>
        {calendars.map((calendar) => {
          const rules = calendar.versions[0]?.rules
          return (
            <li key={calendar.calendarId} className={styles.row}>
              <span className={styles.main}>
                <span className={styles.strong}>{calendar.name}</span>
                {rules && (
                  <span className={styles.muted}>
                    {hoursText(formats, rules) || t('clocks.noHours')} · {rules.timeZone.replaceAll('_', ' ')}
                  </span>
                )}
                <span className={styles.muted}>
                  {calendar.usedBy.length > 0
                    ? t('clocks.usedBy', { names: formats.list(calendar.usedBy) })
                    : t('clocks.unused')}
                </span>
                <Versions versions={calendar.versions} />
              </span>
              {mayManage && (
                <span className={styles.rowActions}>
                  <Button onClick={() => setEdited(calendar)} aria-label={t('edit', { name: calendar.name })}>
                    {t('change')}
                  </Button>
                  {calendar.usedBy.length === 0 && (
                    <Button onClick={() => setRemoved(calendar)} aria-label={t('removeNamed', { name: calendar.name })}>
                      {t('remove')}
                    </Button>
                  )}
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {mayManage && <Button onClick={() => setEdited('new')}>{t('clocks.newCalendar')}</Button>}
      {edited && <CalendarDialog calendar={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {removed && <RemoveCalendar calendar={removed} onClose={() => setRemoved(null)} />}
    </section>
  )
}

function RemoveCalendar({ calendar, onClose }: { calendar: Calendar; onClose: () => void }) {
  const t = useTexts('accounts')
  const { clocks } = useApi().inbox
  const queries = useQueryClient()
  const remove = useMutation(
    clocks.calendars.remove.mutationOptions({
      meta: { shownInPlace: true },
      onSettled: () => queries.invalidateQueries({ queryKey: clocks.key() }),
    }),
  )
  return (
    <ConfirmByName
      opened
      onClose={onClose}
      title={t('removeNamed', { name: calendar.name })}
      name={calendar.name}
      action={t('clocks.removeCalendar')}
      onConfirm={() => remove.mutateAsync({ calendarId: calendar.calendarId })}
    >
      {t('clocks.removeCalendarWhat')}
    </ConfirmByName>
  )
}
