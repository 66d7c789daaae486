import { memo } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Chart } from '../../ui/chart.tsx'
import type { ChartData } from '../../ui/chart-data.ts'
import type { Preview } from './answers.ts'

const CHART_PX = 150
const DAY_MS = 24 * 3_600_000

/**
 * Matches per day, drawn when there are other figures, not at every letter that is typed. Where a day is estimated, the ends of its interval stand beside it, in table and CSV as well.
 */
export const MatchesADay = memo(function MatchesADay({ preview: { days, period } }: { preview: Preview }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const estimated = days.some(({ exact }) => !exact)
  const round = (value: number) => Math.round(value)
  const data: ChartData = {
    labels: days.map(({ day }) => formats.date(new Date(`${day}T12:00:00Z`))),
    series: [
      { name: t('workbench.chart.matches'), values: days.map(({ value }) => round(value)) },
      ...(estimated
        ? [
            { name: t('workbench.chart.low'), values: days.map(({ low }) => round(low)), comparison: true },
            { name: t('workbench.chart.high'), values: days.map(({ high }) => round(high)), comparison: true },
          ]
        : []),
    ],
    // The period ends now, in the middle of its last day.
    lastIsIncomplete: Date.now() - period.until.getTime() < DAY_MS,
  }
  return (
    <Chart
      title={t('workbench.chart.title')}
      unit={t('workbench.chart.unit')}
      axis={t('workbench.chart.day')}
      kind="bar"
      data={data}
      height={CHART_PX}
    />
  )
})
