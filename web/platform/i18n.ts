import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'

export const LANGUAGES = ['en', 'de', 'nl'] as const
export type Language = (typeof LANGUAGES)[number]
export type Texts = Record<string, Record<string, unknown>>
type Loader = (language: Language) => Promise<Texts>

export const i18n = i18next.createInstance()

/** Starts with one language; `load` fetches the texts of all modules for a language as one file. */
export async function startTexts(language: Language, load: Loader): Promise<void> {
  loader = load
  await i18n.use(initReactI18next).init({
    lng: language,
    // No second language to fall back on: web/platform/texts.test.ts holds all three complete.
    fallbackLng: false,
    defaultNS: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnEmptyString: false,
    react: { useSuspense: false, bindI18nStore: 'added' },
  })
  await changeLanguage(language)
}

let loader: Loader
const loaded = new Set<Language>()

/** Modules that brought texts, in no order that means anything. */
export const modulesWithTexts = (): string[] => Object.keys(i18n.store.data[i18n.language] ?? {})

export async function changeLanguage(language: Language): Promise<void> {
  await loadTexts(language)
  await i18n.changeLanguage(language)
  document.documentElement.lang = language
}

async function loadTexts(language: Language): Promise<void> {
  if (loaded.has(language)) return
  const texts = await loader(language)
  for (const [module, keys] of Object.entries(texts)) i18n.addResourceBundle(language, module, keys, true, true)
  loaded.add(language)
}

export const isLanguage = (text: string | null | undefined): text is Language =>
  (LANGUAGES as readonly string[]).includes(text ?? '')

/** The first language of the browser that we speak. */
export const browserLanguage = (): Language =>
  navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en'

/** `const t = useTexts('inbox')`, then `t('empty.title')`; another module's text: `t('ui:cancel')`. */
export const useTexts = (module: string) => useTranslation(module).t

export const useLanguage = (): Language => {
  const { i18n: current } = useTranslation()
  return isLanguage(current.language) ? current.language : 'en'
}
