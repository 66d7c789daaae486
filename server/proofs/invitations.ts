import { sql } from 'kysely'
import { readWorkspace } from '../accounts/index.ts'
import { mayContact } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, Invalid, NotFound, TooMany } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { requireAtSource } from '../platform/reach.ts'
import type { Services } from '../platform/services.ts'
import { takeSharedToken } from '../platform/shared-rate-limit.ts'
import { invitationText } from './invitation-texts.ts'
import type { Invited } from './invited.ts'
import { offersOf } from './offers.ts'
import { readSettings } from './settings.ts'
import type { PortalLanguage } from './texts.ts'
import { hashOf, newToken } from './tokens.ts'

const SHOWN_MAX = 20
const PER_CONVERSATION = { capacity: 5, perSeconds: 3_600 }
const PER_MEMBER = { capacity: 60, perSeconds: 3_600 }

export type Asked = Invited['asked']
export type InvitationState = 'sent' | 'opened' | 'part-proven' | 'proven' | 'expired' | 'revoked'

/**
 * A link for the author of a conversation. It says nothing of who holds it: an answer may be public, and a link can be
 * passed on, so the author's own account has to be proven as well (docs/proofs.md). An earlier link of the same
 * conversation ends.
 */
export async function invite(
  services: Services,
  tx: WorkspaceTransaction,
  { conversationId, asked, language }: { conversationId: string; asked: Asked; language: PortalLanguage },
): Promise<{ proofInvitationId: string; link: string; text: string }> {
  const { actor, workspaceId } = tx
  if (actor.kind !== 'member' || !actor.id) throw new Forbidden('people-only')
  const settings = await readSettings(tx)
  if (!settings) throw new Invalid('proofs-not-offered')
  const { offered } = await offersOf(services, tx, settings)
  // Whom the link reaches must be able to prove the very account that wrote to us.
  if (!offered.includes('account')) throw new Invalid('proofs-need-accounts')
  if (asked !== 'account' && asked !== 'customer-number' && !offered.includes(asked)) throw new Invalid('not-offered')
  const conversation = await tx.sql
    .selectFrom('conversation')
    .innerJoin('author', (join) =>
      join
        .onRef('author.workspace_id', '=', 'conversation.workspace_id')
        .onRef('author.author_id', '=', 'conversation.author_id'),
    )
    .select(['author.author_id', 'author.own', 'conversation.state', 'conversation.source_id'])
    .where('conversation.workspace_id', '=', workspaceId)
    .where('conversation.conversation_id', '=', conversationId)
    .executeTakeFirst()
  if (!conversation) throw new NotFound('conversation-unknown')
  requireAtSource(tx, conversation.source_id)
  if (conversation.own) throw new Invalid('author-is-ours')
  if (conversation.state === 'closed' && !(await mayContact(tx, { authorId: conversation.author_id })))
    throw new Conflict('contact-objected')
  const allowed =
    (await takeSharedToken(services, `proof-invite:${workspaceId}:${conversationId}`, PER_CONVERSATION)) &&
    (await takeSharedToken(services, `proof-invites:${workspaceId}:${actor.id}`, PER_MEMBER))
  if (!allowed) throw new TooMany('too-many-invitations')
  const now = services.clock.now()
  await endOpen(tx, conversationId, now)
  const token = newToken()
  const proofInvitationId = newId()
  await tx.sql
    .insertInto('proof_invitation')
    .values({
      workspace_id: workspaceId,
      proof_invitation_id: proofInvitationId,
      token_hash: hashOf(token),
      conversation_id: conversationId,
      author_id: conversation.author_id,
      asked,
      language,
      invited_by: actor.id,
      created_at: now,
      expires_at: new Date(now.getTime() + settings.invitationDays * 86_400_000),
    })
    .execute()
  tx.record({
    type: 'proof.invited',
    subjects: { proofInvitation: proofInvitationId, conversation: conversationId, author: conversation.author_id },
    codes: { asked },
  })
  const { slug } = await readWorkspace(tx)
  // Behind the # it is told to no server on the way, and stands in no log.
  const link = `${services.config.publicUrl}/p/${slug}/connections#${token}`
  return { proofInvitationId, link, text: invitationText(language, asked, link) }
}

const endOpen = (tx: WorkspaceTransaction, conversationId: string, now: Date) =>
  tx.sql
    .updateTable('proof_invitation')
    .set({ revoked_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('proven_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()

/** The newest first. Served by proof_invitation_conversation. */
export async function invitationsOf(services: Services, tx: WorkspaceTransaction, conversationId: string) {
  const rows = await tx.sql
    .selectFrom('proof_invitation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at', 'desc')
    .limit(SHOWN_MAX)
    .execute()
  const now = services.clock.now()
  const settings = await readSettings(tx)
  const offered = settings ? (await offersOf(services, tx, settings)).offered.includes('account') : false
  return {
    offered,
    items: rows.map((row) => ({
      proofInvitationId: row.proof_invitation_id,
      asked: row.asked as Asked,
      state: stateOf(row, now),
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      openedAt: row.opened_at,
      provenAt: row.proven_at,
    })),
  }
}

interface Times {
  revoked_at: Date | null
  proven_at: Date | null
  part_proven_at: Date | null
  opened_at: Date | null
  expires_at: Date
}

function stateOf(row: Times, now: Date): InvitationState {
  if (row.proven_at) return 'proven'
  if (row.revoked_at) return 'revoked'
  if (row.expires_at <= now) return 'expired'
  if (row.part_proven_at) return 'part-proven'
  return row.opened_at ? 'opened' : 'sent'
}

/** Whoever came by it stays a customer with what they proved; the conversation is no longer concerned. */
export async function revoke(tx: WorkspaceTransaction, proofInvitationId: string, now: Date): Promise<void> {
  const { rows } = await sql<{ conversation_id: string; revoked: boolean }>`
    with found as (
      select conversation_id, proven_at is null and revoked_at is null as open from proof_invitation
      where workspace_id = ${tx.workspaceId} and proof_invitation_id = ${proofInvitationId} for update),
    revoked as (
      update proof_invitation set revoked_at = ${now} where workspace_id = ${tx.workspaceId}
        and proof_invitation_id = ${proofInvitationId} and (select open from found) returning 1)
    select conversation_id, exists (select from revoked) as revoked from found`.execute(tx.sql)
  const found = rows[0]
  if (!found) throw new NotFound('proof-invitation-unknown')
  if (!found.revoked) throw new Conflict('proof-invitation-ended')
  tx.record({
    type: 'proof.invitation-revoked',
    subjects: { proofInvitation: proofInvitationId, conversation: found.conversation_id },
  })
}
