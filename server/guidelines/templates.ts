import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { GuidelineTexts } from './documents.ts'
import type { TrainingInput, TrainingTexts } from './trainings.ts'

const FOLDER = path.join(import.meta.dirname, 'templates')
const LANGUAGES = ['en', 'de', 'nl'] as const

/** Something to begin with: the first line is the title. What a team makes of it is its own. */
export async function guidelineTemplate(): Promise<GuidelineTexts> {
  const texts = await Promise.all(
    LANGUAGES.map(async (language) => {
      const file = await readFile(path.join(FOLDER, `guideline.${language}.md`), 'utf8')
      const [heading = '', ...lines] = file.split('\n')
      return [language, { title: heading.replace(/^#\s*/, ''), text: lines.join('\n').trim() }] as const
    }),
  )
  return Object.fromEntries(texts)
}

export async function trainingTemplate(): Promise<TrainingInput> {
  const texts = await Promise.all(
    LANGUAGES.map(
      async (language) =>
        [language, JSON.parse(await readFile(path.join(FOLDER, `training.${language}.json`), 'utf8'))] as const,
    ),
  )
  return {
    texts: Object.fromEntries(texts) as TrainingTexts,
    passPercent: 80,
    attemptsMax: 3,
    pauseHours: 24,
    validityMonths: 12,
  }
}
