import type { PreparedPost, Span } from '../matching/index.ts'
import { baseLanguage, stem } from '../text/index.ts'

/** What a model reads of a post; what lies behind is not read, so that no post costs more than another. */
const TOKENS_READ_MAX = 300
const LINKS_READ_MAX = 10
const FEATURE_CHARACTERS_MAX = 60
const FEATURES_MAX = 2 * TOKENS_READ_MAX + LINKS_READ_MAX + 3

/**
 * What a post gives a model to learn from, each once. `ids` are 32-bit hashes of `names`; a name says its kind and what a
 * person reads: "word:gleis", "pair:gleis gesperrt", "author:@lena", "source:Forum", "site:example.org", "link:shop.example".
 */
export interface Features {
  readonly ids: readonly number[]
  readonly names: readonly string[]
}

/** Stands for whatever the query found: what is in every post tells nothing, but what stands next to it does. */
const FOUND = '…'

/**
 * Words, pairs of neighbours, author, source and links. What the query itself found (`spans`) is masked: a model that
 * learned the query's words would only repeat the query.
 */
export function featuresOf(prepared: PreparedPost, spans: readonly Span[]): Features {
  const names = new Set<string>()
  for (const { name } of wordFeatures(prepared, spans)) names.add(name)
  addOrigin(names, prepared)
  return fromNames([...names])
}

/** How each word and pair is written in this post: what a person reads is "gesperrtes Gleis", not the stems. */
export function wordingOf(prepared: PreparedPost, spans: readonly Span[]): Map<string, string> {
  const wording = new Map<string, string>()
  for (const { name, written } of wordFeatures(prepared, spans)) if (!wording.has(name)) wording.set(name, written)
  return wording
}

interface WordFeature {
  name: string
  written: string
}

function* wordFeatures(prepared: PreparedPost, spans: readonly Span[]): Generator<WordFeature> {
  const { post } = prepared
  const language = post.language === null ? null : baseLanguage(post.language)
  let before: WordFeature | null = null
  let partBefore: string | null = null
  for (const token of prepared.words.tokens.slice(0, TOKENS_READ_MAX)) {
    if (token.kind === 'url') continue
    const masked = spans.some((span) => span.part === token.part && span.from < token.to && token.from < span.to)
    const word: WordFeature = masked
      ? { name: FOUND, written: FOUND }
      : { name: wordOf(token.keys[0] ?? token.text, language), written: token.text }
    if (!masked) yield { name: named('word', word.name), written: word.written }
    if (before !== null && partBefore === token.part)
      yield { name: named('pair', `${before.name} ${word.name}`), written: `${before.written} ${word.written}` }
    before = word
    partBefore = token.part
  }
}

function addOrigin(names: Set<string>, { post }: PreparedPost): void {
  const author = post.author.handle ?? post.author.name
  if (author) names.add(named('author', author.toLowerCase()))
  if (post.sourceName) names.add(named('source', post.sourceName))
  if (post.site) names.add(named('site', post.site.toLowerCase()))
  for (const link of post.links.slice(0, LINKS_READ_MAX)) {
    const host = URL.parse(link)?.hostname.replace(/^www\./, '')
    if (host) names.add(named('link', host))
  }
}

/** Ids follow from names alone. */
function fromNames(names: readonly string[]): Features {
  const bounded = names.slice(0, FEATURES_MAX)
  return { names: bounded, ids: bounded.map(idOf) }
}

const named = (kind: string, word: string): string => `${kind}:${word.slice(0, FEATURE_CHARACTERS_MAX)}`

const wordOf = (key: string, language: string | null): string =>
  language === null || key.startsWith('#') || key.startsWith('@') ? key : stem(language, key)

/** FNV-1a over UTF-16 units, with a last mixing (MurmurHash3's), as an unsigned 32-bit number. */
export function idOf(name: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < name.length; at++) value = Math.imul(value ^ name.charCodeAt(at), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
