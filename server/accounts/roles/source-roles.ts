import { sql } from 'kysely'
import type { ROLES_AT_SOURCES } from '../../../contract/accounts-roles.ts'
import type { Role } from '../../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { permissionsGranted, permissionsOfAssigned, requireWithin } from './assigned-role.ts'
import type { Giver } from './giver.ts'

/** As many as `system.source_roles_of` reads. */
const SOURCE_ROLES_MAX = 2000
const FOREIGN_KEY_VIOLATION = '23503'

export type RoleAtSource = (typeof ROLES_AT_SOURCES)[number] | { roleId: string }

export async function listSourceRoles(tx: WorkspaceTransaction, memberId: string) {
  const rows = await tx.sql
    .selectFrom('member_source_role')
    .select(['source_id', 'role', 'role_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .orderBy('source_id')
    .limit(SOURCE_ROLES_MAX)
    .execute()
  return rows.map((row) => ({
    sourceId: row.source_id,
    role: row.role as (typeof ROLES_AT_SOURCES)[number] | null,
    roleId: row.role_id,
  }))
}

/**
 * What a member may do with what came through one source; null: what the role in the workspace says. Nobody gives more than
 * they have at that source, and nobody opens or closes one to themselves, with a key neither. Nothing is closed to an owner.
 */
export async function setSourceRole(
  tx: WorkspaceTransaction,
  by: Giver,
  { memberId, sourceId }: { memberId: string; sourceId: string },
  role: RoleAtSource | null,
): Promise<void> {
  if (memberId === by.answerableId) throw new Conflict('not-to-yourself')
  const member = await memberWithPermissions(tx, memberId)
  if (member.role === 'owner') throw new Conflict('owners-see-all')
  requireWithin(by.permissions, member.permissions)
  requireWithin(by.at(sourceId), role ? await permissionsOfAssigned(tx, role) : member.permissions)
  const key = { workspace_id: tx.workspaceId, member_id: memberId, source_id: sourceId }
  if (role) {
    const columns = typeof role === 'string' ? { role, role_id: null } : { role: null, role_id: role.roleId }
    await tx.sql
      .insertInto('member_source_role')
      .values({ ...key, ...columns })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id', 'source_id']).doUpdateSet(columns))
      .execute()
      .catch((error: { code?: string }) => {
        throw error.code === FOREIGN_KEY_VIOLATION ? new Invalid('source-unknown') : error
      })
  } else
    await tx.sql
      .deleteFrom('member_source_role')
      .where((where) => where.and(key))
      .execute()
  tx.record({
    type: 'member.source-role-changed',
    subjects: { memberId, sourceId, ...(typeof role === 'object' && role ? { roleId: role.roleId } : {}) },
    codes: { role: typeof role === 'string' ? role : null },
  })
}

async function memberWithPermissions(tx: WorkspaceTransaction, memberId: string) {
  const { rows } = await sql<{ role: Role | null; permissions: string[] | null }>`
    select m.role, r.permissions from member m left join role r on r.workspace_id = m.workspace_id and r.role_id = m.role_id
    where m.workspace_id = ${tx.workspaceId} and m.member_id = ${memberId}`.execute(tx.sql)
  const row = rows[0]
  if (!row) throw new NotFound('member-unknown')
  return { role: row.role, permissions: permissionsGranted(row.role, row.permissions) }
}
