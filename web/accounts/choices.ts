import type { Formats } from '../platform/formats.ts'

/** Languages that posts are commonly written in; the listening language knows word forms for most of them. */
const POST_LANGUAGES = [
  ...['ar', 'bg', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fi', 'fr', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja'],
  ...['ko', 'lt', 'lv', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'vi', 'zh'],
]
/** As many as the server takes. */
export const POST_LANGUAGES_MAX = 12
export const ZONES_SHOWN_MAX = 60
export const PHONE = '(max-width: 48em)'

export interface Choice {
  value: string
  label: string
}

/** In the reader's words and order; what is chosen already stays choosable though it is uncommon. */
export function languageChoices(formats: Formats, chosen: readonly string[]): Choice[] {
  const tags = [...new Set([...POST_LANGUAGES, ...chosen])]
  return tags
    .map((tag) => ({ value: tag, label: formats.languageName(tag) }))
    .sort((one, other) => one.label.localeCompare(other.label, formats.locale))
}

/** 'Europe/Berlin' is found by typing "berlin"; the chosen one is kept though this browser may not list it. */
export function timeZoneChoices(chosen: string): Choice[] {
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), chosen])
  return [...zones].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
}

/** The browser's zone, unless it is one that the list does not know. */
export function guessTimeZone(): string {
  const guessed = Intl.DateTimeFormat().resolvedOptions().timeZone
  return Intl.supportedValuesOf('timeZone').includes(guessed) ? guessed : 'UTC'
}

/** The languages of the browser that posts may be written in, the first one first. */
export function guessLanguages(): string[] {
  const tags = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())
  const known = [...new Set(tags)].filter((tag) => POST_LANGUAGES.includes(tag))
  return known.length > 0 ? known.slice(0, 4) : ['en']
}
