import { type Formats, formatsOf, type ReportLanguage } from './formats.ts'
import { german } from './texts-de.ts'
import { english, type ReportTexts } from './texts-en.ts'
import { dutch } from './texts-nl.ts'

const TEXTS = { en: english, de: german, nl: dutch }

/** What the report says, and how it writes numbers, in a language. */
export function wordsIn(language: ReportLanguage, timeZone: string): { texts: ReportTexts; formats: Formats } {
  const formats = formatsOf(language, timeZone)
  return { texts: TEXTS[language](formats), formats }
}
