import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { KnownRow } from './counting.ts'

/** What was counted before, by conversation. Served by conversation_post's primary key. */
export async function loadKnown(tx: WorkspaceTransaction, conversationIds: string[]): Promise<Map<string, KnownRow[]>> {
  const known = new Map<string, KnownRow[]>()
  if (conversationIds.length === 0) return known
  const { rows } = await sql<KnownRow>`
    select cp.conversation_id as "conversationId", cp.post_id as "postId", cp.direction, cp.published_at as "publishedAt",
      cp.deleted, cp.content_hash as "contentHash", cp.delivery_id as "deliveryId", cp.answered_by as "answeredBy",
      cp.settled_at is not null as settled, cp.negative, cp.turned_negative_at as "turnedAt", cp.version, p.language
    from conversation_post cp left join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
    where cp.workspace_id = ${tx.workspaceId} and cp.conversation_id = any(${conversationIds}::uuid[])`.execute(tx.sql)
  for (const row of rows) {
    const rowsOf = known.get(row.conversationId) ?? []
    rowsOf.push(row)
    known.set(row.conversationId, rowsOf)
  }
  return known
}
