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
      valueFormatter: (value: unknown) => (typeof value === 'number' ? `${formats.number(value)} ${unit}` : '–'),
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
    series: data.series.map((series, index) => seriesOf(series, index, kind, data, quiet)),
  }
}

function seriesOf(
  { name, values, comparison }: ChartData['series'][number],
  index: number,
  kind: 'bar' | 'line',
  { lastIsIncomplete, annotations = [] }: ChartData,
  quiet: object,
) {
  const last = values.length - 1
  const hatched = lastIsIncomplete && !comparison
  return {
    name,
    type: comparison ? 'line' : kind,
    showSymbol: false,
    barMaxWidth: 28,
    lineStyle: { width: comparison ? 1 : 2, type: comparison ? 'dashed' : 'solid' },
    itemStyle: kind === 'bar' && !comparison ? { borderRadius: [2, 2, 0, 0] } : {},
    data: values.map((value, at) =>
      hatched && at === last
        ? { value, symbol: 'emptyCircle', symbolSize: 7, itemStyle: { decal: HATCH, opacity: 0.55 } }
        : value,
    ),
    ...(hatched && kind === 'line'
      ? {
          showSymbol: true,
          symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => (dataIndex === last ? 7 : 0),
        }
      : {}),
    ...(index === 0 && annotations.length > 0
      ? {
          markLine: {
            symbol: 'none',
            lineStyle: { type: 'dotted', width: 1 },
            label: { ...quiet, formatter: ({ data: { name: text } }: { data: { name: string } }) => text },
            data: annotations.map(({ label, text }) => ({ xAxis: label, name: text })),
          },
        }
      : {}),
  }
}
