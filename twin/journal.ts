import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Change } from './changes.ts'

/** Keeps the changes of a world in a folder, one JSON line each, so that a demo survives a restart. */
export interface Journal {
  read(): Change[]
  append(change: Change): void
}

export function openJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'changes.jsonl')
  return {
    read: () => {
      if (!existsSync(file)) return []
      const text = readFileSync(file, 'utf8')
      // What a kill cut off must not swallow the next line.
      if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n')
      return text.split('\n').flatMap(parsed)
    },
    append: (change) => appendFileSync(file, `${JSON.stringify(change)}\n`),
  }
}

/** The last line may be cut off by a kill: it never happened. */
function parsed(line: string): Change[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as Change]
  } catch {
    return []
  }
}
