import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { CONSENT_PURPOSES, STATEMENT_CHANNELS } from './people-consent.ts'
import { LEGAL_BASES, personBriefSchema } from './people-shapes.ts'
import { procedure } from './procedure.ts'

export const CONTACTS_AT_ONCE_MAX = 1_000
const VALUES_MAX = 20
const CUSTOM_MAX = 50

export const CONTACT_OUTCOMES = ['begun', 'joined', 'changed', 'unchanged', 'possible', 'left-out', 'refused'] as const
/** What to do when a contact point of a record is somebody else's already. */
export const CONTACT_IN_USE = ['propose', 'share', 'join'] as const

export const recordSystem = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{0,59}$/)
  .describe('Which system or list tells it, such as salesforce')
const externalId = z.string().trim().min(1).max(200)
export const inUse = z.enum(CONTACT_IN_USE).default('propose')
export const legalBasis = z.enum(LEGAL_BASES)
export const consentWords = z.object({
  text: z.string().trim().min(1).max(10_000).describe('Word for word what was shown'),
  language: z.string().regex(/^[a-z]{2,3}$/),
  channel: z.enum(STATEMENT_CHANNELS),
})

const text = (max: number) => z.string().trim().max(max).nullish()
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(VALUES_MAX).nullish()

/** What is absent stays as it is; null clears it. A list that is given is whole. */
const contactFields = z.object({
  name: text(200),
  givenName: text(200),
  familyName: text(200),
  nickname: text(200),
  organisation: text(200),
  role: text(200),
  street: text(300),
  postcode: text(30),
  city: text(200),
  country: text(100),
  birthDate: z.iso.date().nullish(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .nullish(),
  tags: list(z.string().trim().min(1).max(60)),
  note: text(2_000),
  custom: z
    .record(z.string().min(1).max(60), z.string().max(2_000).nullable())
    .refine((given) => Object.keys(given).length <= CUSTOM_MAX, `at most ${CUSTOM_MAX}`)
    .optional()
    .describe('Fields of your own'),
  mails: list(z.string().max(320)),
  phones: list(z.string().max(50)),
  sites: list(z.string().max(300)),
  accounts: list(z.object({ network: z.string().max(50), handle: z.string().max(200) })),
  numbers: list(z.object({ system: recordSystem, number: externalId })).describe('Numbers that other systems gave'),
})

const contactChange = contactFields.extend({
  legalBasis: legalBasis.describe('Why this may be kept (Art. 6 GDPR)'),
  inUse,
  consents: z
    .array(z.object({ purpose: z.enum(CONSENT_PURPOSES), given: z.boolean() }).extend(consentWords.shape))
    .max(10)
    .default([]),
  doNotContact: z.literal(true).optional().describe('They object to being contacted'),
  ifUpdatedAt: z.coerce.date().optional().describe('Refused when it was changed here since'),
})
export type ContactInput = z.infer<typeof contactChange>

const problem = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
/** By what a record resembles somebody. */
export const sharedReason = z.object({
  kind: z.enum(['mail', 'phone', 'site', 'customer-number', 'account']),
  value: z.string(),
  proven: z.boolean(),
})
const candidate = z.object({ personId: id, name: z.string(), reasons: z.array(sharedReason) })

const outcome = z.object({
  externalId: z.string(),
  outcome: z
    .enum([...CONTACT_OUTCOMES, 'changed-meanwhile'])
    .describe('begun: a new person. joined: more about a known one. possible: it waits for a person to decide'),
  personId: id.nullable(),
  updatedAt: z.date().nullable(),
  problems: z.array(problem),
})

const contactSchema = z.object({
  system: z.string(),
  externalId: z.string(),
  person: personBriefSchema.nullable(),
  fields: z.record(z.string(), z.string()),
  mails: z.array(z.string()),
  phones: z.array(z.string()),
  sites: z.array(z.string()),
  numbers: z.array(z.object({ system: z.string(), number: z.string() })),
  legalBasis,
  doNotContact: z.boolean().describe('The person objects to being contacted, whoever told it'),
  createdAt: z.date(),
  updatedAt: z.date(),
})

const key = z.object({ system: recordSystem, externalId })

export const contacts = {
  get: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/contacts/{system}/{externalId}',
    summary: 'What a system’s record says of somebody, and who that is here',
    input: key,
    output: contactSchema,
  }),
  put: procedure({
    allow: 'imports.run',
    method: 'PUT',
    path: '/contacts/{system}/{externalId}',
    summary: 'Tells a record, new or changed: the same number is the same record, and telling it twice changes nothing',
    input: key.extend(contactChange.shape),
    output: outcome,
  }),
  putMany: procedure({
    allow: 'imports.run',
    reachesOut: true,
    method: 'POST',
    path: '/contacts/{system}/many',
    summary: 'Up to 1,000 records at once, each with its own outcome. A call that broke off may be sent again as it is',
    input: z.object({
      system: recordSystem,
      contacts: z.array(contactChange.extend({ externalId })).min(1).max(CONTACTS_AT_ONCE_MAX),
    }),
    output: z.object({ outcomes: z.array(outcome).describe('In the order of what was sent') }),
  }),
  remove: procedure({
    allow: 'imports.run',
    method: 'DELETE',
    path: '/contacts/{system}/{externalId}',
    summary: 'Cuts the record off: what it said falls away; the person stays, with what others say of them',
    input: key,
    output: nothing,
  }),
  changes: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/contact-changes/{system}',
    summary: 'Records of a system about whom something changed here, in order; ask again with nextCursor',
    input: z.object({
      system: recordSystem,
      after: z.string().max(100).optional().describe('nextCursor of before; absent: from the beginning'),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    output: z.object({
      items: z.array(
        z.object({
          externalId: z.string(),
          personId: id.nullable().describe('Null: the record belongs to nobody now'),
          deleted: z.boolean(),
          at: z.date(),
        }),
      ),
      nextCursor: z.string().describe('Goes on here, now or later'),
      more: z.boolean(),
    }),
  }),
  proposals: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/contact-proposals',
    summary: 'Records that are perhaps somebody who is known: they wait for a person to decide',
    input: page.extend({ importId: id.optional() }),
    output: pageOf(
      z.object({
        proposalId: id,
        source: z.string(),
        line: z.string().nullable(),
        record: z.object({
          externalId: z.string().nullable(),
          name: z.string(),
          fields: z.record(z.string(), z.string()),
          points: z.array(z.string()),
        }),
        candidates: z.array(candidate),
        proposedAt: z.date(),
      }),
    ),
  }),
  decide: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/contact-proposals/{proposalId}/decision',
    summary: 'Says who a waiting record is about: somebody who is known, somebody new, or that it is left out',
    input: z.object({
      proposalId: id,
      decision: z.enum(['same', 'another', 'left-out']),
      personId: id.optional().describe('same: with whom'),
    }),
    output: z.object({ personId: id.nullable() }),
  }),
}
