import { sql } from 'kysely'
import type { DeliveryFailure } from '../../contract/publishing.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { DeliveryRow } from './delivery.ts'

const DETAIL_CHARACTERS_MAX = 500
const BACK_OFF_MS_MIN = 2_000
const BACK_OFF_MS_MAX = 10 * 60_000

/** What is written when nothing is under way any more. */
const AT_REST = { due_at: null, lease_until: null, lease_token: null, needs_decision: false } as const

type Change = Partial<{
  state: DeliveryRow['state']
  due_at: Date | null
  lease_until: null
  lease_token: null
  needs_decision: boolean
  failure: DeliveryFailure | null
  failure_detail: string | null
  sent_at: Date
  external_id: string | null
  reference: string | null
  url: string | null
  post_id: string | null
  troubled_since: Date | null
  doubted: boolean
}>

async function write(tx: WorkspaceTransaction, deliveryId: string, change: Change): Promise<void> {
  await tx.sql
    .updateTable('delivery')
    .set(change)
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', deliveryId)
    .execute()
}

/**
 * It stands on the network: the one outcome that is true whoever reports it (the network's answer, a look, our own
 * echo, a person), in whatever state the row is. The caller holds the row.
 */
export async function settleSent(
  tx: WorkspaceTransaction,
  row: DeliveryRow,
  published: { externalId: string | null; reference: string | null; url: string | null },
  postId: string | null,
  toldBy: 'network' | 'look' | 'echo' | 'person',
  at: Date,
): Promise<void> {
  const already = row.state === 'sent'
  await write(tx, row.delivery_id, {
    ...AT_REST,
    state: 'sent',
    failure: null,
    failure_detail: null,
    troubled_since: null,
    sent_at: row.sent_at ?? at,
    external_id: row.external_id ?? published.externalId,
    reference: row.reference ?? published.reference,
    url: row.url ?? published.url,
    post_id: row.post_id ?? postId,
  })
  if (already) return
  const subjects: Record<string, string> = { deliveryId: row.delivery_id, sourceId: row.source_id }
  if (postId) subjects.postId = postId
  tx.record({ type: 'delivery.sent', subjects, codes: { toldBy, attempts: row.attempts } })
}

/** It is not on the network and will not be sent. The caller holds the row. */
export async function settleRefused(
  tx: WorkspaceTransaction,
  row: DeliveryRow,
  failure: DeliveryFailure,
  detail = '',
): Promise<void> {
  await write(tx, row.delivery_id, {
    ...AT_REST,
    state: 'refused',
    failure,
    failure_detail: detail.slice(0, DETAIL_CHARACTERS_MAX) || null,
  })
  tx.record({
    type: 'delivery.refused',
    subjects: { deliveryId: row.delivery_id, sourceId: row.source_id },
    codes: { because: failure },
  })
}

/** Nobody knows. Looked for at `dueAt`; null: a person has to. The caller holds the row. */
export async function settleUnknown(
  tx: WorkspaceTransaction,
  row: DeliveryRow,
  failure: DeliveryFailure,
  detail: string,
  dueAt: Date | null,
  at: Date,
): Promise<void> {
  await write(tx, row.delivery_id, {
    state: 'unknown',
    doubted: true,
    failure,
    failure_detail: detail.slice(0, DETAIL_CHARACTERS_MAX) || null,
    troubled_since: row.troubled_since ?? at,
    due_at: dueAt,
    lease_until: null,
    lease_token: null,
    needs_decision: dueAt === null,
  })
  if (row.state === 'unknown' && row.needs_decision === (dueAt === null)) return
  tx.record({
    type: 'delivery.unknown',
    subjects: { deliveryId: row.delivery_id, sourceId: row.source_id },
    codes: { because: failure, needsDecision: dueAt === null },
  })
}

/** Certainly not on the network yet: it waits in the queue, and everything is checked again before it goes. */
export async function settleLater(
  tx: WorkspaceTransaction,
  row: DeliveryRow,
  dueAt: Date,
  trouble: { failure: DeliveryFailure; detail: string; since: Date } | null,
): Promise<void> {
  await write(tx, row.delivery_id, {
    state: 'queued',
    due_at: dueAt,
    lease_until: null,
    lease_token: null,
    failure: trouble?.failure ?? null,
    failure_detail: trouble?.detail.slice(0, DETAIL_CHARACTERS_MAX) ?? null,
    troubled_since: trouble ? (row.troubled_since ?? trouble.since) : null,
  })
}

/** It waits for the end of a crisis, however long that takes, and says so. The caller holds the row. */
export async function settleFrozen(tx: WorkspaceTransaction, row: DeliveryRow, dueAt: Date): Promise<void> {
  await write(tx, row.delivery_id, {
    due_at: dueAt,
    lease_until: null,
    lease_token: null,
    failure: 'frozen',
    failure_detail: null,
    troubled_since: null,
  })
  if (row.failure === 'frozen') return
  tx.record({ type: 'delivery.frozen', subjects: { deliveryId: row.delivery_id, sourceId: row.source_id } })
}

/** What was frozen is asked again at once; null: all of it. */
export async function thawDeliveries(tx: WorkspaceTransaction, deliveryIds: string[] | null): Promise<void> {
  await sql`update delivery set due_at = clock_timestamp() where workspace_id = ${tx.workspaceId} and state = 'queued'
    and failure = 'frozen' and (${deliveryIds === null} or delivery_id = any(${deliveryIds ?? []}::uuid[]))`.execute(
    tx.sql,
  )
}

/** Waits as long again as the trouble has lasted: the same spacing as doubling, with nothing to count. */
export function nextTry(row: Pick<DeliveryRow, 'troubled_since'>, now: Date): Date {
  const lasted = row.troubled_since ? now.getTime() - row.troubled_since.getTime() : 0
  return new Date(now.getTime() + Math.min(Math.max(lasted, BACK_OFF_MS_MIN), BACK_OFF_MS_MAX))
}

/** Renews the lease of a row that this worker still holds. False: another has it now. */
export async function renewLease(
  tx: WorkspaceTransaction,
  deliveryId: string,
  leaseToken: string,
  leaseSeconds: number,
): Promise<boolean> {
  const renewed = await tx.sql
    .updateTable('delivery')
    .set({ lease_until: sql<Date>`clock_timestamp() + make_interval(secs => ${leaseSeconds})` })
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', deliveryId)
    .where('lease_token', '=', leaseToken)
    .returning('delivery_id')
    .executeTakeFirst()
  return renewed !== undefined
}
