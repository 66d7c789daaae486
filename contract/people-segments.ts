import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { CONSENT_PURPOSES } from './people-consent.ts'
import { SCORES } from './people-scores.ts'
import { authorBriefSchema, personBriefSchema } from './people-shapes.ts'
import { procedure } from './procedure.ts'

export const AMOUNT_FIELDS = [...SCORES, 'spent', 'orders', 'contracts', 'followers', 'posts', 'conversations'] as const
export const MOMENT_FIELDS = ['knownSince', 'lastPost', 'lastContact'] as const
export const WORDS_FIELDS = ['tags', 'networks', 'language', 'consents'] as const
export const CONDITIONS_MAX = 20
export const SEGMENTS_MAX = 200
const WORDS_MAX = 50
const DAYS_MAX = 36_500

const amount = z.object({
  field: z.enum(AMOUNT_FIELDS),
  is: z.enum(['atLeast', 'below']),
  amount: z.number().min(0).max(1e12),
})
const moment = z.object({
  field: z.enum(MOMENT_FIELDS),
  is: z.enum(['within', 'notWithin']).describe('notWithin: longer ago, or never'),
  days: z.number().int().min(1).max(DAYS_MAX),
})
const words = z.object({
  field: z.enum(WORDS_FIELDS),
  is: z.enum(['anyOf', 'noneOf']),
  words: z.array(z.string().trim().min(1).max(100)).min(1).max(WORDS_MAX),
})

export const conditionSchema = z.union([amount, moment, words])
export type Condition = z.infer<typeof conditionSchema>

export const ruleSchema = z
  .object({
    match: z.enum(['all', 'any']),
    conditions: z.array(conditionSchema).min(1, 'a segment needs a condition').max(CONDITIONS_MAX),
  })
  .describe('Whom a segment holds. Persons who objected to being profiled are in none')
export type SegmentRule = z.infer<typeof ruleSchema>

const name = z.string().trim().min(1).max(100)
const purpose = z.string().trim().max(500).default('')
const counted = z.object({
  persons: z.number().int(),
  estimated: z.boolean().describe('Counted in a sample, because counting all took too long'),
})

const segmentSchema = z.object({
  segmentId: id,
  name: z.string(),
  purpose: z.string(),
  rule: ruleSchema,
  changedAt: z.date(),
})

const segmentPerson = personBriefSchema.extend({
  language: z.string().nullable(),
  value: z.number().nullable(),
  tags: z.array(z.string()),
  lastContactAt: z.date().nullable(),
  authors: z.array(authorBriefSchema).describe('Accounts linked now, at most 6'),
})

const segmentPath = z.object({ segmentId: id })

/** Files go over a route: GET /files/persons.csv?segment={segmentId} */
export const segments = {
  list: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/segments',
    summary: 'Saved segments by name, each with how many persons it holds now',
    input: z.object({ counts: z.stringbool().default(true).describe('false: without counting') }).partial(),
    output: z.object({
      items: z.array(segmentSchema.extend({ count: counted.nullable().describe('Null: not asked for') })),
      all: counted.nullable().describe('All persons who may be in a segment'),
    }),
  }),
  words: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/segments/words',
    summary: 'Tags, networks and languages that occur among persons, the commonest first, at most 100 of each',
    input: z.object({}),
    output: z.object({
      tags: z.array(z.string()),
      networks: z.array(z.string()),
      languages: z.array(z.string()),
      consents: z.array(z.enum(CONSENT_PURPOSES)),
    }),
  }),
  preview: procedure({
    allow: 'people.read',
    method: 'POST',
    path: '/segments/preview',
    summary: 'Whom a rule would hold: how many, and the ones with the highest value',
    input: z.object({ rule: ruleSchema }),
    output: z.object({ count: counted, persons: z.array(segmentPerson) }),
  }),
  persons: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/segments/{segmentId}/persons',
    summary: 'Who is in a segment, the highest value first',
    input: page.extend(segmentPath.shape),
    output: pageOf(segmentPerson),
  }),
  create: procedure({
    allow: 'topics.manage',
    method: 'POST',
    path: '/segments',
    summary: 'Saves a rule under a name that no other segment has',
    input: z.object({ name, purpose, rule: ruleSchema }),
    output: segmentPath,
  }),
  update: procedure({
    allow: 'topics.manage',
    method: 'PATCH',
    path: '/segments/{segmentId}',
    summary: 'Changes name, purpose or rule of a segment',
    input: segmentPath.extend({
      name: name.optional(),
      purpose: z.string().trim().max(500).optional(),
      rule: ruleSchema.optional(),
    }),
    output: nothing,
  }),
  remove: procedure({
    allow: 'topics.manage',
    method: 'DELETE',
    path: '/segments/{segmentId}',
    summary: 'Removes a segment; persons stay as they are',
    input: segmentPath,
    output: nothing,
  }),
}
