import { ActionIcon, SegmentedControl, Skeleton, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { lazy, Suspense, useId, useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import styles from './chart.module.css'
import { bandColumns, type ChartData, chartCsv, hasPoint, withOthers } from './chart-data.ts'

/** The drawing library is the largest thing that we load: only when a chart is shown. */
const ChartCanvas = lazy(async () => ({ default: (await import('./chart-canvas.tsx')).ChartCanvas }))

const HEIGHT_PX = 240

interface ChartProps {
  /** The finding's subject: "Mentions a day". */
  title: string
  /** Of the value axis: "posts". */
  unit: string
  /** Of the other axis, and of the table's first column: "Day". */
  axis: string
  kind: 'bar' | 'line'
  data: ChartData
  height?: number
}

/** One wrapper for all charts: title, unit, the same data as table and CSV. */
export function Chart({ title, unit, axis, kind, data: given, height = HEIGHT_PX }: ChartProps) {
  const t = useTexts('ui')
  const id = useId()
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const data = { ...given, series: withOthers(given.series, t('chart.others')) }
  const shape = { axis, unit, kind, data }
  if (!hasPoint(given))
    return (
      <figure className={styles.chart} aria-labelledby={id}>
        <figcaption id={id} className={styles.title}>
          {title}
        </figcaption>
        <p className={styles.note}>{t('chart.nothing')}</p>
      </figure>
    )
  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption className={styles.caption}>
        <span id={id} className={styles.title}>
          {title}
        </span>
        <span className={styles.unit}>{unit}</span>
        <SegmentedControl
          ml="auto"
          value={view}
          onChange={setView}
          aria-label={t('chart.view')}
          data={[
            { value: 'chart', label: t('chart.chart') },
            { value: 'table', label: t('chart.table') },
          ]}
        />
        <Tooltip label={t('chart.csv')}>
          <ActionIcon aria-label={t('chart.csv')} onClick={() => download(`${title}.csv`, chartCsv(given, axis))}>
            <IconDownload size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </figcaption>
      {view === 'table' ? (
        <ChartTable title={title} {...shape} />
      ) : (
        <Suspense fallback={<Skeleton height={height} />}>
          <ChartCanvas {...shape} height={height} label={t('chart.described', { title, count: data.labels.length })} />
        </Suspense>
      )}
      {given.lastIsIncomplete && (
        <p className={styles.note}>
          {t(kind === 'bar' ? 'chart.incompleteBar' : 'chart.incompleteLine', { label: given.labels.at(-1) })}
        </p>
      )}
    </figure>
  )
}

function ChartTable({ title, axis, data }: { title: string; axis: string; data: ChartData }) {
  const formats = useFormats()
  const columns = [...data.series, ...bandColumns(data)]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by keyboard.
    <section className={styles.tableBox} tabIndex={0} aria-label={title}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{axis}</th>
            {columns.map(({ name }) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.labels.map((label, index) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {columns.map(({ name, values }) => {
                const value = values[index] ?? null
                return <td key={name}>{value === null ? '–' : formats.number(value)}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The mark at the front tells spreadsheets that this is UTF-8. */
function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name.replaceAll(/[\\/:*?"<>|]/g, ' ')
  link.click()
  URL.revokeObjectURL(address)
}
