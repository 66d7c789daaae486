/**
 * Somebody of another house (a client, a lawyer) looks at one text through a link and says yes or no. The link's secret is
 * random, long, kept only as its hash, ends by itself, can be ended, and ends when whoever invited is no longer here; it
 * opens this one text and nothing of staff.
 */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { approvals } from '../../../contract/publishing-approvals.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Forbidden, Invalid, NotFound, TooMany } from '../../platform/errors.ts'
import { SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { addressBlock } from '../../platform/rate-limit.ts'
import { requireAtSource } from '../../platform/reach.ts'
import type { Services } from '../../platform/services.ts'
import { takeSharedToken } from '../../platform/shared-rate-limit.ts'
import { findAttachment, readFileOf } from '../attachments.ts'
import type { Answering } from './answering.ts'
import { type ApprovalRow, attachmentsOf, lockApproval } from './approval.ts'
import { writerOf } from './asking.ts'
import { approveLocked, requireOpen } from './deciding.ts'
import { endApproval } from './ending.ts'
import { addRemark } from './remarks.ts'

/** 256 bits: nobody guesses one. */
const TOKEN_BYTES = 32
/** Whose links open an approval at the same time. */
const GUESTS_MAX = 10
const GUESTS_SHOWN_MAX = 100
const DAY_MS = 86_400_000
const PER_ADDRESS = { capacity: 60, perSeconds: 600 }
const PER_LINK = { capacity: 120, perSeconds: 3_600 }

export type ForGuest = z.output<NonNullable<(typeof approvals.guestRead)['~orpc']['outputSchema']>>

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

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

interface Guest {
  guestId: string
  name: string
  approvalId: string
}

/**
 * Finds the link's workspace and guest and does something there. One answer for a link that never was, ended or was ended:
 * which of them helps only somebody who tries links.
 */
export async function asGuest<T>(
  services: Services,
  { token, clientAddress }: { token: string; clientAddress: string },
  work: (tx: WorkspaceTransaction, guest: Guest) => Promise<T>,
): Promise<T> {
  const hash = hashOf(token)
  const allowed =
    (await takeSharedToken(services, `guest-address:${addressBlock(clientAddress)}`, PER_ADDRESS)) &&
    (await takeSharedToken(services, `guest-link:${hash}`, PER_LINK))
  if (!allowed) throw new TooMany('too-many-calls', { perMinute: PER_ADDRESS.capacity / 10 })
  const { rows } = await sql<{ workspace_id: string; guest_id: string }>`
    select * from system.workspace_of_guest(${hash})`.execute(services.database.system)
  const [found] = rows
  if (!found) throw new NotFound('guest-unknown')
  return services.database.inWorkspace(found.workspace_id, SYSTEM, async (tx) => {
    const now = services.clock.now()
    const guest = await tx.sql
      .selectFrom('approval_guest as g')
      .innerJoin('member as m', (join) =>
        join.onRef('m.workspace_id', '=', 'g.workspace_id').onRef('m.member_id', '=', 'g.invited_by'),
      )
      .select(['g.name', 'g.approval_id'])
      .where('g.workspace_id', '=', tx.workspaceId)
      .where('g.guest_id', '=', found.guest_id)
      .where('g.revoked_at', 'is', null)
      .where('g.expires_at', '>', now)
      .where('m.state', '=', 'active')
      .executeTakeFirst()
    if (!guest) throw new NotFound('guest-unknown')
    return work(tx, { guestId: found.guest_id, name: guest.name, approvalId: guest.approval_id })
  })
}

/** The first look is noted: whoever invited sees that the link arrived. */
export async function readAsGuest(services: Services, tx: WorkspaceTransaction, guest: Guest): Promise<ForGuest> {
  const opened = await tx.sql
    .updateTable('approval_guest')
    .set({ opened_at: services.clock.now() })
    .where('workspace_id', '=', tx.workspaceId)
    .where('guest_id', '=', guest.guestId)
    .where('opened_at', 'is', null)
    .returning('guest_id')
    .executeTakeFirst()
  if (opened)
    tx.record({ type: 'approval.guest-opened', subjects: { approvalId: guest.approvalId, guestId: guest.guestId } })
  return present(tx, guest)
}

/** Where accounts are shown by pseudonyms, a guest needs nobody's name. */
async function present(tx: WorkspaceTransaction, guest: Guest): Promise<ForGuest> {
  const { rows } = await sql<
    ApprovalRow & {
      brand: string
      account: string
      network: string
      link_expires_at: Date
      p_text: string | null
      p_author: string | null
      p_language: string | null
    }
  >`
    select a.*, w.brand, s.name as account, s.network, g.expires_at as link_expires_at,
      case when p.post_id is not null then concat_ws(E'\n', p.title, p.text) end as p_text, p.language as p_language,
      case when not coalesce((w.settings ->> 'pseudonymous')::boolean, false)
        then coalesce(p_author.name, p_author.handle) end as p_author
    from approval a join workspace w on w.workspace_id = a.workspace_id
      join approval_guest g on g.workspace_id = a.workspace_id and g.guest_id = ${guest.guestId}
      join source s on s.workspace_id = a.workspace_id and s.source_id = a.source_id
      left join post p on p.workspace_id = a.workspace_id and p.post_id = a.reply_to_post_id and p.deleted_at is null
      left join author p_author on p_author.workspace_id = p.workspace_id and p_author.author_id = p.author_id
    where a.workspace_id = ${tx.workspaceId} and a.approval_id = ${guest.approvalId}`.execute(tx.sql)
  const [row] = rows
  if (!row) throw new NotFound('guest-unknown')
  const decided = row.state === 'approved' || row.state === 'declined'
  return {
    guest: guest.name,
    brand: row.brand,
    account: row.account,
    network: row.network,
    state: row.state === 'open' ? 'open' : decided ? (row.state as 'approved' | 'declined') : 'ended',
    text: row.text,
    language: row.language,
    pictures: attachmentsOf(row).map(({ alt }, index) => ({ index, alt })),
    answers: row.p_text === null ? null : { text: row.p_text, author: row.p_author, language: row.p_language },
    expiresAt: row.link_expires_at < row.expires_at ? row.link_expires_at : row.expires_at,
    version: row.judgement_id,
  }
}

export async function decideAsGuest(
  services: Services,
  tx: WorkspaceTransaction,
  answering: Answering,
  guest: Guest,
  { version, decision, remark }: { version: string; decision: 'approve' | 'decline'; remark: string },
): Promise<ForGuest> {
  const row = await lockApproval(tx, guest.approvalId)
  requireOpen(row)
  if (row.judgement_id !== version) throw new Conflict('approval-changed')
  if (decision === 'decline' && remark.length < 3) throw new Invalid('reason-missing')
  const by = { kind: 'guest', id: guest.guestId } as const
  if (remark !== '') await addRemark(tx, guest.approvalId, remark, by)
  if (decision === 'approve') await approveLocked(services, tx, answering, row, by)
  else await endApproval(answering, tx, row, { state: 'declined', by })
  return present(tx, guest)
}

/** A picture of the text, by its place. */
export async function pictureForGuest(services: Services, tx: WorkspaceTransaction, guest: Guest, index: number) {
  const row = await tx.sql
    .selectFrom('approval')
    .select('attachments')
    .where('workspace_id', '=', tx.workspaceId)
    .where('approval_id', '=', guest.approvalId)
    .executeTakeFirst()
  const attached = row && attachmentsOf(row)[index]
  if (!attached) throw new NotFound('attachment-unknown')
  const { hash, mediaType } = await findAttachment(tx, attached.attachmentId)
  const bytes = await readFileOf(services, tx.workspaceId, hash).catch(() => {
    throw new NotFound('attachment-missing')
  })
  return { bytes, mediaType }
}
