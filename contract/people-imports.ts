import { z } from 'zod'
import { REHEARSED_ROWS_MAX } from './import-limits.ts'
import { IMPORT_STATES, importProblem } from './import-shapes.ts'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

/** Files that bring something about people: what all of them say of themselves, and what can be done with any of them. */

export const importPath = z.object({ importId: id })
export const rowsEstimated = z
  .number()
  .int()
  .describe('About how many rows the file has; a workbook may say it wrongly')

interface Parts<Counts extends z.ZodType, Settings extends z.ZodType, Rehearsal extends z.ZodType> {
  counts: Counts
  settings: Settings
  rehearsal: Rehearsal
}

export const importOf = <Counts extends z.ZodType, Settings extends z.ZodType, Rehearsal extends z.ZodType>({
  counts,
  settings,
  rehearsal,
}: Parts<Counts, Settings, Rehearsal>) =>
  z.object({
    importId: id,
    fileName: z.string(),
    fileBytes: z.string(),
    state: z.enum(IMPORT_STATES),
    problem: importProblem.nullable(),
    waiting: z.boolean(),
    progress: z.number().min(0).max(1),
    rows: z.number().int(),
    rejected: z.number().int(),
    counts,
    settings,
    rehearsing: z.boolean().describe('It is only looked at what would become of it'),
    rehearsal,
    createdAt: z.date(),
    finishedAt: z.date().nullable(),
  })

/** What every rehearsal says, beside what is its kind's own. */
export const REHEARSAL = {
  rows: z.number().int(),
  whole: z.boolean().describe(`False: only the first ${REHEARSED_ROWS_MAX} rows of a long file were looked at`),
  rejected: z.number().int(),
}

interface Files<View extends z.ZodType, Settings extends z.ZodRawShape> {
  path: `/${string}`
  /** What they hold, in plural. */
  of: string
  view: View
  settings: z.ZodObject<Settings>
  /** What stands in the list of rejections. */
  rejected: string
}

export const importProcedures = <View extends z.ZodType, Settings extends z.ZodRawShape>({
  path,
  of,
  view,
  settings,
  rejected,
}: Files<View, Settings>) => ({
  list: procedure({
    allow: 'imports.run',
    method: 'GET',
    path,
    summary: `Files of ${of}, newest first`,
    input: page,
    output: pageOf(view),
  }),
  get: procedure({
    allow: 'imports.run',
    method: 'GET',
    path: `${path}/{importId}`,
    summary: `State, progress and rehearsal of a file of ${of}`,
    input: importPath,
    output: view,
  }),
  rehearse: procedure({
    allow: 'imports.run',
    method: 'POST',
    path: `${path}/{importId}/rehearsal`,
    summary: 'Looks what would become of each row; writes nothing but that',
    input: importPath.extend(settings.shape),
    output: nothing,
  }),
  start: procedure({
    allow: 'imports.run',
    method: 'POST',
    path: `${path}/{importId}/start`,
    summary: 'Takes the file in, or goes on where it stopped',
    input: importPath.extend(settings.shape),
    output: nothing,
  }),
  cancel: procedure({
    allow: 'imports.run',
    method: 'POST',
    path: `${path}/{importId}/cancel`,
    summary: 'Stops after the current batch; what was taken in stays',
    input: importPath,
    output: nothing,
  }),
  remove: procedure({
    allow: 'imports.run',
    method: 'DELETE',
    path: `${path}/{importId}`,
    summary: 'Deletes an upload that was not started, was cancelled or failed',
    input: importPath,
    output: nothing,
  }),
  rejections: procedure({
    allow: 'imports.run',
    method: 'GET',
    path: `${path}/{importId}/rejections`,
    summary: rejected,
    input: importPath.extend(page.shape),
    output: pageOf(importProblem.extend({ line: z.string(), column: z.string().nullable(), raw: z.string() })),
  }),
})
