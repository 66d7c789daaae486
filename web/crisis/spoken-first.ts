import { isLanguage, LANGUAGES, type Language } from '../platform/i18n.ts'

/** What the workspace speaks stands on top, in its order; then the other languages of the product. */
export function spokenFirst(spoken: readonly string[]): Language[] {
  const own = spoken.filter(isLanguage)
  return [...own, ...LANGUAGES.filter((language) => !own.includes(language))]
}
