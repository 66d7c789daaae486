import { type Selectable, sql } from 'kysely'
import type { WorkspaceTransaction } from './database.ts'
import type { Event } from './database-types.generated.ts'
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
    .select(EVENT_COLUMNS)
    .where('workspace_id', '=', transaction.workspaceId)
    .where('position', '>', afterPosition)
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map(toStored)
}

/** Served by event_id. */
export async function readEvent(transaction: WorkspaceTransaction, eventId: string): Promise<StoredEvent | null> {
  const row = await transaction.sql
    .selectFrom('event')
    .select(EVENT_COLUMNS)
    .where('workspace_id', '=', transaction.workspaceId)
    .where('event_id', '=', eventId)
    .executeTakeFirst()
  return row ? toStored(row) : null
}

const EVENT_COLUMNS = ['position', 'event_id', 'at', 'type', 'actor_kind', 'actor_id', 'subjects', 'codes'] as const

const toStored = (row: Pick<Selectable<Event>, (typeof EVENT_COLUMNS)[number]>): StoredEvent => ({
  position: row.position,
  eventId: row.event_id,
  at: row.at,
  type: row.type,
  actorKind: row.actor_kind as Actor['kind'],
  actorId: row.actor_id,
  subjects: row.subjects as StoredEvent['subjects'],
  codes: row.codes as StoredEvent['codes'],
})

/**
 * Erases what was said in events; who did what, and when, stays. Runs under a role that may do nothing else. Each erasure
 * is an event about that event, with the reason. Returns how many of them had content.
 */
export async function eraseEventContent(
  transaction: WorkspaceTransaction,
  eventIds: string[],
  reason: string,
): Promise<number> {
  if (eventIds.length === 0) return 0
  const { rows } = await sql<{ event_id: string }>`
    select event_id from event_content where workspace_id = ${transaction.workspaceId}
      and event_id = any(${eventIds}::uuid[])`.execute(transaction.sql)
  await sql`select system.erase_event_content(${eventIds}::uuid[])`.execute(transaction.sql)
  for (const { event_id } of rows)
    transaction.record({ type: 'trail.content-erased', subjects: { event: event_id }, content: { reason } })
  return rows.length
}
