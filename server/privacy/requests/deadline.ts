import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/**
 * The clock of Art. 12(3) GDPR: one month, to be extended once by two. Counted as Regulation 1182/71 says: a month ends
 * with the day of the same number, or with the month's last day where that month is shorter; the whole last day counts,
 * in the workspace's time zone.
 */
export const dueAt = (tx: WorkspaceTransaction, receivedAt: Date): Promise<Date> =>
  endOfDayAfterMonths(tx, receivedAt, 1)
export const extendedDueAt = (tx: WorkspaceTransaction, receivedAt: Date): Promise<Date> =>
  endOfDayAfterMonths(tx, receivedAt, 3)

async function endOfDayAfterMonths(tx: WorkspaceTransaction, from: Date, months: number): Promise<Date> {
  const { rows } = await sql<{ due: Date }>`
    select ((${from}::timestamptz at time zone time_zone)::date + make_interval(months => ${months})
      + interval '1 day' - interval '1 second') at time zone time_zone as due
    from workspace where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  const [row] = rows
  if (!row) throw new Error('a deadline outside of a workspace')
  return row.due
}
