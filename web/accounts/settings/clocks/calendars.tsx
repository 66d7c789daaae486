import { Button } from '@mantine/core'
import { useState } from 'react'
import { useFormats } from '../../../platform/formats.ts'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi, useMay } from '../../../platform/session.ts'
import styles from '../settings.module.css'
import { hoursText } from '../shift-hours.ts'
import { CalendarDialog } from './calendar-dialog.tsx'
import type { Calendar } from './clock-shapes.ts'
import own from './clocks.module.css'
import { RulesRow } from './rules-row.tsx'

export function Calendars({ calendars }: { calendars: Calendar[] }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const { clocks } = useApi().inbox
  const mayManage = useMay('clocks.manage')
  const [edited, setEdited] = useState<Calendar | 'new' | null>(null)
  return (
    <section className={own.part}>
      <h2 className={styles.strong}>{t('clocks.calendars')}</h2>
      <p className={styles.note}>{t('clocks.calendarsWhy')}</p>
      <ul className={styles.rows}>
        {calendars.map((calendar) => {
          const rules = calendar.versions[0]?.rules
          return (
            <RulesRow
              key={calendar.calendarId}
              name={calendar.name}
              versions={calendar.versions}
              onEdit={() => setEdited(calendar)}
              removable={calendar.usedBy.length === 0}
              removal={{
                action: t('clocks.removeCalendar'),
                what: t('clocks.removeCalendarWhat'),
                remove: () => clocks.calendars.remove.call({ calendarId: calendar.calendarId }),
              }}
            >
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
            </RulesRow>
          )
        })}
      </ul>
      {mayManage && <Button onClick={() => setEdited('new')}>{t('clocks.newCalendar')}</Button>}
      {edited && <CalendarDialog calendar={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </section>
  )
}
