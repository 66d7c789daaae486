import { z } from 'zod'
import { id } from './pages.ts'

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

export const actorSchema = z.object({ kind: z.enum(ACTOR_KINDS), id: id.nullable() })

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
  holds: z.boolean().describe('Says whose the identity is now; otherwise another was laid over it, or it is shared'),
  shared: z.boolean().describe('Contact data that several persons share: says nothing about whose it is'),
  operationId: id.describe('The act that it came with, which can be undone'),
  linkedAt: z.date(),
  linkedBy: actorSchema,
  withdrawn: z.object({ at: z.date(), by: actorSchema, because: z.string() }).nullable(),
})

export const listedAuthorSchema = authorBriefSchema.extend({
  followers: z.string().nullable().describe('Whole number as text'),
  lastHeardAt: z.date(),
  person: personBriefSchema.nullable(),
})

/** What an account shows and may change; its network id never does. */
export const SHOWN_ATTRIBUTES = ['handle', 'name', 'avatar', 'bio', 'url'] as const

export const shownBeforeSchema = z.object({
  attribute: z.enum(SHOWN_ATTRIBUTES),
  value: z.string().nullable().describe('Null: an address of an account that is shown by a pseudonym'),
  seenFrom: z.date().nullable().describe('Null: since it was first heard'),
  seenUntil: z.date().describe('When it was seen last'),
})
