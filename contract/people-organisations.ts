import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { actorSchema, authorBriefSchema, personBriefSchema } from './people-shapes.ts'
import { procedure } from './procedure.ts'

export const MEMBERSHIP_METHODS = [
  'customer-proved',
  'customer-told',
  'agent-confirmed',
  'imported',
  'suggested',
] as const
const FIELDS_MAX = 50

const name = z.string().trim().min(1).max(200)
const reason = z.string().trim().min(1, 'say why').max(500)
const role = z.string().trim().max(200)
const day = z.iso.date()
const fields = z
  .record(z.string().min(1).max(60), z.string().max(1_000))
  .refine((given) => Object.keys(given).length <= FIELDS_MAX, `at most ${FIELDS_MAX} fields`)

export const organisationBrief = z.object({ organisationId: id, name: z.string() })

const key = z.object({
  kind: z.enum(['domain', 'customer-number']),
  scope: z.string().max(60).describe('Of a customer number: the system that gave it; else empty'),
  value: z.string().trim().min(1).max(253),
})

export const membershipSchema = z.object({
  membershipId: id,
  organisation: organisationBrief,
  person: personBriefSchema.nullable().describe('Null: the identity of which it was said belongs to nobody now'),
  role: z.string(),
  speaks: z.boolean().describe('Speaks for the organisation'),
  since: z.string().nullable(),
  until: z.string().nullable(),
  method: z.enum(MEMBERSHIP_METHODS),
  evidence: z.record(z.string(), z.unknown()),
  saidAt: z.date(),
  saidBy: actorSchema,
  withdrawn: z.object({ at: z.date(), by: actorSchema, because: z.string() }).nullable(),
})

const accountSchema = z.object({
  claimId: id,
  author: authorBriefSchema,
  method: z.enum(['customer-proved', 'customer-told', 'agent-confirmed', 'imported']),
  reason: z.string(),
  saidAt: z.date(),
  saidBy: actorSchema,
})

const mergeSchema = z.object({
  mergeId: id,
  one: organisationBrief,
  other: organisationBrief,
  reason: z.string(),
  mergedAt: z.date(),
  mergedBy: actorSchema,
})

const proposalSchema = z.object({
  organisation: organisationBrief,
  authorId: id,
  mail: z.string(),
  domain: z.string(),
})

const proposedPerson = z.object({ personId: id, name: z.string() })

const organisationPath = z.object({ organisationId: id })

export const organisations = {
  list: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/organisations',
    summary: 'Organisations by name',
    input: page.extend({ search: z.string().trim().max(100).optional() }),
    output: pageOf(
      organisationBrief.extend({ people: z.number().int().describe('Said to belong to it, at most 100 counted') }),
    ),
  }),
  get: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/organisations/{organisationId}',
    summary: 'One organisation with its people, its own accounts, and what it was joined with',
    input: organisationPath,
    output: organisationBrief.extend({
      note: z.string(),
      fields: z.record(z.string(), z.string()),
      createdAt: z.date(),
      createdBy: actorSchema,
      keys: z.array(key),
      members: z.array(membershipSchema).describe('Newest first, withdrawn ones included, at most 200'),
      proposals: z
        .array(z.object({ person: proposedPerson, authorId: id, mail: z.string(), domain: z.string() }))
        .describe('Who has a mail address of one of its domains and is not said to belong to it; at most 50'),
      accounts: z.array(accountSchema),
      merges: z.array(mergeSchema).describe('That stand'),
    }),
  }),
  create: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/organisations',
    summary: 'A new organisation',
    input: z.object({ name }),
    output: z.object({ organisationId: id }),
  }),
  update: procedure({
    allow: 'people.link',
    method: 'PATCH',
    path: '/organisations/{organisationId}',
    summary: 'Name, note and fields of an organisation',
    input: organisationPath.extend({
      name: name.optional(),
      note: z.string().max(5_000).optional(),
      fields: fields.optional(),
    }),
    output: nothing,
  }),
  addKey: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/organisations/{organisationId}/keys',
    summary: 'A domain, or a number under which a system knows it',
    input: organisationPath.extend(key.shape).extend({ scope: z.string().max(60).default('') }),
    output: nothing,
  }),
  removeKey: procedure({
    allow: 'people.link',
    method: 'DELETE',
    path: '/organisations/{organisationId}/keys',
    summary: 'Takes a domain or number away',
    input: organisationPath.extend(key.shape).extend({ scope: z.string().max(60).default('') }),
    output: nothing,
  }),
  merge: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/organisations/{organisationId}/merge',
    summary: 'Says that two are the same; nothing moves, and it can be undone at any time',
    input: organisationPath.extend({ sameAs: id, reason }),
    output: z.object({ mergeId: id, organisationId: id.describe('What both are now: the older') }),
  }),
  undoMerge: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/organisation-merges/{mergeId}/withdrawal',
    summary: 'Says that they are two after all',
    input: z.object({ mergeId: id, reason }),
    output: nothing,
  }),
  addMember: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/organisations/{organisationId}/members',
    summary: 'Says that a person belongs to it, since when and in which role',
    input: organisationPath.extend({
      personId: id,
      role: role.default(''),
      speaks: z.boolean().default(false),
      since: day.nullable().default(null),
      until: day.nullable().default(null),
      method: z.enum(['agent-confirmed', 'customer-told']).default('agent-confirmed'),
      reason: z.string().trim().max(500).default('').describe('What speaks for it'),
    }),
    output: z.object({ membershipId: id }),
  }),
  updateMember: procedure({
    allow: 'people.link',
    method: 'PATCH',
    path: '/memberships/{membershipId}',
    summary: 'Role, whether they speak for it, and until when they belonged to it',
    input: z.object({
      membershipId: id,
      role: role.optional(),
      speaks: z.boolean().optional(),
      since: day.nullable().optional(),
      until: day.nullable().optional(),
    }),
    output: nothing,
  }),
  withdrawMember: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/memberships/{membershipId}/withdrawal',
    summary: 'Takes a membership back that was wrong; it stays in the history with the reason',
    input: z.object({ membershipId: id, reason }),
    output: nothing,
  }),
  claimAccount: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/organisations/{organisationId}/accounts',
    summary: 'Says that an account or address is the organisation’s own and no person’s',
    input: organisationPath.extend({ authorId: id, reason }),
    output: z.object({ claimId: id }),
  }),
  withdrawAccount: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/organisation-accounts/{claimId}/withdrawal',
    summary: 'Says that an account is not the organisation’s',
    input: z.object({ claimId: id, reason }),
    output: nothing,
  }),
  ofPerson: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/persons/{personId}/organisations',
    summary: 'To which organisations a person belongs, and to which their mail address points',
    input: z.object({ personId: id }),
    output: z.object({ memberships: z.array(membershipSchema), proposals: z.array(proposalSchema) }),
  }),
  answerProposal: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/organisations/{organisationId}/proposals/{authorId}',
    summary: 'Whether somebody whose mail address has the organisation’s domain belongs to it; a refusal is remembered',
    input: organisationPath.extend({ authorId: id, belongs: z.boolean() }),
    output: nothing,
  }),
}
