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
const ROLES_TOLD = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('sources.manage'))

/** Nothing fails silently: whoever looks after sources is told when one needs somebody. */
export const sourcesSubscription = ({ clock }: Services): Subscription => ({
  name: 'inbox.sources',
  types: ['source.failing', 'source.silent', 'source.over-budget', 'source.gap'],
  handle: async (tx, events) => {
    const since = clock.now().getTime() - NEWS_MS
    const fresh = events.filter(({ at }) => at.getTime() > since)
    const news = fresh.map(({ type, subjects }) => [String(subjects.source), type.slice('source.'.length)] as const)
    await tellOfSources(tx, new Map(news))
  },
})

/** Several things about one source are one until it is read, and the latest is told. */
async function tellOfSources(tx: WorkspaceTransaction, news: ReadonlyMap<string, string>): Promise<void> {
  const { rows: members } = await sql<{ member_id: string; source_id: string }>`
    select m.member_id, s.source_id from member m
      join source s on s.workspace_id = m.workspace_id and s.source_id = any(${[...news.keys()]}::uuid[]) and s.removed_at is null
    where m.workspace_id = ${tx.workspaceId} and m.state = 'active' and m.role = any(${[...ROLES_TOLD]}::text[])
    order by m.member_id, s.source_id`.execute(tx.sql)
  if (members.length === 0) return
  const { rows } = await sql<{ member_id: string }>`
    insert into notification as n (workspace_id, notification_id, member_id, kind, source_id, source_news, in_app,
      mail_due_at)
    select ${tx.workspaceId}, g.notification_id, g.member_id, 'source', g.source_id, g.news, coalesce(t.in_app, true),
      case when coalesce(t.by_mail, true) then clock_timestamp() + make_interval(secs => ${MAIL_AFTER_SECONDS}) end
    from unnest(${members.map(newId)}::uuid[], ${members.map((m) => m.member_id)}::uuid[],
        ${members.map((m) => m.source_id)}::uuid[], ${members.map((m) => news.get(m.source_id) ?? null)}::text[])
        as g(notification_id, member_id, source_id, news)
      left join notification_setting t on t.workspace_id = ${tx.workspaceId} and t.member_id = g.member_id and t.kind = 'source'
    where coalesce(t.in_app, true) or coalesce(t.by_mail, true)
    on conflict (workspace_id, member_id, source_id) where read_at is null and source_id is not null
      do update set times = n.times + 1, at = clock_timestamp(), source_news = excluded.source_news
    returning member_id`.execute(tx.sql)
  for (const memberId of new Set(rows.map((row) => row.member_id)))
    await sendSignal(tx, { kind: 'notification', permission: 'inbox.read', subjects: { memberId } })
}
