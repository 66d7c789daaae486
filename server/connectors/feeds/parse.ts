/** From the bytes of a feed to heard posts. Pure and synchronous: it runs in the parsing thread (see parsing-thread.ts). */
import { createHash } from 'node:crypto'
import type { HeardAuthor, HeardItem, HeardPost, PostReference } from '../connector.ts'
import { readDate } from '../dates.ts'
import { cleanText, webAddress } from '../markup.ts'
import { fullestBody, plain, plainText } from './body.ts'
import { decodeFeed } from './charset.ts'
import { readDocument } from './document.ts'
import { type Byline, type Entry, type WrittenFeed, writtenFeed } from './entry.ts'

export const FEED_NETWORK = 'feed'
export const ENTRIES_MAX = 1000
const TITLE_CHARACTERS_MAX = 500
const NAME_CHARACTERS_MAX = 200
const ID_CHARACTERS_MAX = 500
const RAW_CHARACTERS_MAX = 2000
const LINKS_MAX = 100

export interface FeedSource {
  bytes: Uint8Array
  contentType: string | null
  /** Where the bytes came from: relative addresses resolve against it. */
  url: string
  /** The address that the source was set up with: it makes scope and ids, and stays when the feed moves. */
  address: string
  heardAt: Date
}

export interface ParsedFeed {
  format: 'rss' | 'atom' | 'rdf' | 'json'
  charset: string
  title: string | null
  description: string | null
  link: string | null
  /** The feed as the author of what has no byline. */
  author: HeardAuthor
  /** Oldest first as far as the feed's order tells. */
  items: HeardItem[]
}

export type ParseOutcome = { ok: true; value: ParsedFeed } | { ok: false; reason: string }

export function parse(source: FeedSource): ParseOutcome {
  const { text, charset } = decodeFeed(source.bytes, source.contentType)
  const document = readDocument(text)
  if (!document.ok) return document
  const written = writtenFeed(document.value.feed)
  const context = contextOf(written, source)
  const items = written.entries.slice(0, ENTRIES_MAX).map((entry) => heardItem(entry, context))
  const broken = document.value.broken.map(({ raw, reason }): HeardItem => ({ kind: 'malformed', raw, reason }))
  if (written.entries.length > ENTRIES_MAX) {
    broken.push({
      kind: 'malformed',
      raw: '',
      reason: `${written.entries.length} entries: the first ${ENTRIES_MAX} are read`,
    })
  }
  const { title, description, link, author } = context
  const parsed = { format: document.value.feed.format, charset, title, description, link, author }
  return { ok: true, value: { ...parsed, items: [...items, ...broken].reverse() } }
}

interface FeedContext {
  scope: string
  /** Tells entries with bare ids ("17") of two feeds on one host apart. */
  place: string
  base: string
  language: string | null
  heardAt: Date
  title: string | null
  description: string | null
  link: string | null
  author: HeardAuthor
}

function contextOf(written: WrittenFeed, source: FeedSource): FeedContext {
  const own = new URL(source.address)
  const base = webAddress(written.base ?? undefined, source.url) ?? source.url
  const title = plain(written.title, base, TITLE_CHARACTERS_MAX)
  const link = webAddress(written.link ?? undefined, base)
  const description = plain(written.description, base, TITLE_CHARACTERS_MAX)
  const author: HeardAuthor = {
    network: FEED_NETWORK,
    scope: own.host,
    networkId: bounded(`${own.host}${own.pathname}${own.search}`),
    handle: null,
    name: cleanText(title ?? own.host, NAME_CHARACTERS_MAX),
    avatarUrl: webAddress(written.icon ?? undefined, base),
    bio: description,
    url: link ?? source.address,
    followers: null,
    stable: true,
  }
  const place = `${own.pathname}${own.search}`
  const language = languageTag(written.language)
  return { scope: own.host, place, base, language, heardAt: source.heardAt, title, description, link, author }
}

function heardItem(entry: Entry, context: FeedContext): HeardItem {
  const base = webAddress(entry.base ?? undefined, context.base) ?? context.base
  const title = plain(entry.title, base, TITLE_CHARACTERS_MAX)
  const body = fullestBody(entry, base)
  const link = webAddress(entry.link ?? undefined, base)
  if (title === null && body.text === '' && body.media.length === 0 && link === null) {
    return {
      kind: 'malformed',
      raw: JSON.stringify(entry).slice(0, RAW_CHARACTERS_MAX),
      reason: 'an entry without content',
    }
  }
  // A title alone is what it says; so is a link alone, on sites that only collect links.
  const said = body.text === '' ? (title ?? link ?? '') : body.text
  const text = body.media.length > 0 && title === null ? body.text : said
  const published = firstDate(entry.published)
  const updated = firstDate(entry.updated)
  const post: HeardPost = {
    network: FEED_NETWORK,
    scope: context.scope,
    externalId: identify(entry.id, link, `${title}\n${text}\n${entry.published[0] ?? ''}`, context),
    reference: null,
    author: authorOf(entry.bylines[0], base, context),
    title: title === text ? null : title,
    text,
    url: link,
    publishedAt: published ?? context.heardAt,
    editedAt: published !== null && updated !== null && updated > published ? updated : null,
    language: languageTag(entry.language) ?? context.language,
    parent: parentOf(entry, context),
    root: null,
    media: body.media,
    links: body.links.filter((address) => address !== link).slice(0, LINKS_MAX),
    mentions: [],
    site: link === null ? hostOf(context.link) : hostOf(link),
    addressed: false,
  }
  return { kind: 'post', post }
}

/** A guid first, else the link, else what it says. A bare guid ("17") only means something within its feed. */
function identify(id: string | null, link: string | null, content: string, context: FeedContext): string {
  const given = id === null ? '' : cleanText(id, 10_000)
  if (/^[a-z][a-z0-9+.-]*:\S|^[0-9a-f-]{32,36}$/i.test(given)) return bounded(given)
  if (given !== '') return bounded(`${context.place}#${given}`)
  return link === null ? sha256(content) : bounded(link)
}

function parentOf(entry: Entry, context: FeedContext): PostReference | null {
  if (entry.inReplyTo === null) return null
  return { externalId: identify(entry.inReplyTo, null, '', context), reference: null }
}

function bounded(id: string): string {
  return id.length <= ID_CHARACTERS_MAX ? id : sha256(id)
}

function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** Bylines are no accounts: two people may share one, one person may sign in two ways. */
function authorOf(byline: Byline | undefined, base: string, context: FeedContext): HeardAuthor {
  const name = cleanText(plainText(byline?.name ?? '', base), NAME_CHARACTERS_MAX)
  const email = cleanText(byline?.email ?? '', NAME_CHARACTERS_MAX)
  const url = webAddress(byline?.address ?? undefined, base)
  const networkId = url ?? (name === '' ? email.toLowerCase() : name.toLowerCase())
  if (networkId === '') return context.author
  return {
    network: FEED_NETWORK,
    scope: context.scope,
    networkId: bounded(networkId),
    handle: null,
    name: name === '' ? email.replace(/@.*/, '') || null : name,
    avatarUrl: webAddress(byline?.avatar ?? undefined, base),
    bio: null,
    url,
    followers: null,
    stable: false,
  }
}

function firstDate(candidates: string[]): Date | null {
  for (const candidate of candidates) {
    const date = readDate(candidate)
    if (date !== null) return date
  }
  return null
}

function languageTag(written: string | null): string | null {
  if (written === null || written.length > 35) return null
  try {
    return Intl.getCanonicalLocales(written.trim().replaceAll('_', '-'))[0] ?? null
  } catch {
    return null
  }
}

function hostOf(url: string | null): string | null {
  return url === null ? null : new URL(url).hostname.replace(/^www\./, '')
}
