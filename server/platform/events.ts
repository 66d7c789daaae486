import { type Kysely, sql } from 'kysely'
import type { Permission } from '../../contract/permissions.ts'
import type { DB } from './database-types.generated.ts'
import { newId } from './ids.ts'
import type { Reach } from './reach.ts'

/** Who did it. Members, API keys and rules have an id; the system and customers may not. */
export interface Actor {
  kind: 'member' | 'rule' | 'bot' | 'system' | 'customer'
  id: string | null
  /** Where they may do other things with one source than elsewhere. It travels with the actor, so that nobody forgets it. */
  reach?: Reach
  /** As what they were let in: `requireAtSource` asks for it at the source of what is written. */
  allow?: Permission
  /** Private messages are not there for them: they may not read the inbox, or what they asked for is a list of public posts. */
  hidesPrivate?: boolean
}

export const SYSTEM: Actor = { kind: 'system', id: null }
/** Whose person it is stands in the subjects: it may change hands in the graph. */
export const CUSTOMER: Actor = { kind: 'customer', id: null }

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

export const EVENTS_CHANNEL = 'rapport_events'

/**
 * Writes the events of a transaction. Runs as its last statement: the counter row is held only until commit, so
 * positions are handed out in commit order and a reader that has seen n has seen everything before n. One NOTIFY.
 */
export async function flushEvents(
  transaction: { readonly sql: Kysely<DB>; readonly workspaceId: string; readonly actor: Actor },
  events: NewEvent[],
): Promise<void> {
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
