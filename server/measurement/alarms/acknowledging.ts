import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { HOUR_MS } from '../zone.ts'

/** Somebody looks after it. Who does so first stays named; taking it back leaves it as if nobody had. */
export async function acknowledgeAlarm(
  tx: WorkspaceTransaction,
  { alarmId, undo }: { alarmId: string; undo: boolean },
  now: Date,
): Promise<void> {
  const row = await lockAlarm(tx, alarmId)
  if (undo === (row.acknowledged_at === null)) return
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  if (!undo && by === null) throw new Conflict('members-only')
  await change(
    tx,
    alarmId,
    undo ? { acknowledged_by: null, acknowledged_at: null } : { acknowledged_by: by, acknowledged_at: now },
  )
  tx.record({
    type: undo ? 'alarm.reawakened' : 'alarm.acknowledged',
    subjects: { alarm: alarmId, topic: row.topic_id },
  })
}

export async function snoozeAlarm(
  tx: WorkspaceTransaction,
  { alarmId, hours }: { alarmId: string; hours: number },
  now: Date,
): Promise<void> {
  const row = await lockAlarm(tx, alarmId)
  const until = hours === 0 ? null : new Date(now.getTime() + hours * HOUR_MS)
  await change(tx, alarmId, { snoozed_until: until })
  tx.record({
    type: until ? 'alarm.snoozed' : 'alarm.reawakened',
    subjects: { alarm: alarmId, topic: row.topic_id },
    codes: { hours },
  })
}

async function lockAlarm(tx: WorkspaceTransaction, alarmId: string) {
  const row = await tx.sql
    .selectFrom('alarm')
    .select(['topic_id', 'ended_at', 'acknowledged_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('alarm_id', '=', alarmId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('alarm-unknown')
  if (row.ended_at) throw new Conflict('alarm-ended')
  return row
}

const change = (
  tx: WorkspaceTransaction,
  alarmId: string,
  values: { acknowledged_by?: string | null; acknowledged_at?: Date | null; snoozed_until?: Date | null },
) =>
  tx.sql
    .updateTable('alarm')
    .set(values)
    .where('workspace_id', '=', tx.workspaceId)
    .where('alarm_id', '=', alarmId)
    .execute()
