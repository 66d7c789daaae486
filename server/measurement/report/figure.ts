import { CSV_MARK, csvLine } from '../../platform/csv.ts'
import type { Sample } from '../samples.ts'
import type { Formats } from './formats.ts'
import { html, Markup } from './markup.ts'
import { networkName } from './network-names.ts'
import type { ReportTexts } from './texts-en.ts'

/** What every part of the report is written with. */
export interface Writing {
  t: ReportTexts
  f: Formats
  samples: ReadonlyMap<number, Sample>
  /** Counts figures, so that each has a number and an address. */
  next(): number
}

export interface Table {
  head: string[]
  /** Numbers are kept as they are for the CSV; `shown` says how they read. */
  rows: { cells: (string | number | null)[]; shown?: (string | null)[] }[]
}

interface Figure {
  id: string
  title: string
  body: Markup | null
  /** How it was counted: period, rows, what was left out. */
  how: string | string[]
  table?: Table
  /** The table is the figure itself. */
  tableOpen?: boolean
  samples?: number[]
  samplesOpen?: boolean
}

/** One figure: title, drawing, how it was counted, the numbers as a table and CSV, sample posts. */
export function figure(
  writing: Writing,
  { id, title, body, how, table, tableOpen, samples, samplesOpen }: Figure,
): Markup {
  const { t } = writing
  const number = writing.next()
  return html`<figure id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${t.seeFigure} ${number}: ${title}</h3>
${body}${table && tableOpen ? tableOf(table, title) : null}
${[how].flat().map((sentence) => html`<p class="how">${sentence}</p>`)}
${table && !tableOpen ? html`<details><summary>${t.table}</summary>${tableOf(table, title)}${csvLink(writing, id, table)}</details>` : null}${
  table && tableOpen ? csvLink(writing, id, table) : null
}
${samplesOf(writing, samples ?? [], samplesOpen ?? false)}
</figure>`
}

function tableOf({ head, rows }: Table, title: string): Markup {
  const isNumber = head.map((_, at) => at > 0 && rows.every(({ cells }) => typeof cells[at] !== 'string'))
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${head.map(
    (name, at) => html`<th scope="col"${isNumber[at] ? new Markup(' class="n"') : null}>${name}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ({ cells, shown }) =>
      html`<tr>${cells.map((cell, at) =>
        isNumber[at]
          ? html`<td class="n">${shown?.[at] ?? cell ?? '–'}</td>`
          : html`<td><bdi>${shown?.[at] ?? cell ?? '–'}</bdi></td>`,
      )}</tr>`,
  )}</tbody></table></div>`
}

function csvLink({ t }: Writing, id: string, { head, rows }: Table): Markup {
  const text = CSV_MARK + csvLine(head) + rows.map(({ cells }) => csvLine(cells)).join('')
  return html`<p class="csv"><a download="${id}.csv" href="data:text/csv;charset=utf-8,${encodeURIComponent(text.toWellFormed())}">${t.csv}</a></p>`
}

interface SamplesOptions {
  /** How they were chosen; absent: at random. */
  chosen?: string
  /** What is said of each, by its place among `posts`. */
  ofEach?: (at: number) => string | null
}

export function samplesOf(
  writing: Writing,
  posts: number[],
  open: boolean,
  { chosen, ofEach }: SamplesOptions = {},
): Markup | null {
  const { t, samples } = writing
  const found = posts.flatMap((post, at) => {
    const sample = samples.get(post)
    return sample ? [quote(writing, sample, ofEach?.(at))] : []
  })
  if (found.length === 0) return null
  return html`<details${open ? new Markup(' open') : null}><summary>${t.samples(found.length)}</summary><p class="how">${chosen ?? t.drawn}</p>${found}</details>`
}

export function quote({ t, f }: Writing, { text, author, at, url, network }: Sample, more?: string | null): Markup {
  const address = url !== null && /^https?:\/\//i.test(url) ? url : null
  return html`<blockquote><p dir="auto">${text === '' ? t.gone : text}</p><footer><bdi>${author === null ? null : `${author}, `}</bdi>${f.moment(at)}, ${networkName(network)}${more ? ` · ${more}` : null}${
    address === null
      ? null
      : html` · <a href="${address}" rel="noopener noreferrer nofollow" target="_blank">${t.original}</a>`
  }</footer></blockquote>`
}

export function legend(entries: [style: string, name: string][]): Markup {
  return html`<p class="legend">${entries.map(([style, name]) => html`<span><svg viewBox="0 0 14 12" aria-hidden="true"><rect width="14" height="12" class="${style}"/></svg>${name}</span>`)}</p>`
}
