import { type Language, useLanguage } from '../platform/i18n.ts'

type ByLanguage<Value> = Partial<Record<Language, Value>>

/** What the reader understands best of what there is. */
export const chosenLanguage = (there: ByLanguage<unknown>, wished: Language): Language => {
  const given = Object.keys(there) as Language[]
  return given.includes(wished) ? wished : (given[0] ?? wished)
}

export function useTitleOf(): (titles: ByLanguage<string>) => string {
  const language = useLanguage()
  return (titles) => titles[chosenLanguage(titles, language)] ?? ''
}
