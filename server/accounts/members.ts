import { sql } from 'kysely'
import type { Role } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import {
  type AssignedRole,
  assignedIn,
  columnsOf,
  permissionsOfAssigned,
  requireGivable,
  requireWithin,
} from './roles/assigned-role.ts'
import type { Giver } from './roles/giver.ts'
import type { User } from './users.ts'
import { signOffOf } from './workspaces.ts'

const MEMBERS_MAX = 1000

export interface Member {
  memberId: string
  userId: string
  name: string
  email: string
  /** Null: a role of the workspace's own. */
  role: Role | null
  roleId: string | null
  roleName: string | null
  /** Whether they have another role for some source. */
  otherAtSources: boolean
  signOff: string
  state: 'active' | 'disabled'
  teamIds: string[]
}

export async function listMembers(tx: WorkspaceTransaction): Promise<Member[]> {
  const rows = await tx.sql
    .selectFrom('member as m')
    .leftJoin('role as r', (join) =>
      join.onRef('r.workspace_id', '=', 'm.workspace_id').onRef('r.role_id', '=', 'm.role_id'),
    )
    .selectAll('m')
    .select([
      'r.name as role_name',
      sql<boolean>`exists (select from member_source_role s where s.workspace_id = m.workspace_id
        and s.member_id = m.member_id)`.as('other_at_sources'),
    ])
    .where('m.workspace_id', '=', tx.workspaceId)
    .orderBy('m.name')
    .limit(MEMBERS_MAX)
    .execute()
  const teams = await tx.sql
    .selectFrom('team_member')
    .select(['team_id', 'member_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  return rows.map((row) => ({
    memberId: row.member_id,
    userId: row.user_id,
    name: row.name,
    email: row.email,
    role: row.role as Role | null,
    roleId: row.role_id,
    roleName: row.role_name,
    otherAtSources: row.other_at_sources,
    signOff: row.sign_off,
    state: row.state as Member['state'],
    teamIds: teams.filter((team) => team.member_id === row.member_id).map((team) => team.team_id),
  }))
}

export async function addMember(
  tx: WorkspaceTransaction,
  user: Pick<User, 'userId' | 'name' | 'email'>,
  role: AssignedRole,
): Promise<string> {
  const memberId = newId()
  const row = await tx.sql
    .insertInto('member')
    .values({
      workspace_id: tx.workspaceId,
      member_id: memberId,
      user_id: user.userId,
      name: user.name,
      email: user.email,
      ...columnsOf(role),
      sign_off: signOffOf(user.name),
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doNothing())
    .returning('member_id')
    .executeTakeFirst()
  if (!row) throw new Conflict('already-a-member', { email: user.email })
  tx.record({ type: 'member.joined', subjects: { memberId, ...roleSubject(role) }, codes: roleCode(role) })
  return memberId
}

/** A role of the workspace's own stands among the subjects of an event, one that every workspace knows among its codes. */
const roleSubject = (role: AssignedRole | undefined): Record<string, string> =>
  typeof role === 'object' ? { roleId: role.roleId } : {}
const roleCode = (role: AssignedRole | undefined) => ({ role: typeof role === 'string' ? role : null })

/**
 * Only an owner makes or unmakes owners, and one active owner always stays. Nobody gives or takes a role that lets do more
 * than their own, and nothing that is closed to them at some source. Nothing is closed to an owner.
 */
export async function updateMember(
  tx: WorkspaceTransaction,
  by: Pick<Giver, 'role' | 'permissions' | 'everywhere'>,
  memberId: string,
  { role, state }: { role?: AssignedRole | undefined; state?: 'active' | 'disabled' | undefined },
): Promise<void> {
  const members = await tx.sql
    .selectFrom('member')
    .select(['member_id', 'role', 'role_id', 'state'])
    .where('workspace_id', '=', tx.workspaceId)
    .forUpdate()
    .execute()
  const member = members.find((row) => row.member_id === memberId)
  if (!member) throw new NotFound('member-unknown')
  if ((member.role === 'owner' || role === 'owner') && by.role !== 'owner') throw new Forbidden('owners-only')
  const otherOwners = members.filter(
    (row) => row.role === 'owner' && row.state === 'active' && row.member_id !== memberId,
  )
  const staysOwner = (role ?? member.role) === 'owner' && (state ?? member.state) === 'active'
  if (member.role === 'owner' && !staysOwner && otherOwners.length === 0) throw new Conflict('last-owner-stays')
  if (!role && !state) return
  const before = await permissionsOfAssigned(tx, assignedIn(member))
  requireWithin(by.permissions, before)
  if (role) requireGivable(by, before, await permissionsOfAssigned(tx, role))
  if (role === 'owner') await openEverySource(tx, memberId)
  await tx.sql
    .updateTable('member')
    .set({ ...(role ? columnsOf(role) : {}), ...(state ? { state } : {}) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .execute()
  tx.record({
    type: 'member.changed',
    subjects: { memberId, ...roleSubject(role) },
    codes: { ...roleCode(role), state: state ?? null },
  })
}

const openEverySource = (tx: WorkspaceTransaction, memberId: string): Promise<unknown> =>
  tx.sql
    .deleteFrom('member_source_role')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .execute()

/** The usual one, or with a network the one for what is said there; an empty one for a network: the usual one again. */
export async function updateSignOff(
  tx: WorkspaceTransaction,
  memberId: string,
  { signOff, network }: { signOff: string; network?: string | undefined },
): Promise<void> {
  if (network === undefined)
    await tx.sql
      .updateTable('member')
      .set({ sign_off: signOff })
      .where('workspace_id', '=', tx.workspaceId)
      .where('member_id', '=', memberId)
      .execute()
  else if (signOff === '')
    await tx.sql
      .deleteFrom('member_sign_off')
      .where('workspace_id', '=', tx.workspaceId)
      .where('member_id', '=', memberId)
      .where('network', '=', network)
      .execute()
  else
    await tx.sql
      .insertInto('member_sign_off')
      .values({ workspace_id: tx.workspaceId, member_id: memberId, network, sign_off: signOff })
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'member_id', 'network']).doUpdateSet({ sign_off: signOff }),
      )
      .execute()
  tx.record({ type: 'member.changed', subjects: { memberId }, codes: { signOff: true } })
}

export async function signOffsOf(
  tx: WorkspaceTransaction,
  memberId: string,
): Promise<{ network: string; signOff: string }[]> {
  const rows = await tx.sql
    .selectFrom('member_sign_off')
    .select(['network', 'sign_off'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .orderBy('network')
    .execute()
  return rows.map((row) => ({ network: row.network, signOff: row.sign_off }))
}

/** Who is the one active member of the workspace; null where there are several. */
export async function onlyMember(tx: WorkspaceTransaction): Promise<string | null> {
  const active = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'active')
    .limit(2)
    .execute()
  return active.length === 1 ? (active[0]?.member_id ?? null) : null
}
