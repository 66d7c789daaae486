import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { sendSignal } from '../platform/live.ts'
import type { NotificationKind } from '../platform/notification-kind.ts'

/** Whoever reads it in the app meanwhile gets no mail. */
export const MAIL_AFTER_SECONDS = 60
/** Whoever looks at it has read it by then; what comes together goes together. */
export const PUSH_AFTER_SECONDS = 5

export interface Told {
  memberId: string
  /** Of the subject that the kind is about. */
  id: string
  news?: string
}

/**
 * Tells members of something, as each of them wants it, with what made it happen. Several of one kind about one subject are
 * one until it is read: a busy thread does not flood anybody. Nobody is told what they did themselves; whoever practises is
 * told in the app alone.
 */
export async function notify(tx: WorkspaceTransaction, kind: NotificationKind, told: readonly Told[]): Promise<void> {
  const others = told
    .filter(({ memberId }) => !(tx.actor.kind === 'member' && tx.actor.id === memberId))
    // In one order everywhere, so that two who tell the same members do not wait for each other.
    .sort((left, right) => compare(left.memberId, right.memberId) || compare(left.id, right.id))
  if (others.length === 0) return
  const mails = !kind.ownMail
  const again = kind.toldAgain ?? false
  const { rows } = await sql<{ member_id: string }>`
    with told as (
      select g.*, coalesce(s.in_app, true) as in_app, ${mails} and w.mode = 'live' and coalesce(s.by_mail, true) as by_mail,
        w.mode = 'live' and coalesce(s.by_push, true) and exists (select from push_device d where d.workspace_id = ${tx.workspaceId}
          and d.member_id = g.member_id) as by_push
      from unnest(${others.map(newId)}::uuid[], ${others.map((one) => one.memberId)}::uuid[],
          ${others.map((one) => one.id)}::uuid[], ${others.map((one) => (kind.gathered ? '' : one.id))}::text[],
          ${others.map((one) => one.news ?? null)}::text[]) as g(notification_id, member_id, id, gathered_by, news)
        join member m on m.workspace_id = ${tx.workspaceId} and m.member_id = g.member_id and m.state = 'active'
        join workspace w on w.workspace_id = m.workspace_id
        left join notification_setting s on s.workspace_id = ${tx.workspaceId} and s.member_id = g.member_id
          and s.kind = ${kind.kind})
    insert into notification as n (workspace_id, notification_id, member_id, kind, subject_kind, subject_id, gathered_by, news,
      in_app, mail_due_at, push_due_at)
    select ${tx.workspaceId}, t.notification_id, t.member_id, ${kind.kind}, ${kind.about}, t.id, t.gathered_by, t.news, t.in_app,
      case when t.by_mail then clock_timestamp() + make_interval(secs => ${MAIL_AFTER_SECONDS}) end,
      case when t.by_push then clock_timestamp() + make_interval(secs => ${PUSH_AFTER_SECONDS}) end
    from told t where t.in_app or t.by_mail or t.by_push
    on conflict (workspace_id, member_id, kind, gathered_by) where read_at is null
      do update set times = n.times + 1, at = clock_timestamp(), subject_id = excluded.subject_id, news = excluded.news,
        mail_due_at = case when ${again} then excluded.mail_due_at else n.mail_due_at end,
        push_due_at = case when ${again} then excluded.push_due_at else n.push_due_at end
    returning member_id`.execute(tx.sql)
  await signal(tx, kind, rows)
}

/** What needs nobody any more is read by all who were told of it. Of a gathered kind, whichever it was last about. */
export async function settle(tx: WorkspaceTransaction, kind: NotificationKind, ids: readonly string[]): Promise<void> {
  const gatheredBy = kind.gathered ? [''] : [...ids]
  const { rows } = await sql<{ member_id: string }>`
    update notification set read_at = clock_timestamp(), mail_due_at = null, push_due_at = null
    where workspace_id = ${tx.workspaceId} and kind = ${kind.kind} and gathered_by = any(${gatheredBy}::text[])
      and read_at is null
    returning member_id`.execute(tx.sql)
  await signal(tx, kind, rows)
}

async function signal(tx: WorkspaceTransaction, kind: NotificationKind, rows: { member_id: string }[]): Promise<void> {
  for (const memberId of new Set(rows.map((row) => row.member_id)))
    await sendSignal(tx, { kind: 'notification', permission: kind.permission, subjects: { memberId } })
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
