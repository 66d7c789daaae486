/** Which feeds a page offers: what it links, and the places where feeds commonly lie when it links none. */
import { Tokenizer } from 'parse5'
import { webAddress } from '../markup.ts'

const PAGE_CHARACTERS_MAX = 1_000_000
const CANDIDATES_MAX = 5

const feedTypes = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
  'application/xml',
  'text/xml',
])
const commonPaths = ['feed', 'rss', 'feed.xml', 'atom.xml', 'rss.xml', 'index.xml', 'feed.json']

/** Best first, at most five: a site's own feed before the feeds of its comments. */
export function linkedFeeds(page: string, url: string): string[] {
  const found: { url: string; comments: boolean }[] = []
  let base = url
  const ignore = () => {}
  const tokenizer = new Tokenizer(
    {},
    {
      onComment: ignore,
      onDoctype: ignore,
      onEndTag: ignore,
      onEof: ignore,
      onCharacter: ignore,
      onNullCharacter: ignore,
      onWhitespaceCharacter: ignore,
      onStartTag: ({ tagName, attrs }) => {
        const attribute = (name: string) => attrs.find((candidate) => candidate.name === name)?.value ?? ''
        if (tagName === 'base') base = webAddress(attribute('href'), url) ?? base
        if (tagName !== 'link' || !isFeedLink(attribute('rel'), attribute('type'))) return
        const target = webAddress(attribute('href'), base)
        const comments = /comment|kommentar|reactie/i.test(`${attribute('title')} ${target}`)
        if (target !== null) found.push({ url: target, comments })
      },
    },
  )
  tokenizer.write(page.slice(0, PAGE_CHARACTERS_MAX), true)
  const ranked = [...found.filter((feed) => !feed.comments), ...found.filter((feed) => feed.comments)]
  return [...new Set(ranked.map((feed) => feed.url))].slice(0, CANDIDATES_MAX)
}

function isFeedLink(rel: string, type: string): boolean {
  const relations = rel.toLowerCase().split(/\s+/)
  const mediaType = type.toLowerCase().replace(/;.*/, '').trim()
  return relations.includes('feed') || (relations.includes('alternate') && feedTypes.has(mediaType))
}

/** Below the page's own folder first, then at the root of the site. */
export function commonFeedAddresses(url: string): string[] {
  const page = new URL(url)
  const folder = page.pathname.endsWith('/') ? page.pathname : `${page.pathname}/`
  const folders = folder === '/' ? ['/'] : [folder, '/']
  return folders.flatMap((place) => commonPaths.map((path) => new URL(place + path, page.origin).href))
}
