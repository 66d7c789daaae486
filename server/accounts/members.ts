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
