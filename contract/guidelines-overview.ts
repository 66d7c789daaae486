import { z } from 'zod'
import { guidelineLanguage } from './guidelines-documents.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

export const STANDINGS = ['done', 'renew', 'open', 'overdue'] as const
const settings = z.object({
  gate: z.boolean().describe('Whether speaking sleeps without acknowledgement and training'),
  graceDays: z.number().int().min(0).max(365).describe('So many days to catch up, for newcomers and new versions'),
})
const what = z.object({
  kind: z.enum(['guideline', 'training']),
  aboutId: id.describe('The guideline or training'),
  titles: z.partialRecord(guidelineLanguage, z.string()),
})

export const overview = {
  mine: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/my-guidelines',
    summary: 'What the caller has to acknowledge and to pass, and whether they may speak',
    input: nothing,
    output: z.object({
      gate: z.boolean(),
      asleep: z.boolean().describe('Speaking sleeps until what is overdue is done'),
      items: z.array(
        what.extend({
          standing: z.enum(STANDINGS),
          dueAt: z.date().nullable().describe('Until when it is to be done, or done again'),
        }),
      ),
    }),
  }),
  overview: procedure({
    allow: 'guidelines.manage',
    method: 'GET',
    path: '/guidelines-overview',
    summary: 'Who has done what they need: whether, and nothing about how',
    input: nothing,
    output: z.object({
      items: z.array(what),
      members: z.array(
        z.object({
          memberId: id,
          name: z.string(),
          standings: z.array(z.object({ aboutId: id, standing: z.enum(STANDINGS) })).describe('Of what they need'),
        }),
      ),
    }),
  }),
  settings: {
    get: procedure({
      allow: 'workspace.read',
      method: 'GET',
      path: '/guideline-settings',
      summary: 'Whether speaking needs acknowledgement and training',
      input: nothing,
      output: settings,
    }),
    update: procedure({
      allow: 'guidelines.manage',
      method: 'PUT',
      path: '/guideline-settings',
      summary: 'Sets whether speaking needs acknowledgement and training. Grace begins when the gate is closed.',
      input: settings,
      output: nothing,
    }),
  },
}
