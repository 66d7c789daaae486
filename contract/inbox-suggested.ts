import { z } from 'zod'
import { id } from './pages.ts'
import { procedure } from './procedure.ts'

export const suggestedAnswer = z.object({
  deliveryId: id.describe('The answer of then'),
  conversationId: id.describe('Where it was given'),
  text: z.string().describe('As it was written, without what was personal in it: [__] has to be filled in'),
  removed: z.number().int().describe('Pieces that were taken out'),
  question: z.string().describe('What it answered, in the same way'),
  answeredAt: z.date(),
  likeness: z.number().describe('0 to 1: how much of both questions is the same, rare words counting more'),
  shared: z.array(z.string()).describe('Stems of the words that both have'),
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
}
