import { z } from 'zod'

export const IMPORT_STATES = ['uploaded', 'running', 'done', 'cancelled', 'failed'] as const

/** A problem with a whole file or one row. The web has a sentence for each code. */
export const importProblem = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  message: z.string().describe('In plain English, for the command line and the API'),
})
