import { baseLanguage } from '../text/index.ts'
import { readDates, readFollowers } from './filter-ranges.ts'
import type { FilterReading, Refuse } from './filter-reading.ts'
import { fault, replacement } from './lexer.ts'
import type { Field, QueryError, Range } from './query.ts'
import { handleKey, hasWildcard, readWords, type TopicLanguages } from './terms.ts'

const VALUE_CHARACTERS_MAX = 200

const LANGUAGE_NAMES: Record<string, string> = {
  german: 'de',
  deutsch: 'de',
  duits: 'de',
  english: 'en',
  englisch: 'en',
  engels: 'en',
  dutch: 'nl',
  nederlands: 'nl',
  niederländisch: 'nl',
  french: 'fr',
  französisch: 'fr',
  frans: 'fr',
}

/** Reads the value behind the colon. Every refusal says what was expected and, where it can, what was meant. */
export function readFilter(field: Field, typed: string, topic: TopicLanguages, range: Range): FilterReading {
  const value = typed.trim()
  const refuse = (expected: string, meant: string | null = null): FilterReading => ({
    error: fault(
      'field-value',
      range,
      { field, value: value.slice(0, VALUE_CHARACTERS_MAX), expected },
      meant === null ? null : replacement(range, meant),
    ),
  })
  if (value.length > VALUE_CHARACTERS_MAX) return refuse(`≤ ${VALUE_CHARACTERS_MAX}`)
  switch (field) {
    case 'author':
      return readAuthor(value, topic, range)
    case 'source': {
      const { words, errors } = readWords(value, 'quoted', topic, range)
      return errors[0] ? { error: unmended(errors[0]) } : { filter: { field, value, name: words } }
    }
    case 'network':
      return { filter: { field, value, pattern: value.toLowerCase() } }
    case 'lang':
      return readLanguage(value, refuse)
    case 'site': {
      const host = readHost(value)
      return host ? { filter: { field, value: host, host } } : refuse('example.org')
    }
    case 'url': {
      const contains = comparableUrl(value)
      return contains ? { filter: { field, value: contains, contains } } : refuse('example.org/path')
    }
    case 'followers':
      return readFollowers(value, refuse)
    case 'date':
      return readDates(value, refuse)
    case 'is':
      return value.toLowerCase() === 'reply'
        ? { filter: { field, value: 'reply', what: 'reply' } }
        : refuse('reply', 'reply')
    case 'has':
      return readHas(value.toLowerCase(), refuse)
  }
}

/** A handle, or words of the display name; with @ in front, the handle only. */
function readAuthor(value: string, topic: TopicLanguages, range: Range): FilterReading {
  const handle = /\s/.test(value) ? null : handleKey(value)
  if (value.startsWith('@') && handle) return { filter: { field: 'author', value, handle, name: null } }
  const { words, errors } = readWords(value, 'quoted', topic, range)
  return errors[0] ? { error: unmended(errors[0]) } : { filter: { field: 'author', value, handle, name: words } }
}

/** A mend made for a term (url:"…") would be wrong behind a colon. */
function unmended(error: QueryError): QueryError {
  return { ...error, mend: null }
}

function readLanguage(value: string, refuse: Refuse): FilterReading {
  const name = value.toLowerCase()
  if (name === 'unknown') return { filter: { field: 'lang', value: name, language: null } }
  const meant = Object.hasOwn(LANGUAGE_NAMES, name) ? LANGUAGE_NAMES[name] : null
  if (meant) return refuse('de, en, nl, …', meant)
  if (!/^[a-z]{2,3}([-_][a-z0-9-]{1,20})?$/.test(name)) return refuse('de, en, nl, …')
  const language = baseLanguage(name)
  return { filter: { field: 'lang', value: language, language } }
}

function readHost(value: string): string | null {
  const host = comparableUrl(value).split('/', 1)[0]?.replace(/^\.+/, '') ?? ''
  return host === '' || /\s/.test(host) || hasWildcard(host) ? null : host
}

/** Addresses are compared without scheme, "www." and capitals. */
export function comparableUrl(url: string): string {
  return url
    .toLowerCase()
    .replace(/^[a-z]{1,10}:\/\//, '')
    .replace(/^www\./, '')
}

const HAS = ['link', 'media', 'question'] as const
const HAS_OTHER_NAMES: Record<string, string> = {
  links: 'link',
  url: 'link',
  image: 'media',
  images: 'media',
  video: 'media',
  photo: 'media',
  questions: 'question',
}

function readHas(value: string, refuse: Refuse): FilterReading {
  const what = HAS.find((name) => name === value)
  if (what) return { filter: { field: 'has', value: what, what } }
  return refuse(HAS.join(', '), Object.hasOwn(HAS_OTHER_NAMES, value) ? HAS_OTHER_NAMES[value] : null)
}
