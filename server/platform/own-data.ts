import { type SqlBool, sql } from 'kysely'
import { eraseEventContent } from './event-log.ts'
import { type DataRegister, deleted, type Eraser, type Found, personal, plain, ROWS_AT_ONCE } from './personal-data.ts'
import { tracePattern } from './personal-traces.ts'

/**
 * Events about them, their conversations, links and requests: whatever an event's subjects name. Those that name persons in
 * a list, or an order alone, are found by what they are about.
 */
const toldOf: Found = ({ personIds, authorIds }, workspaceId) =>
  sql<SqlBool>`t.event_id in (select e.event_id from event e
    join event_subject s on s.workspace_id = e.workspace_id and s.position = e.position
    where e.workspace_id = ${workspaceId} and e.type <> 'trail.content-erased' and (s.subject_id = any(${[...personIds, ...authorIds]}::uuid[])
      or s.subject_id in (select c.conversation_id from conversation c
        where c.workspace_id = ${workspaceId} and c.author_id = any(${authorIds}::uuid[]))
      or s.subject_id in (select o.operation_id from graph_operation_person o
        where o.workspace_id = ${workspaceId} and o.person_id = any(${personIds}::uuid[])
        union select l.operation_id from person_link l
        where l.workspace_id = ${workspaceId} and l.author_id = any(${authorIds}::uuid[]))
      or s.subject_id in (select b.purchase_id from purchase b
        where b.workspace_id = ${workspaceId} and (b.person_id = any(${personIds}::uuid[]) or exists (select from author a
          where a.workspace_id = b.workspace_id and a.author_id = any(${authorIds}::uuid[])
            and a.kind = b.customer_kind and a.scope = b.customer_scope and a.network_id = b.customer_id)))))`

/** Only one role may delete what was said with events, and each time is an event itself: the shape stays. */
const eventContentErased: Eraser = {
  ...deleted('event_content', toldOf),
  step: async (tx, subject) => {
    const { rows } = await sql<{ event_id: string }>`
      select t.event_id from event_content t where t.workspace_id = ${tx.workspaceId}
        and (${toldOf(subject, tx.workspaceId)} or t.content::text ~* ${tracePattern(subject.names)})
      limit ${ROWS_AT_ONCE}`.execute(tx.sql)
    return eraseEventContent(
      tx,
      rows.map((row) => row.event_id),
      ERASURE_REASON,
    )
  },
}
/** A word, not a sentence: whoever reads the trail has a language of their own. */
const ERASURE_REASON = 'erasure'

export const platformData: DataRegister = [
  plain('event', {
    key: 'workspace_id event_id actor_id subjects conversation_id',
    time: 'at',
    state: 'type actor_kind codes',
    count: 'position',
  }),
  plain('event_subject', { key: 'workspace_id subject_id', count: 'position' }),
  personal('event_content', {
    whose: 'person',
    purpose: 'operation',
    basis: 'legitimate-interest',
    kept: 'event-content',
    personal: 'content',
    columns: { key: 'workspace_id event_id' },
    found: toldOf,
    erase: eventContentErased,
  }),
  plain('event_counter', { key: 'workspace_id', count: 'position' }),
  plain('subscription', {
    key: 'workspace_id',
    time: 'retry_at',
    state: 'subscriber last_error',
    count: 'position attempts',
  }),
  plain('migration', { time: 'applied_at', ours: 'name' }),
  plain('system.job_task', { ours: 'name' }),
  plain('system.setting', { time: 'changed_at', setting: 'name value' }),
  plain('system.rate_limit', { time: 'at full_at', count: 'tokens', secret: 'key' }),
]
