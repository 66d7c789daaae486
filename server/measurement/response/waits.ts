import { type RawBuilder, sql } from 'kysely'
import type { ClockName } from '../../../contract/clock-words.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'

export interface Weeks {
  timeZone: string
  /** Mondays, oldest first; the present week is not among them. */
  days: string[]
  from: Date
  until: Date
  /** When the present week began: what ended since then is told when that week is over. */
  asOf: Date
}

/**
 * Weeks that are over. Of the present one there are no figures: held against the same figures of an hour ago they would tell
 * of the one answer that went out in between. For the same reason a wait of an earlier week that ended in the present one still
 * counts as one that runs.
 */
export async function weeksBefore(tx: WorkspaceTransaction, now: Date, count: number): Promise<Weeks> {
  const { rows } = await sql<Weeks>`
    with local as (
      select w.time_zone, date_trunc('week', ${now}::timestamptz at time zone w.time_zone) as monday
      from workspace w where w.workspace_id = ${tx.workspaceId})
    select time_zone as "timeZone", (monday - make_interval(weeks => ${count})) at time zone time_zone as "from",
      monday at time zone time_zone as until, monday at time zone time_zone as "asOf",
      array(select to_char(each, 'YYYY-MM-DD') from generate_series(monday - make_interval(weeks => ${count}),
        monday - interval '1 week', interval '1 week') as each) as days
    from local`.execute(tx.sql)
  return rows[0] as Weeks
}

/**
 * The waits of a clock in these weeks, each with its week and with every group that it is counted in; who did it stays in the
 * database's own memory (`grouped`). From the view response_wait and nothing else; clock_begun.
 */
export const waitsOf = (
  tx: WorkspaceTransaction,
  clock: ClockName,
  { timeZone, from, until, asOf }: Weeks,
): RawBuilder<unknown> => sql`
  known as (
    select w.*, to_char(date_trunc('week', w.started_at at time zone ${timeZone}), 'YYYY-MM-DD') as week,
      coalesce(w.ended_at < ${asOf}, false) as is_over
    from response_wait w
    where w.workspace_id = ${tx.workspaceId} and w.kind = ${clock} and w.started_at >= ${from} and w.started_at < ${until}),
  wait as (
    select k.workspace_id, k.conversation_id, k.epoch, k.week, k.network, k.priority, k.team_id, k.started_at, k.target_minutes,
      k.service_ms, case when k.is_over then k.wall_ms end as wall_ms, case when k.is_over then k.ended_at end as ended_at,
      case when k.is_over then k.ended_by end as ended_by, case when k.is_over then k.ended_with end as ended_with,
      case when k.is_over or k.state not in ('met', 'breached') then k.state when k.due_at < ${asOf} then 'breached'
        else 'running' end as state,
      k.is_over and (k.kind = 'resolution' or k.ended_by = 'answered') as is_answered
    from known k),
  grouped as (
    select w.*, g.name as grp from wait w cross join lateral (
      select 'all' as name
      union all select 'network:' || w.network
      union all select 'priority:' || w.priority
      union all select 'team:' || w.team_id where w.team_id is not null
      union all select 'topic:' || ct.topic_id from conversation_topic ct
        where ct.workspace_id = ${tx.workspaceId} and ct.conversation_id = w.conversation_id) g)`
