import { baseLanguage } from '../text/index.ts'
import { comparableUrl } from './filters.ts'
import { globFits } from './glob.ts'
import { phraseStarts } from './occurrences.ts'
import type { MatchablePost } from './post.ts'
import type { PreparedPost } from './prepare.ts'
import type { Filter, Query } from './query.ts'

/** Of a query, filters read only whether it reads German. */
export type FilterReader = Pick<Query, 'german'>

import { handleKeys } from './words.ts'

/** Does a filter hold for a post? What the post does not tell (followers, language, site) meets no filter. */
export function filterHolds(filter: Filter, query: FilterReader, prepared: PreparedPost): boolean {
  const { post } = prepared
  switch (filter.field) {
    case 'author':
      return (
        isHandle(filter.handle, post) ||
        (filter.name !== null && holdsPhrase(filter.name, prepared.authorName(), query))
      )
    case 'source':
      return holdsPhrase(filter.name, prepared.sourceName(), query)
    case 'network':
      return globFits(filter.pattern, post.network.toLowerCase())
    case 'lang':
      return filter.language === (post.language === null ? null : baseLanguage(post.language))
    case 'site':
      return isSite(filter.host, post.site)
    case 'url':
      return urlsOf(prepared).some((url) => comparableUrl(url).includes(filter.contains))
    case 'followers':
      return (
        post.author.followers !== null && post.author.followers >= filter.min && post.author.followers <= filter.max
      )
    case 'date':
      return isBetween(post.publishedAt.getTime(), filter.since, filter.until)
    case 'is':
      return post.isReply
    case 'has':
      return has(filter.what, prepared)
  }
}

function holdsPhrase(
  phrase: Parameters<typeof phraseStarts>[0],
  words: Parameters<typeof phraseStarts>[1],
  query: FilterReader,
): boolean {
  return phraseStarts(phrase, words, query.german).length > 0
}

function isHandle(pattern: string | null, post: MatchablePost): boolean {
  if (pattern === null || post.author.handle === null) return false
  return handleKeys(post.author.handle).some((key) => globFits(pattern, key))
}

/** The host or one below it. */
function isSite(host: string, site: string | null): boolean {
  if (site === null) return false
  const found = comparableUrl(site)
  return found === host || found.endsWith(`.${host}`)
}

/** The post's own address, the links that its network states, and those that stand in its text. */
function urlsOf(prepared: PreparedPost): string[] {
  const { post } = prepared
  const inText = prepared.words.tokens.filter((token) => token.kind === 'url').map((token) => token.text)
  return [...(post.url === null ? [] : [post.url]), ...post.links, ...inText]
}

function isBetween(time: number, since: number | null, until: number | null): boolean {
  return (since === null || time >= since) && (until === null || time < until)
}

function has(what: 'link' | 'media' | 'question', prepared: PreparedPost): boolean {
  if (what === 'media') return prepared.post.hasMedia
  if (what === 'link')
    return prepared.post.links.length > 0 || prepared.words.tokens.some((token) => token.kind === 'url')
  return asksQuestion(prepared)
}

/** A question mark outside web addresses, in title or text. */
function asksQuestion(prepared: PreparedPost): boolean {
  const parts = { title: prepared.post.title ?? '', text: prepared.post.text }
  const read = { title: 0, text: 0 }
  for (const token of prepared.words.tokens) {
    if (token.kind !== 'url') continue
    if (holdsQuestionMark(parts[token.part].slice(read[token.part], token.from))) return true
    read[token.part] = token.to
  }
  return holdsQuestionMark(parts.title.slice(read.title)) || holdsQuestionMark(parts.text.slice(read.text))
}

function holdsQuestionMark(text: string): boolean {
  return /[?？؟]/.test(text)
}
