import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, NotFound } from '../platform/errors.ts'
import { sendSignal } from '../platform/live.ts'
import { requireConversation } from './conversation.ts'

/** Renewed while somebody types; short, so that a closed laptop gives the conversation back by itself. */
export const LEASE_SECONDS = 90

export interface Lease {
  conversationId: string
  holder: { kind: 'member' | 'bot'; id: string; name: string }
  mine: boolean
  takenAt: Date
  expiresAt: Date
}

export type Holder = { kind: 'member' | 'bot'; id: string }

/** Only people and API keys hold leases; a rule acts at once and needs none. */
export function holderOf({ actor }: WorkspaceTransaction): Holder {
  if ((actor.kind === 'member' || actor.kind === 'bot') && actor.id) return { kind: actor.kind, id: actor.id }
  throw new Forbidden('members-and-bots-only')
}

/**
 * One statement on the database's clock decides: a free or expired lease, or one's own, is taken; another's is not.
 * Throws Conflict `lease-held`, saying who holds it and until when.
 */
export async function claimLease(tx: WorkspaceTransaction, conversationId: string): Promise<Lease> {
  const holder = holderOf(tx)
  await requireConversation(tx, conversationId)
  const { rows } = await sql<{ taken: boolean }>`
    insert into lease as l (workspace_id, conversation_id, holder_kind, holder_id, expires_at)
    values (${tx.workspaceId}, ${conversationId}, ${holder.kind}, ${holder.id}, ${expiry})
    on conflict (workspace_id, conversation_id) do update set holder_kind = excluded.holder_kind,
      holder_id = excluded.holder_id, expires_at = excluded.expires_at,
      taken_at = case when l.holder_id = excluded.holder_id then l.taken_at else clock_timestamp() end
    where l.holder_id = excluded.holder_id or l.expires_at <= clock_timestamp()
    returning true as taken`.execute(tx.sql)
  const lease = await requireLease(tx, conversationId)
  if (rows.length === 0) throw heldBy(lease)
  await tell(tx, lease)
  return lease
}

/** Keeps one's own lease. An expired one that nobody took is still one's own. Throws Conflict `lease-lost`. */
export async function renewLease(tx: WorkspaceTransaction, conversationId: string): Promise<Lease> {
  const holder = holderOf(tx)
  const { numAffectedRows } = await sql`
    update lease set expires_at = ${expiry}
    where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId}
      and holder_id = ${holder.id}`.execute(tx.sql)
  const lease = (await liveLeases(tx, [conversationId])).get(conversationId)
  if (!numAffectedRows || !lease) throw new Conflict('lease-lost', lease ? whoHolds(lease) : {})
  await tell(tx, lease)
  return lease
}

export async function releaseLease(tx: WorkspaceTransaction, conversationId: string): Promise<boolean> {
  const holder = holderOf(tx)
  const gone = await tx.sql
    .deleteFrom('lease')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('holder_id', '=', holder.id)
    .returning('conversation_id')
    .executeTakeFirst()
  if (gone) await sendSignal(tx, leaseSignal(conversationId, {}))
  return gone !== undefined
}

/** A lead takes it from a colleague. The reason stands in the trail; what the colleague wrote stays as a draft. */
export async function takeOverLease(tx: WorkspaceTransaction, conversationId: string, reason: string): Promise<Lease> {
  const holder = holderOf(tx)
  await requireConversation(tx, conversationId)
  const before = (await liveLeases(tx, [conversationId])).get(conversationId)
  await sql`
    insert into lease (workspace_id, conversation_id, holder_kind, holder_id, expires_at)
    values (${tx.workspaceId}, ${conversationId}, ${holder.kind}, ${holder.id}, ${expiry})
    on conflict (workspace_id, conversation_id) do update set holder_kind = excluded.holder_kind,
      holder_id = excluded.holder_id, expires_at = excluded.expires_at, taken_at = clock_timestamp()`.execute(tx.sql)
  const subjects: Record<string, string> = { conversationId }
  if (before) subjects[before.holder.kind === 'member' ? 'memberId' : 'apiKeyId'] = before.holder.id
  tx.record({ type: 'conversation.taken-over', subjects, content: { reason } })
  const lease = await requireLease(tx, conversationId)
  await tell(tx, lease)
  return lease
}

/** Leases that have not run out, by conversation. Served by lease's primary key. */
export async function liveLeases(tx: WorkspaceTransaction, conversationIds: string[]): Promise<Map<string, Lease>> {
  if (conversationIds.length === 0) return new Map()
  const { rows } = await sql<{
    conversation_id: string
    holder_kind: 'member' | 'bot'
    holder_id: string
    holder_name: string | null
    taken_at: Date
    expires_at: Date
  }>`
    select l.conversation_id, l.holder_kind, l.holder_id, coalesce(m.name, k.name) as holder_name, l.taken_at, l.expires_at
    from lease l
      left join member m on l.holder_kind = 'member' and m.workspace_id = l.workspace_id and m.member_id = l.holder_id
      left join api_key k on l.holder_kind = 'bot' and k.workspace_id = l.workspace_id and k.api_key_id = l.holder_id
    where l.workspace_id = ${tx.workspaceId} and l.conversation_id = any(${conversationIds}::uuid[])
      and l.expires_at > clock_timestamp()`.execute(tx.sql)
  return new Map(
    rows.map((row) => [
      row.conversation_id,
      {
        conversationId: row.conversation_id,
        holder: { kind: row.holder_kind, id: row.holder_id, name: row.holder_name ?? '' },
        mine: row.holder_id === tx.actor.id,
        takenAt: row.taken_at,
        expiresAt: row.expires_at,
      },
    ]),
  )
}

export const heldBy = (lease: Lease): Conflict => new Conflict('lease-held', whoHolds(lease))

const expiry = sql`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`

async function requireLease(tx: WorkspaceTransaction, conversationId: string): Promise<Lease> {
  const lease = (await liveLeases(tx, [conversationId])).get(conversationId)
  if (!lease) throw new NotFound('lease-unknown')
  return lease
}

const whoHolds = ({ conversationId, holder, expiresAt }: Lease) => ({
  conversationId,
  holderKind: holder.kind,
  holderId: holder.id,
  holderName: holder.name,
  until: expiresAt.toISOString(),
})

const leaseSignal = (conversationId: string, holder: Record<string, string>) => ({
  kind: 'lease',
  permission: 'inbox.read' as const,
  subjects: { conversationId, ...holder },
})

/** Others see at once who is writing. No event: presence is not kept. */
const tell = (tx: WorkspaceTransaction, { conversationId, holder, expiresAt }: Lease): Promise<void> =>
  sendSignal(
    tx,
    leaseSignal(conversationId, { holderKind: holder.kind, holderId: holder.id, until: expiresAt.toISOString() }),
  )
