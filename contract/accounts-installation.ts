import { z } from 'zod'
import { INVITED_ROLES, name } from './accounts-fields.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

const mailSettings = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().max(254),
  from: z.email().max(254),
})
const identityProvider = z.object({
  name,
  issuer: z.url(),
  clientId: z.string().min(1).max(500),
  vouchesForAddresses: z
    .boolean()
    .default(false)
    .describe('Believe its mail addresses although it does not call them verified'),
  vouchesForSecondFactor: z
    .boolean()
    .default(false)
    .describe('Whoever signs in there has shown two factors, although its tokens do not say so'),
  joinWorkspaceId: id
    .nullable()
    .describe('Whoever signs in there joins this workspace; null: only invited people and members'),
  joinRole: z.enum(INVITED_ROLES),
})

export const installation = {
  mail: procedure({
    allow: 'installation',
    method: 'GET',
    path: '/installation/mail',
    summary: 'How mail is sent',
    input: nothing,
    output: z.object({ mail: mailSettings.extend({ hasPassword: z.boolean() }).nullable() }),
  }),
  updateMail: procedure({
    allow: 'installation',
    method: 'PUT',
    path: '/installation/mail',
    summary: 'Sets the mail server; an absent password keeps the stored one',
    input: mailSettings.extend({ password: z.string().max(500).optional() }),
    output: nothing,
  }),
  testMail: procedure({
    allow: 'installation',
    method: 'POST',
    path: '/installation/mail/test',
    summary: 'Sends a test mail to oneself',
    input: mailSettings.extend({ password: z.string().max(500).optional() }),
    output: z.object({ sentTo: z.string().nullable(), failure: z.string().nullable(), detail: z.string() }),
  }),
  identityProvider: procedure({
    allow: 'installation',
    method: 'GET',
    path: '/installation/identity-provider',
    summary: 'Sign-in through OpenID Connect',
    input: nothing,
    output: z.object({
      identityProvider: identityProvider.extend({ hasSecret: z.boolean() }).nullable(),
      redirectUrl: z.string(),
    }),
  }),
  updateIdentityProvider: procedure({
    allow: 'installation',
    method: 'PUT',
    path: '/installation/identity-provider',
    summary: 'Sets or removes the OpenID Connect provider after reading its discovery document',
    input: z.object({
      identityProvider: identityProvider.extend({ clientSecret: z.string().max(1000).optional() }).nullable(),
    }),
    output: nothing,
  }),
}
