import { z } from 'zod'
import { nothing } from './pages.ts'
import { procedure } from './procedure.ts'

const ruleSchema = z.object({
  kind: z.string(),
  days: z.number().int(),
  defaultDays: z.number().int(),
  minDays: z.number().int(),
  maxDays: z.number().int(),
  because: z.enum(['minimal', 'claims', 'accountability', 'repair', 'hand-over']).describe('Why so long'),
  reason: z.string().nullable().describe('What was said when it was changed; null: the default stands'),
})

export const retention = {
  list: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/retention',
    summary: 'How long each kind of data is kept, and between which limits that can be changed',
    input: nothing,
    output: z.object({ items: z.array(ruleSchema) }),
  }),
  preview: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/retention/{kind}/preview',
    summary: 'What would go the next time by so many days; changes nothing',
    input: z.object({ kind: z.string().max(50), days: z.coerce.number().int().min(1).max(36_500) }),
    output: z.object({
      rows: z.number().int(),
      oldest: z.date().nullable(),
      sample: z.array(z.string()).describe('At most five of them, in words'),
    }),
  }),
  change: procedure({
    allow: 'privacy.manage',
    method: 'PUT',
    path: '/privacy/retention/{kind}',
    summary: 'Changes how long one kind of data is kept, for a reason; carried out within the hour',
    input: z.object({
      kind: z.string().max(50),
      days: z.number().int().min(1).max(36_500),
      reason: z.string().trim().min(1, 'say why').max(500),
    }),
    output: nothing,
  }),
}

export const records = {
  staff: procedure({
    allow: 'staff.council',
    method: 'GET',
    path: '/privacy/staff-record',
    summary: 'What is recorded about staff, for the works council: made from the same register and from the database',
    input: z.object({ language: z.enum(['de', 'nl', 'en']), format: z.enum(['html', 'markdown']).default('html') }),
    output: z.object({ document: z.string() }),
  }),
  read: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/record',
    summary:
      'The record of processing activities (Art. 30 GDPR), made from what the modules declare and how the workspace is set up',
    input: z.object({ language: z.enum(['de', 'nl', 'en']), format: z.enum(['html', 'markdown']).default('html') }),
    output: z.object({ document: z.string() }),
  }),
}
