import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import styles from './response.module.css'
import type { Asked, Group } from './response-query.ts'
import { ResponseRows } from './response-rows.tsx'

interface WeeksProps {
  asked: Asked
  group: Group & { name: string }
  weeks: string[]
}

/** Week by week, the newest first; a week leads to the waits that it was counted from. */
export function WeekTable({ asked, group, weeks }: WeeksProps) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const [shown, setShown] = useState<string | null>(null)
  const length = (minutes: number | null) => (minutes === null ? '–' : formats.duration(Math.round(minutes) * 60_000))
  const share = (part: number | null) => (part === null ? '–' : formats.percent(part))
  const rows = weeks.map((week, at) => ({ week, figures: group.byWeek[at] ?? null })).toReversed()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by keyboard.
    <section className={styles.scroll} tabIndex={0} aria-label={t('response.weeksOf', { name: group.name })}>
      <table className={styles.table}>
        <caption className={styles.caption}>{t('response.weeksOf', { name: group.name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('response.week')}</th>
            <th scope="col">{t('response.waits')}</th>
            <th scope="col">{t('response.serviceMedian')}</th>
            <th scope="col">{t('response.serviceP90')}</th>
            <th scope="col">{t('response.wallMedian')}</th>
            <th scope="col">{t('response.wallP90')}</th>
            <th scope="col">{t('response.kept')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ week, figures }) => (
            <tr key={week}>
              <th scope="row">{formats.date(new Date(`${week}T12:00:00Z`))}</th>
              {figures ? (
                <>
                  <td>
                    <UnstyledButton
                      className={styles.rows}
                      onClick={() => setShown(week)}
                      aria-label={t('response.showRows', { count: figures.waits })}
                    >
                      {formats.number(figures.waits)}
                    </UnstyledButton>
                  </td>
                  <td>{length(figures.serviceMedian)}</td>
                  <td>{length(figures.serviceP90)}</td>
                  <td>{length(figures.wallMedian)}</td>
                  <td>{length(figures.wallP90)}</td>
                  <td>{share(figures.keptShare)}</td>
                </>
              ) : (
                <td colSpan={6} className={styles.quiet}>
                  {t('response.noFigure')}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {shown && <ResponseRows asked={asked} group={group} week={shown} onClose={() => setShown(null)} />}
    </section>
  )
}
