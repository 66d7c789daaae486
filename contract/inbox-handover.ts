import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

/** Longer ones are cut where a network takes fewer characters. */
export const TITLE_CHARACTERS_MAX = 200
export const INVITATION_LANGUAGES = ['de', 'nl', 'en'] as const

export const strandSchema = z.enum(['public', 'private'])

const channel = z.object({
  sourceId: id,
  name: z.string(),
  network: z.string(),
  kind: z.enum(['network', 'letters']).describe('network: messages of the same network; letters: mail'),
  mayBegin: z.boolean().describe('We may write first, and know to whom'),
  replyWindowHours: z.number().int().nullable().describe('How long after the customer’s last message; null: always'),
  charactersMax: z.number().int().nullable(),
  attachmentsMax: z.number().int(),
})

const handover = z.object({
  handoverId: id,
  sourceId: id,
  code: z.string().describe('As it is shown, XXXX-XXXX'),
  address: z.string().nullable().describe('Where a letter brings the code along'),
  createdAt: z.date(),
  expiresAt: z.date(),
})

/** A case goes from public to private and stays one conversation. */
export const handovers = {
  get: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations/{conversationId}/handovers',
    summary:
      'Where a conversation can go on in private, which invitations are open, and how its private threads were found',
    input: z.object({ conversationId: id }),
    output: z.object({
      channels: z.array(channel),
      open: z.array(handover),
      unverified: z.boolean().describe('Nobody vouches for the sender of the customer’s newest private message'),
      strands: z.array(
        z.object({
          threadId: id,
          network: z.string(),
          begunAt: z.date(),
          foundBy: z
            .enum(['code', 'same-account', 'contact-point', 'begun-by-us', 'first-message'])
            .describe('code: everybody who read the public answer could bring it'),
        }),
      ),
    }),
  }),
  prepare: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'POST',
    path: '/conversations/{conversationId}/handovers',
    summary:
      'An invitation to go on in private through one of our accounts, with a text for the public answer; the open one of that account where there is one',
    input: z.object({ conversationId: id, sourceId: id, language: z.enum(INVITATION_LANGUAGES).optional() }),
    output: handover.extend({ text: z.string() }),
  }),
  end: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'DELETE',
    path: '/handovers/{handoverId}',
    summary: 'Whoever brings its code afterwards begins a conversation of their own',
    input: z.object({ handoverId: id }),
    output: nothing,
  }),
}
