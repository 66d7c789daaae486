import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden, NotFound } from '../platform/errors.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import { addMember } from './members.ts'
import { hashToken } from './tokens.ts'

const TOKEN_BYTES = 24
const VALID_DAYS = 14
const INVITATIONS_MAX = 500

export type InvitedRole = 'admin' | 'lead' | 'agent' | 'viewer'

export async function invite(
  tx: WorkspaceTransaction,
  services: Services,
  memberId: string | null,
  input: { email?: string | undefined; role: InvitedRole },
): Promise<{ invitationId: string; link: string }> {
  if (!memberId) throw new Forbidden('people-only')
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
      role: input.role,
      invited_by: memberId,
      created_at: now,
      expires_at: new Date(now.getTime() + VALID_DAYS * 86_400_000),
    })
    .execute()
  tx.record({ type: 'member.invited', subjects: { invitationId }, codes: { role: input.role } })
  return { invitationId, link: `${services.config.publicUrl}/invitation?token=${token}` }
}

export async function listInvitations(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('invitation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .orderBy('created_at', 'desc')
    .limit(INVITATIONS_MAX)
    .execute()
  return rows.map((row) => ({
    invitationId: row.invitation_id,
    email: row.email,
    role: row.role as InvitedRole,
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
      await addMemberOnce(tx, user, row.role)
    })
  }
  if (join) await services.database.inWorkspace(join.workspaceId, SYSTEM, (tx) => addMemberOnce(tx, user, join.role))
}

async function openInvitations(services: Services, email: string) {
  const { rows } = await sql<{ workspace_id: string; invitation_id: string; role: InvitedRole }>`
    select * from system.invitations_for(${email.toLowerCase()})`.execute(services.database.system)
  return rows
}

async function addMemberOnce(
  tx: WorkspaceTransaction,
  user: { userId: string; name: string; email: string },
  role: InvitedRole,
): Promise<void> {
  const present = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('user_id', '=', user.userId)
    .executeTakeFirst()
  if (!present) await addMember(tx, user, role)
}
