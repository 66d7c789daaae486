import { z } from 'zod'
import { id } from './pages.ts'
import { procedure } from './procedure.ts'

export const PROVOCATION_DAYS = 365
/** What to do, in this order; nothing of it happens by itself. */
export const PROVOCATION_ADVICE = [
  'answer-the-matter',
  'do-not-feed',
  'hide',
  'mute-or-block',
  'close-with-reason',
  'ask-lead',
] as const

export const provocation = {
  of: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations/{conversationId}/provocation',
    summary:
      'Whether the account of a conversation has provoked before, by what it said in public and what was done about it; complaints stand apart.',
    input: z.object({ conversationId: id }),
    output: z.object({
      level: z.enum(['none', 'some', 'repeated']),
      points: z
        .number()
        .int()
        .describe('Insults 1 each (5 at most), closed as provocation 2, hidden or reported 2, muted or blocked 3'),
      days: z.number().int(),
      facts: z.object({
        insults: z.number().int().describe('Public posts with insults, by the model or by a person'),
        hidden: z.number().int(),
        reported: z.number().int(),
        muted: z.number().int(),
        blocked: z.number().int(),
        closed: z.number().int().describe('Conversations that were closed with the reason provocation'),
        lastAt: z.date().nullable(),
      }),
      complaint: z
        .object({ postId: id, at: z.date() })
        .nullable()
        .describe(
          'Something to answer here all the same: an unanswered complaint or question of theirs without insults',
        ),
      advice: z.array(z.enum(PROVOCATION_ADVICE)),
    }),
  }),
}
