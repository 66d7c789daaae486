import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** An alarm is worth comparing with that of a year ago; what went out about it is of interest for weeks. */
const ALARM_DAYS = 400
const MESSAGE_DAYS = 30
const FORGOTTEN_AT_ONCE_MAX = 1_000

export async function forgetAlarms(tx: WorkspaceTransaction, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000)
  // Nobody looks at a removed topic any more: its alarm would stay open for good.
  await sql`update alarm a set ended_at = greatest(a.began_at, a.last_unusual_at) from topic t
    where a.workspace_id = ${tx.workspaceId} and a.ended_at is null and t.workspace_id = a.workspace_id
      and t.topic_id = a.topic_id and t.removed_at is not null`.execute(tx.sql)
  await sql`delete from alarm where workspace_id = ${tx.workspaceId} and alarm_id in (
    select alarm_id from alarm where workspace_id = ${tx.workspaceId} and raised_at < ${before(ALARM_DAYS)}
      and ended_at is not null limit ${FORGOTTEN_AT_ONCE_MAX})`.execute(tx.sql)
  await sql`delete from alarm_message where workspace_id = ${tx.workspaceId} and message_id in (
    select message_id from alarm_message where workspace_id = ${tx.workspaceId} and created_at < ${before(MESSAGE_DAYS)}
      and state <> 'waiting' limit ${FORGOTTEN_AT_ONCE_MAX})`.execute(tx.sql)
}
