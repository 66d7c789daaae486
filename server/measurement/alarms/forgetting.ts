import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** An alarm is worth comparing with that of a year ago; what went out about it is of interest for weeks. */
const ALARM_DAYS = 400
const MESSAGE_DAYS = 30
const FORGOTTEN_AT_ONCE_MAX = 1_000

export async function forgetAlarms(tx: WorkspaceTransaction, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await sql`delete from alarm where workspace_id = ${tx.workspaceId} and alarm_id in (
    select alarm_id from alarm where workspace_id = ${tx.workspaceId} and raised_at < ${before(ALARM_DAYS)}
      and ended_at is not null limit ${FORGOTTEN_AT_ONCE_MAX})`.execute(tx.sql)
  await sql`delete from alarm_message where workspace_id = ${tx.workspaceId} and message_id in (
    select message_id from alarm_message where workspace_id = ${tx.workspaceId} and created_at < ${before(MESSAGE_DAYS)}
      and state <> 'waiting' limit ${FORGOTTEN_AT_ONCE_MAX})`.execute(tx.sql)
}
