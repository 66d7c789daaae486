import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { actorSchema, authorBriefSchema, personBriefSchema } from './people-shapes.ts'
import { procedure } from './procedure.ts'

/** What a workspace lets be inferred about whose an identity is. */
export const INFERENCE_MODES = ['none', 'suggest', 'automatic'] as const
/** What proves that two identities are one person's, the strongest first. */
export const PROOF_LEVELS = ['proved', 'mutual', 'named'] as const
/** States that are listed; what ended by itself is not. */
export const SUGGESTION_STATES = ['open', 'confirmed', 'refused'] as const
/** Why no policy joins two identities by itself. */
export const HELD_BACK = [
  'unstable',
  'shared-contact-point',
  'heard-only',
  'speaks-against',
  'refused-before',
  'taken-back',
  'contested',
] as const
export const RUN_PHASES = ['keys', 'learning', 'comparing'] as const

export const shownReasonSchema = z.object({
  code: z.string().describe('What was compared and what came of it, such as surname.exact or network.active-at-once'),
  field: z.string(),
  weight: z.number().describe('In bits: above zero it speaks for, below zero against'),
  params: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .describe('What a sentence may say: value, other, shared, and rare: 1 where few others say the same'),
})

const sideSchema = z.object({
  author: authorBriefSchema,
  kind: z.enum(['account', 'mail', 'phone', 'site', 'customer-number']),
  scope: z.string().describe('Of a customer number: the system'),
  networkId: z.string(),
  bio: z.string().nullable(),
  url: z.string().nullable(),
  stable: z.boolean(),
  firstHeardAt: z.date(),
  person: personBriefSchema.nullable().describe('Null: an account that is nobody’s yet'),
  others: z.array(authorBriefSchema).describe('What else belongs to that person, at most 6'),
})

const suggestionSchema = z.object({
  suggestionId: id,
  state: z.enum(SUGGESTION_STATES),
  one: sideSchema.describe('Whom we have known longer'),
  other: sideSchema,
  weight: z.number().describe('All reasons and how rarely two are one, in bits'),
  probability: z.number(),
  reasons: z.array(shownReasonSchema).describe('The strongest first, whichever way they speak'),
  heldBack: z.array(z.enum(HELD_BACK)).describe('Why no policy joins them by itself'),
  proofLevel: z.enum(PROOF_LEVELS).nullable(),
  foundAt: z.date(),
  decided: z
    .object({ at: z.date(), by: actorSchema })
    .nullable()
    .describe('By system: the policy joined them without being asked'),
  operationId: id.nullable().describe('Of the act in the ledger, while they are joined by it'),
})

const suggestionPath = z.object({ suggestionId: id })

export const policyChange = z
  .object({
    mode: z.enum(INFERENCE_MODES),
    proofLevel: z.enum(PROOF_LEVELS).nullable().describe('The weakest proof that joins without being asked'),
    heardToo: z
      .boolean()
      .describe('Whether accounts that were heard and are nobody’s are compared with persons as well'),
  })
  .refine(({ mode, proofLevel }) => (mode === 'automatic') === (proofLevel !== null), {
    message: 'a level of proof belongs to "automatic", and to nothing else',
    path: ['proofLevel'],
  })

export const suggestions = {
  list: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/suggestions',
    summary: 'Identities that are perhaps one person’s, the most likely first; what was answered, the latest first',
    input: page.extend({
      state: z.enum(SUGGESTION_STATES).default('open'),
      importId: id.optional().describe('Of the open ones: those that concern records of this file of contacts'),
    }),
    output: pageOf(suggestionSchema),
  }),
  ofPerson: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/persons/{personId}/suggestions',
    summary: 'Open suggestions that concern one person, the most likely first',
    input: z.object({ personId: id }),
    output: z.object({ items: z.array(suggestionSchema).describe('At most 20') }),
  }),
  count: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/suggestions/count',
    summary: 'How many wait for an answer',
    input: nothing,
    output: z.object({ open: z.number().int().describe('At most 100, which means so many or more') }),
  }),
  confirm: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/suggestions/{suggestionId}/confirmation',
    summary: 'Says that they are one: the persons are merged, or the account is linked, and this can be undone',
    input: suggestionPath,
    output: z.object({ operationId: id }),
  }),
  refuse: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/suggestions/{suggestionId}/refusal',
    summary: 'Says that they are two; the pair comes again only with new evidence, and this speaks against it then',
    input: suggestionPath,
    output: nothing,
  }),
  putOff: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/suggestions/{suggestionId}/postponement',
    summary: 'Says nothing yet; it comes again in a week',
    input: suggestionPath,
    output: z.object({ until: z.date() }),
  }),
  takeBack: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/suggestions/{suggestionId}/answer/withdrawal',
    summary: 'Takes an answer back: what was joined is apart again exactly as before, what was refused is open',
    input: suggestionPath,
    output: nothing,
  }),
  policy: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/suggestions/policy',
    summary: 'What may be inferred, what the model learned from, and how far a comparison of everything has come',
    input: nothing,
    output: z.object({
      mode: z.enum(INFERENCE_MODES),
      proofLevel: z.enum(PROOF_LEVELS).nullable(),
      heardToo: z.boolean(),
      changedAt: z.date().nullable(),
      model: z
        .object({
          version: z.number().int(),
          learnedAt: z.date(),
          learnedFrom: z.enum(['shipped', 'own-pairs', 'answers']),
          identities: z.number().int().describe('Zero: the shipped values'),
          confirmations: z.number().int(),
          refusals: z.number().int(),
        })
        .nullable()
        .describe('Null: the shipped values, and nobody has answered yet'),
      run: z
        .object({
          state: z.enum(['running', 'done', 'stopped']),
          phase: z.enum(RUN_PHASES),
          identitiesExpected: z.number().int(),
          identitiesDone: z.number().int(),
          startedAt: z.date(),
          endedAt: z.date().nullable(),
        })
        .nullable(),
    }),
  }),
  changePolicy: procedure({
    allow: 'privacy.manage',
    method: 'PUT',
    path: '/suggestions/policy',
    summary:
      'Changes what may be inferred. Back to none, everything that was computed is deleted; what was joined stays',
    input: policyChange,
    output: nothing,
  }),
  run: procedure({
    allow: 'privacy.manage',
    method: 'POST',
    path: '/suggestions/runs',
    summary: 'Compares everything anew',
    input: nothing,
    output: z.object({ runId: id }),
  }),
}
