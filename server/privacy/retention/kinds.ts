import { type SqlBool, sql } from 'kysely'
import { eraseEventContent } from '../../platform/event-log.ts'
import { NOTHING_DUE, type RetentionKind, rowsOlderThan } from '../../platform/retention.ts'
import { deleteExpiredArchives } from '../access/archives.ts'

/** Reasons that were given with events are needed as long as what they were given for can be questioned. */
const EVENT_CONTENTS_AT_ONCE = 1_000
const RETENTION_REASON = 'retention'

const eventAt = `(select e.at from event e where e.workspace_id = t.workspace_id and e.event_id = t.event_id)`

export const privacyRetention: RetentionKind[] = [
  {
    kind: 'event-content',
    defaultDays: 1_095,
    minDays: 30,
    maxDays: 3_650,
    because: 'accountability',
    due: rowsOlderThan({
      table: 'event_content',
      since: eventAt,
      where: sql<SqlBool>`t.content ->> 'reason' is distinct from ${RETENTION_REASON}`,
    }).due,
    step: async (tx, before) => {
      const { rows } = await sql<{ event_id: string }>`
        select t.event_id from event e join event_content t on t.workspace_id = e.workspace_id and t.event_id = e.event_id
        where e.workspace_id = ${tx.workspaceId} and e.at < ${before}
          and t.content ->> 'reason' is distinct from ${RETENTION_REASON} limit ${EVENT_CONTENTS_AT_ONCE}`.execute(
        tx.sql,
      )
      return eraseEventContent(
        tx,
        rows.map((row) => row.event_id),
        RETENTION_REASON,
      )
    },
  },
  {
    kind: 'exports',
    defaultDays: 14,
    minDays: 1,
    maxDays: 31,
    because: 'hand-over',
    // Every copy carries the day on which it goes, counted by the rule that stood when it was ordered.
    due: async (tx, _before, services) => {
      const { rows } = await sql<{ rows: string; oldest: Date | null }>`
        select count(*) as rows, min(created_at) as oldest from access_archive where workspace_id = ${tx.workspaceId}
          and state <> 'deleted' and expires_at <= ${services.clock.now()}`.execute(tx.sql)
      return { ...NOTHING_DUE, rows: Number(rows[0]?.rows ?? 0), oldest: rows[0]?.oldest ?? null }
    },
    step: (tx, _before, services) => deleteExpiredArchives(services, tx),
  },
  {
    kind: 'requests',
    defaultDays: 1_095,
    minDays: 365,
    maxDays: 3_650,
    because: 'accountability',
    ...rowsOlderThan({ table: 'privacy_request', since: 't.closed_at', shown: 't.kind' }),
  },
]
