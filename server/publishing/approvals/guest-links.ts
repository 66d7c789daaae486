/**
 * Somebody of another house (a client, a lawyer) looks at one text through a link and says yes or no. The link's secret is
 * random, long, kept only as its hash, ends by itself, can be ended, and ends when whoever invited is no longer here; it
 * opens this one text and nothing of staff.
 */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Forbidden, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { requireAtSource } from '../../platform/reach.ts'
import type { Services } from '../../platform/services.ts'
import { lockApproval } from './approval.ts'
import { writerOf } from './asking.ts'
import { requireOpen } from './deciding.ts'

/** 256 bits: nobody guesses one. */
const TOKEN_BYTES = 32
/** Whose links open an approval at the same time. */
const GUESTS_MAX = 10
const GUESTS_SHOWN_MAX = 100
const DAY_MS = 86_400_000

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Not for one's own text: whoever holds the link could be oneself. */
export async function inviteGuest(
  services: Services,
  tx: WorkspaceTransaction,
  { approvalId, name, days }: { approvalId: string; name: string; days: number },
): Promise<{ guestId: string; link: string }> {
  const row = await lockApproval(tx, approvalId)
  requireAtSource(tx, row.source_id)
  requireOpen(row)
  const { kind, id } = writerOf(tx)
  if (kind === 'bot') throw new Forbidden('people-only')
  if (row.written_by === id) throw new Forbidden('own-text')
  // What a customer says to us alone is for nobody of another house.
  if (row.kind === 'private') throw new Invalid('guest-sees-no-private-text')
  const now = services.clock.now()
  if ((await countOpenLinks(tx, approvalId, now)) >= GUESTS_MAX)
    throw new Invalid('too-many-guests', { max: GUESTS_MAX })
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const guestId = newId()
  const expiresAt = new Date(now.getTime() + days * DAY_MS)
  await tx.sql
    .insertInto('approval_guest')
    .values({
      workspace_id: tx.workspaceId,
      guest_id: guestId,
      approval_id: approvalId,
      name,
      token_hash: hashOf(token),
      invited_by: id,
      expires_at: expiresAt,
    })
    .execute()
  // The text waits as long as the guest may take.
  await sql`update approval set expires_at = greatest(expires_at, ${expiresAt}) where workspace_id = ${tx.workspaceId}
    and approval_id = ${approvalId}`.execute(tx.sql)
  tx.record({ type: 'approval.guest-invited', subjects: { approvalId, guestId, sourceId: row.source_id } })
  // Behind the # it is told to no server on the way, and stands in no log.
  return { guestId, link: `${services.config.publicUrl}/guest#${token}` }
}

/** Links that ended keep nobody else out. Served by approval_guest_approval. */
async function countOpenLinks(tx: WorkspaceTransaction, approvalId: string, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from approval_guest where workspace_id = ${tx.workspaceId}
      and approval_id = ${approvalId} and revoked_at is null and expires_at > ${now}`.execute(tx.sql)
  return rows[0]?.count ?? 0
}

export async function revokeGuest(tx: WorkspaceTransaction, guestId: string, now: Date): Promise<void> {
  const guest = await tx.sql
    .selectFrom('approval_guest')
    .select('approval_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('guest_id', '=', guestId)
    .executeTakeFirst()
  if (!guest) throw new NotFound('guest-unknown')
  const { source_id } = await lockApproval(tx, guest.approval_id)
  requireAtSource(tx, source_id)
  await tx.sql
    .updateTable('approval_guest')
    .set({ revoked_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('guest_id', '=', guestId)
    .where('revoked_at', 'is', null)
    .execute()
  tx.record({
    type: 'approval.guest-revoked',
    subjects: { approvalId: guest.approval_id, guestId, sourceId: source_id },
  })
}

/**
 * Nobody answers for a guest whose inviter is no longer here: their links end, and whoever goes on with the text invites anew.
 * They open nothing from the moment on in which the member goes (asGuest); this says so where guests are listed.
 */
export async function revokeGuestsOfGone(tx: WorkspaceTransaction, memberIds: readonly string[], now: Date) {
  const { rows } = await sql<{ guest_id: string; approval_id: string; source_id: string }>`
    update approval_guest g set revoked_at = ${now}
    from approval a, member m
    where g.workspace_id = ${tx.workspaceId} and g.invited_by = any(${[...memberIds]}::uuid[]) and g.revoked_at is null
      and m.workspace_id = g.workspace_id and m.member_id = g.invited_by and m.state <> 'active'
      and a.workspace_id = g.workspace_id and a.approval_id = g.approval_id
    returning g.guest_id, g.approval_id, a.source_id`.execute(tx.sql)
  for (const { guest_id: guestId, approval_id: approvalId, source_id: sourceId } of rows)
    tx.record({ type: 'approval.guest-revoked', subjects: { approvalId, guestId, sourceId } })
}

/** The newest, in the order in which they were invited. Served by approval_guest_approval. */
export async function guestsOf(tx: WorkspaceTransaction, approvalId: string) {
  const newest = await tx.sql
    .selectFrom('approval_guest')
    .select([
      'guest_id as guestId',
      'name',
      'created_at as createdAt',
      'expires_at as expiresAt',
      'opened_at as openedAt',
      'revoked_at as revokedAt',
    ])
    .where('workspace_id', '=', tx.workspaceId)
    .where('approval_id', '=', approvalId)
    .orderBy('created_at', 'desc')
    .limit(GUESTS_SHOWN_MAX)
    .execute()
  return newest.toReversed()
}
