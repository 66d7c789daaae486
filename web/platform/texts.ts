import type { Language, Texts } from './i18n.ts'

const FILES = {
  en: () => import('./texts-en.ts'),
  de: () => import('./texts-de.ts'),
  nl: () => import('./texts-nl.ts'),
}

/** The texts of every module in a language, by module: web/<module>/texts/<language>.json. */
export async function loadAppTexts(language: Language): Promise<Texts> {
  const files = (await FILES[language]()).default
  return Object.fromEntries(Object.entries(files).map(([path, texts]) => [path.split('/')[1] ?? path, texts]))
}
