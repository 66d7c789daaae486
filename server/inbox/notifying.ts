import { sql } from 'kysely'
import type { NOTIFICATION_KINDS, REQUEST_NEWS, SOURCE_NEWS } from '../../contract/inbox-setup.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { sendSignal } from '../platform/live.ts'

export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]
/** What there is to tell of conversations. */
export type ConversationKind = Exclude<NotificationKind, 'alarm' | 'source' | 'request' | 'question'>
/** What is mailed from here, of a source or request by what happened to it; mails of alarms are written by who raises them. */
export type MailedNews = ConversationKind | 'question' | (typeof SOURCE_NEWS)[number] | (typeof REQUEST_NEWS)[number]

/** Whoever reads it in the app meanwhile gets no mail. */
export const MAIL_AFTER_SECONDS = 60

/**
 * Tells members about conversations, as each of them wants it. Several of one kind about one conversation are one until
 * it is read: a busy thread does not flood anybody. Nobody is told what they did themselves.
 */
export async function notify(
  tx: WorkspaceTransaction,
  kind: ConversationKind,
  to: { memberId: string; conversationId: string }[],
): Promise<void> {
  const others = to.filter(({ memberId }) => !(tx.actor.kind === 'member' && tx.actor.id === memberId))
  if (others.length === 0) return
  const { rows } = await sql<{ member_id: string }>`
    insert into notification as n (workspace_id, notification_id, member_id, kind, conversation_id, in_app, mail_due_at)
    select ${tx.workspaceId}, g.notification_id, g.member_id, ${kind}, g.conversation_id, coalesce(s.in_app, true),
      case when coalesce(s.by_mail, true) then clock_timestamp() + make_interval(secs => ${MAIL_AFTER_SECONDS}) end
    from unnest(${others.map(newId)}::uuid[], ${others.map((o) => o.memberId)}::uuid[],
        ${others.map((o) => o.conversationId)}::uuid[]) as g(notification_id, member_id, conversation_id)
      join member m on m.workspace_id = ${tx.workspaceId} and m.member_id = g.member_id and m.state = 'active'
      left join notification_setting s on s.workspace_id = ${tx.workspaceId} and s.member_id = g.member_id and s.kind = ${kind}
    where coalesce(s.in_app, true) or coalesce(s.by_mail, true)
    on conflict (workspace_id, member_id, kind, conversation_id) where read_at is null
      do update set times = n.times + 1, at = clock_timestamp()
    returning member_id`.execute(tx.sql)
  for (const memberId of new Set(rows.map((row) => row.member_id)))
    await sendSignal(tx, { kind: 'notification', permission: 'inbox.read', subjects: { memberId } })
}

/** Tells members of an alarm in the app; several of one alarm are one until it is read. Its mails are written elsewhere. */
export async function notifyOfAlarm(
  tx: WorkspaceTransaction,
  { alarmId, topicId }: { alarmId: string; topicId: string },
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return
  const { rows } = await sql<{ member_id: string }>`
    insert into notification as n (workspace_id, notification_id, member_id, kind, topic_id, alarm_id)
    select ${tx.workspaceId}, g.notification_id, g.member_id, 'alarm', ${topicId}, ${alarmId}
    from unnest(${memberIds.map(newId)}::uuid[], ${[...memberIds]}::uuid[]) as g(notification_id, member_id)
      join member m on m.workspace_id = ${tx.workspaceId} and m.member_id = g.member_id and m.state = 'active'
      left join notification_setting s on s.workspace_id = ${tx.workspaceId} and s.member_id = g.member_id and s.kind = 'alarm'
    where coalesce(s.in_app, true)
    on conflict (workspace_id, member_id, alarm_id) where read_at is null and alarm_id is not null
      do update set times = n.times + 1, at = clock_timestamp()
    returning member_id`.execute(tx.sql)
  for (const { member_id } of rows)
    await sendSignal(tx, { kind: 'notification', permission: 'inbox.read', subjects: { memberId: member_id } })
}
