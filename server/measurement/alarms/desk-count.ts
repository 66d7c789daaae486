import { sql } from 'kysely'
import type { DeskChecks } from '../../plan/index.ts'

/** Alarms that somebody or something hears of. */
export const alarmChecks: DeskChecks = {
  alarm: async (tx) => {
    const { rows } = await sql<{ count: string }>`
      select count(*) as count from alarm_rule where workspace_id = ${tx.workspaceId} and watching
        and (cardinality(member_ids) > 0 or webhook_url is not null)`.execute(tx.sql)
    return Number(rows[0]?.count ?? 0)
  },
}
