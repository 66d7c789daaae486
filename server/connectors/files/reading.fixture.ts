/** Files written for one test, and what reading them gives. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { HeardPost } from '../connector.ts'
import { inspectFile, type ReadChoices, type ReadRow, readRows } from './index.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-files-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
export async function fileOf(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `file-${files++}`)
  await writeFile(path, content)
  return path
}

export async function allOf(rows: AsyncIterable<ReadRow>): Promise<ReadRow[]> {
  const all: ReadRow[] = []
  for await (const row of rows) all.push(row)
  return all
}

export async function rowsOf(content: string | Uint8Array, choices: ReadChoices = {}): Promise<ReadRow[]> {
  return allOf(readRows(await fileOf(content), choices))
}

/** What became of each row: the text of a post, or line and code of what went wrong. */
export async function read(content: string | Uint8Array, choices: ReadChoices = {}): Promise<string[]> {
  const rows = await rowsOf(content, choices)
  return rows.map(({ line, row }) => (row.kind === 'post' ? row.post.text : `${line ?? row.kind} ${row.problem.code}`))
}

export async function postOf(content: string | Uint8Array, choices: ReadChoices = {}): Promise<HeardPost> {
  const [first] = await rowsOf(content, choices)
  if (first?.row.kind !== 'post') throw new Error(`no post: ${JSON.stringify(first)}`)
  return first.row.post
}

export async function refusal(content: string | Uint8Array): Promise<string | undefined> {
  const { problems } = await inspectFile(await fileOf(content))
  return problems.find((problem) => problem.refuses)?.code
}

export const table = (...rows: string[]) => ['id,text,date,author', ...rows, ''].join('\n')
