/** What a chart shows, apart from how: the picture, the table and the CSV are made from the same thing. */
export interface ChartData {
  /** One label per period or category, already in the reader's language. */
  labels: string[]
  series: Series[]
  /** The last period is not over yet: hatched, because it can only grow. */
  lastIsIncomplete?: boolean
  annotations?: { label: string; text: string }[]
  /** Where values usually lie: an area behind the lines. */
  band?: { name: string; low: (number | null)[]; high: (number | null)[] }
}

export interface Series {
  name: string
  values: (number | null)[]
  /** The comparison period: thin, and never part of "others". */
  comparison?: boolean
}

/** Whether there is anything to draw: axes without a point look like a figure of nothing. */
export const hasPoint = ({ series }: ChartData): boolean =>
  series.some(({ values }) => values.some((value) => value !== null))

/** More than five lines nobody can tell apart. */
export const SERIES_MAX = 5

/** The largest series, the rest summed up under one name. */
export function withOthers(series: Series[], othersName: string): Series[] {
  const own = series.filter(({ comparison }) => !comparison)
  if (own.length <= SERIES_MAX) return series
  const sum = ({ values }: Series) => values.reduce<number>((total, value) => total + (value ?? 0), 0)
  const bySize = own.map((each) => ({ each, size: sum(each) })).sort((one, other) => other.size - one.size)
  const kept = new Set(bySize.slice(0, SERIES_MAX - 1).map(({ each }) => each))
  const rest = own.filter((each) => !kept.has(each))
  const values = (rest[0]?.values ?? []).map((_, index) =>
    rest.reduce<number | null>((total, { values: those }) => addKnown(total, those[index] ?? null), null),
  )
  return [
    ...own.filter((each) => kept.has(each)),
    { name: othersName, values },
    ...series.filter(({ comparison }) => comparison),
  ]
}

const addKnown = (one: number | null, other: number | null) => (one === null ? other : one + (other ?? 0))

/** RFC 4180. Text that a spreadsheet would take for a formula is made plain. */
export function chartCsv(data: ChartData, firstHeader: string): string {
  const columns = [...data.series, ...bandColumns(data)]
  const header = [firstHeader, ...columns.map(({ name }) => name)]
  const rows = data.labels.map((label, index) => [label, ...columns.map(({ values }) => values[index] ?? '')])
  return [header, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n')
}

/** The band's two edges as columns of the table and the file. */
export const bandColumns = ({ band }: ChartData): Pick<Series, 'name' | 'values'>[] =>
  band
    ? [
        { name: `${band.name} ≥`, values: band.low },
        { name: `${band.name} ≤`, values: band.high },
      ]
    : []

function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
