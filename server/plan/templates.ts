import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ScenarioTemplate } from './scenarios.ts'

/** Scenarios to begin with; what a team makes of them is its own. */
export async function scenarioTemplates(language: 'en' | 'de' | 'nl'): Promise<ScenarioTemplate[]> {
  const file = path.join(import.meta.dirname, 'templates', `scenarios.${language}.json`)
  return JSON.parse(await readFile(file, 'utf8')) as ScenarioTemplate[]
}
