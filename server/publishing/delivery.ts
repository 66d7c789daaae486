import type { Selectable } from 'kysely'
import type { Delivery, DeliveryFailure } from '../../contract/publishing.ts'
import type { PostReference, Visibility } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { DB } from '../platform/database-types.generated.ts'
import { NotFound } from '../platform/errors.ts'

export type DeliveryRow = Selectable<DB['delivery']>

export interface AttachedFile {
  attachmentId: string
  alt: string
}

/** Frozen with the delivery: what exactly goes out, the same in every retry. */
export interface Payload {
  text: string
  language: string | null
  parent: PostReference | null
  root: PostReference | null
  attachments: { hash: string; mediaType: string; alt: string }[]
  /** Absent: public, as everything was that was frozen before there was anything else. */
  visibility?: Visibility
  /** Network id of whom a private message is for. */
  recipient?: string | null
  title?: string | null
}

/** It will not go out, and trying again changes nothing. `detail` is for operators. */
export interface Refusal {
  refused: DeliveryFailure
  detail: string
}

export const attachmentsOf = (row: Pick<DeliveryRow, 'attachments'>): AttachedFile[] =>
  row.attachments as AttachedFile[]

export async function loadDelivery(tx: WorkspaceTransaction, deliveryId: string): Promise<DeliveryRow | undefined> {
  return tx.sql
    .selectFrom('delivery')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirst()
}

/** Whoever changes a delivery holds its row first: worker, echo, undo and decision take turns. */
export async function lockDelivery(tx: WorkspaceTransaction, deliveryId: string): Promise<DeliveryRow> {
  const row = await tx.sql
    .selectFrom('delivery')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', deliveryId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('delivery-unknown')
  return row
}

/** Loads together, in the order of the ids; unknown ids are left out. */
export async function presentDeliveries(tx: WorkspaceTransaction, deliveryIds: string[]): Promise<Delivery[]> {
  if (deliveryIds.length === 0) return []
  const rows = await tx.sql
    .selectFrom('delivery as d')
    .leftJoin('source as s', (join) =>
      join.onRef('s.workspace_id', '=', 'd.workspace_id').onRef('s.source_id', '=', 'd.source_id'),
    )
    .selectAll('d')
    .select('s.name as source_name')
    .where('d.workspace_id', '=', tx.workspaceId)
    .where('d.delivery_id', 'in', deliveryIds)
    .execute()
  const byId = new Map(rows.map((row) => [row.delivery_id, present(row, row.source_name ?? '')]))
  return deliveryIds.flatMap((id) => byId.get(id) ?? [])
}

export async function presentDelivery(tx: WorkspaceTransaction, deliveryId: string): Promise<Delivery> {
  const [delivery] = await presentDeliveries(tx, [deliveryId])
  if (!delivery) throw new NotFound('delivery-unknown')
  return delivery
}

const present = (row: DeliveryRow, sourceName: string): Delivery => ({
  deliveryId: row.delivery_id,
  sourceId: row.source_id,
  sourceName,
  network: row.network,
  replyToPostId: row.reply_to_post_id,
  visibility: row.visibility,
  text: row.text,
  language: row.language,
  attachments: attachmentsOf(row),
  state: row.state,
  createdAt: row.created_at,
  createdBy: { kind: row.created_by_kind, id: row.created_by },
  undoUntil: row.state === 'queued' ? row.undo_until : null,
  nextTryAt: row.due_at,
  attempts: row.attempts,
  failure: row.failure as DeliveryFailure | null,
  failureDetail: row.failure_detail,
  needsDecision: row.needs_decision,
  sentAt: row.sent_at,
  url: row.url,
  postId: row.post_id,
  removedAt: row.removed_at,
  removedBecause: row.removed_because,
})
