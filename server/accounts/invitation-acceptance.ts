import { sql } from 'kysely'
import { Conflict, Forbidden, NotFound, Unauthenticated } from '../platform/errors.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import type { InvitedRole } from './invitations.ts'
import { addMember } from './members.ts'
import { createUser, type NewUser } from './passwords.ts'
import { assignedIn } from './roles/assigned-role.ts'
import { hashToken } from './tokens.ts'
import { findUser } from './users.ts'
import { readWorkspace } from './workspaces.ts'

async function find(services: Services, token: string): Promise<{ workspaceId: string; invitationId: string }> {
  const { rows } = await sql<{ workspace_id: string; invitation_id: string }>`
    select * from system.workspace_of_invitation(${hashToken(token)})`.execute(services.database.system)
  const row = rows[0]
  if (!row) throw new NotFound('invitation-unknown')
  return { workspaceId: row.workspace_id, invitationId: row.invitation_id }
}

export async function describeInvitation(
  services: Services,
  token: string,
): Promise<{ workspace: string; email: string | null; role: InvitedRole | null; roleName: string | null }> {
  const { workspaceId, invitationId } = await find(services, token)
  return services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const workspace = await readWorkspace(tx)
    const row = await tx.sql
      .selectFrom('invitation as i')
      .leftJoin('role as r', (join) =>
        join.onRef('r.workspace_id', '=', 'i.workspace_id').onRef('r.role_id', '=', 'i.role_id'),
      )
      .select(['i.email', 'i.role', 'r.name as role_name'])
      .where('i.workspace_id', '=', workspaceId)
      .where('i.invitation_id', '=', invitationId)
      .executeTakeFirstOrThrow()
    const role = row.role as InvitedRole | null
    return { workspace: workspace.name, email: row.email, role, roleName: row.role_name }
  })
}

/** As the signed-in user, or with a new account. An invitation to an address is for that address alone, and works once. */
export async function acceptInvitation(
  services: Services,
  token: string,
  signedInUserId: string | null,
  account: NewUser | undefined,
): Promise<{ workspaceId: string; slug: string }> {
  const { workspaceId, invitationId } = await find(services, token)
  const described = await describeInvitation(services, token)
  const email =
    account?.email ?? (signedInUserId ? (await findUser(services, { userId: signedInUserId }))?.email : undefined)
  if (!email) throw new Unauthenticated('sign-in-first')
  if (described.email && described.email !== email)
    throw new Forbidden('invitation-for-another', { email: described.email })
  return services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    // Taken before the account is made: of two at the same time the second waits here, is refused and leaves no account.
    const taken = await tx.sql
      .updateTable('invitation')
      .set({ accepted_at: services.clock.now() })
      .where('workspace_id', '=', workspaceId)
      .where('invitation_id', '=', invitationId)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning(['role', 'role_id'])
      .executeTakeFirst()
    if (!taken) throw new Conflict('invitation-used')
    // The link alone says nothing of the address, unless it was sent there.
    const userId = account
      ? await createUser(services, account, { emailVerified: described.email !== null })
      : signedInUserId
    const user = userId ? await findUser(services, { userId }) : null
    if (!user) throw new Unauthenticated('sign-in-first')
    await tx.sql
      .updateTable('invitation')
      .set({ accepted_by: user.userId })
      .where('workspace_id', '=', workspaceId)
      .where('invitation_id', '=', invitationId)
      .execute()
    await addMember(tx, user, assignedIn(taken))
    return { workspaceId, slug: (await readWorkspace(tx)).slug }
  })
}
