import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { PLAYBOOK_TEMPLATES } from '../../contract/crisis-prepared.ts'
import type { Step } from './playbooks.ts'

interface PlaybookTemplate {
  template: (typeof PLAYBOOK_TEMPLATES)[number]
  name: string
  situation: string
  steps: Step[]
}

/** Playbooks to begin with; what a team makes of them is its own. */
export async function playbookTemplates(language: 'en' | 'de' | 'nl'): Promise<PlaybookTemplate[]> {
  const file = path.join(import.meta.dirname, 'templates', `playbooks.${language}.json`)
  return JSON.parse(await readFile(file, 'utf8')) as PlaybookTemplate[]
}
