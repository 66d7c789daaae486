import { INDEX_LANGUAGES } from '../../matching/index.ts'
import { baseLanguage, termRuns, termsOf } from '../../text/index.ts'
import { addOne, type Tally, voiceBit } from './tally.ts'

const TERMS_PER_POST_MAX = 200
const TEXT_CHARACTERS_READ_MAX = 20_000
/** Two words: longer phrases are rarely said twice the same way, and would triple what is counted. */
const PHRASE_WORDS_MAX = 2
const LINK_CHARACTERS_MAX = 300
const NOTHING_SILENT: ReadonlySet<string> = new Set()
const everyKey = () => true

/** What a post brings to the counts of its topics. */
export interface Said {
  title: string | null
  text: string
  language: string | null
  links: readonly string[]
  network: string
  scope: string
  rootExternalId: string | null
  groupId: string | null
  authorId: string
  followers: number | null
}

interface Written {
  key: string
  surface: string
}

/**
 * Words and phrases of two words, each once. Handles are none: people are not topics. A key stands for all forms of a word in languages that the
 * search index knows, so that the posts behind a term are found there.
 */
export function termsSaid({ title, text, language }: Pick<Said, 'title' | 'text' | 'language'>): Written[] {
  const whole = (title === null ? text : `${title}\n${text}`).slice(0, TEXT_CHARACTERS_READ_MAX)
  const base = language === null ? null : baseLanguage(language)
  const runs = termRuns(whole, base !== null && INDEX_LANGUAGES.includes(base) ? base : null, NOTHING_SILENT)
  return termsOf(runs, everyKey, PHRASE_WORDS_MAX).slice(0, TERMS_PER_POST_MAX)
}

/** Host and path: what is behind a question mark says who shared it. Where it names the thing itself, as for films, it stays. */
export function canonicalLink(address: string): string | null {
  if (!URL.canParse(address)) return null
  const { protocol, hostname, pathname, searchParams } = new URL(address)
  if (protocol !== 'https:' && protocol !== 'http:') return null
  const film = pathname === '/watch' ? searchParams.get('v') : null
  const link = `${hostname.replace(/^(www|m|mobile|amp)\./, '')}${pathname.replace(/\/+$/, '')}${film ? `?v=${film}` : ''}`
  return link.length <= LINK_CHARACTERS_MAX ? link : null
}

export const threadKey = (network: string, scope: string, rootExternalId: string): string =>
  `${network}\n${scope}\n${rootExternalId}`

/** Counts one post into several tallies: of its topics, and of everything. */
export function countInto(tallies: readonly Tally[], said: Said): void {
  const bit = voiceBit(said.authorId)
  const terms = termsSaid(said)
  const links = new Set(said.links.flatMap((link) => canonicalLink(link) ?? []))
  const { network, scope, rootExternalId, groupId, authorId, followers } = said
  for (const tally of tallies) {
    const { sections } = tally
    tally.posts++
    for (const { key, surface } of terms) addOne(sections.terms, key, bit, surface)
    for (const link of links) addOne(sections.links, link, bit)
    if (rootExternalId !== null) addOne(sections.threads, threadKey(network, scope, rootExternalId), bit)
    if (groupId !== null) addOne(sections.waves, groupId, bit)
    const voice = sections.voices.of.get(authorId)
    sections.voices.of.set(authorId, { posts: (voice?.posts ?? 0) + 1, mark: followers ?? voice?.mark ?? 0, shown: '' })
  }
}
