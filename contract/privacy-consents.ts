import { z } from 'zod'
import { cursor, id, nothing, page, pageOf } from './pages.ts'
import { CONSENT_PURPOSES, OBJECTION_KINDS, PERSON_PURPOSES, STATEMENT_CHANNELS } from './people-consent.ts'
import { authorBriefSchema, LEGAL_BASES } from './people-shapes.ts'
import { procedure } from './procedure.ts'

const reason = z.string().trim().min(1, 'say why').max(500)
const subject = { personId: id.nullable(), authorId: id.nullable() }
const said = z.object({
  person: z.object({ personId: id, name: z.string() }).nullable(),
  author: authorBriefSchema.nullable().describe('The address or account that it is about; null: the person as a whole'),
})

const consentSchema = z.object({
  consentId: id,
  ...subject,
  purpose: z.enum(CONSENT_PURPOSES),
  given: z.boolean().describe('False: asked, and refused'),
  text: z.string().describe('Word for word what was shown'),
  language: z.string(),
  channel: z.enum(STATEMENT_CHANNELS),
  at: z.date(),
  withdrawn: z.object({ at: z.date(), channel: z.enum(STATEMENT_CHANNELS), reason: z.string() }).nullable(),
})

const objectionSchema = z.object({
  objectionId: id,
  ...subject,
  kind: z.enum(OBJECTION_KINDS),
  reason: z.string(),
  channel: z.enum(STATEMENT_CHANNELS),
  at: z.date(),
  lifted: z.object({ at: z.date(), reason: z.string() }).nullable(),
})

const stateSchema = z.object({
  mayContact: z.boolean(),
  mayProfile: z.boolean(),
  purposes: z.partialRecord(z.enum(CONSENT_PURPOSES), z.enum(['given', 'refused', 'withdrawn'])),
  bases: z.array(
    z.object({
      personId: id,
      legalBasis: z.enum(LEGAL_BASES),
      purpose: z.enum(PERSON_PURPOSES),
      byDefault: z.boolean(),
    }),
  ),
  consents: z.array(consentSchema),
  objections: z.array(objectionSchema),
})

const personPath = z.object({ personId: id })
const when = z.coerce.date().optional().describe('When it was said; absent: now')

export const consents = {
  list: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/consents',
    summary: 'The consent ledger: who was asked what in which words, newest first',
    input: page.extend({ after: cursor.optional(), purpose: z.enum(CONSENT_PURPOSES).optional() }),
    output: pageOf(consentSchema.extend(said.shape)),
  }),
  objections: procedure({
    allow: 'privacy.manage',
    method: 'GET',
    path: '/privacy/objections',
    summary: 'Who objected to being contacted or profiled, newest first',
    input: page.extend({ after: cursor.optional() }),
    output: pageOf(objectionSchema.extend(said.shape)),
  }),
  ofPerson: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/persons/{personId}/consents',
    summary:
      'What holds for the data of a person, and everything that was said about it; the strictest of all who are the same',
    input: personPath,
    output: stateSchema,
  }),
  record: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/persons/{personId}/consents',
    summary: 'Writes down what a person was asked and what they said',
    input: personPath.extend({
      purpose: z.enum(CONSENT_PURPOSES),
      given: z.boolean(),
      text: z.string().trim().min(1).max(10_000).describe('Word for word what was shown or read to them'),
      language: z.string().regex(/^[a-z]{2,3}$/),
      channel: z.enum(STATEMENT_CHANNELS).exclude(['portal']),
      at: when,
    }),
    output: z.object({ consentId: id }),
  }),
  withdraw: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/consents/{consentId}/withdrawal',
    summary: 'A person withdraws a consent',
    input: z.object({
      consentId: id,
      channel: z.enum(STATEMENT_CHANNELS).exclude(['portal']),
      reason: z.string().trim().max(500).default(''),
      at: when,
    }),
    output: nothing,
  }),
  object: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/persons/{personId}/objections',
    summary: 'A person does not want to be contacted, or not to be profiled',
    input: personPath.extend({
      kind: z.enum(OBJECTION_KINDS),
      channel: z.enum(STATEMENT_CHANNELS).exclude(['portal']),
      reason: z.string().trim().max(500).default(''),
      at: when,
    }),
    output: z.object({ objectionId: id }),
  }),
  lift: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/objections/{objectionId}/end',
    summary: 'An objection no longer stands, because the person said so',
    input: z.object({ objectionId: id, reason }),
    output: nothing,
  }),
  changeBasis: procedure({
    allow: 'privacy.manage',
    method: 'PATCH',
    path: '/persons/{personId}/basis',
    summary: 'Why a person is kept: legal basis and purpose, for a reason',
    input: personPath.extend({ legalBasis: z.enum(LEGAL_BASES), purpose: z.enum(PERSON_PURPOSES), reason }),
    output: nothing,
  }),
}
