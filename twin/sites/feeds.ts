import { createHash } from 'node:crypto'
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import type { Site } from '../../seeds/index.ts'
import type { Article } from '../changes.ts'

/** Real sites carry the newest few and drop the rest without a word. */
const ENTRIES_MAX = 25

export type FeedFormat = Site['feed']

const MEDIA_TYPES: Record<FeedFormat, string> = {
  'rss.xml': 'application/rss+xml; charset=utf-8',
  'atom.xml': 'application/atom+xml; charset=utf-8',
  'feed.json': 'application/feed+json',
}

export const mediaTypeOf = (format: FeedFormat): string => MEDIA_TYPES[format]

/** One feed of a site, with the validators of HTTP: answers 304 to a caller who has it already. */
export function feedResponse(
  site: Site,
  format: FeedFormat,
  articles: Article[],
  base: string,
  request: Request,
): Response {
  const entries = [...articles]
    .sort((one, other) => (one.publishedAt < other.publishedAt ? 1 : -1))
    .slice(0, ENTRIES_MAX)
  const updatedAt = new Date(Math.max(0, ...articles.map((article) => Date.parse(article.updatedAt))))
  const body = written(site, format, entries, base, updatedAt)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const headers = {
    etag,
    'last-modified': updatedAt.toUTCString(),
    'content-type': MEDIA_TYPES[format],
    'cache-control': 'max-age=30',
  }
  return isKnown(request, etag, updatedAt)
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers })
}

/** RFC 9110: If-None-Match decides, If-Modified-Since only counts without it. */
function isKnown(request: Request, etag: string, updatedAt: Date): boolean {
  const known = request.headers.get('if-none-match')
  if (known !== null) return known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
  const since = Date.parse(request.headers.get('if-modified-since') ?? '')
  return Number.isFinite(since) && Math.floor(updatedAt.getTime() / 1_000) * 1_000 <= since
}

function written(site: Site, format: FeedFormat, entries: Article[], base: string, updated: Date): string {
  const home = `${base}/sites/${site.key}/`
  const link = (article: Article): string =>
    `${home}${article.parentId ?? article.id}${article.parentId ? `#${article.id}` : ''}`
  const guid = (article: Article): string => `${site.key}:${article.id}`
  const title = (article: Article): string =>
    article.title ?? `Re: ${entries.find((one) => one.id === article.parentId)?.title ?? article.parentId}`
  if (format === 'rss.xml')
    return generateRssFeed({
      title: site.name,
      link: home,
      description: site.description,
      language: site.language,
      lastBuildDate: updated,
      items: entries.map((article) => ({
        title: title(article),
        link: link(article),
        guid: { value: guid(article), isPermaLink: false },
        pubDate: new Date(article.publishedAt),
        description: article.html,
        dc: { creators: [article.author] },
      })),
    })
  if (format === 'atom.xml')
    return generateAtomFeed({
      id: home,
      title: { value: site.name, type: 'text' },
      updated,
      links: [{ href: home, rel: 'alternate' }],
      entries: entries.map((article) => ({
        id: guid(article),
        title: { value: title(article), type: 'text' },
        links: [{ href: link(article), rel: 'alternate' }],
        authors: [{ name: article.author }],
        published: new Date(article.publishedAt),
        updated: new Date(article.updatedAt),
        content: { value: article.html, type: 'html' },
      })),
    })
  const feed = generateJsonFeed({
    title: site.name,
    home_page_url: home,
    language: site.language,
    items: entries.map((article) => ({
      id: guid(article),
      url: link(article),
      title: title(article),
      content_html:
        article.stars === null
          ? article.html
          : `<p>${'★'.repeat(article.stars)}${'☆'.repeat(5 - article.stars)}</p>${article.html}`,
      date_published: new Date(article.publishedAt),
      date_modified: new Date(article.updatedAt),
      language: article.language,
      authors: [{ name: article.author }],
    })),
  })
  return JSON.stringify(feed, null, 1)
}
