import { sql } from 'kysely'
import type { WorkspaceTransaction } from './database.ts'
import { newId } from './ids.ts'

/** Who did it. Members, API keys and rules have an id; the system and customers may not. */
export interface Actor {
  kind: 'member' | 'rule' | 'bot' | 'system' | 'customer'
  id: string | null
}

export const SYSTEM: Actor = { kind: 'system', id: null }

/**
 * A fact that happened. `subjects` are ids, `codes` are words and counts: never content, names or handles, because the
 * shape is kept for ever. What a reader needs of content goes into `content`, which lies apart and can be erased.
 */
export interface NewEvent {
  type: string
  subjects: Record<string, string | string[]>
  codes?: Record<string, string | number | boolean | null>
  content?: Record<string, unknown>
  /** When the actor is another than the transaction's (a customer's post heard by the system). */
  actor?: Actor
}

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

export const EVENTS_CHANNEL = 'rapport_events'

/**
 * Writes the events of a transaction. Runs as its last statement: the counter row is held only until commit, so
 * positions are handed out in commit order and a reader that has seen n has seen everything before n. One NOTIFY.
 */
export async function flushEvents(transaction: WorkspaceTransaction, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event, index) => {
    const actor = event.actor ?? transaction.actor
    return {
      ordinal: index + 1,
      event_id: newId(),
      type: event.type,
      actor_kind: actor.kind,
      actor_id: actor.id,
      subjects: event.subjects,
      codes: event.codes ?? {},
      content: event.content ?? null,
    }
  })
  const workspaceId = transaction.workspaceId
  await sql`
    with counter as (
      insert into event_counter (workspace_id, position) values (${workspaceId}, ${rows.length})
      on conflict (workspace_id) do update set position = event_counter.position + ${rows.length}
      returning position - ${rows.length} as base),
    given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as g(ordinal int, event_id uuid, type text, actor_kind text, actor_id uuid, subjects jsonb, codes jsonb, content jsonb)),
    shape as (
      insert into event (workspace_id, position, event_id, at, type, actor_kind, actor_id, subjects, codes)
      select ${workspaceId}, base + ordinal, event_id, clock_timestamp(), type, actor_kind, actor_id, subjects, codes
      from given, counter),
    subject as (
      insert into event_subject (workspace_id, subject_id, position)
      select distinct ${workspaceId}::uuid, (named.value #>> '{}')::uuid, base + ordinal
      from given, counter, jsonb_each(subjects) as named where jsonb_typeof(named.value) = 'string'),
    content as (
      insert into event_content (workspace_id, event_id, content)
      select ${workspaceId}, event_id, content from given where content is not null)
    select pg_notify(${EVENTS_CHANNEL}, ${workspaceId})`.execute(transaction.sql)
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
