import { z } from 'zod'
import { conversationState } from './inbox-conversations.ts'
import { id } from './pages.ts'
import { authorBriefSchema } from './people-shapes.ts'
import { procedure } from './procedure.ts'

const contactConversation = z.object({
  conversationId: id,
  network: z.string(),
  author: authorBriefSchema,
  state: conversationState,
  lastPostAt: z.date(),
  waitingSince: z.date().nullable(),
  opening: z.string().nullable().describe('The first words of the first post that still stands'),
})

export const persons = {
  contacts: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/persons/{personId}/contacts',
    summary:
      'Where a person and we speak: open conversations, the last ones, and each channel with what was said and answered',
    input: z.object({ personId: id }),
    output: z.object({
      open: z.array(contactConversation).describe('Open and snoozed ones, who waits longest first, at most 20'),
      last: z.array(contactConversation).describe('The last 5, whatever their state'),
      channels: z
        .array(
          z.object({
            network: z.string(),
            conversations: z.number().int(),
            answered: z.number().int().describe('Of these, conversations in which we answered'),
            repliedAfterOurs: z
              .number()
              .int()
              .describe('Of these, conversations in which they wrote again after our answer'),
            lastAt: z.date(),
          }),
        )
        .describe('Of the last 12 months, the best first: where they wrote again after us, then where we answered'),
    }),
  }),
}
