import { sql } from 'kysely'
import { type Permission, ROLE_PERMISSIONS, ROLES, SOURCE_PERMISSIONS } from '../../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** Active members whose role in the workspace lets them do it, by built-in roles and by roles of the workspace's own. */
export async function membersWho(tx: WorkspaceTransaction, permission: Permission): Promise<string[]> {
  const { rows } = await sql<{ member_id: string }>`
    select m.member_id from member m
      left join role r on r.workspace_id = m.workspace_id and r.role_id = m.role_id
    where m.workspace_id = ${tx.workspaceId} and m.state = 'active'
      and (m.role = any(${rolesWith(permission)}::text[]) or ${permission} = any(r.permissions))
    order by m.member_id`.execute(tx.sql)
  return rows.map((row) => row.member_id)
}

const rolesWith = (permission: Permission): string[] =>
  ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission))

/** Active members who may do it in the workspace, or with what came through some source. */
export async function membersWhoSomewhere(tx: WorkspaceTransaction, permission: Permission): Promise<string[]> {
  const inWorkspace = await membersWho(tx, permission)
  if (!SOURCE_PERMISSIONS.some((each) => each === permission)) return inWorkspace
  const { rows } = await sql<{ member_id: string }>`
    select distinct s.member_id from member_source_role s
      join member m on m.workspace_id = s.workspace_id and m.member_id = s.member_id and m.state = 'active'
      left join role r on r.workspace_id = s.workspace_id and r.role_id = s.role_id
    where s.workspace_id = ${tx.workspaceId}
      and (s.role = any(${rolesWith(permission)}::text[]) or ${permission} = any(r.permissions))`.execute(tx.sql)
  return [...new Set([...inWorkspace, ...rows.map((row) => row.member_id)])]
}

/** Active members who may do it with what came through this source; null: through none. */
export async function membersWhoAt(
  tx: WorkspaceTransaction,
  permission: Permission,
  sourceId: string | null,
): Promise<string[]> {
  const inWorkspace = await membersWho(tx, permission)
  if (!sourceId) return inWorkspace
  const { rows } = await sql<{ member_id: string; may: boolean }>`
    select s.member_id, coalesce(s.role = any(${rolesWith(permission)}::text[]) or ${permission} = any(r.permissions), false) as may
    from member_source_role s
      join member m on m.workspace_id = s.workspace_id and m.member_id = s.member_id and m.state = 'active'
      left join role r on r.workspace_id = s.workspace_id and r.role_id = s.role_id
    where s.workspace_id = ${tx.workspaceId} and s.source_id = ${sourceId}`.execute(tx.sql)
  const there = new Map(rows.map((row) => [row.member_id, row.may]))
  const gained = rows.filter((row) => row.may && !inWorkspace.includes(row.member_id)).map((row) => row.member_id)
  return [...inWorkspace.filter((memberId) => there.get(memberId) ?? true), ...gained]
}
