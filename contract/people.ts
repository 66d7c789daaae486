import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { CONSENT_PURPOSES, CONSENT_STATES, OBJECTION_KINDS } from './people-consent.ts'
import { contactImports } from './people-contact-imports.ts'
import { contacts } from './people-contacts.ts'
import { graph } from './people-graph.ts'
import { organisations } from './people-organisations.ts'
import { profile } from './people-profile.ts'
import { purchases } from './people-purchases.ts'
import { scores } from './people-scores.ts'
import { search as searching } from './people-search.ts'
import { segments } from './people-segments.ts'
import {
  actorSchema,
  authorBriefSchema,
  LEGAL_BASES,
  linkSchema,
  listedAuthorSchema,
  personBriefSchema,
  shownBeforeSchema,
} from './people-shapes.ts'
import { suggestions } from './people-suggestions.ts'
import { procedure } from './procedure.ts'

export { authorBriefSchema, LEGAL_BASES, LINK_METHODS, linkSchema, personBriefSchema } from './people-shapes.ts'

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
  kind: z.enum(['account', 'mail', 'phone', 'site', 'customer-number']),
  past: z
    .array(shownBeforeSchema)
    .describe('What it showed before, newest first, at most 200; handles stand in `handles`'),
  links: z.array(linkSchema).describe('Newest first, withdrawn ones included, at most 100'),
})

const personSchema = personBriefSchema.extend({
  language: z.string().nullable(),
  note: z.string(),
  beganBecause: z.enum(['wrote-to-us', 'answered', 'agent', 'imported', 'proved']),
  reason: z.string(),
  createdAt: z.date(),
  createdBy: actorSchema,
})

const authorPath = z.object({ authorId: id })
const personPath = z.object({ personId: id })

export const people = {
  graph,
  suggestions,
  contacts: { imports: contactImports, ...contacts },
  organisations,
  purchases,
  search: searching,
  profile,
  scores,
  segments,
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
    past: procedure({
      allow: 'people.read',
      method: 'GET',
      path: '/authors/{authorId}/past',
      summary: 'Everything an account showed before, handles included, each until when: the latest first',
      input: authorPath.extend(page.shape),
      output: pageOf(shownBeforeSchema).extend({ authorId: id }),
    }),
  },
  persons: {
    list: procedure({
      allow: 'people.read',
      method: 'GET',
      path: '/persons',
      summary: 'Persons by name; those who agreed or objected to something by their latest statement, newest first',
      input: page
        .extend({
          search,
          basis: z.enum(LEGAL_BASES).optional().describe('Why they are kept: said, or from how they began'),
          objection: z.enum(OBJECTION_KINDS).optional().describe('Who, or whose account, objects now'),
          consent: z.enum(CONSENT_PURPOSES).optional(),
          consentState: z.enum(CONSENT_STATES).default('given').describe('The strictest of everyone who is the same'),
        })
        .refine(({ objection, consent }) => !(objection && consent), { message: 'objection or consent' }),
      output: pageOf(
        personBriefSchema.extend({
          language: z.string().nullable(),
          createdAt: z.date(),
          legalBasis: z.enum(LEGAL_BASES),
          saidAt: z.date().nullable().describe('When they agreed or objected, where they are listed for it'),
          authors: z.array(authorBriefSchema).describe('Linked now, at most 20'),
        }),
      ),
    }),
    get: procedure({
      allow: 'people.read',
      method: 'GET',
      path: '/persons/{personId}',
      summary: 'One person with every link, withdrawn ones included, and what their accounts showed before',
      input: personPath,
      output: personSchema.extend({
        links: z.array(linkSchema).describe('Those not withdrawn first, each newest first, at most 700'),
        formerly: z
          .array(
            authorPath.extend({
              count: z.number().int().describe('How much there is; all of it is told by /authors/{authorId}/past'),
              latest: z.array(shownBeforeSchema).describe('The latest handle, name, picture, site, words about itself'),
            }),
          )
          .describe('What these accounts showed before; those that never changed are absent'),
      }),
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
      output: z.object({ personId: id, linkId: id, operationId: id }),
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
      output: z.object({ linkId: id, operationId: id }),
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
