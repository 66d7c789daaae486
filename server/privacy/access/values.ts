import { COLUMN_LABELS } from './column-labels.ts'
import { type Language, labelOf, PAGE_LABELS } from './labels.ts'
import { CODE_COLUMNS, VALUE_WORDS } from './value-words.ts'

type Row = Record<string, unknown>

/** In whose words and whose time a page is written. */
export interface Reader {
  language: Language
  time: Intl.DateTimeFormat
}

/** Ids of networks and of ours, and how far a machine came: for programs, in data.json. */
const FOR_PROGRAMS = new Set(
  `post.external_id post.parent_external_id post.mentions post.site delivery.external_id quarantine.raw
  access_archive.steps access_archive.steps_expected proof.expires_at`.split(/\s+/),
)
const MONEY = new Set(['amount', 'refunded'])
const SHARES = new Set(['probability', 'sentiment_probability', 'thought_probability', 'strength'])
const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|^(?:at:\/\/|did:)/
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/

/** A field as its person reads it: words, money, dates, lists. Empty: nothing that says something to them. */
export function valueHtml(table: string, column: string, row: Row, reader: Reader): string {
  const value = row[column]
  if (FOR_PROGRAMS.has(`${table}.${column}`)) return ''
  // What an account is called stands beside it; a mail address or number is in both.
  if (
    table === 'author' &&
    (column === 'network_id' ? row.kind === 'account' : column === 'network' && row.kind !== 'account')
  )
    return ''
  if (typeof value === 'number' || (typeof value === 'string' && MONEY.has(column))) {
    const figure = figureOf(column, Number(value), row, reader.language)
    if (figure !== null) return escaped(figure)
  }
  if (column === 'language' && typeof value === 'string' && /^[a-z]{2,3}$/.test(value))
    return escaped(new Intl.DisplayNames(reader.language, { type: 'language' }).of(value) ?? value)
  const isCode = CODE_COLUMNS.has(column) || CODE_COLUMNS.has(`${table}.${column}`)
  return shown(value, isCode ? column : '', reader)
}

function figureOf(column: string, value: number, row: Row, language: Language): string | null {
  const currency = row.currency ?? (row.inputs as Row | undefined)?.currency
  const spent = column === 'spent'
  if (spent || MONEY.has(column)) {
    if (typeof currency !== 'string') return spent ? new Intl.NumberFormat(language).format(value) : null
    const money = moneyFormat(language, currency)
    const decimals = money.resolvedOptions().maximumFractionDigits ?? 2
    // Scores keep whole units, orders the smallest ones.
    return money.format(spent ? value : value / 10 ** decimals)
  }
  if (SHARES.has(column)) return new Intl.NumberFormat(language, { style: 'percent' }).format(value)
  if (column === 'bytes')
    return new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(
      Math.ceil(value / 1000),
    )
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)
}

function moneyFormat(language: Language, currency: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency })
  } catch {
    return new Intl.NumberFormat(language, { style: 'currency', currency: 'XXX' })
  }
}

function shown(value: unknown, codeOf: string, reader: Reader): string {
  const { language, time } = reader
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return labelOf(value ? PAGE_LABELS.yes : PAGE_LABELS.no, language)
  if (typeof value === 'number') return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)
  if (typeof value === 'string') {
    if (ID.test(value)) return ''
    const moment = TIME.test(value) ? new Date(value) : null
    if (moment && !Number.isNaN(moment.getTime())) return escaped(time.format(moment))
    return escaped(codeOf === '' ? value : inWords(codeOf, value, language))
  }
  if (Array.isArray(value)) return listed(value.map((one) => shown(one, codeOf, reader)))
  return listed(Object.keys(value).map((key) => namedHtml(key, value as Row, reader)))
}

/** One of several that stand within a field, such as what a score is made of. */
function namedHtml(key: string, values: Row, reader: Reader): string {
  const column = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const figure = column === 'spent' ? figureOf(column, Number(values[key]), values, reader.language) : null
  const said = figure === null ? shown(values[key], CODE_COLUMNS.has(column) ? column : '', reader) : escaped(figure)
  return said === '' ? '' : `<span>${escaped(columnName(column, reader.language))}</span> ${said}`
}

const listed = (items: string[]): string => {
  const said = items.filter((item) => item !== '')
  return said.length > 0 ? `<ul>${said.map((item) => `<li>${item}</li>`).join('')}</ul>` : ''
}

export const columnName = (column: string, language: Language): string => {
  const words = COLUMN_LABELS[column]
  return words ? labelOf(words, language) : column.replaceAll('_', ' ')
}

/** A code that nobody has put into words is shown as it is. */
function inWords(column: string, code: string, language: Language): string {
  const isNetwork = column === 'network' || column === 'networks'
  const words = isNetwork && code === 'network' ? undefined : (VALUE_WORDS[`${column}:${code}`] ?? VALUE_WORDS[code])
  if (words) return labelOf(words, language)
  return isNetwork ? code.charAt(0).toUpperCase() + code.slice(1) : code
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
