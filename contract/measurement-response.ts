import { z } from 'zod'
import { CLOCK_STATES, CLOCKS } from './clock-words.ts'
import { id, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'
import { RESPONSE_BY, RESPONSE_WEEKS_MAX } from './response-words.ts'

const count = z.number().int().min(0)
const minutes = z.number().nullable()
const week = z.iso.date().describe('Its Monday')
const clock = z.enum(CLOCKS)
const by = z.enum(RESPONSE_BY)

const figures = z.object({
  waits: count.describe('That began in this time'),
  answered: count.describe(
    'Of these, those that ended with an answer before the present week; of resolutions, those that were closed',
  ),
  rate: z.number().nullable().describe('answered ÷ waits'),
  promised: count.describe(
    'Of these, those whose promise was kept or missed; the others run, or were promised nothing',
  ),
  kept: count,
  keptShare: z.number().nullable().describe('kept ÷ promised'),
  serviceMedian: minutes.describe('Minutes in which the desk was open, of those that ended'),
  serviceP90: minutes,
  wallMedian: minutes.describe('Minutes on the wall'),
  wallP90: minutes,
})

/** How soon customers are answered, and how often as soon as promised. Of desks, never of members (T11). */
export const response = {
  read: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/response',
    summary:
      'Response time and rate, resolution, and promises kept: by week, of weeks that are over. What fewer than five people did, alone or as a difference of two figures, is left out; of the whole desk it is told where an agreement allows `desk-response`.',
    input: z.object({
      clock: clock.default('first-answer'),
      by: by.default('all'),
      weeks: z.coerce.number().int().min(1).max(RESPONSE_WEEKS_MAX).default(12),
    }),
    output: z.object({
      timeZone: z.string(),
      hasPromises: z.boolean().describe('Without a promise there are no clocks, and nothing to count'),
      weeks: z.array(week).describe('Oldest first; the present week is not over and not among them'),
      groups: z
        .array(
          z.object({
            key: z.string().describe('all, or a network, a priority, the id of a topic or a team'),
            name: z.string().nullable(),
            total: figures.nullable().describe('Of the weeks that are shown; null: of none'),
            byWeek: z.array(figures.nullable()).describe('In the order of `weeks`; null: fewer than five people'),
          }),
        )
        .describe('Those with most waits first'),
      agreed: count.describe(
        'Weeks of the whole desk that are shown although fewer than five people answered, because an agreement says so',
      ),
      leftOut: count.describe('Weeks of groups that are not shown, because fewer than five people would be told of'),
    }),
  }),
  rows: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/response/rows',
    summary: 'The waits that a figure is made of, the newest first',
    input: page.extend({
      clock,
      by,
      key: z.string().max(100),
      week,
      only: z.enum(['late', 'kept']).optional(),
    }),
    output: pageOf(
      z.object({
        conversationId: id,
        network: z.string(),
        startedAt: z.date(),
        endedAt: z.date().nullable(),
        endedBy: z.enum(['answered', 'closed']).nullable(),
        state: z.enum(CLOCK_STATES),
        targetMinutes: z.number().nullable(),
        serviceMinutes: z.number(),
        wallMinutes: z.number().nullable(),
      }),
    ),
  }),
}
