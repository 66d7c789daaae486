import { z } from 'zod'
import { name } from './accounts-fields.ts'
import { id, nothing } from './pages.ts'
import { PERMISSIONS, PRESETS } from './permissions.ts'
import { procedure } from './procedure.ts'

export const ROLES_AT_SOURCES = ['admin', 'lead', 'agent', 'viewer', 'none'] as const

const permissions = z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length)
const version = z.number().int().positive()
const roleSchema = z.object({
  roleId: id,
  name: z.string(),
  permissions: z.array(z.enum(PERMISSIONS)),
  preset: z.enum(PRESETS).nullable().describe('What it began as; it owes nothing to it'),
  version: version.describe('Counts changes, for compare-and-set'),
})
const sourceRoleSchema = z.object({
  sourceId: id,
  role: z.enum(ROLES_AT_SOURCES).nullable().describe('`none`: the source is closed to the member'),
  roleId: id.nullable().describe('A role of the workspace’s own'),
})

/** One of the roles that every workspace knows, or one of the workspace's own: never both. */
export const oneRole = <Shape extends { role?: unknown; roleId?: unknown }>(input: Shape): boolean =>
  input.role === undefined || input.roleId === undefined

/** Forbidden `more-than-you-have`: nobody gives, takes or changes more than they have themselves. */
export const roles = {
  list: procedure({
    allow: 'members.read',
    method: 'GET',
    path: '/roles',
    summary: 'Roles of the workspace’s own, beside owner, admin, lead, agent and viewer',
    input: nothing,
    output: z.object({ items: z.array(roleSchema) }),
  }),
  create: procedure({
    allow: 'members.manage',
    method: 'POST',
    path: '/roles',
    summary: 'A new role: a name and what it lets do',
    input: z.object({ name, permissions, preset: z.enum(PRESETS).nullable().default(null) }),
    output: z.object({ roleId: id }),
  }),
  update: procedure({
    allow: 'members.manage',
    method: 'PATCH',
    path: '/roles/{roleId}',
    summary: 'Changes a role for all who have it. Conflict `role-changed` when somebody else was faster.',
    input: z.object({ roleId: id, version, name: name.optional(), permissions: permissions.optional() }),
    output: z.object({ version }),
  }),
  remove: procedure({
    allow: 'members.manage',
    method: 'DELETE',
    path: '/roles/{roleId}',
    summary: 'Removes a role; whoever has it, or was invited with it, gets another one',
    input: z.object({
      roleId: id,
      version,
      toRole: z.enum(['lead', 'agent', 'viewer']).optional(),
      toRoleId: id.optional(),
    }),
    output: nothing,
  }),
  sourceRoles: procedure({
    allow: 'members.read',
    method: 'GET',
    path: '/members/{memberId}/source-roles',
    summary: 'Other roles of a member for single sources',
    input: z.object({ memberId: id }),
    output: z.object({ items: z.array(sourceRoleSchema) }),
  }),
  setSourceRole: procedure({
    allow: 'members.manage',
    method: 'PUT',
    path: '/members/{memberId}/source-roles/{sourceId}',
    summary: 'Another role of a member for what came through one source; without one the role in the workspace holds',
    input: z
      .object({
        memberId: id,
        sourceId: id,
        role: z.enum(ROLES_AT_SOURCES).optional(),
        roleId: id.optional(),
      })
      .refine(oneRole, 'one role, or none'),
    output: nothing,
  }),
}
