import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden, NotFound } from '../platform/errors.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import { addMember } from './members.ts'
import {
  type AssignedRole,
  assignedIn,
  columnsOf,
  permissionsOfAssigned,
  requireWithin,
} from './roles/assigned-role.ts'
import type { Giver } from './roles/giver.ts'
import { hashToken } from './tokens.ts'

const TOKEN_BYTES = 24
const VALID_DAYS = 14
const INVITATIONS_MAX = 500

export type InvitedRole = 'admin' | 'lead' | 'agent' | 'viewer'

export async function invite(
  tx: WorkspaceTransaction,
  services: Services,
  by: Pick<Giver, 'memberId' | 'everywhere'>,
  input: { email?: string | undefined; role: InvitedRole | { roleId: string } },
): Promise<{ invitationId: string; link: string }> {
  if (!by.memberId) throw new Forbidden('people-only')
  requireWithin(by.everywhere, await permissionsOfAssigned(tx, input.role))
  const invitationId = newId()
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const now = services.clock.now()
  await tx.sql
    .insertInto('invitation')
    .values({
      workspace_id: tx.workspaceId,
      invitation_id: invitationId,
      token_hash: hashToken(token),
      email: input.email ?? null,
      ...columnsOf(input.role),
      invited_by: by.memberId,
      created_at: now,
      expires_at: new Date(now.getTime() + VALID_DAYS * 86_400_000),
    })
    .execute()
  const own: Record<string, string> = typeof input.role === 'object' ? { roleId: input.role.roleId } : {}
  tx.record({
    type: 'member.invited',
    subjects: { invitationId, ...own },
    codes: { role: typeof input.role === 'string' ? input.role : null },
  })
  return { invitationId, link: `${services.config.publicUrl}/invitation?token=${token}` }
}

export async function listInvitations(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('invitation as i')
    .leftJoin('role as r', (join) =>
      join.onRef('r.workspace_id', '=', 'i.workspace_id').onRef('r.role_id', '=', 'i.role_id'),
    )
    .selectAll('i')
    .select('r.name as role_name')
    .where('i.workspace_id', '=', tx.workspaceId)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', sql<Date>`now()`)
    .orderBy('i.created_at', 'desc')
    .limit(INVITATIONS_MAX)
    .execute()
  return rows.map((row) => ({
    invitationId: row.invitation_id,
    email: row.email,
    role: row.role as InvitedRole | null,
    roleId: row.role_id,
    roleName: row.role_name,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }))
}

export async function revokeInvitation(tx: WorkspaceTransaction, invitationId: string): Promise<void> {
  const row = await tx.sql
    .updateTable('invitation')
    .set({ revoked_at: sql<Date>`now()` })
    .where('workspace_id', '=', tx.workspaceId)
    .where('invitation_id', '=', invitationId)
    .where('accepted_at', 'is', null)
    .returning('invitation_id')
    .executeTakeFirst()
  if (!row) throw new NotFound('invitation-unknown')
  tx.record({ type: 'invitation.revoked', subjects: { invitationId } })
}

export async function isInvited(services: Services, email: string): Promise<boolean> {
  return (await openInvitations(services, email)).length > 0
}

/** After sign-in through the identity provider: open invitations for the address are accepted, or the configured workspace is joined. */
export async function joinAfterSignIn(
  services: Services,
  user: { userId: string; name: string; email: string },
  join: { workspaceId: string; role: InvitedRole } | null,
): Promise<void> {
  for (const row of await openInvitations(services, user.email)) {
    await services.database.inWorkspace(row.workspace_id, SYSTEM, async (tx) => {
      await tx.sql
        .updateTable('invitation')
        .set({ accepted_at: services.clock.now(), accepted_by: user.userId })
        .where('workspace_id', '=', row.workspace_id)
        .where('invitation_id', '=', row.invitation_id)
        .where('accepted_at', 'is', null)
        .execute()
      await addMemberOnce(tx, user, assignedIn(row))
    })
  }
  if (join) await services.database.inWorkspace(join.workspaceId, SYSTEM, (tx) => addMemberOnce(tx, user, join.role))
}

async function openInvitations(services: Services, email: string) {
  const { rows } = await sql<{
    workspace_id: string
    invitation_id: string
    role: InvitedRole | null
    role_id: string | null
  }>`
    select * from system.invitations_for(${email.toLowerCase()})`.execute(services.database.system)
  return rows
}

async function addMemberOnce(
  tx: WorkspaceTransaction,
  user: { userId: string; name: string; email: string },
  role: AssignedRole,
): Promise<void> {
  const present = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('user_id', '=', user.userId)
    .executeTakeFirst()
  if (!present) await addMember(tx, user, role)
}
