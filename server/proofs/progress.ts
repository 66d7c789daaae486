import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { type Invited, invitedAuthor } from './invited.ts'
import { isProvenHere, provenOfVisit } from './proven-here.ts'

/** What an invitation asked for is done when one and the same person proved the account of the conversation and the thing. */
export interface Progress {
  accountProven: boolean
  askedProven: boolean
}

/** `customerSessionId`: the visit that must have proven the account itself. Null: colleagues decided on it, whatever the visit. */
export async function progressOf(
  tx: WorkspaceTransaction,
  invited: Invited,
  personId: string | null,
  customerSessionId: string | null,
): Promise<Progress> {
  if (!personId) return { accountProven: false, askedProven: false }
  const { rows } = await sql<{ author_id: string; network: string; method: string; here: boolean }>`
    with ${provenOfVisit(tx.workspaceId, customerSessionId)}
    select a.author_id, a.network, l.method, ${isProvenHere} as here from author a
      cross join lateral (
        select method, evidence from person_link where workspace_id = a.workspace_id and author_id = a.author_id
          and withdrawn_at is null and not shared order by position desc limit 1) l
    where a.workspace_id = ${tx.workspaceId} and a.person_id = ${personId}`.execute(tx.sql)
  const accountProven = rows.some(
    ({ author_id, method, here }) =>
      author_id === invited.authorId && method === 'customer-proved' && (here || customerSessionId === null),
  )
  const { asked } = invited
  const askedProven =
    asked === 'account'
      ? accountProven
      : rows.some(
          // A number that a system told of an address counts as soon as that address is proven.
          ({ network, method }) => network === asked && (asked === 'customer-number' || method === 'customer-proved'),
        )
  return { accountProven, askedProven }
}

/** The link alone is worth nothing: whoever was forwarded it proves what is theirs, and never becomes the author. */
export async function noteProgress(
  tx: WorkspaceTransaction,
  personId: string,
  {
    proofInvitationId,
    customerSessionId,
    now,
  }: { proofInvitationId: string | null; customerSessionId: string | null; now: Date },
): Promise<void> {
  const invited = await invitedAuthor(tx, proofInvitationId)
  if (!invited || invited.provenAt) return
  const { accountProven, askedProven } = await progressOf(tx, invited, personId, customerSessionId)
  const done = accountProven && askedProven
  const row = await tx.sql
    .updateTable('proof_invitation')
    .set(done ? { proven_at: now } : { part_proven_at: sql<Date>`coalesce(part_proven_at, ${now})` })
    .where('workspace_id', '=', tx.workspaceId)
    .where('proof_invitation_id', '=', invited.proofInvitationId)
    .where('proven_at', 'is', null)
    .returning('proof_invitation_id')
    .executeTakeFirst()
  if (!row) return
  tx.record({
    type: done ? 'proof.invitation-proven' : 'proof.invitation-part-proven',
    subjects: {
      proofInvitation: invited.proofInvitationId,
      conversation: invited.conversationId,
      member: invited.invitedBy,
      // Who it is stays unsaid until the author's own account is proven.
      ...(done ? { person: personId, author: invited.authorId } : {}),
    },
    codes: { asked: invited.asked },
  })
}
