import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Chart } from '../../ui/chart.tsx'
import styles from './response.module.css'
import type { Figures, Group } from './response-query.ts'

/** More lines nobody can tell apart; and medians cannot be summed up as "others". */
const LINES_MAX = 5

interface ChartsProps {
  groups: (Group & { name: string })[]
  weeks: string[]
}

export function ResponseCharts({ groups, weeks }: ChartsProps) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const labels = weeks.map((week) => formats.date(new Date(`${week}T12:00:00Z`)))
  const lines = (figureOf: (figures: Figures) => number | null) =>
    groups.slice(0, LINES_MAX).map(({ name, byWeek }) => ({
      name,
      values: byWeek.map((figures) => (figures ? rounded(figureOf(figures)) : null)),
    }))
  return (
    <div className={styles.charts}>
      <Chart
        title={t('response.chart.time')}
        unit={t('response.chart.minutes')}
        axis={t('response.week')}
        kind="line"
        data={{ labels, series: lines(({ serviceMedian }) => serviceMedian) }}
      />
      <Chart
        title={t('response.chart.kept')}
        unit={t('response.chart.percent')}
        axis={t('response.week')}
        kind="line"
        data={{ labels, series: lines(({ keptShare }) => (keptShare === null ? null : keptShare * 100)) }}
      />
    </div>
  )
}

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10)
