import type { Permission, RolePreset } from '../../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { type AssignedRole, columnsOf, permissionsOfAssigned, requireGivable, requireWithin } from './assigned-role.ts'
import type { Giver } from './giver.ts'

const ROLES_MAX = 100

export interface OwnRole {
  roleId: string
  name: string
  permissions: Permission[]
  preset: RolePreset | null
  version: number
}

export async function listRoles(tx: WorkspaceTransaction): Promise<OwnRole[]> {
  const rows = await tx.sql
    .selectFrom('role')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('name')
    .limit(ROLES_MAX)
    .execute()
  return rows.map((row) => ({
    roleId: row.role_id,
    name: row.name,
    permissions: row.permissions as Permission[],
    preset: row.preset as RolePreset | null,
    version: row.version,
  }))
}

/** Throws Conflict when the name is taken, Forbidden when it lets do what its maker may not. */
export async function createRole(
  tx: WorkspaceTransaction,
  mine: ReadonlySet<Permission>,
  input: { name: string; permissions: Permission[]; preset: RolePreset | null },
): Promise<string> {
  requireWithin(mine, input.permissions)
  const present = await listRoles(tx)
  if (present.length >= ROLES_MAX) throw new Invalid('too-many-roles', { rolesMax: ROLES_MAX })
  refuseTakenName(present, input.name)
  const roleId = newId()
  await tx.sql
    .insertInto('role')
    .values({
      workspace_id: tx.workspaceId,
      role_id: roleId,
      name: input.name,
      permissions: [...new Set(input.permissions)],
      preset: input.preset,
    })
    .execute()
  tx.record({ type: 'role.created', subjects: { roleId }, codes: { permissions: input.permissions.join(',') } })
  return roleId
}

/** Holds for all who have it from their next request on. What it was and what it became stands in the trail. */
export async function updateRole(
  tx: WorkspaceTransaction,
  by: Pick<Giver, 'permissions' | 'everywhere'>,
  roleId: string,
  version: number,
  change: { name?: string | undefined; permissions?: Permission[] | undefined },
): Promise<number> {
  const before = await lockRole(tx, roleId, version)
  const had = new Set(before.permissions as Permission[])
  requireWithin(by.permissions, had)
  requireGivable(by, had, new Set(change.permissions))
  if (change.name !== undefined)
    refuseTakenName(
      (await listRoles(tx)).filter((role) => role.roleId !== roleId),
      change.name,
    )
  const permissions = change.permissions ?? (before.permissions as Permission[])
  await tx.sql
    .updateTable('role')
    .set({
      name: change.name ?? before.name,
      permissions: [...new Set(permissions)],
      version: version + 1,
      changed_at: new Date(),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('role_id', '=', roleId)
    .execute()
  const given = permissions.filter((permission) => !before.permissions.includes(permission))
  const taken = before.permissions.filter((permission) => !permissions.includes(permission as Permission))
  tx.record({
    type: 'role.changed',
    subjects: { roleId },
    codes: { given: given.join(','), taken: taken.join(','), version: version + 1 },
  })
  return version + 1
}

/** Whoever has it, in the workspace or for a source, and whoever was invited with it, gets `to`. */
export async function removeRole(
  tx: WorkspaceTransaction,
  by: Pick<Giver, 'permissions' | 'everywhere'>,
  roleId: string,
  version: number,
  to: AssignedRole | undefined,
): Promise<void> {
  const before = await lockRole(tx, roleId, version)
  const had = new Set(before.permissions as Permission[])
  requireWithin(by.permissions, had)
  if (to && typeof to !== 'string' && to.roleId === roleId) throw new Invalid('role-unknown')
  if (to) requireGivable(by, had, await permissionsOfAssigned(tx, to))
  for (const table of ['member', 'invitation', 'member_source_role'] as const) {
    const having = { workspace_id: tx.workspaceId, role_id: roleId }
    const held = await tx.sql
      .selectFrom(table)
      .select('workspace_id')
      .where((where) => where.and(having))
      .limit(1)
      .executeTakeFirst()
    if (!held) continue
    if (!to) throw new Conflict('role-in-use')
    await tx.sql
      .updateTable(table)
      .set(columnsOf(to))
      .where((where) => where.and(having))
      .execute()
  }
  await tx.sql.deleteFrom('role').where('workspace_id', '=', tx.workspaceId).where('role_id', '=', roleId).execute()
  tx.record({
    type: 'role.removed',
    subjects: typeof to === 'object' ? { roleId, toRoleId: to.roleId } : { roleId },
    codes: { to: typeof to === 'string' ? to : null },
  })
}

async function lockRole(tx: WorkspaceTransaction, roleId: string, version: number) {
  const row = await tx.sql
    .selectFrom('role')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('role_id', '=', roleId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('role-unknown')
  if (row.version !== version) throw new Conflict('role-changed')
  return row
}

function refuseTakenName(roles: OwnRole[], name: string): void {
  if (roles.some((role) => role.name === name)) throw new Conflict('role-name-taken', { name })
}
