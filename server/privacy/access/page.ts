import type { ExportedTable, Row } from './collecting.ts'
import { BASIS_LABELS, type Language, labelOf, PAGE_LABELS, PURPOSE_LABELS, TABLE_LABELS } from './labels.ts'
import { columnName, escaped, type Reader, valueHtml } from './values.ts'

export interface PageHead {
  language: Language
  name: string
  workspace: string
  madeAt: Date
  timeZone: string
}

export interface Section {
  table: ExportedTable
  rows: AsyncIterable<Row>
}

/** Opens offline in any browser: no scripts, nothing loaded, readable on paper. Pictures of others are named, not fetched. */
export async function* htmlPage(head: PageHead, sections: AsyncIterable<Section>): AsyncGenerator<string> {
  const { language } = head
  const say = (key: keyof typeof PAGE_LABELS, values: Record<string, string> = {}) =>
    filled(labelOf(PAGE_LABELS[key], language), values)
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: head.timeZone }).format(head.madeAt)
  yield `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(say('title'))}</title><style>${STYLE}</style></head><body><main>
<h1>${escaped(say('title'))}</h1>
<p class="made">${escaped(say('made', { date, name: head.name }))}</p>
<p>${escaped(say('intro', { workspace: head.workspace }))}</p><p>${escaped(say('rights'))}</p>\n`
  const time = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: head.timeZone,
  })
  const reader = { language, time }
  for await (const { table, rows } of sections) {
    let begun = false
    for await (const row of rows) {
      if (!begun) yield sectionHead(table, language)
      begun = true
      yield rowHtml(table.table, row, reader)
    }
    if (begun) yield '</section>\n'
  }
  yield `<p class="made">${escaped(say('nothing'))}</p></main></body></html>\n`
}

function sectionHead(table: ExportedTable, language: Language): string {
  const title = TABLE_LABELS[table.table]
  const why = filled(labelOf(PAGE_LABELS.why, language), {
    purpose: labelOf(PURPOSE_LABELS[table.purpose] ?? NO_LABEL, language),
    basis: labelOf(BASIS_LABELS[table.basis] ?? NO_LABEL, language),
  })
  return `<section><h2>${escaped(title ? labelOf(title, language) : table.table)}</h2><p class="why">${escaped(why)}</p>\n`
}
const NO_LABEL = ['', '', ''] as const

function rowHtml(table: string, row: Row, reader: Reader): string {
  const said = Object.keys(row).flatMap((column) => {
    const shown = valueHtml(table, column, row, reader)
    return shown === '' ? [] : [`<dt>${escaped(columnName(column, reader.language))}</dt><dd>${shown}</dd>`]
  })
  return said.length > 0 ? `<dl>${said.join('')}</dl>\n` : ''
}

const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)

const STYLE = `
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.75rem;line-height:1.2}
h2{font-size:1.2rem;margin:2.5rem 0 .25rem}.made,.why{opacity:.75}.why{margin:0 0 .75rem;font-size:.875rem}
dl{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr;gap:.15rem 1rem;margin:0;padding:.75rem 0;border-top:1px solid #8886;break-inside:avoid}
dt{opacity:.75}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}ul{margin:0;padding-left:1.1rem}li>span{opacity:.75}
@media(max-width:30rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}}`
