import { sql } from 'kysely'
import type { Delivery } from '../../contract/publishing.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { presentDeliveries } from '../publishing/index.ts'

const SHOWN_MAX = 100
/** A refusal that nobody took up for so long is history. */
const REFUSED_SHOWN_DAYS = 7

/** Answers that somebody should look at: of unknown outcome, or refused and not followed by another. */
export async function listUndelivered(
  tx: WorkspaceTransaction,
): Promise<{ delivery: Delivery; conversationIds: string[] }[]> {
  const { rows } = await sql<{ delivery_id: string; conversation_ids: string[] }>`
    select d.delivery_id, array_agg(a.conversation_id::text order by a.conversation_id) as conversation_ids
    from delivery d join answer a on a.workspace_id = d.workspace_id and a.delivery_id = d.delivery_id
    where d.workspace_id = ${tx.workspaceId} and (d.state = 'unknown' or (d.state = 'refused'
      and d.created_at > now() - make_interval(days => ${REFUSED_SHOWN_DAYS})
      and not exists (select from answer later where later.workspace_id = a.workspace_id
        and later.conversation_id = a.conversation_id and later.version > a.version)))
    group by d.delivery_id, d.created_at order by d.created_at desc limit ${SHOWN_MAX}`.execute(tx.sql)
  const deliveries = await presentDeliveries(
    tx,
    rows.map((row) => row.delivery_id),
  )
  return deliveries.map((delivery) => ({
    delivery,
    conversationIds: rows.find((row) => row.delivery_id === delivery.deliveryId)?.conversation_ids ?? [],
  }))
}
