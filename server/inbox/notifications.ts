import { type SqlBool, sql } from 'kysely'
import { NOTIFICATION_KINDS } from '../../contract/inbox-setup.ts'
import { type AuthorBrief, authorBriefs } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { memberOf } from './drafts.ts'
import type { NotificationKind } from './notifying.ts'

const UNREAD_COUNTED_MAX = 100

export interface NotificationSetting {
  kind: NotificationKind
  inApp: boolean
  byMail: boolean
  withContent: boolean
}

/** One's own, newest first. Served by notification_member. */
export async function listNotifications(
  tx: WorkspaceTransaction,
  { unread, after, limit }: { unread?: 'yes' | undefined; after?: string | undefined; limit: number },
) {
  let query = tx.sql
    .selectFrom('notification as n')
    .leftJoin('conversation as c', (join) =>
      join.onRef('c.workspace_id', '=', 'n.workspace_id').onRef('c.conversation_id', '=', 'n.conversation_id'),
    )
    .leftJoin('topic as t', (join) =>
      join.onRef('t.workspace_id', '=', 'n.workspace_id').onRef('t.topic_id', '=', 'n.topic_id'),
    )
    .leftJoin('source as s', (join) =>
      join.onRef('s.workspace_id', '=', 'n.workspace_id').onRef('s.source_id', '=', 'n.source_id'),
    )
    .select([
      't.name as topic_name',
      'n.source_id',
      's.name as source_name',
      'n.source_news',
      'n.request_id',
      'n.request_news',
      'n.alarm_id',
      'n.topic_id',
      'n.notification_id',
      'n.kind',
      'n.conversation_id',
      'n.times',
      'n.at',
      'n.read_at',
      'c.author_id',
    ])
    .where('n.workspace_id', '=', tx.workspaceId)
    .where('n.member_id', '=', memberOf(tx))
    .where('n.in_app', '=', true)
    .orderBy('n.at', 'desc')
    .orderBy('n.notification_id', 'desc')
    .limit(limit + 1)
  if (unread) query = query.where('n.read_at', 'is', null)
  const cursor = readCursor(after, 2)
  if (cursor)
    query = query.where(sql<SqlBool>`(n.at, n.notification_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const page = pageOf(await query.execute(), limit, (row) => writeCursor(row.at, row.notification_id))
  const authors = await authorBriefs(tx, [...new Set(page.items.flatMap((row) => row.author_id ?? []))])
  const items = page.items.map((row) => ({
    notificationId: row.notification_id,
    kind: row.kind,
    conversationId: row.conversation_id,
    authorName: nameOf(authors.get(row.author_id ?? '')),
    alarm:
      row.alarm_id && row.topic_id
        ? { alarmId: row.alarm_id, topicId: row.topic_id, topicName: row.topic_name ?? '' }
        : null,
    source:
      row.source_id && row.source_news
        ? { sourceId: row.source_id, name: row.source_name ?? '', news: row.source_news }
        : null,
    request: row.request_id && row.request_news ? { requestId: row.request_id, news: row.request_news } : null,
    times: row.times,
    at: row.at,
    readAt: row.read_at,
  }))
  return { items, nextCursor: page.nextCursor }
}

const nameOf = (author: AuthorBrief | undefined): string | null => author?.name ?? author?.handle ?? null

export async function countUnread(tx: WorkspaceTransaction): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from notification where workspace_id = ${tx.workspaceId}
      and member_id = ${memberOf(tx)} and read_at is null and in_app limit ${UNREAD_COUNTED_MAX}) few`.execute(tx.sql)
  return rows[0]?.count ?? 0
}

export type Read = { notificationIds: string[] } | { conversationId: string } | { everything: true }

/** What is read here needs no mail any more. */
export async function markRead(tx: WorkspaceTransaction, read: Read): Promise<number> {
  let query = tx.sql
    .updateTable('notification')
    .set({ read_at: sql<Date>`clock_timestamp()`, mail_due_at: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberOf(tx))
    .where('read_at', 'is', null)
  if ('notificationIds' in read) query = query.where('notification_id', 'in', read.notificationIds)
  if ('conversationId' in read) query = query.where('conversation_id', '=', read.conversationId)
  const { numUpdatedRows } = await query.executeTakeFirst()
  return Number(numUpdatedRows)
}

export async function notificationSettings(tx: WorkspaceTransaction): Promise<NotificationSetting[]> {
  const rows = await tx.sql
    .selectFrom('notification_setting')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberOf(tx))
    .execute()
  return NOTIFICATION_KINDS.map((kind) => {
    const row = rows.find((one) => one.kind === kind)
    return {
      kind,
      inApp: row?.in_app ?? true,
      byMail: row?.by_mail ?? true,
      withContent: row?.with_content ?? false,
    }
  })
}

export async function changeNotificationSetting(
  tx: WorkspaceTransaction,
  { kind, inApp, byMail, withContent }: NotificationSetting,
): Promise<void> {
  const values = { in_app: inApp, by_mail: byMail, with_content: withContent }
  await tx.sql
    .insertInto('notification_setting')
    .values({ workspace_id: tx.workspaceId, member_id: memberOf(tx), kind, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id', 'kind']).doUpdateSet(values))
    .execute()
}

/** How a member wants to be told of alarms, for who writes the mail. */
export async function alarmNotificationSetting(
  tx: WorkspaceTransaction,
  memberId: string,
): Promise<{ byMail: boolean; withContent: boolean }> {
  const row = await tx.sql
    .selectFrom('notification_setting')
    .select(['by_mail', 'with_content'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .where('kind', '=', 'alarm')
    .executeTakeFirst()
  return { byMail: row?.by_mail ?? true, withContent: row?.with_content ?? false }
}
