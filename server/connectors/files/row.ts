/** One row of a file as a heard post, or the reason why it is none. */
import { createHash } from 'node:crypto'
import { type HeardAuthor, type HeardPost, TEXT_CHARACTERS_MAX } from '../connector.ts'
import { type DateReading, readDate } from '../dates.ts'
import { cleanText, decodeEntities, webAddress } from '../markup.ts'
import type { ImportField } from './fields.ts'
import { cleanId, isScientific } from './ids.ts'
import { networkOf } from './presets.ts'
import { type Problem, problem } from './problem.ts'

const TITLE_CHARACTERS_MAX = 500
const NAME_CHARACTERS_MAX = 200
const ID_CHARACTERS_MAX = 500
const LINKS_MAX = 50
const SHOWN_CHARACTERS_MAX = 60
/** Ids of X since 2010 have this many digits; shorter ones (masked data) lead nowhere. */
const X_ID_DIGITS_MIN = 15
const DAY_MS = 24 * 60 * 60 * 1000

export interface RowReading {
  /** Columns of each field, in order of preference. */
  columns: ReadonlyMap<ImportField, number[]>
  /** Network of the rows that name none. */
  network: string | null
  timeZone: string
  /** Workbooks store dates as days; the first day differs between programs. Null: the file is no workbook. */
  workbookDays: { from1904: boolean } | null
}

export type RowOutcome = { ok: true; post: HeardPost } | { ok: false; problem: Problem; field: ImportField | null }

export function postOf(cells: string[], reading: RowReading): RowOutcome {
  const cell = (field: ImportField): string => {
    for (const column of reading.columns.get(field) ?? []) {
      const value = cells[column]?.trim() ?? ''
      if (value !== '') return value
    }
    return ''
  }
  const title = cleanText(decodeEntities(cell('title')), TITLE_CHARACTERS_MAX)
  const text = cleanText(decodeEntities(cell('text')), TEXT_CHARACTERS_MAX) || title
  if (text === '') return rejected(problem('text-missing'), 'text')
  const published = publishedAt(cell, reading)
  if (!(published instanceof Date)) return rejected(published, 'publishedAt')
  const url = webAddress(cell('url'), null)
  const network = networkOf(cell('network'), url)
  const named = reading.network ?? network ?? 'web'
  const author = authorOf(cell, named)
  const id = identify(
    cell('id'),
    reading.columns.has('id'),
    named,
    url,
    `${author?.networkId}\n${published.toISOString()}\n${text}`,
  )
  if (!id.ok) return rejected(id.problem, 'id')
  return { ok: true, post: post(cell, { id: id.value, network: named, author, title, text, published, url }) }
}

type Cell = (field: ImportField) => string

interface Known {
  id: string
  network: string
  author: HeardAuthor | null
  title: string
  text: string
  published: Date
  url: string | null
}

function post(cell: Cell, known: Known): HeardPost {
  const { id, network, author, title, text, published } = known
  const parentId = cleanId(cell('parentId'))
  const url = known.url ?? addressOnX(network, id, author)
  return {
    network,
    scope: '',
    externalId: id,
    reference: null,
    author: author ?? nobody(network, id),
    title: title === '' || title === text ? null : title,
    text,
    url,
    publishedAt: published,
    editedAt: null,
    language: languageOf(cell('language')),
    parent: parentId === '' || isScientific(parentId) ? null : { externalId: bounded(parentId), reference: null },
    root: null,
    media: [],
    links: linksIn(text),
    mentions: [],
    site: siteOf(cell('site'), url),
    addressed: false,
  }
}

function publishedAt(cell: Cell, { timeZone, workbookDays }: RowReading): Date | Problem {
  const dayFirst = cell('publishedAtDayFirst')
  const monthFirst = cell('publishedAtMonthFirst')
  const written = dayFirst || monthFirst || cell('publishedAt')
  if (written === '') return problem('date-missing')
  const order: DateReading['order'] = dayFirst !== '' ? 'dmy' : monthFirst !== '' ? 'mdy' : null
  const serial = workbookDays === null ? null : fromDays(written, workbookDays.from1904)
  const date = serial ?? readDate(`${written} ${cell('publishedTime')}`, { order, timeZone })
  return date ?? problem('date-unreadable', { value: written.slice(0, SHOWN_CHARACTERS_MAX) })
}

/** Days since 1899-12-30 (or 1904-01-01), the time of day as a fraction. Only what falls into 1954–2119 is taken for one. */
function fromDays(written: string, from1904: boolean): Date | null {
  if (!/^\d{5}(\.\d+)?$/.test(written)) return null
  const days = Number(written)
  if (days < 20_000 || days > 80_000) return null
  return new Date(
    Math.round((Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : 30) + days * DAY_MS) / 1000) * 1000,
  )
}

type Identified = { ok: true; value: string } | { ok: false; problem: Problem }

/** The network's own id where the file or the address has it, so that a live connector recognises the post. */
function identify(written: string, mapped: boolean, network: string, url: string | null, content: string): Identified {
  const id = cleanId(written)
  const inAddress = network === 'x' ? /\/status(?:es)?\/(\d+)/.exec(url ?? '')?.[1] : undefined
  if (inAddress !== undefined && !/^\d+$/.test(id)) return { ok: true, value: inAddress }
  if (isScientific(id))
    return { ok: false, problem: problem('id-mangled', { value: id.slice(0, SHOWN_CHARACTERS_MAX) }) }
  if (id !== '') return { ok: true, value: bounded(id) }
  if (mapped) return { ok: false, problem: problem('id-missing') }
  return { ok: true, value: `sha256:${createHash('sha256').update(content).digest('hex')}` }
}

function bounded(id: string): string {
  const clean = cleanText(id, ID_CHARACTERS_MAX * 4)
  return clean.length <= ID_CHARACTERS_MAX ? clean : `sha256:${createHash('sha256').update(clean).digest('hex')}`
}

/** An id that the network gave is stable; a handle can be given to someone else, a name is shared by many. */
function authorOf(cell: Cell, network: string): HeardAuthor | null {
  const written = cleanId(cell('authorId'))
  // Company accounts stand among the numbers of customers by their handle.
  const idIsHandle = network === 'x' && written !== '' && !/^\d+$/.test(written)
  const handle = cleanText(cell('authorHandle') || (idIsHandle ? written : ''), NAME_CHARACTERS_MAX).replace(
    /^@|^https?:\/\/[^/]+\//g,
    '',
  )
  const name = cleanText(decodeEntities(cell('authorName')), NAME_CHARACTERS_MAX)
  const id = idIsHandle || isScientific(written) ? '' : bounded(written)
  const networkId = id || (handle === '' ? name.toLowerCase() : `@${handle.toLowerCase()}`)
  if (networkId === '') return null
  const followers = /^[\d.,' ]+$/.test(cell('followers'))
    ? Number(cell('followers').replace(/\.0+$|[.,' ]/g, ''))
    : null
  return {
    network,
    scope: '',
    networkId,
    handle: handle === '' ? null : handle,
    name: name === '' ? null : name,
    avatarUrl: null,
    bio: null,
    url: webAddress(cell('authorUrl'), null),
    followers: followers !== null && Number.isSafeInteger(followers) ? followers : null,
    stable: id !== '',
  }
}

/** Who wrote it is not in the file: nobody else's post is theirs. */
function nobody(network: string, id: string): HeardAuthor {
  const unknown = { handle: null, name: null, avatarUrl: null, bio: null, url: null, followers: null, stable: false }
  return { network, scope: '', networkId: `post:${id}`, ...unknown }
}

function addressOnX(network: string, id: string, author: HeardAuthor | null): string | null {
  if (network !== 'x' || !/^\d+$/.test(id) || id.length < X_ID_DIGITS_MIN) return null
  return `https://x.com/${encodeURIComponent(author?.handle ?? 'i')}/status/${id}`
}

function linksIn(text: string): string[] {
  const found = (text.match(/https?:\/\/[^\s<>"]+/g) ?? []).map((link) =>
    webAddress(link.replace(/[.,;:!?)\]'…]+$/, ''), null),
  )
  return [...new Set(found.filter((link) => link !== null))].slice(0, LINKS_MAX)
}

const languageNames: Record<string, string> = {
  english: 'en',
  englisch: 'en',
  engels: 'en',
  german: 'de',
  deutsch: 'de',
  duits: 'de',
  dutch: 'nl',
  nederlands: 'nl',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  polish: 'pl',
  turkish: 'tr',
  danish: 'da',
  swedish: 'sv',
}

function languageOf(written: string): string | null {
  const tag = languageNames[written.toLowerCase()] ?? written.replace('_', '-')
  // Networks say "und" where they do not know.
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) || tag.toLowerCase() === 'und') return null
  return Intl.getCanonicalLocales(tag)[0] ?? null
}

function siteOf(written: string, url: string | null): string | null {
  const address = webAddress(/^https?:/i.test(written) ? written : `https://${written}`, null) ?? url
  return address === null ? null : new URL(address).hostname.replace(/^www\./, '') || null
}

function rejected(reason: Problem, field: ImportField | null): RowOutcome {
  return { ok: false, problem: reason, field }
}
