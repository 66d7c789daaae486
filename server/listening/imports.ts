import type { z } from 'zod'
import type { imports as contract } from '../../contract/listening-imports.ts'
import { IMPORT_FIELDS, type ImportChoices, inspectFile, type Problem, REQUIRED_FIELDS } from '../connectors/index.ts'
import { type ImportRow, presentState, readImport, startImport } from '../imports/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict } from '../platform/errors.ts'

type ImportView = z.infer<(typeof contract.get)['~orpc']['outputSchema'] & z.ZodType>

export interface ImportSettings extends ImportChoices {
  rowsEstimated?: number
}

/** What a file would become, and what stands in the way. */
export async function inspectImport(tx: WorkspaceTransaction, importId: string, given: ImportChoices) {
  const row = await readImport(tx, importId, 'posts')
  if (row.state === 'done') throw new Conflict('import-done')
  const inspection = await inspectFile(row.file_path, choicesOf(row, given))
  return {
    format: inspection.format,
    encoding: inspection.encoding,
    rowsEstimated: inspection.rowsEstimated,
    preset: inspection.preset,
    columns: inspection.columns,
    fields: IMPORT_FIELDS.map((name) => ({ name, required: REQUIRED_FIELDS.includes(name) })),
    mapping: inspection.mapping,
    problems: inspection.problems,
    preview: inspection.preview.map(({ line, row: read }) =>
      read.kind === 'post'
        ? {
            line,
            author: read.post.author.handle ?? read.post.author.name,
            text: read.post.text,
            publishedAt: read.post.publishedAt,
            problem: null,
          }
        : { line, author: null, text: '', publishedAt: null, problem: read.problem },
    ),
  }
}

export function choicesOf(row: ImportRow, given: ImportChoices): ImportChoices {
  const { mapping, network, timeZone } = row.settings as ImportSettings
  return { mapping: given.mapping ?? mapping, network: given.network ?? network, timeZone: given.timeZone ?? timeZone }
}

/** A cancelled or failed import goes on where it stopped, with its choices of before. */
export async function startPostImport(tx: WorkspaceTransaction, importId: string, given: ImportChoices): Promise<void> {
  const row = await readImport(tx, importId, 'posts', { lock: true })
  await startImport(tx, importId, 'posts', { settings: { ...choicesOf(row, given) } })
}

export const presentImport = (row: ImportRow): ImportView => ({
  ...presentState(row),
  problem: row.failure as Problem | null,
  posts: Number(row.posts),
  duplicates: Number(row.duplicates),
  authors: Number(row.authors),
})
