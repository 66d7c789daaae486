import { z } from 'zod'
import { INTENTS, LABELLED_FACTS, SENTIMENTS } from './listening-facts.ts'
import { id, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

export const labelSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('sentiment'), value: z.enum(SENTIMENTS) }),
  z.object({ what: z.literal('intent'), value: z.enum(INTENTS).nullable().describe('Null: none of these') }),
  z.object({ what: z.literal('offensive'), value: z.boolean() }),
])

export const givenLabelSchema = z.object({
  what: z.enum(LABELLED_FACTS),
  value: z.string().describe('A sentiment; an intent or none; yes or no'),
  by: id.nullable().describe('The member who said it'),
  at: z.date(),
})

/** What is known of a post beside its words. */
export const understoodSchema = z.object({
  sentiment: z.enum(SENTIMENTS).nullable().describe('Null: its language has no model'),
  probability: z.number().nullable().describe('How sure the model is of the sentiment; null where a person said it'),
  intent: z.enum(INTENTS).nullable().describe('Null: none of these, or not sure'),
  offensive: z.boolean().nullable().describe('Null: its language has no word list'),
  by: z.string().nullable().describe('Version of the model'),
  labels: z.array(givenLabelSchema).describe('What people said; it stands above in place of what the model says'),
})

export const listedLabelSchema = givenLabelSchema.extend({
  postId: id,
  language: z.string().nullable(),
  title: z.string().nullable(),
  text: z.string(),
  modelValue: z.string().nullable().describe('What the model had said; none: nothing'),
  understoodBy: z.string().nullable(),
})

export const labels = {
  list: procedure({
    allow: 'posts.export',
    method: 'GET',
    path: '/labels',
    summary: 'What people said of posts, with the text that they said it of, newest first: training data',
    input: page,
    output: pageOf(listedLabelSchema),
  }),
  give: procedure({
    allow: 'inbox.work',
    atSource: true,
    method: 'PUT',
    path: '/posts/{postId}/labels',
    summary: 'Says what a post is; it wins over the model, until it is taken back or the text is edited',
    input: z.object({ postId: id, label: labelSchema }),
    output: z.object({}),
  }),
  takeBack: procedure({
    allow: 'inbox.work',
    atSource: true,
    method: 'DELETE',
    path: '/posts/{postId}/labels/{what}',
    summary: 'Takes back what was said of a post: what the model says counts again',
    input: z.object({ postId: id, what: z.enum(LABELLED_FACTS) }),
    output: z.object({}),
  }),
}
