import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

/** How a link came about, and the legal basis it rests on (Art. 6 GDPR). */
export const LINK_METHODS = [
  'customer-proved',
  'customer-told',
  'agent-confirmed',
  'imported',
  'suggested',
  'wrote-to-us',
] as const
export const LEGAL_BASES = ['consent', 'contract', 'legitimate-interest', 'legal-obligation'] as const
const ACTOR_KINDS = ['member', 'rule', 'bot', 'system', 'customer'] as const

const reason = z.string().trim().min(1, 'say why').max(500)
const personName = z.string().trim().min(1).max(200)
const language = z
  .string()
  .regex(/^[a-z]{2,3}$/)
  .nullable()
const search = z
  .string()
  .trim()
  .max(100)
  .optional()
  .describe('Beginning of a handle or name; case and accents do not matter')

/** What a list shows of an account on a network. */
export const authorBriefSchema = z.object({
  authorId: id,
  network: z.string(),
  handle: z.string().nullable(),
  name: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  own: z.boolean().describe('An account of ours'),
  state: z.enum(['active', 'deactivated', 'gone']),
})

const actorSchema = z.object({ kind: z.enum(ACTOR_KINDS), id: id.nullable() })

export const personBriefSchema = z.object({ personId: id, name: z.string() })

export const linkSchema = z.object({
  linkId: id,
  person: personBriefSchema,
  author: authorBriefSchema,
  method: z.enum(LINK_METHODS),
  evidence: z
    .record(z.string(), z.unknown())
    .describe('What speaks for the link, such as a note or the post that opened it'),
  legalBasis: z.enum(LEGAL_BASES),
  linkedAt: z.date(),
  linkedBy: actorSchema,
  withdrawn: z.object({ at: z.date(), by: actorSchema, because: z.string() }).nullable(),
})

const listedAuthorSchema = authorBriefSchema.extend({
  followers: z.string().nullable().describe('Whole number as text'),
  lastHeardAt: z.date(),
  person: personBriefSchema.nullable(),
})

const authorSchema = listedAuthorSchema.extend({
  scope: z.string(),
  networkId: z.string(),
  bio: z.string().nullable(),
  url: z.string().nullable(),
  stable: z.boolean().describe('False where the network gives no lasting id: never linked without a person'),
  firstHeardAt: z.date(),
  handles: z
    .array(z.object({ handle: z.string(), name: z.string().nullable(), seenFrom: z.date(), seenUntil: z.date() }))
    .describe('Newest first, at most 200'),
  links: z.array(linkSchema).describe('Newest first, withdrawn ones included, at most 100'),
})

const personSchema = personBriefSchema.extend({
  language: z.string().nullable(),
  note: z.string(),
  beganBecause: z.enum(['wrote-to-us', 'answered', 'agent', 'imported']),
  reason: z.string(),
  createdAt: z.date(),
  createdBy: actorSchema,
})

const authorPath = z.object({ authorId: id })
const personPath = z.object({ personId: id })

export const people = {
  authors: {
    list: procedure({
      allow: 'people.read',
      method: 'GET',
      path: '/authors',
      summary: 'Accounts that were heard: the last heard first, or by handle when something is searched',
      input: page.extend({ search, network: z.string().max(50).optional() }),
      output: pageOf(listedAuthorSchema),
    }),
    get: procedure({
      allow: 'people.read',
      method: 'GET',
      path: '/authors/{authorId}',
      summary: 'One account with its earlier handles and its links',
      input: authorPath,
      output: authorSchema,
    }),
  },
  persons: {
    list: procedure({
      allow: 'people.read',
      method: 'GET',
      path: '/persons',
      summary: 'Persons by name',
      input: page.extend({ search }),
      output: pageOf(
        personBriefSchema.extend({
          language: z.string().nullable(),
          createdAt: z.date(),
          authors: z.array(authorBriefSchema).describe('Linked now, at most 20'),
        }),
      ),
    }),
    get: procedure({
      allow: 'people.read',
      method: 'GET',
      path: '/persons/{personId}',
      summary: 'One person with every link, withdrawn ones included',
      input: personPath,
      output: personSchema.extend({ links: z.array(linkSchema).describe('Newest first, at most 200') }),
    }),
    begin: procedure({
      allow: 'people.link',
      method: 'POST',
      path: '/persons',
      summary: 'Begins a person from an account, for a stated reason',
      input: authorPath.extend({
        name: personName.optional().describe('Absent: the name of the account'),
        reason,
        legalBasis: z.enum(LEGAL_BASES).default('legitimate-interest'),
      }),
      output: z.object({ personId: id, linkId: id }),
    }),
    update: procedure({
      allow: 'people.link',
      method: 'PATCH',
      path: '/persons/{personId}',
      summary: 'Name, language and note of a person',
      input: personPath.extend({
        name: personName.optional(),
        language: language.optional(),
        note: z.string().max(5000).optional(),
      }),
      output: nothing,
    }),
    link: procedure({
      allow: 'people.link',
      method: 'POST',
      path: '/persons/{personId}/links',
      summary: 'Links an account to a person; refused while it is linked to another',
      input: personPath.extend({
        authorId: id,
        method: z.enum(['agent-confirmed', 'customer-told']),
        evidence: reason.describe('What speaks for it'),
        legalBasis: z.enum(LEGAL_BASES),
      }),
      output: z.object({ linkId: id }),
    }),
    withdraw: procedure({
      allow: 'people.link',
      method: 'POST',
      path: '/links/{linkId}/withdrawal',
      summary: 'Withdraws a link; it stays in the history with the reason',
      input: z.object({ linkId: id, reason }),
      output: nothing,
    }),
  },
}
