import { useComputedColorScheme } from '@mantine/core'
import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { type Formats, useFormats } from '../platform/formats.ts'
import type { ChartData } from './chart-data.ts'

use([
  BarChart,
  LineChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
])

/** Told apart without colour vision too (after Okabe and Ito), darkened or lightened to 3:1 on our grounds. */
const COLOURS = {
  light: ['#2f57c9', '#b85c00', '#1c7a5e', '#a2427f', '#5f6b7a'],
  dark: ['#8ba9f5', '#e9a04b', '#5fc3a1', '#dd8fbd', '#a3adba'],
}
const HATCH = {
  symbol: 'rect',
  dashArrayX: [1, 0],
  dashArrayY: [2, 4],
  rotation: -Math.PI / 4,
  color: 'rgba(127,127,127,0.75)',
}

interface CanvasProps {
  kind: 'bar' | 'line'
  axis: string
  unit: string
  data: ChartData
  height: number
  label: string
}

export function ChartCanvas({ height, label, ...shape }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const scheme = useComputedColorScheme('light')
  const formats = useFormats()

  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, null, { renderer: 'svg' })
    chart.current = made
    const watcher = new ResizeObserver(() => made.resize())
    watcher.observe(box.current)
    return () => {
      watcher.disconnect()
      made.dispose()
    }
  }, [])

  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    chart.current?.setOption({ ...optionOf(shape, scheme, formats), animation: !still }, { notMerge: true })
  })
  return <div ref={box} style={{ height }} role="img" aria-label={label} />
}

function optionOf(
  { kind, unit, data }: Omit<CanvasProps, 'height' | 'label'>,
  scheme: 'light' | 'dark',
  formats: Formats,
) {
  const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  const quiet = { color: token('--text-muted'), fontSize: 12, fontFamily: token('--font') }
  return {
    color: COLOURS[scheme],
    textStyle: { fontFamily: token('--font') },
    grid: { left: 8, right: 12, top: data.series.length > 1 ? 32 : 12, bottom: 4, containLabel: true },
    legend: data.series.length > 1 ? { top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: quiet } : undefined,
    tooltip: {
      trigger: 'axis',
      backgroundColor: token('--raised'),
      borderColor: token('--line'),
      textStyle: { color: token('--text'), fontSize: 12 },
      formatter: (points: Point[]) =>
        tooltipOf(
          points.filter(({ seriesName }) => isSaid(seriesName, data)),
          (value) => `${formats.number(value)} ${unit}`,
        ),
    },
    xAxis: {
      type: 'category',
      data: data.labels,
      axisLabel: { ...quiet, hideOverlap: true },
      axisLine: { lineStyle: { color: token('--line') } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      minInterval: 1,
      axisLabel: { ...quiet, formatter: (value: number) => formats.compact(value) },
      splitLine: { lineStyle: { color: token('--line') } },
    },
    series: [
      ...bandOf(data, quiet),
      ...data.series.flatMap<object>((series, index) => seriesOf(series, index, kind, data, quiet)),
    ],
  }
}

/** Of the band only its edges are numbers, and the table says them. */
const isSaid = (seriesName: string, { series }: ChartData): boolean => series.some(({ name }) => name === seriesName)

/** Two stacked lines that are not drawn, and the area between them. */
function bandOf({ band }: ChartData, quiet: { color: string }): object[] {
  if (!band) return []
  const line = { type: 'line', stack: 'band', showSymbol: false, silent: true, lineStyle: { width: 0 } }
  const between = band.high.map((high, at) => (high === null ? null : high - (band.low[at] ?? 0)))
  return [
    { ...line, data: band.low, color: 'transparent' },
    { ...line, name: band.name, data: between, color: quiet.color, areaStyle: { color: quiet.color, opacity: 0.18 } },
  ]
}

interface Point {
  seriesName: string
  axisValueLabel: string
  color: string
  value: number | null
}

/** As elements, because names come from outside. The two parts of a line with an open end are said once. */
function tooltipOf(points: Point[], written: (value: number) => string): HTMLElement {
  const box = document.createElement('div')
  box.append(points[0]?.axisValueLabel ?? '')
  const known = new Map(
    points.filter(({ value }) => typeof value === 'number').map((point) => [point.seriesName, point]),
  )
  for (const { seriesName, color, value } of known.values()) {
    const line = document.createElement('div')
    const dot = document.createElement('span')
    dot.textContent = '● '
    dot.style.color = color
    line.append(dot, `${seriesName}: ${written(value ?? 0)}`)
    box.append(line)
  }
  return box
}

/** One series, or two where the last period of a line is incomplete: its last stretch is dashed. */
function seriesOf(
  { name, values, comparison }: ChartData['series'][number],
  index: number,
  kind: 'bar' | 'line',
  { labels, lastIsIncomplete, annotations = [] }: ChartData,
  quiet: { color: string },
) {
  const last = values.length - 1
  const open = lastIsIncomplete && !comparison
  const markLine =
    index === 0 && annotations.length > 0
      ? {
          symbol: 'none',
          lineStyle: { type: 'dotted', width: 1, color: quiet.color },
          label: { ...quiet, formatter: ({ data: { name: text } }: { data: { name: string } }) => text },
          // Near the right edge a word would be cut off.
          data: annotations.map(({ label, text }) => ({
            xAxis: label,
            name: text,
            label: { align: labels.indexOf(label) > labels.length * 0.7 ? 'right' : 'left' },
          })),
        }
      : undefined
  if (kind === 'bar' && !comparison) {
    const hatched = { itemStyle: { decal: HATCH, opacity: 0.55 } }
    const data = values.map((value, at) => (open && at === last ? { value, ...hatched } : value))
    return [{ name, type: 'bar', barMaxWidth: 28, itemStyle: { borderRadius: [2, 2, 0, 0] }, data, markLine }]
  }
  const line = {
    name,
    type: 'line',
    showSymbol: false,
    lineStyle: { width: comparison ? 1 : 2 },
    ...(comparison ? { color: quiet.color } : {}),
  }
  if (!open) return [{ ...line, data: values, markLine }]
  return [
    { ...line, data: values.map((value, at) => (at === last ? null : value)), markLine },
    {
      ...line,
      lineStyle: { width: 2, type: 'dashed' },
      data: values.map((value, at) => (at >= last - 1 ? value : null)),
    },
  ]
}
