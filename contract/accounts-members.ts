import { z } from 'zod'
import { name } from './accounts-fields.ts'
import { oneRole } from './accounts-roles.ts'
import { id, nothing } from './pages.ts'
import { ROLES } from './permissions.ts'
import { procedure } from './procedure.ts'

/** Goes below every answer, also where characters are few; a letter takes some lines. */
export const USUAL_SIGN_OFF_CHARACTERS_MAX = 20
export const SIGN_OFF_CHARACTERS_MAX = 300

const memberSchema = z.object({
  memberId: id,
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES).nullable().describe('Null: a role of the workspace’s own'),
  roleId: id.nullable(),
  roleName: z.string().nullable(),
  otherAtSources: z.boolean().describe('Whether they have another role for some source'),
  signOff: z.string(),
  state: z.enum(['active', 'disabled']),
  teamIds: z.array(id),
})
const teamSchema = z.object({ teamId: id, name: z.string(), memberIds: z.array(id) })
const memberPath = z.object({ memberId: id })

export const members = {
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
    input: memberPath
      .extend({
        role: z.enum(ROLES).optional(),
        roleId: id.optional(),
        state: z.enum(['active', 'disabled']).optional(),
      })
      .refine(oneRole, 'one role'),
    output: nothing,
  }),
  updateMyself: procedure({
    allow: 'workspace.read',
    method: 'PATCH',
    path: '/members/me',
    summary: 'Own sign-off in this workspace, the usual one or another for one network',
    input: z
      .object({
        signOff: z.string().trim().max(SIGN_OFF_CHARACTERS_MAX),
        network: z
          .string()
          .regex(/^[a-z][a-z0-9-]{0,49}$/)
          .optional()
          .describe('Absent: the usual one; with a network and an empty sign-off the usual one holds there again'),
      })
      .refine(
        ({ signOff, network }) => network !== undefined || signOff.length <= USUAL_SIGN_OFF_CHARACTERS_MAX,
        'the usual sign-off is short',
      ),
    output: nothing,
  }),
  signOffs: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/members/me/sign-offs',
    summary: 'Own sign-offs for single networks',
    input: nothing,
    output: z.object({ items: z.array(z.object({ network: z.string(), signOff: z.string() })) }),
  }),
}

export const teams = {
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
}
