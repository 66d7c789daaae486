/** One shape for the entries of RSS, Atom, RDF and JSON Feed, still as written: markup, relative addresses and all. */
import type { AnyFeed, AtomFeed, AtomNs, DcNs, JsonFeed, MediaNs, RdfFeed, RssFeed } from 'feedsmith'

/** `unknown`: declared as text or not at all, which does not keep feeds from sending markup. */
export interface Written {
  value: string
  kind: 'markup' | 'text' | 'unknown'
  base: string | null
}

export interface Byline {
  name: string | null
  address: string | null
  email: string | null
  avatar: string | null
}

export interface WrittenMedia {
  url: string
  previewUrl: string | null
  mediaType: string | null
  alt: string
}

export interface Entry {
  id: string | null
  link: string | null
  title: Written | null
  /** The fullest first. */
  bodies: Written[]
  /** The first that can be read counts. */
  published: string[]
  updated: string[]
  language: string | null
  bylines: Byline[]
  inReplyTo: string | null
  media: WrittenMedia[]
  base: string | null
}

export interface WrittenFeed {
  title: Written | null
  link: string | null
  description: Written | null
  icon: string | null
  language: string | null
  base: string | null
  entries: Entry[]
}

export function writtenFeed(parsed: AnyFeed<string>): WrittenFeed {
  if (parsed.format === 'atom') return fromAtom(parsed.feed)
  if (parsed.format === 'json') return fromJson(parsed.feed)
  return fromRss(parsed.feed)
}

type Maybe<T> = T | null | undefined

function present<T>(values: Maybe<T>[]): T[] {
  return values.filter((value): value is T => value !== null && value !== undefined && value !== '')
}

function unknown(value: Maybe<string>, base: Maybe<string> = null): Written | null {
  return value === null || value === undefined ? null : { value, kind: 'unknown', base: base ?? null }
}

/** RSS and RDF differ in where things stand, not in what their items hold. */
function fromRss(feed: RssFeed.Feed<string> | RdfFeed.Feed<string>): WrittenFeed {
  const image = feed.image?.url
  const language = 'language' in feed ? feed.language : undefined
  return {
    title: unknown(feed.title ?? feed.dc?.titles?.[0] ?? feed.atom?.title?.value),
    link: feed.link ?? alternate(feed.atom?.links) ?? null,
    description: unknown(feed.description ?? feed.dc?.descriptions?.[0]),
    icon: image ?? ('itunes' in feed ? feed.itunes?.image : null) ?? null,
    language: language ?? feed.dc?.languages?.[0] ?? feed.xml?.lang ?? null,
    base: feed.xml?.base ?? null,
    entries: (feed.items ?? []).map(fromRssItem),
  }
}

type RssItem = RssFeed.Item<string> & Pick<RdfFeed.Item<string>, 'rdf'>

function fromRssItem(item: RssItem): Entry {
  const { guid, atom, dc, media, itunes } = item
  const permaLink = guid?.isPermaLink !== false && /^https?:/i.test(guid?.value ?? '') ? guid?.value : null
  return {
    id: guid?.value ?? atom?.id ?? item.rdf?.about ?? dc?.identifiers?.[0] ?? null,
    link: item.link ?? alternate(atom?.links) ?? permaLink ?? item.rdf?.about ?? null,
    title: unknown(item.title ?? dc?.titles?.[0] ?? atom?.title?.value ?? media?.title?.value ?? itunes?.title),
    bodies: present([
      unknown(item.content?.encoded),
      unknown(item.description),
      atomText(atom?.content),
      atomText(atom?.summary),
      unknown(dc?.descriptions?.[0]),
      unknown(itunes?.summary),
      unknown(media?.description?.value),
    ]),
    published: present([
      item.pubDate,
      ...(dc?.dates ?? []),
      atom?.published,
      item.dcterms?.created?.[0],
      atom?.updated,
    ]),
    updated: present([atom?.updated, item.dcterms?.modified?.[0]]),
    language: dc?.languages?.[0] ?? item.xml?.lang ?? null,
    bylines: rssBylines(item.authors, dc, itunes?.author, atom),
    inReplyTo: item.thr?.inReplyTos?.[0]?.ref ?? null,
    media: present([...rssEnclosures(item), ...mediaOf(media)]),
    base: item.xml?.base ?? null,
  }
}

function rssBylines(
  authors: Maybe<RssFeed.Person[]>,
  dc: Maybe<DcNs.ItemOrFeed<string>>,
  podcaster: Maybe<string>,
  atom: Maybe<AtomNs.Entry<string>>,
): Byline[] {
  // dc:creator is the name that is shown; RSS's own author is meant to be an e-mail address.
  const creators = (dc?.creators ?? []).map((name) => byline(name))
  const own = (authors ?? []).map((author) => byline(author.name, author.link, author.email))
  const atoms = (atom?.authors ?? []).map((author) => byline(author.name, author.uri, author.email))
  const podcasters = podcaster === undefined || podcaster === null ? [] : [byline(podcaster)]
  return [creators, own, atoms, podcasters].find((bylines) => bylines.length > 0) ?? []
}

function byline(name: Maybe<string>, address?: Maybe<string>, email?: Maybe<string>, avatar?: Maybe<string>): Byline {
  return { name: name ?? null, address: address ?? null, email: email ?? null, avatar: avatar ?? null }
}

function rssEnclosures(item: RssItem): WrittenMedia[] {
  const own = (item.enclosures ?? []).map(({ url, type }) => attachment(url, type))
  const atoms = (item.atom?.links ?? [])
    .filter((link) => link.rel === 'enclosure')
    .map((link) => attachment(link.href, link.type))
  const image = item.itunes?.image === undefined ? null : attachment(item.itunes.image, 'image/*')
  return present([...own, ...atoms, image])
}

function attachment(url: Maybe<string>, mediaType: Maybe<string>, alt: Maybe<string> = null): WrittenMedia | null {
  return url === undefined || url === null
    ? null
    : { url, previewUrl: null, mediaType: mediaType ?? null, alt: alt ?? '' }
}

function mediaOf(media: Maybe<MediaNs.ItemOrFeed>): WrittenMedia[] {
  if (media === null || media === undefined) return []
  const contents = [...(media.contents ?? []), ...(media.groups ?? []).flatMap((group) => group.contents ?? [])]
  const found = contents.map((content) => {
    const kind = content.type ?? (content.medium === undefined ? null : `${content.medium}/*`)
    const one = attachment(content.url, kind, content.description?.value ?? content.title?.value)
    return one && { ...one, previewUrl: content.thumbnails?.[0]?.url ?? media.thumbnails?.[0]?.url ?? null }
  })
  if (found.length > 0) return present(found)
  return present((media.thumbnails ?? []).slice(0, 1).map((thumbnail) => attachment(thumbnail.url, 'image/*')))
}

function fromAtom(feed: AtomFeed.Feed<string>): WrittenFeed {
  const shared = (feed.authors ?? []).map((author) => byline(author.name, author.uri, author.email))
  return {
    title: atomText(feed.title),
    link: alternate(feed.links) ?? null,
    description: atomText(feed.subtitle),
    icon: feed.icon ?? feed.logo ?? null,
    language: feed.xml?.lang ?? feed.dc?.languages?.[0] ?? null,
    base: feed.xml?.base ?? null,
    entries: (feed.entries ?? []).map((entry) => fromAtomEntry(entry, shared)),
  }
}

function fromAtomEntry(entry: AtomFeed.Entry<string>, shared: Byline[]): Entry {
  const own = (entry.authors ?? []).map((author) => byline(author.name, author.uri, author.email))
  const creators = (entry.dc?.creators ?? []).map((name) => byline(name))
  const enclosures = (entry.links ?? []).filter((link) => link.rel === 'enclosure')
  return {
    id: entry.id ?? null,
    link: alternate(entry.links) ?? null,
    title: atomText(entry.title),
    bodies: present([
      atomText(entry.content),
      atomText(entry.summary),
      unknown(entry.media?.groups?.[0]?.description?.value),
    ]),
    published: present([entry.published, entry.dc?.dates?.[0], entry.updated]),
    updated: present([entry.updated]),
    language: entry.content?.xml?.lang ?? entry.xml?.lang ?? entry.dc?.languages?.[0] ?? null,
    bylines: [own, creators, shared].find((bylines) => bylines.length > 0) ?? [],
    inReplyTo: entry.thr?.inReplyTos?.[0]?.ref ?? null,
    media: present([
      ...enclosures.map((link) => attachment(link.href, link.type, link.title)),
      ...mediaOf(entry.media),
    ]),
    base: entry.xml?.base ?? null,
  }
}

/** Markup by its declared type; null for what is no text at all (an image in base64). */
function atomText(text: Maybe<AtomFeed.Text | AtomFeed.Content>): Written | null {
  if (text?.value === undefined) return null
  const type = text.type?.toLowerCase() ?? 'text'
  const base = text.xml?.base ?? null
  if (type === 'html' || type === 'xhtml' || /html|[/+]xml/.test(type))
    return { value: text.value, kind: 'markup', base }
  if (type === 'text' || type.startsWith('text/')) return { value: text.value, kind: 'unknown', base }
  return type.includes('/') ? null : { value: text.value, kind: 'unknown', base }
}

/** Web pages before other forms; no rel means alternate. */
function alternate(links: Maybe<{ href?: string; rel?: string; type?: string }[]>): string | undefined {
  const candidates = (links ?? []).filter(
    (link) => (link.rel ?? 'alternate') === 'alternate' && link.href !== undefined,
  )
  return (candidates.find((link) => link.type === undefined || link.type.includes('html')) ?? candidates[0])?.href
}

function fromJson(feed: JsonFeed.Feed<string>): WrittenFeed {
  const shared = (feed.authors ?? []).map((author) => byline(author.name, author.url, null, author.avatar))
  return {
    title: unknown(feed.title),
    link: feed.home_page_url ?? null,
    description: unknown(feed.description),
    icon: feed.icon ?? null,
    language: feed.language ?? null,
    base: null,
    entries: (feed.items ?? []).map((item) => fromJsonItem(item, shared)),
  }
}

function fromJsonItem(item: JsonFeed.Item<string>, shared: Byline[]): Entry {
  const own = (item.authors ?? []).map((author) => byline(author.name, author.url, null, author.avatar))
  const markup: Written | null = item.content_html ? { value: item.content_html, kind: 'markup', base: null } : null
  const text: Written | null = item.content_text ? { value: item.content_text, kind: 'text', base: null } : null
  const files = (item.attachments ?? []).map((file) => attachment(file.url, file.mime_type, file.title))
  return {
    id: item.id ?? null,
    link: item.url ?? item.external_url ?? null,
    title: unknown(item.title),
    bodies: present([markup, text, unknown(item.summary)]),
    published: present([item.date_published, item.date_modified]),
    updated: present([item.date_modified]),
    language: item.language ?? null,
    bylines: own.length > 0 ? own : shared,
    inReplyTo: null,
    media: present([...files, attachment(item.image, 'image/*')]),
    base: null,
  }
}
