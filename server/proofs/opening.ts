import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { hashOf, TOKEN_PATTERN } from './tokens.ts'

/** Previews of links, and the same person on two devices; what is passed around goes beyond it. */
const OPENINGS_MAX = 50

/**
 * Whether a link holds: not expired, not withdrawn, not used up by its proof, not opened too often. Opening it says
 * nothing of who opens it. Locks the invitation.
 */
export async function openInvitation(tx: WorkspaceTransaction, token: string, now: Date): Promise<string | null> {
  if (!TOKEN_PATTERN.test(token)) return null
  const { rows } = await sql<{ proof_invitation_id: string; opened_before: boolean; conversation_id: string }>`
    update proof_invitation i set openings = i.openings + 1, opened_at = coalesce(i.opened_at, ${now})
    from (select proof_invitation_id, opened_at is not null as opened_before from proof_invitation
          where workspace_id = ${tx.workspaceId} and token_hash = ${hashOf(token)} for update) before
    where i.workspace_id = ${tx.workspaceId} and i.proof_invitation_id = before.proof_invitation_id
      and i.revoked_at is null and i.proven_at is null and i.expires_at > ${now} and i.openings < ${OPENINGS_MAX}
    returning i.proof_invitation_id, before.opened_before, i.conversation_id`.execute(tx.sql)
  const opened = rows[0]
  if (!opened) return null
  if (!opened.opened_before)
    tx.record({
      type: 'proof.invitation-opened',
      subjects: { proofInvitation: opened.proof_invitation_id, conversation: opened.conversation_id },
    })
  return opened.proof_invitation_id
}
