import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** Whole days of the workspace's calendar up to this moment; the last one is not over yet. */
export interface Period {
  from: Date
  until: Date
  timeZone: string
  days: { day: string; from: Date }[]
}

/** Days begin at midnight where the workspace is, also where summer time begins. */
export async function periodOf(tx: WorkspaceTransaction, days: number, until: Date): Promise<Period> {
  const { rows } = await sql<{ timeZone: string; day: string; from: Date }>`
    select w.time_zone as "timeZone", d::date::text as day, d at time zone w.time_zone as "from"
    from workspace w cross join lateral generate_series(
      date_trunc('day', ${until}::timestamptz at time zone w.time_zone) - make_interval(days => ${days - 1}),
      date_trunc('day', ${until}::timestamptz at time zone w.time_zone), interval '1 day') d
    where w.workspace_id = ${tx.workspaceId} order by d`.execute(tx.sql)
  const [first] = rows
  if (!first) throw new Error(`workspace ${tx.workspaceId} has no row`)
  return { from: first.from, until, timeZone: first.timeZone, days: rows.map(({ day, from }) => ({ day, from })) }
}

/** The last days of a period. */
export const lastDaysOf = (period: Period, count: number): Period => {
  const days = count === 0 ? [] : period.days.slice(-count)
  return { ...period, from: days[0]?.from ?? period.until, days }
}
