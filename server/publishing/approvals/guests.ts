/** What a guest sees and decides through a link (guest-links.ts). */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { approvals } from '../../../contract/publishing-approvals.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound, TooMany } from '../../platform/errors.ts'
import { SYSTEM } from '../../platform/events.ts'
import { addressBlock } from '../../platform/rate-limit.ts'
import type { Services } from '../../platform/services.ts'
import { takeSharedToken } from '../../platform/shared-rate-limit.ts'
import { findAttachment, readFileOf } from '../attachments.ts'
import type { Answering } from './answering.ts'
import { type ApprovalRow, attachmentsOf, lockApproval } from './approval.ts'
import { approveLocked, requireOpen } from './deciding.ts'
import { endApproval } from './ending.ts'
import { hashOf } from './guest-links.ts'
import { addRemark } from './remarks.ts'

const PER_ADDRESS = { capacity: 60, perSeconds: 600 }
const PER_LINK = { capacity: 120, perSeconds: 3_600 }

export type ForGuest = z.output<NonNullable<(typeof approvals.guestRead)['~orpc']['outputSchema']>>

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
