import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { PERMISSIONS, ROLES } from './permissions.ts'
import { procedure } from './procedure.ts'

export const LANGUAGES = ['en', 'de', 'nl'] as const
export const WORKSPACE_KINDS = ['small-team', 'care-desk', 'agency', 'listen-only'] as const
const INVITED_ROLES = ['admin', 'lead', 'agent', 'viewer'] as const

const name = z.string().trim().min(1).max(200)
const email = z
  .email()
  .max(254)
  .transform((text) => text.toLowerCase())
const password = z.string().min(10, 'at least 10 characters').max(128)
const language = z.enum(LANGUAGES)
const timeZone = z
  .string()
  .max(64)
  .refine(
    (zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
    'an IANA time zone, such as Europe/Berlin',
  )
const postLanguages = z
  .array(z.string().regex(/^[a-z]{2,3}$/))
  .min(1)
  .max(12)

const workspaceFields = z.object({
  name,
  brand: z.string().trim().max(200),
  kind: z.enum(WORKSPACE_KINDS),
  languages: postLanguages,
  timeZone,
})
/** Defaults are for a new workspace alone: a partial shape keeps them, and a change of one field would reset the others. */
const workspaceInput = workspaceFields.extend({
  brand: workspaceFields.shape.brand.default(''),
  kind: workspaceFields.shape.kind.default('small-team'),
  languages: postLanguages.default(['en']),
  timeZone: timeZone.default('Europe/Berlin'),
})

export const workspaceSchema = z.object({
  workspaceId: id,
  slug: z.string(),
  name: z.string(),
  brand: z.string(),
  kind: z.enum(WORKSPACE_KINDS),
  mode: z.enum(['live', 'drill']),
  languages: z.array(z.string()),
  timeZone: z.string(),
  settings: z.object({
    retentionDays: z
      .number()
      .int()
      .describe('Posts and authors without a reason to keep are deleted after so many days'),
    fourEyes: z.boolean().describe('Whether a second person approves public answers'),
    reopenDays: z.number().int(),
  }),
})
export const SETTINGS_DEFAULTS = { retentionDays: 30, fourEyes: false, reopenDays: 30 }

const memberSchema = z.object({
  memberId: id,
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  signOff: z.string(),
  state: z.enum(['active', 'disabled']),
  teamIds: z.array(id),
})
const invitationSchema = z.object({
  invitationId: id,
  email: z.string().nullable(),
  role: z.enum(INVITED_ROLES),
  createdAt: z.date(),
  expiresAt: z.date(),
})
const teamSchema = z.object({ teamId: id, name: z.string(), memberIds: z.array(id) })
const apiKeySchema = z.object({
  apiKeyId: id,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(PERMISSIONS)),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
})
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
  joinWorkspaceId: id
    .nullable()
    .describe('Whoever signs in there joins this workspace; null: only invited people and members'),
  joinRole: z.enum(INVITED_ROLES),
})

const memberPath = z.object({ memberId: id })

export const accounts = {
  firstRun: {
    status: procedure({
      allow: 'public',
      method: 'GET',
      path: '/first-run',
      summary: 'Whether the installation still waits for its owner, and how one signs in',
      input: nothing,
      output: z.object({ needsSetUp: z.boolean(), identityProvider: z.object({ name: z.string() }).nullable() }),
    }),
    setUp: procedure({
      allow: 'public',
      method: 'POST',
      path: '/first-run',
      summary: 'Creates the owner with the one-time set-up link',
      input: z.object({ token: z.string().min(1).max(200), name, email, password, language: language.default('en') }),
      output: z.object({ userId: z.string() }),
    }),
  },
  session: {
    me: procedure({
      allow: 'signed-in',
      method: 'GET',
      path: '/me',
      summary: 'Who is signed in, and where they may work',
      input: nothing,
      output: z.object({
        userId: z.string(),
        name: z.string(),
        email: z.string(),
        language,
        timeZone: z.string(),
        theme: z.enum(['system', 'light', 'dark']),
        installationAdmin: z.boolean(),
        twoFactor: z.boolean(),
        workspaces: z.array(
          z.object({
            workspaceId: id,
            slug: z.string(),
            name: z.string(),
            memberId: id,
            role: z.enum(ROLES),
            mode: z.enum(['live', 'drill']),
            permissions: z.array(z.enum(PERMISSIONS)),
          }),
        ),
      }),
    }),
    update: procedure({
      allow: 'signed-in',
      method: 'PATCH',
      path: '/me',
      summary: 'Own name, language, time zone and theme',
      input: z.object({
        name: name.optional(),
        language: language.optional(),
        timeZone: timeZone.optional(),
        theme: z.enum(['system', 'light', 'dark']).optional(),
      }),
      output: nothing,
    }),
  },
  workspaces: {
    create: procedure({
      allow: 'installation',
      method: 'POST',
      path: '/workspaces',
      summary: 'A new workspace; whoever makes it owns it',
      input: workspaceInput,
      output: z.object({ workspaceId: id, slug: z.string() }),
    }),
    get: procedure({
      allow: 'workspace.read',
      method: 'GET',
      path: '/workspace',
      summary: 'The workspace of this request',
      input: nothing,
      output: workspaceSchema,
    }),
    update: procedure({
      allow: 'workspace.manage',
      method: 'PATCH',
      path: '/workspace',
      summary: 'Name, brand, languages, time zone and settings',
      input: workspaceFields.partial().extend({
        settings: z
          .object({
            retentionDays: z.number().int().min(1).max(3650),
            fourEyes: z.boolean(),
            reopenDays: z.number().int().min(1).max(3650),
          })
          .partial()
          .optional(),
      }),
      output: workspaceSchema,
    }),
  },
  members: {
    list: procedure({
      allow: 'members.read',
      method: 'GET',
      path: '/members',
      summary: 'Members of the workspace',
      input: nothing,
      output: z.object({ items: z.array(memberSchema) }),
    }),
    update: procedure({
      allow: 'members.manage',
      method: 'PATCH',
      path: '/members/{memberId}',
      summary: 'Role or state of a member; the last owner stays',
      input: memberPath.extend({ role: z.enum(ROLES).optional(), state: z.enum(['active', 'disabled']).optional() }),
      output: nothing,
    }),
    updateMyself: procedure({
      allow: 'workspace.read',
      method: 'PATCH',
      path: '/members/me',
      summary: 'Own sign-off in this workspace',
      input: z.object({ signOff: z.string().trim().max(20) }),
      output: nothing,
    }),
    invite: procedure({
      allow: 'members.manage',
      method: 'POST',
      path: '/invitations',
      summary: 'An invitation by link, and by mail where an address is given',
      input: z.object({ email: email.optional(), role: z.enum(INVITED_ROLES) }),
      output: z.object({ invitationId: id, link: z.string(), mailed: z.boolean(), mailFailure: z.string().nullable() }),
    }),
    invitations: procedure({
      allow: 'members.manage',
      method: 'GET',
      path: '/invitations',
      summary: 'Open invitations',
      input: nothing,
      output: z.object({ items: z.array(invitationSchema) }),
    }),
    revokeInvitation: procedure({
      allow: 'members.manage',
      method: 'DELETE',
      path: '/invitations/{invitationId}',
      summary: 'Withdraws an invitation',
      input: z.object({ invitationId: id }),
      output: nothing,
    }),
    invitation: procedure({
      allow: 'public',
      method: 'GET',
      path: '/invitation',
      summary: 'What an invitation link leads to',
      input: z.object({ token: z.string().min(1).max(200) }),
      output: z.object({ workspace: z.string(), email: z.string().nullable(), role: z.enum(INVITED_ROLES) }),
    }),
    accept: procedure({
      allow: 'public',
      method: 'POST',
      path: '/invitation',
      summary: 'Accepts an invitation: as the signed-in user, or with a new account',
      input: z.object({
        token: z.string().min(1).max(200),
        account: z.object({ name, email, password, language: language.default('en') }).optional(),
      }),
      output: z.object({ workspaceId: id, slug: z.string() }),
    }),
  },
  teams: {
    list: procedure({
      allow: 'members.read',
      method: 'GET',
      path: '/teams',
      summary: 'Teams and who is in them',
      input: nothing,
      output: z.object({ items: z.array(teamSchema) }),
    }),
    create: procedure({
      allow: 'members.manage',
      method: 'POST',
      path: '/teams',
      summary: 'A new team',
      input: z.object({ name, memberIds: z.array(id).max(500).default([]) }),
      output: z.object({ teamId: id }),
    }),
    update: procedure({
      allow: 'members.manage',
      method: 'PATCH',
      path: '/teams/{teamId}',
      summary: 'Name and members of a team',
      input: z.object({ teamId: id, name: name.optional(), memberIds: z.array(id).max(500).optional() }),
      output: nothing,
    }),
    remove: procedure({
      allow: 'members.manage',
      method: 'DELETE',
      path: '/teams/{teamId}',
      summary: 'Removes a team',
      input: z.object({ teamId: id }),
      output: nothing,
    }),
  },
  keys: {
    list: procedure({
      allow: 'keys.manage',
      method: 'GET',
      path: '/keys',
      summary: 'API keys of the workspace',
      input: nothing,
      output: z.object({ items: z.array(apiKeySchema) }),
    }),
    create: procedure({
      allow: 'keys.manage',
      method: 'POST',
      path: '/keys',
      summary: 'A new API key; its secret is shown once',
      input: z.object({
        name,
        scopes: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length),
        expiresAt: z.coerce.date().optional(),
      }),
      output: z.object({ apiKeyId: id, secret: z.string() }),
    }),
    revoke: procedure({
      allow: 'keys.manage',
      method: 'DELETE',
      path: '/keys/{apiKeyId}',
      summary: 'Revokes an API key at once',
      input: z.object({ apiKeyId: id }),
      output: nothing,
    }),
  },
  installation: {
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
  },
}
