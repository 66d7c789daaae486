import { z } from 'zod'
import { analysisReason, STAFF_FIGURES } from './accounts-agreements.ts'
import { id } from './pages.ts'
import { procedure } from './procedure.ts'

const day = z.iso.date()

/** The only figures about one member, each behind an agreement (accounts.agreements). */
export const staff = {
  analyse: procedure({
    allow: 'staff.analyse',
    method: 'POST',
    path: '/staff-analyses',
    summary:
      'Figures about one member, under a released agreement that covers them. The use is written down, and the member is told.',
    input: z.object({
      agreementId: id,
      memberId: id,
      figures: z.array(z.enum(STAFF_FIGURES)).min(1).max(STAFF_FIGURES.length),
      from: day,
      until: day.describe('The last day'),
      reason: analysisReason.describe('The member reads it'),
    }),
    output: z.object({
      analysisId: id,
      figures: z.array(
        z.object({
          figure: z.enum(STAFF_FIGURES),
          value: z.number().nullable().describe('Pieces, or minutes; null: there was nothing to compute it from'),
          unit: z.enum(['pieces', 'minutes']),
          from: z.number().int().describe('How many rows it rests on'),
        }),
      ),
    }),
  }),
}
