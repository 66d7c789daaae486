import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import {
  actorSchema,
  authorBriefSchema,
  LEGAL_BASES,
  LINK_METHODS,
  linkSchema,
  personBriefSchema,
} from './people-shapes.ts'
import { ROLES } from './permissions.ts'
import { procedure } from './procedure.ts'

export const OPERATION_KINDS = ['begin', 'link', 'cut', 'move', 'split', 'merge', 'field'] as const
/** What comes together with identities, as other modules count it. */
export const PERSON_FACTS = ['open-conversations', 'posts', 'notes', 'consents', 'purchases'] as const
export const CONFLICT_CODES = [
  'customer-numbers',
  'birth-dates',
  'proved-accounts',
  'companies',
  'organisations',
  'objection-contact',
  'objection-profiling',
] as const
export const FIELD_ORIGINS = ['override', 'customer', 'system', 'account'] as const
export const BULK_MAX = 1_000
export const MERGED_AT_ONCE_MAX = 50
const SPLIT_AT_ONCE_MAX = 500

const reason = z.string().trim().min(1, 'say why').max(500)
const fieldName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,59}$/)
const fieldValue = z.string().max(2_000)
const personPath = z.object({ personId: id })
const authorPath = z.object({ authorId: id })
const operationPath = z.object({ operationId: id })

/** What an act rests on. */
const grounds = z.object({
  method: z.enum(['agent-confirmed', 'customer-told', 'imported']).default('agent-confirmed'),
  evidence: reason.describe('What speaks for it'),
  legalBasis: z.enum(LEGAL_BASES).default('legitimate-interest'),
})
const mergeInput = z.object({ personIds: z.array(id).min(1).max(MERGED_AT_ONCE_MAX) })
const splitInput = personPath.extend({ authorIds: z.array(id).min(1).max(SPLIT_AT_ONCE_MAX) })
const moveInput = authorPath.extend({ personId: id.describe('To whom it belongs from now on') })
const cutInput = authorPath.extend({ reason })
const undoInput = operationPath.extend({ reason })
const fields = z
  .record(fieldName, fieldValue.nullable())
  .describe('At least one, at most 100. Null takes what was written by hand back')

export const CONTACT_POINT_KINDS = ['mail', 'phone', 'site', 'customer-number'] as const
const contactPoint = z.object({
  kind: z.enum(CONTACT_POINT_KINDS),
  scope: z.string().trim().max(60).optional().describe('Of a customer number: the system that gave it'),
  value: z.string().trim().min(1).max(320).describe('As somebody writes it'),
})
const linkInput = personPath.extend({
  shared: z
    .boolean()
    .default(false)
    .describe('Several persons have it, such as a family’s phone: it says nothing of who'),
})

export const operationSchema = z.object({
  operationId: id,
  kind: z.enum(OPERATION_KINDS),
  at: z.date(),
  by: actorSchema,
  undone: z.object({ at: z.date(), by: actorSchema, because: z.string() }).nullable(),
  persons: z
    .array(personBriefSchema.extend({ erased: z.boolean() }))
    .describe('Whom it concerned, as they were told apart then'),
  towards: id.nullable().describe('Of those: to whom its links lead'),
  authors: z.array(authorBriefSchema).describe('At most 20'),
  authorCount: z.number().int(),
  method: z.enum(LINK_METHODS).nullable(),
  legalBasis: z.enum(LEGAL_BASES).nullable(),
  evidence: z.record(z.string(), z.unknown()),
  fields: z.array(z.object({ field: z.string(), value: z.string().nullable() })),
})

const partySchema = z.object({
  personId: id,
  name: z.string(),
  authors: z.array(authorBriefSchema),
  facts: z
    .array(z.object({ fact: z.enum(PERSON_FACTS), count: z.number().int() }))
    .describe('Those that the caller may read'),
})

const previewSchema = z.object({
  before: z.array(partySchema),
  after: z.array(partySchema),
  nobodys: z.array(authorBriefSchema).describe('Identities that belong to nobody afterwards'),
  conflicts: z.array(
    z.object({
      conflict: z.enum(CONFLICT_CODES),
      personId: id.describe('In whom it comes together'),
      of: z.string().nullable().describe('The system or the network'),
      values: z.array(z.string()),
    }),
  ),
  seenBy: z.array(z.enum(ROLES)).describe('Roles that see the result'),
  later: z.array(operationSchema).describe('Undo: acts that came after on the same identities and persons, and stay'),
  erased: z
    .object({ persons: z.number().int(), authors: z.number().int() })
    .describe('Of what the act named: gone for good, nothing brings it back'),
})

const done = z.object({ operationId: id })
const linked = done.extend({ linkId: id })
const aboutPerson = done.extend({ personId: id.describe('Whom they are from now on') })

const act = z.discriminatedUnion('kind', [
  mergeInput.extend(grounds.shape).extend({ kind: z.literal('merge') }),
  splitInput.extend(grounds.shape).extend({ kind: z.literal('split') }),
  moveInput.extend(grounds.shape).extend({ kind: z.literal('move') }),
  linkInput.extend(grounds.shape).extend({ kind: z.literal('link'), authorId: id }),
  cutInput.extend({ kind: z.literal('cut') }),
  undoInput.extend({ kind: z.literal('undo') }),
  personPath.extend({ kind: z.literal('field'), fields }),
])

const candidateSchema = z.object({
  value: z.string(),
  origin: z.enum(FIELD_ORIGINS),
  source: z.string().nullable().describe('Which system or file; of an account: name, handle, contact or id'),
  author: authorBriefSchema.nullable(),
  at: z.date(),
  by: actorSchema.nullable(),
})

export const graph = {
  preview: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/graph/preview',
    summary: 'What an act would bring together or apart, tried and taken back: nothing changes',
    input: z.discriminatedUnion('kind', [
      mergeInput.extend({ kind: z.literal('merge') }),
      splitInput.extend({ kind: z.literal('split') }),
      moveInput.extend({ kind: z.literal('move') }),
      authorPath.extend({ kind: z.literal('cut') }),
      operationPath.extend({ kind: z.literal('undo') }),
      linkInput.extend({ kind: z.literal('link'), authorId: id }),
      linkInput.extend({ kind: z.literal('contact'), contact: contactPoint }),
    ]),
    output: previewSchema,
  }),
  merge: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/persons/merges',
    summary: 'Says that persons are the same one; can be undone at any time',
    input: mergeInput.extend(grounds.shape),
    output: aboutPerson,
  }),
  split: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/persons/{personId}/splits',
    summary: 'Gives some identities of a person to a new one',
    input: splitInput.extend(grounds.shape),
    output: aboutPerson,
  }),
  move: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/authors/{authorId}/moves',
    summary: 'Gives one identity to another person',
    input: moveInput.extend(grounds.shape),
    output: linked,
  }),
  cut: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/authors/{authorId}/cuts',
    summary: 'Says that an identity is not that person’s; it belongs to nobody then',
    input: cutInput,
    output: done,
  }),
  undo: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/graph/operations/{operationId}/undo',
    summary: 'Takes an act back, whenever it was; what came after stays. What was erased stays gone',
    input: undoInput,
    output: z.object({ personIds: z.array(id).describe('Everyone whom it concerned, as they are now') }),
  }),
  contactPoint: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/contact-points/lookup',
    summary: 'A mail address, phone number, site or customer number as it is kept, and whose it is; nothing is written',
    input: contactPoint,
    output: contactPoint.extend({
      value: z.string().describe('As it is kept, such as +4943112345'),
      authorId: id.nullable().describe('Null: not known yet'),
      person: personBriefSchema.nullable().describe('Whose it is'),
      sharedBy: z.array(personBriefSchema).describe('Who has it as shared contact data, at most 20'),
    }),
  }),
  linkContactPoint: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/persons/{personId}/contact-points',
    summary:
      'Links a mail address, phone number, site or customer number to a person; refused while it is another’s, unless it is shared',
    input: linkInput.extend(grounds.shape).extend({ contact: contactPoint }),
    output: linked.extend({ authorId: id }),
  }),
  bulk: procedure({
    allow: 'people.link',
    reachesOut: true,
    method: 'POST',
    path: '/graph/bulk',
    summary:
      'Up to 1,000 acts, each with a result of its own. A key that was done before does nothing and answers the same',
    input: z.object({
      acts: z
        .array(z.object({ key: z.string().trim().min(1).max(100), act }))
        .min(1)
        .max(BULK_MAX),
    }),
    output: z.object({
      results: z.array(
        z.object({
          key: z.string(),
          state: z.enum(['done', 'repeated', 'refused']),
          operationId: id.nullable(),
          personId: id.nullable(),
          error: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
        }),
      ),
    }),
  }),
  history: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/persons/{personId}/operations',
    summary: 'Every act on a person and on everyone who is the same, newest first, undone ones included',
    input: personPath.extend(page.shape),
    output: pageOf(operationSchema),
  }),
  operation: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/graph/operations/{operationId}',
    summary: 'One act on the graph',
    input: operationPath,
    output: operationSchema,
  }),
  members: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/persons/{personId}/members',
    summary: 'Everyone who is the same person now, and the links that say whose each identity is',
    input: personPath,
    output: z.object({
      personId: id.describe('By whom they are all known now'),
      members: z.array(z.object({ personId: id, createdAt: z.date() })),
      links: z.array(linkSchema).describe('Those that hold, and contact data that is shared with others'),
    }),
  }),
  fields: {
    get: procedure({
      allow: 'people.read',
      method: 'GET',
      path: '/persons/{personId}/fields',
      summary: 'Every field of a person: what holds, where it comes from, and what else was said',
      input: personPath,
      output: z.object({
        personId: id,
        fields: z.array(
          z.object({ field: z.string(), candidates: z.array(candidateSchema).describe('The first holds') }),
        ),
      }),
    }),
    set: procedure({
      allow: 'people.link',
      method: 'PATCH',
      path: '/persons/{personId}/fields',
      summary: 'Writes over fields by hand; null takes that back',
      input: personPath.extend({ fields }),
      output: done,
    }),
  },
  settings: {
    get: procedure({
      allow: 'people.read',
      method: 'GET',
      path: '/people/settings',
      summary: 'Whose records are believed first, and from which country numbers are',
      input: nothing,
      output: z.object({
        defaultCountry: z.string().nullable(),
        countryOfTimeZone: z.string().nullable(),
        fieldSources: z.array(z.string()),
        knownSources: z.array(z.string()),
      }),
    }),
    save: procedure({
      allow: 'workspace.manage',
      method: 'PUT',
      path: '/people/settings',
      summary: 'Changes them; names of persons follow at once',
      input: z.object({
        defaultCountry: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .nullable(),
        fieldSources: z.array(fieldName).max(50),
      }),
      output: nothing,
    }),
  },
}
