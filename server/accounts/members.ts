import type { Role } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { User } from './users.ts'
import { signOffOf } from './workspaces.ts'

const MEMBERS_MAX = 1000

export interface Member {
  memberId: string
  userId: string
  name: string
  email: string
  role: Role
  signOff: string
  state: 'active' | 'disabled'
  teamIds: string[]
}

export async function listMembers(tx: WorkspaceTransaction): Promise<Member[]> {
  const rows = await tx.sql
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('name')
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
    role: row.role as Role,
    signOff: row.sign_off,
    state: row.state as Member['state'],
    teamIds: teams.filter((team) => team.member_id === row.member_id).map((team) => team.team_id),
  }))
}

export async function addMember(
  tx: WorkspaceTransaction,
  user: Pick<User, 'userId' | 'name' | 'email'>,
  role: Role,
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
      role,
      sign_off: signOffOf(user.name),
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doNothing())
    .returning('member_id')
    .executeTakeFirst()
  if (!row) throw new Conflict('already-a-member', { email: user.email })
  tx.record({ type: 'member.joined', subjects: { memberId }, codes: { role } })
  return memberId
}

/** Only an owner makes or unmakes owners, and one active owner always stays. */
export async function updateMember(
  tx: WorkspaceTransaction,
  byRole: Role | null,
  memberId: string,
  change: { role?: Role | undefined; state?: 'active' | 'disabled' | undefined },
): Promise<void> {
  const members = await tx.sql
    .selectFrom('member')
    .select(['member_id', 'role', 'state'])
    .where('workspace_id', '=', tx.workspaceId)
    .forUpdate()
    .execute()
  const member = members.find((row) => row.member_id === memberId)
  if (!member) throw new NotFound('member-unknown')
  if ((member.role === 'owner' || change.role === 'owner') && byRole !== 'owner') throw new Forbidden('owners-only')
  const otherOwners = members.filter(
    (row) => row.role === 'owner' && row.state === 'active' && row.member_id !== memberId,
  )
  const staysOwner = (change.role ?? member.role) === 'owner' && (change.state ?? member.state) === 'active'
  if (member.role === 'owner' && !staysOwner && otherOwners.length === 0) throw new Conflict('last-owner-stays')
  if (!change.role && !change.state) return
  await tx.sql
    .updateTable('member')
    .set(change)
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .execute()
  tx.record({
    type: 'member.changed',
    subjects: { memberId },
    codes: { role: change.role ?? null, state: change.state ?? null },
  })
}

export async function updateSignOff(tx: WorkspaceTransaction, memberId: string, signOff: string): Promise<void> {
  await tx.sql
    .updateTable('member')
    .set({ sign_off: signOff })
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .execute()
  tx.record({ type: 'member.changed', subjects: { memberId }, codes: { signOff: true } })
}

export interface Team {
  teamId: string
  name: string
  memberIds: string[]
}

export async function listTeams(tx: WorkspaceTransaction): Promise<Team[]> {
  const teams = await tx.sql
    .selectFrom('team')
    .select(['team_id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('name')
    .limit(MEMBERS_MAX)
    .execute()
  const members = await tx.sql
    .selectFrom('team_member')
    .select(['team_id', 'member_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  return teams.map((team) => ({
    teamId: team.team_id,
    name: team.name,
    memberIds: members.filter((row) => row.team_id === team.team_id).map((row) => row.member_id),
  }))
}

/** Creates the team, or changes what is given. Throws Conflict when the name is taken. */
export async function saveTeam(
  tx: WorkspaceTransaction,
  teamId: string | null,
  change: { name?: string | undefined; memberIds?: string[] | undefined },
): Promise<string> {
  const id = teamId ?? newId()
  if (change.name !== undefined) {
    const taken = await tx.sql
      .selectFrom('team')
      .select('team_id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('name', '=', change.name)
      .where('team_id', '!=', id)
      .executeTakeFirst()
    if (taken) throw new Conflict('team-name-taken', { name: change.name })
  }
  if (teamId === null)
    await tx.sql
      .insertInto('team')
      .values({ workspace_id: tx.workspaceId, team_id: id, name: change.name ?? '' })
      .execute()
  else {
    const present = await tx.sql
      .selectFrom('team')
      .select('team_id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('team_id', '=', id)
      .executeTakeFirst()
    if (!present) throw new NotFound('team-unknown')
    if (change.name !== undefined)
      await tx.sql
        .updateTable('team')
        .set({ name: change.name })
        .where('workspace_id', '=', tx.workspaceId)
        .where('team_id', '=', id)
        .execute()
  }
  if (change.memberIds) await setTeamMembers(tx, id, change.memberIds)
  tx.record({ type: teamId === null ? 'team.created' : 'team.changed', subjects: { teamId: id } })
  return id
}

async function setTeamMembers(tx: WorkspaceTransaction, teamId: string, memberIds: string[]): Promise<void> {
  await tx.sql
    .deleteFrom('team_member')
    .where('workspace_id', '=', tx.workspaceId)
    .where('team_id', '=', teamId)
    .execute()
  const known =
    memberIds.length === 0
      ? []
      : await tx.sql
          .selectFrom('member')
          .select('member_id')
          .where('workspace_id', '=', tx.workspaceId)
          .where('member_id', 'in', memberIds)
          .execute()
  if (known.length === 0) return
  await tx.sql
    .insertInto('team_member')
    .values(known.map((row) => ({ workspace_id: tx.workspaceId, team_id: teamId, member_id: row.member_id })))
    .execute()
}

export async function removeTeam(tx: WorkspaceTransaction, teamId: string): Promise<void> {
  const gone = await tx.sql
    .deleteFrom('team')
    .where('workspace_id', '=', tx.workspaceId)
    .where('team_id', '=', teamId)
    .returning('team_id')
    .executeTakeFirst()
  if (!gone) throw new NotFound('team-unknown')
  tx.record({ type: 'team.removed', subjects: { teamId } })
}
