import { sql } from 'kysely'
import { ROLE_PERMISSIONS, ROLES } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { sendSignal } from '../platform/live.ts'
import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'
import { MAIL_AFTER_SECONDS } from './notifying.ts'

/** What is read long after it happened, after an update for instance, is no news. */
const NEWS_MS = 24 * 3_600_000
const ROLES_TOLD = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('privacy.manage'))

/** The law's deadlines do not wait for somebody to look: whoever answers for the data is told. */
export const requestsSubscription = ({ clock }: Services): Subscription => ({
  name: 'inbox.requests',
  types: ['request.due-soon', 'request.overdue'],
  handle: async (tx, events) => {
    const since = clock.now().getTime() - NEWS_MS
    const fresh = events.filter(({ at }) => at.getTime() > since)
    const news = fresh.map(({ type, subjects }) => [String(subjects.request), type.slice('request.'.length)] as const)
    if (news.length > 0) await tellOfRequests(tx, new Map(news))
  },
})

/** Several things about one request are one until it is read, and the latest is told. What was closed meanwhile is not. */
async function tellOfRequests(tx: WorkspaceTransaction, news: ReadonlyMap<string, string>): Promise<void> {
  const { rows: members } = await sql<{ member_id: string; request_id: string }>`
    select m.member_id, r.request_id from member m
      join privacy_request r on r.workspace_id = m.workspace_id and r.request_id = any(${[...news.keys()]}::uuid[])
        and r.state = 'open'
    where m.workspace_id = ${tx.workspaceId} and m.state = 'active' and m.role = any(${[...ROLES_TOLD]}::text[])
    order by m.member_id, r.request_id`.execute(tx.sql)
  if (members.length === 0) return
  const { rows } = await sql<{ member_id: string }>`
    insert into notification as n (workspace_id, notification_id, member_id, kind, request_id, request_news, in_app,
      mail_due_at)
    select ${tx.workspaceId}, g.notification_id, g.member_id, 'request', g.request_id, g.news, coalesce(t.in_app, true),
      case when coalesce(t.by_mail, true) then clock_timestamp() + make_interval(secs => ${MAIL_AFTER_SECONDS}) end
    from unnest(${members.map(newId)}::uuid[], ${members.map((m) => m.member_id)}::uuid[],
        ${members.map((m) => m.request_id)}::uuid[], ${members.map((m) => news.get(m.request_id) ?? null)}::text[])
        as g(notification_id, member_id, request_id, news)
      left join notification_setting t on t.workspace_id = ${tx.workspaceId} and t.member_id = g.member_id
        and t.kind = 'request'
    where coalesce(t.in_app, true) or coalesce(t.by_mail, true)
    on conflict (workspace_id, member_id, request_id) where read_at is null and request_id is not null
      do update set times = n.times + 1, at = clock_timestamp(), request_news = excluded.request_news,
        mail_due_at = excluded.mail_due_at
    returning member_id`.execute(tx.sql)
  for (const memberId of new Set(rows.map((row) => row.member_id)))
    await sendSignal(tx, { kind: 'notification', permission: 'inbox.read', subjects: { memberId } })
}
