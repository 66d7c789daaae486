import { type Permission, ROLE_PERMISSIONS, type Role } from '../../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Forbidden, Invalid } from '../../platform/errors.ts'
import type { Giver } from './giver.ts'

/** A role that every workspace knows, or one of the workspace's own. */
export type AssignedRole = Role | { roleId: string }

export interface RoleColumns {
  role: string | null
  role_id: string | null
}

export const columnsOf = <Known extends Role>(
  assigned: Known | { roleId: string },
): { role: Known | null; role_id: string | null } =>
  typeof assigned === 'string' ? { role: assigned, role_id: null } : { role: null, role_id: assigned.roleId }

export const assignedIn = ({ role, role_id }: RoleColumns): AssignedRole =>
  role_id ? { roleId: role_id } : (role as Role)

/** From what an input says in two fields, of which one is given. */
export const assignedFrom = (input: {
  role?: Role | undefined
  roleId?: string | undefined
}): AssignedRole | undefined => (input.roleId ? { roleId: input.roleId } : input.role)

/** What a role lets do; `permissions` are those of a role of the workspace's own. A word unknown to this version is nothing. */
export const permissionsGranted = (
  role: Role | 'none' | null,
  permissions: readonly string[] | null,
): ReadonlySet<Permission> => {
  if (role === 'none') return new Set()
  return new Set(role ? ROLE_PERMISSIONS[role] : ((permissions ?? []) as Permission[]))
}

/** Throws Invalid when the workspace has no such role. */
export async function permissionsOfAssigned(
  tx: WorkspaceTransaction,
  assigned: AssignedRole | 'none',
): Promise<ReadonlySet<Permission>> {
  if (typeof assigned === 'string') return permissionsGranted(assigned, null)
  const row = await tx.sql
    .selectFrom('role')
    .select('permissions')
    .where('workspace_id', '=', tx.workspaceId)
    .where('role_id', '=', assigned.roleId)
    .forShare()
    .executeTakeFirst()
  if (!row) throw new Invalid('role-unknown')
  return permissionsGranted(null, row.permissions)
}

/** What they had before is not given: it may be more than the giver has at some source. */
export function requireGivable(
  by: Pick<Giver, 'permissions' | 'everywhere'>,
  before: ReadonlySet<Permission>,
  after: ReadonlySet<Permission>,
): void {
  requireWithin(by.permissions, after)
  requireWithin(by.everywhere, after.difference(before))
}

/** Nobody gives, takes or changes more than they have themselves. */
export function requireWithin(mine: ReadonlySet<Permission>, theirs: Iterable<Permission>): void {
  for (const permission of theirs) if (!mine.has(permission)) throw new Forbidden('more-than-you-have', { permission })
}
