import { z } from 'zod'

/** What several procedures of this module take. */
export const LANGUAGES = ['en', 'de', 'nl'] as const
export const INVITED_ROLES = ['admin', 'lead', 'agent', 'viewer'] as const

export const name = z.string().trim().min(1).max(200)
export const email = z
  .email()
  .max(254)
  .transform((text) => text.toLowerCase())
export const password = z.string().min(10, 'at least 10 characters').max(128)
export const language = z.enum(LANGUAGES)
export const timeZone = z
  .string()
  .max(64)
  .refine(
    (zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
    'an IANA time zone, such as Europe/Berlin',
  )
