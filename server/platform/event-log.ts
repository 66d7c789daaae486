import { sql } from 'kysely'
import type { WorkspaceTransaction } from './database.ts'
import type { Actor } from './events.ts'

export interface StoredEvent {
  /** bigint as text. */
  position: string
  eventId: string
  at: Date
  type: string
  actorKind: Actor['kind']
  actorId: string | null
  subjects: Record<string, string | string[]>
  codes: Record<string, string | number | boolean | null>
}

/** Events after a position, oldest first. Served by event's primary key. */
export async function readEvents(
  transaction: WorkspaceTransaction,
  afterPosition: string,
  limit: number,
): Promise<StoredEvent[]> {
  const rows = await transaction.sql
    .selectFrom('event')
    .select(['position', 'event_id', 'at', 'type', 'actor_kind', 'actor_id', 'subjects', 'codes'])
    .where('workspace_id', '=', transaction.workspaceId)
    .where('position', '>', afterPosition)
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    position: row.position,
    eventId: row.event_id,
    at: row.at,
    type: row.type,
    actorKind: row.actor_kind as Actor['kind'],
    actorId: row.actor_id,
    subjects: row.subjects as StoredEvent['subjects'],
    codes: row.codes as StoredEvent['codes'],
  }))
}

/**
 * Erases what was said in events; who did what, and when, stays. Runs under a role that may do nothing else, and is an
 * event itself. Returns how many of them had content.
 */
export async function eraseEventContent(transaction: WorkspaceTransaction, eventIds: string[]): Promise<number> {
  if (eventIds.length === 0) return 0
  const { rows } = await sql<{ erased: string }>`
    select system.erase_event_content(${eventIds}::uuid[]) as erased`.execute(transaction.sql)
  const count = Number(rows[0]?.erased ?? 0)
  if (count > 0) transaction.record({ type: 'trail.content-erased', subjects: { events: eventIds }, codes: { count } })
  return count
}
