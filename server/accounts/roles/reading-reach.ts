import { sql } from 'kysely'
import type { Permission, Role } from '../../../contract/permissions.ts'
import { permissionsSomewhere, type Reach, reachOf } from '../../platform/reach.ts'
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
