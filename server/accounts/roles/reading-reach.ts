import { sql } from 'kysely'
import type { Permission, Role } from '../../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import {
  HIDING_PRIVATE,
  OPENING,
  permissionsSomewhere,
  type Reach,
  reachOf,
  SHOWING_PRIVATE,
} from '../../platform/reach.ts'
import type { Services } from '../../platform/services.ts'
import { permissionsGranted } from './assigned-role.ts'

export interface RoleHeld {
  role: Role | null
  /** Of a role of the workspace's own. */
  permissions: readonly string[] | null
  /** Whether they have other roles for single sources. */
  sourceRoles: boolean
}

export interface Powers {
  permissions: ReadonlySet<Permission>
  reach: Reach | null
}

/** What a member may do, and where. One more query for those alone who have roles for single sources. */
export async function powersOf(
  services: Services,
  workspaceId: string,
  memberId: string,
  held: RoleHeld,
): Promise<Powers> {
  const inWorkspace = permissionsGranted(held.role, held.permissions)
  if (!held.sourceRoles) return { permissions: inWorkspace, reach: null }
  const { rows } = await sql<{ source_id: string; role: Role | 'none' | null; permissions: string[] | null }>`
    select * from system.source_roles_of(${workspaceId}, ${memberId})`.execute(services.database.system)
  const sources = new Map(rows.map((row) => [row.source_id, permissionsGranted(row.role, row.permissions)]))
  return { permissions: permissionsSomewhere(inWorkspace, sources), reach: reachOf(inWorkspace, sources) }
}

/** A key may do what it was given, as far as whoever made it may: at every source too. */
export function powersOfKey(scopes: readonly Permission[], maker: Powers): Powers {
  const given = new Set(scopes)
  const permissions = given.intersection(maker.permissions)
  if (!maker.reach) return { permissions, reach: null }
  const sources = [...maker.reach.sources].map(([sourceId, role]) => [sourceId, given.intersection(role)] as const)
  return { permissions, reach: reachOf(given.intersection(maker.reach.inWorkspace), new Map(sources)) }
}

/**
 * Reads with the eyes of a member, in a transaction that sees everything: what leaves for them, a mail or a push, holds no more
 * than they would find in the app.
 */
export async function asMember<Result>(
  tx: WorkspaceTransaction,
  memberId: string,
  read: (tx: WorkspaceTransaction) => Promise<Result>,
): Promise<Result> {
  const { reach, readsInbox } = await eyesOf(tx, memberId)
  if (!reach && readsInbox) return read(tx)
  await sql.raw(`${reach?.closing ?? ''}${readsInbox ? '' : HIDING_PRIVATE}`).execute(tx.sql)
  // A read that fails ends the transaction, and with it what was closed.
  const hidesPrivate = !readsInbox
  const result = await read({ ...tx, actor: { kind: 'member', id: memberId, ...(reach && { reach }), hidesPrivate } })
  await sql.raw(`${OPENING}${SHOWING_PRIVATE}`).execute(tx.sql)
  return result
}

async function eyesOf(
  tx: WorkspaceTransaction,
  memberId: string,
): Promise<{ reach: Reach | null; readsInbox: boolean }> {
  const { rows } = await sql<{
    source_id: string | null
    role: Role | 'none' | null
    permissions: string[] | null
    own_role: Role | null
    own_permissions: string[] | null
  }>`
    select s.source_id, s.role, r.permissions, m.role as own_role, o.permissions as own_permissions
    from member m
      left join member_source_role s on s.workspace_id = m.workspace_id and s.member_id = m.member_id
      left join role r on r.workspace_id = s.workspace_id and r.role_id = s.role_id
      left join role o on o.workspace_id = m.workspace_id and o.role_id = m.role_id
    where m.workspace_id = ${tx.workspaceId} and m.member_id = ${memberId}`.execute(tx.sql)
  const [first] = rows
  const inWorkspace = permissionsGranted(first?.own_role ?? null, first?.own_permissions ?? null)
  const sources = new Map(
    rows.flatMap((row) => (row.source_id ? [[row.source_id, permissionsGranted(row.role, row.permissions)]] : [])),
  )
  return {
    reach: sources.size > 0 ? reachOf(inWorkspace, sources) : null,
    readsInbox: permissionsSomewhere(inWorkspace, sources).has('inbox.read'),
  }
}
