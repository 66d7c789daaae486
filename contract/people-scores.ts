import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { actorSchema, personBriefSchema } from './people-shapes.ts'
import { procedure } from './procedure.ts'

export const SCORES = ['value', 'influence', 'advocate', 'detractor'] as const
export type Score = (typeof SCORES)[number]

/** What scores are made of. Of the last 12 months where nothing else is said; docs/scores.md says what each counts. */
export const SCORE_INPUTS = [
  'spent',
  'orders',
  'contracts',
  'posts',
  'postsAboutUs',
  'followers',
  'positivePosts',
  'negativePosts',
  'praises',
  'complaints',
  'conversations',
  'answers',
  'tenureYears',
] as const
export type ScoreInput = (typeof SCORE_INPUTS)[number]

export const TERMS_MAX = 12
/** A score lies between 0 and this, whatever its terms add up to. */
export const SCORE_MAX = 100
const POINTS_MAX = 1_000

export const termSchema = z.object({
  input: z.enum(SCORE_INPUTS),
  scale: z.enum(['each', 'log']).describe('each: the input as it is; log: log10(1 + input)'),
  weight: z
    .number()
    .min(-POINTS_MAX)
    .max(POINTS_MAX)
    .refine((weight) => weight !== 0, 'a weight of 0 adds nothing'),
  cap: z
    .number()
    .positive()
    .max(POINTS_MAX)
    .nullable()
    .describe('The most points that the term adds, or takes where its weight is negative'),
})
export type Term = z.infer<typeof termSchema>

export const termsSchema = z
  .array(termSchema)
  .min(1, 'a formula needs a term')
  .max(TERMS_MAX)
  .refine(
    (terms) => new Set(terms.map(({ input, scale }) => `${input} ${scale}`)).size === terms.length,
    'each input stands once with each scale',
  )

const because = z.string().trim().min(1, 'say why').max(500)
const score = z.enum(SCORES)

const formulaSchema = z.object({
  score,
  terms: z.array(termSchema),
  version: z.number().int().describe('0: the one that Rapport came with'),
  own: z.boolean().describe('Saved in this workspace; false: the one that Rapport came with'),
})

const partSchema = z.object({
  term: termSchema,
  amount: z.number().describe('Of the input'),
  points: z.number(),
  capped: z.boolean(),
})

export const explainedScoreSchema = z.object({
  score,
  points: z.number(),
  parts: z.array(partSchema),
  version: z.number().int(),
})

export const scores = {
  formulas: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/scores/formulas',
    summary: 'The formulas by which persons are scored now',
    input: z.object({}),
    output: z.object({
      items: z.array(formulaSchema),
      due: z.number().int().describe('Persons still to be scored anew'),
    }),
  }),
  versions: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/scores/{score}/versions',
    summary: 'What a formula was, who changed it, when and why; newest first, at most 100',
    input: z.object({ score }),
    output: z.object({
      items: z.array(
        z.object({
          version: z.number().int(),
          terms: z.array(termSchema).nullable().describe('Null: back to the one that Rapport came with'),
          because: z.string(),
          savedAt: z.date(),
          savedBy: actorSchema,
        }),
      ),
    }),
  }),
  preview: procedure({
    allow: 'people.read',
    method: 'POST',
    path: '/scores/{score}/preview',
    summary: 'What other terms would make of the persons with the highest score, and of those who would be highest',
    input: z.object({ score, terms: termsSchema }),
    output: z.object({
      items: z.array(
        z.object({
          person: personBriefSchema,
          now: z.number().nullable(),
          would: z.number(),
          parts: z.array(partSchema),
        }),
      ),
    }),
  }),
  save: procedure({
    allow: 'workspace.manage',
    method: 'PUT',
    path: '/scores/{score}/formula',
    summary: 'Saves a formula as a new version; everybody is scored anew in the background',
    input: z.object({ score, terms: termsSchema, because }),
    output: z.object({ version: z.number().int() }),
  }),
  reset: procedure({
    allow: 'workspace.manage',
    method: 'POST',
    path: '/scores/{score}/reset',
    summary: 'Goes back to the formula that Rapport came with; the versions before stay to be read',
    input: z.object({ score, because }),
    output: nothing,
  }),
  ofPerson: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/persons/{personId}/scores',
    summary: 'The scores of one person, each with what it is made of; none for who objected to it',
    input: z.object({ personId: id }),
    output: z.object({
      profiled: z.boolean().describe('False: the person objected to being scored'),
      madeAt: z.date().nullable().describe('Null: not yet'),
      currency: z.string().nullable().describe('Of what was spent'),
      items: z.array(explainedScoreSchema),
    }),
  }),
}
