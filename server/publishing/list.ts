import { type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { Delivery, publishing } from '../../contract/publishing.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { presentDeliveries } from './delivery.ts'

type Input = z.output<NonNullable<(typeof publishing.deliveries.list)['~orpc']['inputSchema']>>

/** Newest first by (created_at, delivery_id). Served by delivery_newest and delivery_state. */
export async function listDeliveries(
  tx: WorkspaceTransaction,
  input: Input,
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  let query = tx.sql
    .selectFrom('delivery')
    .select(['delivery_id', 'created_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('created_at', 'desc')
    .orderBy('delivery_id', 'desc')
    .limit(input.limit + 1)
  if (input.state) query = query.where('state', '=', input.state)
  if (input.needsDecision) query = query.where('state', '=', 'unknown').where('needs_decision', '=', true)
  if (input.sourceId) query = query.where('source_id', '=', input.sourceId)
  const cursor = readCursor(input.after, 2)
  if (cursor)
    query = query.where(sql<SqlBool>`(created_at, delivery_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const rows = await query.execute()
  const page = pageOf(rows, input.limit, (row) => writeCursor(row.created_at, row.delivery_id))
  const ids = page.items.map((row) => row.delivery_id)
  return { items: await presentDeliveries(tx, ids), nextCursor: page.nextCursor }
}
