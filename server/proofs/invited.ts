import type { WorkspaceTransaction } from '../platform/database.ts'

export interface Invited {
  proofInvitationId: string
  conversationId: string
  authorId: string
  network: string
  handle: string | null
  asked: 'customer-number' | 'mail' | 'phone' | 'account'
  invitedBy: string
  provenAt: Date | null
}

/** The account that an invitation asks for, while the invitation holds. */
export async function invitedAuthor(
  tx: WorkspaceTransaction,
  proofInvitationId: string | null,
): Promise<Invited | null> {
  if (!proofInvitationId) return null
  const row = await tx.sql
    .selectFrom('proof_invitation as i')
    .innerJoin('author as a', (join) =>
      join.onRef('a.workspace_id', '=', 'i.workspace_id').onRef('a.author_id', '=', 'i.author_id'),
    )
    .select(['i.proof_invitation_id', 'i.conversation_id', 'i.author_id', 'i.asked', 'i.invited_by', 'i.proven_at'])
    .select(['a.network', 'a.handle'])
    .where('i.workspace_id', '=', tx.workspaceId)
    .where('i.proof_invitation_id', '=', proofInvitationId)
    .where('i.revoked_at', 'is', null)
    .executeTakeFirst()
  return row
    ? {
        proofInvitationId: row.proof_invitation_id,
        conversationId: row.conversation_id,
        authorId: row.author_id,
        network: row.network,
        handle: row.handle,
        asked: row.asked as Invited['asked'],
        invitedBy: row.invited_by,
        provenAt: row.proven_at,
      }
    : null
}
