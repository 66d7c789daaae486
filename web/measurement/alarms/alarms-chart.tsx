import { useSuspenseQuery } from '@tanstack/react-query'
import { useState, useTransition } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Chart } from '../../ui/chart.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import styles from './alarms.module.css'

const DAYS = [2, 7, 28] as const
const FIRST_DAYS = 7
const HOUR_MS = 3_600_000

/** Posts by the hour against the band in which nine hours of ten lie, and where alarms began. */
export function AlarmsChart({ topicId }: { topicId: string }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const [days, setDays] = useState<number>(FIRST_DAYS)
  // What stands there stays until the other period is here.
  const [, startTransition] = useTransition()
  const { data } = useSuspenseQuery(useApi().measurement.alarms.chart.queryOptions({ input: { topicId, days } }))
  const labelOf = (at: Date) => `${formats.date(at)}, ${formats.clock(at)}`
  const hourOf = (at: Date) => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)
  const round = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10)
  // A topic of which nobody has spoken has no picture to show.
  if (data.hours.every(({ posts }) => posts === 0) && days === FIRST_DAYS) return null
  const posts = data.hours.reduce((sum, hour) => sum + hour.posts, 0)
  const isLearned = data.hours.some(({ expected }) => expected !== null)
  return (
    <section className={styles.chart}>
      <FilterBar
        label={t('alarms.chart.period')}
        options={DAYS.map((count) => ({ value: String(count), label: t('alarms.chart.days', { count }) }))}
        value={String(days)}
        onChange={(chosen) => startTransition(() => setDays(Number(chosen)))}
      />
      <Chart
        title={t('alarms.chart.title')}
        unit={t('alarms.chart.unit')}
        axis={t('alarms.chart.hour')}
        kind="line"
        data={{
          labels: data.hours.map(({ at }) => labelOf(at)),
          series: [
            { name: t('alarms.chart.posts'), values: data.hours.map(({ posts }) => posts) },
            ...(isLearned
              ? [
                  {
                    name: t('alarms.chart.expected'),
                    comparison: true,
                    values: data.hours.map(({ expected }) => round(expected)),
                  },
                ]
              : []),
          ],
          ...(isLearned
            ? {
                band: {
                  name: t('alarms.chart.band'),
                  low: data.hours.map(({ low }) => round(low)),
                  high: data.hours.map(({ high }) => round(high)),
                },
              }
            : {}),
          annotations: data.alarms.map(({ beganAt, kinds }) => ({
            label: labelOf(hourOf(beganAt)),
            text: formats.list(kinds.map((kind) => t(`alarms.kinds.${kind}`))),
          })),
          lastIsIncomplete: true,
        }}
      />
      {data.expired > 0 && (
        <p className={styles.quiet}>
          {t('alarms.rowsExpired', { number: formats.number(data.expired), of: formats.number(posts) })}
        </p>
      )}
    </section>
  )
}
