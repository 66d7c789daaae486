import { sql } from 'kysely'
import { notify } from '../../notifications/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import type { Zone } from '../zone.ts'
import { ALARM } from './notification-kind.ts'
import { dueAfterQuietHours } from './quiet-hours.ts'
import type { AlarmStrength } from './strength.ts'

export interface Told {
  alarmId: string
  topicId: string
  because: 'raised' | 'grew' | 'ended'
  strength: AlarmStrength
  at: Date
  zone: Zone
}

/**
 * Everything that goes out about an alarm is written with it: in the app at once, mail and webhook when the quiet hours
 * allow. A crisis breaks quiet hours. That it ended is told to webhooks alone: machines close what they opened, and
 * people see it in the app.
 */
export async function tell(
  tx: WorkspaceTransaction,
  { alarmId, topicId, because, strength, at, zone }: Told,
): Promise<void> {
  const rule = await tx.sql
    .selectFrom('alarm_rule')
    .select(['member_ids', 'webhook_url', 'quiet_from', 'quiet_until'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .executeTakeFirst()
  if (!rule) return
  const quiet =
    rule.quiet_from === null || rule.quiet_until === null ? null : { from: rule.quiet_from, until: rule.quiet_until }
  const due = strength === 'crisis' ? at : new Date(dueAfterQuietHours(at.getTime(), quiet, zone))
  if (because !== 'ended') {
    await notify(
      tx,
      ALARM,
      rule.member_ids.map((memberId) => ({ memberId, id: alarmId })),
    )
    await writeMails(tx, { alarmId, topicId, because, at }, rule.member_ids, due)
  }
  if (rule.webhook_url) await writeWebhook(tx, { alarmId, topicId, because, at }, due)
}

/** One that still waits takes the news in: it is written when it goes. */
async function writeMails(
  tx: WorkspaceTransaction,
  { alarmId, topicId, because, at }: Pick<Told, 'alarmId' | 'topicId' | 'because' | 'at'>,
  memberIds: readonly string[],
  due: Date,
): Promise<void> {
  if (memberIds.length === 0) return
  await sql`update alarm_message set due_at = least(due_at, ${due}) where workspace_id = ${tx.workspaceId}
    and alarm_id = ${alarmId} and channel = 'mail' and state = 'waiting' and attempts = 0`.execute(tx.sql)
  await sql`
    insert into alarm_message (workspace_id, message_id, topic_id, alarm_id, channel, member_id, because, due_at, created_at)
    select ${tx.workspaceId}, g.message_id, ${topicId}, ${alarmId}, 'mail', g.member_id, ${because}, ${due}, ${at}
    from unnest(${memberIds.map(newId)}::uuid[], ${[...memberIds]}::uuid[]) as g(message_id, member_id)
    where not exists (select from alarm_message o where o.workspace_id = ${tx.workspaceId} and o.alarm_id = ${alarmId}
      and o.channel = 'mail' and o.member_id = g.member_id and o.state = 'waiting')`.execute(tx.sql)
}

export async function writeWebhook(
  tx: WorkspaceTransaction,
  {
    alarmId,
    topicId,
    because,
    at,
  }: { alarmId: string | null; topicId: string; because: Told['because'] | 'test'; at: Date },
  due: Date,
): Promise<void> {
  await tx.sql
    .insertInto('alarm_message')
    .values({
      workspace_id: tx.workspaceId,
      message_id: newId(),
      topic_id: topicId,
      alarm_id: alarmId,
      channel: 'webhook',
      because,
      due_at: due,
      created_at: at,
    })
    .execute()
}
