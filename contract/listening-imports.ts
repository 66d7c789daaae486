import { z } from 'zod'
import { IMPORT_STATES, importProblem } from './import-shapes.ts'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

const mapping = z.record(z.string().max(300), z.string().max(50)).describe('Column of the file → field of a post')

/** How a file is to be read; what is absent is guessed. */
const choices = z.object({
  mapping: mapping.optional(),
  network: z.string().min(1).max(50).optional().describe('Of all rows; absent: by column, address or preset'),
  timeZone: z.string().max(64).optional().describe('IANA zone of times that name none; absent: UTC'),
})

const importSchema = z.object({
  importId: id,
  fileName: z.string(),
  fileBytes: z.string(),
  state: z.enum(IMPORT_STATES),
  problem: importProblem.nullable(),
  waiting: z.boolean().describe('Started, and not taken up by a worker yet'),
  progress: z.number().min(0).max(1).describe('Share of the file that was read'),
  rows: z.number().int().describe('Rows read'),
  posts: z.number().int().describe('Posts newly stored'),
  duplicates: z.number().int().describe('Rows whose post was there already, from this file or an earlier run'),
  rejected: z.number().int().describe('Rows that could not become a post; listed with line and reason'),
  authors: z.number().int().describe('Different authors among the rows read'),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
})

const importPath = z.object({ importId: id })

export const imports = {
  list: procedure({
    allow: 'imports.run',
    method: 'GET',
    path: '/imports',
    summary: 'Imports, newest first',
    input: page,
    output: pageOf(importSchema),
  }),
  get: procedure({
    allow: 'imports.run',
    method: 'GET',
    path: '/imports/{importId}',
    summary: 'State and progress of an import',
    input: importPath,
    output: importSchema,
  }),
  inspect: procedure({
    allow: 'imports.run',
    method: 'POST',
    path: '/imports/{importId}/inspection',
    summary:
      'Reads the beginning of the file: columns, guessed mapping, the first rows as posts, what stands in the way',
    input: importPath.extend(choices.shape),
    output: z.object({
      format: z.string().nullable().describe('Null: the file cannot be read'),
      encoding: z.string().nullable(),
      rowsEstimated: z.number().int(),
      preset: z.string().nullable().describe('Name of a known export that the file looks like'),
      columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
      fields: z.array(z.object({ name: z.string(), required: z.boolean() })).describe('What a column can be mapped to'),
      mapping,
      problems: z.array(importProblem.extend({ refuses: z.boolean().describe('It cannot start like this') })),
      preview: z.array(
        z.object({
          line: z.number().int().nullable(),
          author: z.string().nullable(),
          text: z.string(),
          publishedAt: z.date().nullable(),
          problem: importProblem.nullable(),
        }),
      ),
    }),
  }),
  start: procedure({
    allow: 'imports.run',
    method: 'POST',
    path: '/imports/{importId}/start',
    summary: 'Starts an import, or goes on with a cancelled or failed one where it stopped',
    input: importPath.extend(choices.shape).describe('Absent choices stay as they were'),
    output: nothing,
  }),
  cancel: procedure({
    allow: 'imports.run',
    method: 'POST',
    path: '/imports/{importId}/cancel',
    summary: 'Stops after the current batch; what was stored stays, and the import can go on later',
    input: importPath,
    output: nothing,
  }),
  remove: procedure({
    allow: 'imports.run',
    method: 'DELETE',
    path: '/imports/{importId}',
    summary:
      'Deletes an upload that was not started, was cancelled or failed, with its file; posts that came of it stay',
    input: importPath,
    output: nothing,
  }),
  rejections: procedure({
    allow: 'imports.run',
    method: 'GET',
    path: '/imports/{importId}/rejections',
    summary: 'Rows that were refused, by line',
    input: importPath.extend(page.shape),
    output: pageOf(
      importProblem.extend({
        line: z.string().describe('Line number'),
        column: z.string().nullable(),
        raw: z.string(),
      }),
    ),
  }),
}
