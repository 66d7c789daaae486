import { z } from 'zod'
import { email, INVITED_ROLES, language, name, password } from './accounts-fields.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

const invitationSchema = z.object({
  invitationId: id,
  email: z.string().nullable(),
  role: z.enum(INVITED_ROLES).nullable().describe('Null: a role of the workspace’s own'),
  roleId: id.nullable(),
  roleName: z.string().nullable(),
  createdAt: z.date(),
  expiresAt: z.date(),
})

/** They stand among the procedures of members. */
export const invitations = {
  invite: procedure({
    allow: 'members.manage',
    reachesOut: true,
    method: 'POST',
    path: '/invitations',
    summary: 'An invitation by link, and by mail where an address is given',
    input: z
      .object({ email: email.optional(), role: z.enum(INVITED_ROLES).optional(), roleId: id.optional() })
      .refine((input) => (input.role === undefined) !== (input.roleId === undefined), 'one role'),
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
    output: z.object({
      workspace: z.string(),
      email: z.string().nullable(),
      role: z.enum(INVITED_ROLES).nullable(),
      roleName: z.string().nullable(),
    }),
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
}
