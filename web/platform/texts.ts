import { i18n, type Language, type Texts } from './i18n.ts'

const FIRST = {
  en: () => import('./texts-en.ts'),
  de: () => import('./texts-de.ts'),
  nl: () => import('./texts-nl.ts'),
}
const LATER = {
  en: () => import('./later-texts-en.ts'),
  de: () => import('./later-texts-de.ts'),
  nl: () => import('./later-texts-nl.ts'),
}
/** Places whose texts come with the first file. */
const FIRST_PLACES = /^\/w\/[^/]+\/((inbox|outbox)(\/|$)|people\/?$)/

type Files = Record<string, Record<string, unknown>>
/** Several files of a module speak with one voice. */
function byModule(files: Files): Texts {
  const modules: Texts = {}
  for (const [path, texts] of Object.entries(files))
    modules[moduleOf(path)] = together(modules[moduleOf(path)] ?? {}, texts)
  return modules
}
/** '../inbox/texts/de.json'; what lies in this folder itself is named from here: './texts/de.json'. */
const moduleOf = (path: string): string => (path.startsWith('./') ? 'platform' : (path.split('/')[1] ?? path))

/**
 * The texts of a language, by module (web/<module>/texts/<language>.json); without the later ones where they can wait. A
 * module whose first texts are needed at once keeps the others in web/<module>/later-texts/, as one file (<language>.json) or by
 * part (<part>.<language>.json): they come with those.
 */
export async function loadAppTexts(language: Language): Promise<Texts> {
  const first = byModule((await FIRST[language]()).default)
  return i18n.isInitialized && !FIRST_PLACES.test(location.pathname)
    ? (together(first, await fetchLater(language)) as Texts)
    : first
}

/** A module's first and later texts may lie below the same key. */
function together(first: Record<string, unknown>, later: Record<string, unknown>): Record<string, unknown> {
  const isNode = (value: unknown) => typeof value === 'object' && value !== null
  const joined = Object.entries(later).map(([key, value]) => {
    const known = first[key]
    return [key, isNode(known) && isNode(value) ? together(known as Texts, value as Texts) : value]
  })
  return { ...first, ...Object.fromEntries(joined) }
}

const fetchLater = async (language: Language): Promise<Texts> => byModule((await LATER[language]()).default)
const added = new Set<Language>()

/** Before a place that is not among the first is shown; and once there is time. */
export async function laterTexts(pathname?: string): Promise<void> {
  const language = i18n.language as Language
  if (added.has(language) || (pathname !== undefined && FIRST_PLACES.test(pathname))) return
  const texts = await fetchLater(language)
  for (const [module, keys] of Object.entries(texts)) i18n.addResourceBundle(language, module, keys, true, true)
  added.add(language)
}
