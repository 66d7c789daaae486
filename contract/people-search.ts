import { z } from 'zod'
import { authorBriefSchema, listedAuthorSchema, personBriefSchema } from './people-shapes.ts'
import { procedure } from './procedure.ts'

/** By what somebody was found. */
export const FOUND_BY = ['name', 'handle', 'former-handle', 'mail', 'phone', 'site', 'customer-number'] as const

const found = z.object({
  by: z.enum(FOUND_BY),
  value: z.string().describe('The name, handle or number that agrees'),
  exact: z.boolean().describe('False: it begins like what was typed, or differs by a slip'),
})

export const foundPersonSchema = personBriefSchema.extend({
  language: z.string().nullable(),
  authors: z.array(authorBriefSchema).describe('Accounts linked now, at most 6'),
  found,
})

export const search = procedure({
  allow: 'people.read',
  method: 'GET',
  path: '/people/search',
  summary:
    'Persons and accounts by any handle (also former ones), mail, phone, customer number or site, and by name with typing errors, best first',
  input: z.object({
    text: z.string().trim().min(1).max(100),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  output: z.object({
    persons: z.array(foundPersonSchema),
    accounts: z.array(listedAuthorSchema.extend({ found })).describe('Accounts that belong to nobody known'),
  }),
})
