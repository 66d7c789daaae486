import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

const message = z.object({ role: z.enum(['system', 'user']), content: z.string() })
/** Why a model gave no draft; the answer itself is never the reason why something is lost. */
export const DRAFTING_FAILURES = [
  'unreachable',
  'timed-out',
  'forbidden-address',
  'credentials',
  'rate-limited',
  'refused',
  'too-large',
  'unreadable',
  'empty',
] as const
export type DraftingFailure = (typeof DRAFTING_FAILURES)[number]
const model = z.object({
  switchedOn: z.boolean(),
  address: z.string().trim().max(300).describe('Of an API as OpenAI has it, such as https://models.example.org/v1'),
  model: z.string().trim().max(200),
  instruction: z.string().trim().max(2_000).describe('Said to the model before every conversation'),
})

export const suggestedAnswer = z.object({
  deliveryId: id.describe('The answer of then'),
  conversationId: id.describe('Where it was given'),
  text: z.string().describe('As it was written, without what was personal in it: [__] has to be filled in'),
  removed: z.number().int().describe('Pieces that were taken out'),
  question: z.string().describe('What it answered, in the same way'),
  answeredAt: z.date(),
  likeness: z.number().describe('0 to 1: how much of both questions is the same, rare words counting more'),
  shared: z.array(z.string()).describe('Words that both have, as the question has them'),
})
export type SuggestedAnswer = z.infer<typeof suggestedAnswer>

export const suggested = {
  answers: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'GET',
    path: '/conversations/{conversationId}/suggested-answers',
    summary:
      'Up to three answers of this desk to questions like this one, in its language. Nothing leaves the installation.',
    input: z.object({ conversationId: id }),
    output: z.object({
      language: z.string().nullable().describe('null: it is not known, so nothing is suggested'),
      items: z.array(suggestedAnswer),
    }),
  }),
  prompt: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'GET',
    path: '/conversations/{conversationId}/drafting-prompt',
    summary: 'Exactly what the language model would be sent, without anything being sent. Invalid `drafting-off`.',
    input: z.object({ conversationId: id }),
    output: z.object({ host: z.string(), model: z.string(), messages: z.array(message), removed: z.number().int() }),
  }),
  /** Invalid: `drafting-off`. Upstream: `drafting-failed` (failure, of DRAFTING_FAILURES). */
  draft: procedure({
    allow: 'answers.draft',
    atSource: true,
    reachesOut: true,
    method: 'POST',
    path: '/conversations/{conversationId}/drafted-answer',
    summary:
      'Asks the workspace’s language model for a draft. Nothing is sent to the customer; the policy judges it like any other.',
    input: z.object({ conversationId: id }),
    output: z.object({ text: z.string() }),
  }),
  model: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/drafting-model',
    summary: 'Which language model may be asked for drafts; off until somebody switches it on.',
    input: nothing,
    output: model.extend({ hasKey: z.boolean() }),
  }),
  setModel: procedure({
    allow: 'workspace.manage',
    method: 'PUT',
    path: '/drafting-model',
    summary: 'Sets it up. Invalid `drafting-address`, `drafting-incomplete`.',
    input: model.extend({
      apiKey: z.string().trim().max(500).nullable().optional().describe('Absent: as it was; null: none'),
    }),
    output: model.extend({ hasKey: z.boolean() }),
  }),
}
