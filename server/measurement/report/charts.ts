import { html, type Markup } from './markup.ts'

/**
 * Charts as SVG, drawn twice: wide, and narrow for a phone, where a wide one would shrink until nobody can read it. Bars
 * begin at zero; colours are classes of the page's style, so dark mode and print choose them. The same numbers stand in
 * a table beside each chart, so the drawing itself is one image with a name for a screen reader.
 */
const WIDE = 720
const NARROW = 340
const TEXT = 12

export function responsive(name: string, draw: (width: number) => { height: number; body: Markup }): Markup {
  const svg = (width: number, style: string) => {
    const { height, body } = draw(width)
    return html`<svg class="${style}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${name}" xmlns="http://www.w3.org/2000/svg">${body}</svg>`
  }
  return html`<div class="chart">${svg(WIDE, 'wide')}${svg(NARROW, 'narrow')}</div>`
}

export interface Bar {
  label: string
  value: number
  /** What stands at the bar; absent: nothing. */
  shown?: string
  hatched?: boolean
  note?: string | undefined
  /** A second, thinner bar for comparison. */
  other?: number
  otherShown?: string
  low?: number
  high?: number
  quiet?: boolean
}

/** Upper end of an axis and its steps: 1, 2, 2.5 or 5 times a power of ten. */
export function axis(most: number, steps = 4): { end: number; step: number } {
  if (most <= 0) return { end: 1, step: 1 }
  const rough = most / steps
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  return { end: Math.ceil(most / step) * step, step }
}

/** Upright bars along time. `unit` names the axis. */
export function columns(bars: Bar[], unit: string, number: (value: number) => string) {
  return (width: number) => {
    const [top, left, bottom] = [34, 44, 24]
    const height = width === NARROW ? 220 : 250
    const inner = { width: width - left - 4, height: height - top - bottom }
    const { end, step } = axis(Math.max(...bars.flatMap((bar) => [bar.value, bar.other ?? 0])))
    const whole = step < 1 ? 1 : step
    const most = step < 1 ? Math.max(1, Math.ceil(end)) : end
    const y = (value: number) => top + inner.height * (1 - value / most)
    const slot = inner.width / bars.length
    const every = Math.ceil((bars.length * labelWidth(bars)) / inner.width)
    const ticks = Array.from({ length: Math.floor(most / whole) + 1 }, (_, at) => at * whole)
    const body = html`<text x="0" y="12" class="t quiet">${unit}</text>
${ticks.map((tick) => html`<line x1="${left}" x2="${width - 4}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}" class="${tick === 0 ? 'base' : 'grid'}"/><text x="${left - 6}" y="${fixed(y(tick) + 4)}" class="t quiet end">${number(tick)}</text>`)}
${bars.map((bar, at) => {
  const x = left + slot * at
  const gap = Math.min(slot * 0.18, 6)
  const bodyWidth = slot - gap * 2
  const middle = fixed(x + slot / 2)
  return html`<rect x="${fixed(x + gap)}" y="${fixed(y(bar.value))}" width="${fixed(bodyWidth)}" height="${fixed(y(0) - y(bar.value))}" class="${bar.hatched ? 'bar part' : 'bar'}"/>${
    bar.other === undefined
      ? null
      : html`<rect x="${fixed(x + slot / 2 - bodyWidth / 6)}" y="${fixed(y(bar.other))}" width="${fixed(bodyWidth / 3)}" height="${fixed(y(0) - y(bar.other))}" class="other"/>`
  }${bar.note ? html`<text x="${middle}" y="${fixed(y(bar.value) - 6)}" class="t strong middle">${bar.note}</text>` : null}${
    at % every === 0 ? html`<text x="${middle}" y="${height - 6}" class="t quiet middle">${bar.label}</text>` : null
  }`
})}`
    return { height, body }
  }
}

/** Lying bars with a name each: beside the bar where there is room, above it where there is none. */
export function rows(bars: Bar[], number: (value: number) => string) {
  const hasOther = bars.some((bar) => bar.other !== undefined)
  return (width: number) => {
    const narrow = width === NARROW
    const left = narrow ? 0 : Math.min(230, 12 + Math.max(...bars.map((bar) => bar.label.length)) * 7)
    const line = (hasOther ? 32 : 26) + (narrow ? 18 : 0)
    const room = 96
    const most = Math.max(...bars.flatMap((bar) => [bar.value, bar.other ?? 0, bar.high ?? 0])) || 1
    const scale = (width - left - room) / most
    const body = html`${bars.map((bar, at) => {
      const y = at * line + (narrow ? 18 : 0) + 4
      const thick = hasOther ? 14 : 17
      const length = Math.max(bar.value * scale, bar.value > 0 ? 1 : 0)
      const reach = Math.max(length, (bar.high ?? 0) * scale)
      return html`${
        narrow
          ? html`<text x="0" y="${y - 5}" class="t">${short(bar.label, 44)}</text>`
          : html`<text x="${left - 10}" y="${y + thick - 4}" class="t end${bar.quiet ? ' quiet' : ''}">${short(bar.label, 31)}</text>`
      }<rect x="${left}" y="${y}" width="${fixed(length)}" height="${thick}" class="${bar.quiet ? 'bar calm' : 'bar'}"/>${
        bar.low === undefined || bar.high === undefined
          ? null
          : html`<path d="M${fixed(left + bar.low * scale)} ${y + thick / 2}H${fixed(left + bar.high * scale)}M${fixed(left + bar.low * scale)} ${y + 4}v${thick - 8}M${fixed(left + bar.high * scale)} ${y + 4}v${thick - 8}" class="whisker"/>`
      }<text x="${fixed(left + reach + 7)}" y="${y + thick - 4}" class="t strong">${bar.shown ?? number(bar.value)}</text>${
        bar.other === undefined
          ? null
          : html`<rect x="${left}" y="${y + thick + 1}" width="${fixed(Math.max(bar.other * scale, bar.other > 0 ? 1 : 0))}" height="7" class="bar calm"/><text x="${fixed(left + bar.other * scale + 7)}" y="${y + thick + 10}" class="t small quiet">${bar.otherShown ?? number(bar.other)}</text>`
      }`
    })}`
    return { height: bars.length * line + 6, body }
  }
}

/** Weekday by hour: the darker, the more. Numbers stand in the cells where they fit. */
export function heat(cells: number[][], weekday: (day: number) => string, number: (value: number) => string) {
  const most = Math.max(1, ...cells.flat())
  return (width: number) => {
    const narrow = width === NARROW
    const left = narrow ? 26 : 40
    const size = { width: (width - left) / 24, height: narrow ? 20 : 26 }
    const body = html`${Array.from({ length: 24 }, (_, hour) =>
      hour % (narrow ? 6 : 3) === 0
        ? html`<text x="${fixed(left + hour * size.width + 1)}" y="12" class="t quiet">${String(hour).padStart(2, '0')}</text>`
        : null,
    )}${cells.map((row, day) => {
      const y = 18 + day * size.height
      return html`<text x="0" y="${fixed(y + size.height / 2 + 4)}" class="t quiet">${weekday(day)}</text>${row.map(
        (posts, hour) => {
          const level = posts === 0 ? 0 : Math.max(1, Math.ceil((posts / most) * 5))
          const x = left + hour * size.width
          return html`<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(size.width - 1)}" height="${fixed(size.height - 1)}" class="h${level}"/>${
            narrow || posts === 0 || most > 9999
              ? null
              : html`<text x="${fixed(x + size.width / 2 - 0.5)}" y="${fixed(y + size.height / 2 + 3.5)}" class="t small middle k${level}">${number(posts)}</text>`
          }`
        },
      )}`
    })}`
    return { height: 18 + 7 * size.height + 2, body }
  }
}

const labelWidth = (bars: Bar[]): number => Math.max(...bars.map((bar) => bar.label.length)) * TEXT * 0.58 + 8
const fixed = (value: number): string => value.toFixed(1).replace(/\.0$/, '')
const short = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text
