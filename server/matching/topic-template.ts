import { parse } from './parser.ts'
import { termsOfName } from './propose-topic.ts'
import { QUERY_CHARACTERS_MAX } from './query.ts'

export type TemplateName = 'brand' | 'competitor' | 'category' | 'campaign' | 'crisis'

export interface TemplateInput {
  template: TemplateName
  name: string
  variants: string[]
  hashtags: string[]
  handles: string[]
  domains: string[]
  context: string[]
  exclusions: string[]
  languages: readonly string[]
}

export interface TemplatePart {
  role: 'name' | 'variant' | 'hashtag' | 'handle' | 'domain' | 'context' | 'crisis-word' | 'exclusion'
  query: string
}

export type FilledTemplate =
  | { ok: true; query: string; parts: TemplatePart[] }
  | { ok: false; missing: 'name' | 'words' | 'too-large' }

/** A word that gives a name its meaning stands in the same sentence or the next. */
const CONTEXT_WORDS = 10
/** What goes wrong is told of a brand within a short post. */
const CRISIS_WORDS = 15

/** What posts say when something goes badly wrong; with the forms that people use. */
const CRISIS: Record<string, string[]> = {
  de: [
    'Rückruf',
    'Boykott*',
    'Skandal*',
    'Datenleck',
    'Datenpanne',
    'Ausfall',
    'Störung',
    'verletzt',
    'gefährlich',
    'Klage',
    'Betrug',
    'gehackt',
    'Hackerangriff',
    'Vergiftung',
    'Ermittlungen',
    'Entlassungen',
    'Streik',
    '"nie wieder"',
  ],
  nl: [
    'terugroepactie',
    'teruggeroepen',
    'boycot*',
    'schandaal',
    'datalek',
    'storing',
    'gewond',
    'gevaarlijk',
    'rechtszaak',
    'fraude',
    'oplichting',
    'gehackt',
    'vergiftig*',
    'onderzoek',
    'ontslagen',
    'staking',
    '"nooit meer"',
  ],
  en: [
    'recall',
    'boycott*',
    'scandal',
    '"data breach"',
    'leak',
    'outage',
    'injured',
    'unsafe',
    'dangerous',
    'lawsuit',
    'fraud',
    'scam',
    'hacked',
    'poison*',
    'investigation',
    'layoffs',
    'strike',
    '"never again"',
  ],
}

/**
 * A query as people of the field build it: names and their variants, bound to their context where they mean other things
 * as well; beside them what cannot mean anything else (tags, handles, links to the own pages); then the exclusions.
 */
export function fillTemplate(input: TemplateInput): FilledTemplate {
  const parts = partsOf(input)
  const names = parts.filter(({ role }) => role === 'name' || role === 'variant')
  if (input.template !== 'category' && !termsOfName(input.name)) return { ok: false, missing: 'name' }
  if (names.length === 0) return { ok: false, missing: 'words' }
  const query = joined(parts)
  const isRead = query.length <= QUERY_CHARACTERS_MAX && parse(query, { languages: input.languages }).ok
  return isRead ? { ok: true, query, parts } : { ok: false, missing: 'too-large' }
}

function partsOf({ template, languages, ...input }: TemplateInput): TemplatePart[] {
  const named = template === 'category' ? null : termsOfName(input.name)
  const own = template === 'brand' || template === 'competitor' || template === 'crisis'
  const crisis =
    template === 'crisis'
      ? (languages.length > 0 ? languages : ['en']).flatMap((language) => CRISIS[language] ?? [])
      : []
  const every: [TemplatePart['role'], (string | null)[]][] = [
    ['name', named ? [named.name] : []],
    // Words of a category are meant with their forms; variants of a name as they are spelt, unless that is one plain word.
    [
      'variant',
      input.variants.map((variant) => (template === 'category' ? term(variant) : (termsOfName(variant)?.name ?? null))),
    ],
    ['hashtag', [...(named?.hashtags ?? []), ...input.hashtags.map((tag) => marked('#', tag))]],
    [
      'handle',
      [
        ...(own && input.handles.length === 0 ? (named?.handles ?? []) : []),
        ...input.handles.map((handle) => marked('@', handle)),
      ],
    ],
    ['domain', input.domains.map(domain)],
    ['context', input.context.map(term)],
    ['crisis-word', crisis],
    ['exclusion', input.exclusions.map(term)],
  ]
  const seen = new Set<string>()
  return every.flatMap(([role, queries]) =>
    queries.flatMap((query) => {
      if (query === null || !parse(query, { languages }).ok || seen.has(`${query}`.toLowerCase())) return []
      seen.add(query.toLowerCase())
      return [{ role, query }]
    }),
  )
}

function joined(parts: TemplatePart[]): string {
  const of = (...roles: TemplatePart['role'][]) =>
    parts.filter(({ role }) => roles.includes(role)).map(({ query }) => query)
  const names = of('name', 'variant')
  const context = of('context')
  const bound = context.length > 0 ? `${any(names)} NEAR/${CONTEXT_WORDS} ${any(context)}` : names.join(' OR ')
  const sure = of('hashtag', 'handle', 'domain')
  const crisis = of('crisis-word')
  const heard = crisis.length > 0 ? aboutCrisis(names, sure, [...crisis, ...context]) : [bound, ...sure].join(' OR ')
  const exclusions = of('exclusion')
  if (exclusions.length === 0) return heard
  const isOne = parse(heard, { languages: [] }).ok && parts.length === exclusions.length + 1
  return `${isOne ? heard : `(${heard})`} NOT ${any(exclusions)}`
}

/** Links stand at no place of the text, so they are bound by AND. */
function aboutCrisis(names: string[], sure: string[], words: string[]): string {
  const placed = [...names, ...sure.filter((query) => !query.startsWith('url:'))]
  const links = sure.filter((query) => query.startsWith('url:'))
  const near = `${any(placed)} NEAR/${CRISIS_WORDS} ${any(words)}`
  return links.length > 0 ? `(${near}) OR (${any(links)} AND ${any(words)})` : near
}

const any = (queries: string[]): string => (queries.length === 1 ? (queries[0] as string) : `(${queries.join(' OR ')})`)

/** As typed: one word with its forms, tag, handle or wildcard; more words as a phrase. */
function term(typed: string): string {
  const text = typed.replace(/["“”„‟«»{}()]/g, ' ').trim()
  return /\s/.test(text) || /^(AND|OR|NOT|O?NEAR\/.*)$/.test(text) || text.startsWith('-') || text.includes(':')
    ? `"${text}"`
    : text
}

function marked(mark: '#' | '@', typed: string): string | null {
  const bare = typed.replace(/^[#@＃＠]+/, '').replace(/[\s"“”„‟«»{}()]/g, '')
  return bare === '' ? null : `${mark}${mark === '#' ? bare.replace(/[^\p{L}\p{M}\p{N}_*]/gu, '') : bare}`
}

function domain(typed: string): string | null {
  const host = typed
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[^\p{L}\p{N}.\-/_~%]/gu, '')
  return host === '' ? null : `url:${host.replace(/\/+$/, '')}`
}
