import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import type { Services } from '../platform/services.ts'
import { connectorOf } from './networks.ts'
import type { Malformed } from './normalise.ts'

/** Of one batch; a source that sends nothing but rubbish says so often enough. */
const PER_BATCH_MAX = 100

/** Keeps what could not be read, with its reason, so that it goes nowhere else. */
export async function quarantine(
  tx: WorkspaceTransaction,
  malformed: Malformed[],
  sourceId: string | null,
  receivedAt: Date,
): Promise<void> {
  const few = malformed.slice(0, PER_BATCH_MAX)
  if (few.length === 0) return
  await sql`
    insert into quarantine (workspace_id, quarantine_id, source_id, received_at, reason, raw)
    select ${tx.workspaceId}, id, ${sourceId}::uuid, ${receivedAt}, reason, raw
    from unnest(${few.map(newId)}::uuid[], ${few.map((m) => m.reason)}::text[], ${few.map((m) => m.raw)}::text[])
      as g(id, reason, raw)`.execute(tx.sql)
}

export async function quarantineStream(
  services: Services,
  stream: string,
  malformed: Malformed[],
  receivedAt: Date,
): Promise<void> {
  const few = malformed.slice(0, PER_BATCH_MAX)
  if (few.length === 0) return
  await services.database.system
    .insertInto('system.stream_quarantine')
    .values(few.map((m) => ({ stream_quarantine_id: newId(), stream, received_at: receivedAt, ...m })))
    .execute()
}

/** Of an account that is written to alone, what came in is shown to whoever may read that inbox; others see why it was not read. */
export async function listQuarantine(
  tx: WorkspaceTransaction,
  services: Services,
  { sourceId, after, limit }: { sourceId?: string | undefined; after?: string | undefined; limit: number },
  mayReadInbox: (sourceId: string) => boolean,
) {
  const cursor = readCursor(after, 2)
  let query = tx.sql
    .selectFrom('quarantine')
    .leftJoin('source', (join) =>
      join
        .onRef('source.workspace_id', '=', 'quarantine.workspace_id')
        .onRef('source.source_id', '=', 'quarantine.source_id'),
    )
    .select(['quarantine_id', 'quarantine.source_id', 'received_at', 'reason', 'raw', 'source.network'])
    .where('quarantine.workspace_id', '=', tx.workspaceId)
  if (sourceId) query = query.where('quarantine.source_id', '=', sourceId)
  if (cursor)
    query = query.where(sql<boolean>`(received_at, quarantine_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const rows = await query
    .orderBy('received_at', 'desc')
    .orderBy('quarantine_id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageOf(rows, limit, (row) => writeCursor(row.received_at, row.quarantine_id))
  const mayBePrivate = (network: string | null) => {
    const connector = network && connectorOf(services, network)
    return !connector || connector.capabilities.private !== undefined
  }
  const items = page.items.map((row) => ({
    quarantineId: row.quarantine_id,
    sourceId: row.source_id,
    receivedAt: row.received_at,
    reason: row.reason,
    raw: row.source_id && mayBePrivate(row.network) && !mayReadInbox(row.source_id) ? null : row.raw,
  }))
  return { items, nextCursor: page.nextCursor }
}
