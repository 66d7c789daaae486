import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** What is added to a source's day. */
export interface DayShare {
  /** Requests that a network counts: one a poll. */
  asked?: number
  failed?: number
  /** Posts that the source brought, stored or not. */
  heard?: number
  kept?: number
  /** Kept posts that a topic asked for. */
  matched?: number
}

/** Adds to the day (UTC) that holds `at`, and the costs at the price of now: a later price changes no past. */
export async function addToDay(tx: WorkspaceTransaction, sourceId: string, at: Date, share: DayShare): Promise<void> {
  const { asked = 0, failed = 0, heard = 0, kept = 0, matched = 0 } = share
  await sql`
    insert into source_day as d (workspace_id, source_id, day, asked, failed, heard, kept, matched, usage_micros)
    select s.workspace_id, s.source_id, (${at}::timestamptz at time zone 'UTC')::date, ${asked}, ${failed}, ${heard}, ${kept},
      ${matched}, ${asked} * coalesce(p.request_micros, 0) + ${heard} * coalesce(p.post_micros, 0)
    from source s left join network_price p on p.workspace_id = s.workspace_id and p.network = s.network
    where s.workspace_id = ${tx.workspaceId} and s.source_id = ${sourceId}
    on conflict (workspace_id, source_id, day) do update set asked = d.asked + excluded.asked,
      failed = d.failed + excluded.failed, heard = d.heard + excluded.heard, kept = d.kept + excluded.kept,
      matched = d.matched + excluded.matched, usage_micros = d.usage_micros + excluded.usage_micros`.execute(tx.sql)
}

/** Splits the fixed price of each network's month over its days and over the sources that hear then. Once a day. */
export async function chargeDay(tx: WorkspaceTransaction, now: Date): Promise<void> {
  await sql`
    with day as (select (${now}::timestamptz at time zone 'UTC')::date as today),
    hearing as (
      select s.source_id, p.month_micros, count(*) over (partition by s.network) as sharing
      from source s join network_price p on p.workspace_id = s.workspace_id and p.network = s.network
      where s.workspace_id = ${tx.workspaceId} and s.removed_at is null and s.state in ('active', 'failing')
        and p.month_micros > 0)
    insert into source_day as d (workspace_id, source_id, day, fixed_micros)
    select ${tx.workspaceId}, h.source_id, day.today,
      h.month_micros / h.sharing / extract(day from date_trunc('month', day.today) + interval '1 month - 1 day')::int
    from hearing h cross join day
    where not exists (select from source_day t where t.workspace_id = ${tx.workspaceId} and t.source_id = h.source_id
      and t.day = day.today and t.fixed_micros > 0)
    order by h.source_id
    on conflict (workspace_id, source_id, day) do update set fixed_micros = excluded.fixed_micros
      where d.fixed_micros = 0`.execute(tx.sql)
}

export interface MonthUse {
  asked: number
  posts: number
  micros: number
}

/** What a source used up in the month (UTC) that holds `at`. */
export async function monthUse(tx: WorkspaceTransaction, sourceId: string, at: Date): Promise<MonthUse> {
  const { rows } = await sql<MonthUse>`
    select coalesce(sum(asked), 0)::float8 as asked, coalesce(sum(heard), 0)::float8 as posts,
      coalesce(sum(usage_micros + fixed_micros), 0)::float8 as micros
    from source_day where workspace_id = ${tx.workspaceId} and source_id = ${sourceId}
      and day >= date_trunc('month', ${at}::timestamptz at time zone 'UTC')::date`.execute(tx.sql)
  return rows[0] ?? { asked: 0, posts: 0, micros: 0 }
}
