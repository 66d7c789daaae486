import { useQuery } from '@tanstack/react-query'
import { useFormats } from '../../../platform/formats.ts'
import { useLanguage, useTexts } from '../../../platform/i18n.ts'
import { useApi } from '../../../platform/session.ts'
import styles from '../settings.module.css'
import type { CalendarRules, Preview } from './clock-shapes.ts'

/** The next fortnight by these hours, as they stand in the dialog; or what is wrong with them. */
export function CalendarPreview({ rules }: { rules: CalendarRules }) {
  const t = useTexts('accounts')
  const { preview } = useApi().inbox.clocks.calendars
  const input = { rules, year: new Date().getFullYear() }
  const { data } = useQuery(preview.queryOptions({ input, placeholderData: (known) => known, retry: false }))
  if (!data) return null
  if (data.problems.length > 0)
    return (
      <ul className={styles.rows} role="status">
        {data.problems.map(({ code, place, value }) => (
          <li key={`${code} ${place}`} className={styles.wrong}>
            {t(`clocks.problem.${code}`, { value })}
          </li>
        ))}
      </ul>
    )
  return (
    <details>
      <summary>{t('clocks.fortnight')}</summary>
      <ul className={styles.rows}>
        {data.days.map((day) => (
          <Day key={day.day} day={day} timeZone={rules.timeZone} />
        ))}
      </ul>
    </details>
  )
}

function Day({ day, timeZone }: { day: Preview['days'][number]; timeZone: string }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const language = useLanguage()
  const wall = new Intl.DateTimeFormat(formats.locale, { hour: '2-digit', minute: '2-digit', timeZone })
  const date = new Intl.DateTimeFormat(formats.locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
  const hours = day.hours.map(({ from, until }) => wall.formatRange(from, until)).join(', ')
  const named = day.mark?.name
  const name = typeof named === 'string' ? named : named?.[language]
  return (
    <li className={styles.row}>
      <span className={styles.main}>{date.format(new Date(`${day.day}T12:00:00Z`))}</span>
      <span>{hours || t('clocks.closed')}</span>
      {name && <span className={styles.muted}>{name}</span>}
    </li>
  )
}
