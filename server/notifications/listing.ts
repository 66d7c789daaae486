import { type SqlBool, sql } from 'kysely'
import type { NOTIFICATION_NEWS, NotificationName } from '../../contract/notifications.ts'
import type { Permission } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { type About, kindsFor, type Registry, readSubjects } from './kinds.ts'
import { memberOf } from './settings.ts'

const UNREAD_COUNTED_MAX = 100

interface Reader {
  registry: Registry
  permissions: ReadonlySet<Permission>
}

/** One's own, newest first. Served by notification_member. */
export const notificationsQuery = (
  tx: WorkspaceTransaction,
  kinds: readonly string[],
  { unread, after, limit }: { unread?: 'yes' | undefined; after?: string | undefined; limit: number },
) => {
  const cursor = readCursor(after, 2)
  return tx.sql
    .selectFrom('notification')
    .select(['notification_id', 'kind', 'subject_kind', 'subject_id', 'news', 'times', 'at', 'read_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberOf(tx))
    .where('in_app', '=', true)
    .where('kind', '=', sql<string>`any(${[...kinds]}::text[])`)
    .$if(unread !== undefined, (query) => query.where('read_at', 'is', null))
    .$if(cursor !== null, (query) =>
      query.where(sql<SqlBool>`(at, notification_id) < (${cursor?.[0]}::timestamptz, ${cursor?.[1]}::uuid)`),
    )
    .orderBy('at', 'desc')
    .orderBy('notification_id', 'desc')
    .limit(limit + 1)
}

export async function listNotifications(
  tx: WorkspaceTransaction,
  { registry, permissions }: Reader,
  input: Parameters<typeof notificationsQuery>[2],
) {
  const rows = await notificationsQuery(tx, namesOf({ registry, permissions }), input).execute()
  const page = pageOf(rows, input.limit, (row) => writeCursor(row.at, row.notification_id))
  const about = (row: (typeof rows)[number]): About => ({ subject: row.subject_kind, id: row.subject_id })
  const read = await readSubjects(tx, registry, page.items.map(about))
  // What is closed to the reader is as if they had not been told of it; the cursor goes by what was read.
  const items = page.items.flatMap((row) => {
    const { name, path, found } = read(about(row))
    if (tx.actor.reach && !found) return []
    return {
      notificationId: row.notification_id,
      kind: row.kind as NotificationName,
      about: about(row),
      name,
      path,
      news: row.news as (typeof NOTIFICATION_NEWS)[number] | null,
      times: row.times,
      at: row.at,
      readAt: row.read_at,
    }
  })
  return { items, nextCursor: page.nextCursor }
}

const namesOf = ({ registry, permissions }: Reader): string[] => kindsFor(registry, permissions).map(({ kind }) => kind)

/** Of what the list shows. */
export async function countUnread(tx: WorkspaceTransaction, reader: Reader): Promise<number> {
  if (tx.actor.reach)
    return (await listNotifications(tx, reader, { unread: 'yes', limit: UNREAD_COUNTED_MAX })).items.length
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from notification where workspace_id = ${tx.workspaceId}
      and member_id = ${memberOf(tx)} and read_at is null and in_app and kind = any(${namesOf(reader)}::text[])
      limit ${UNREAD_COUNTED_MAX}) few`.execute(tx.sql)
  return rows[0]?.count ?? 0
}

export type Read = { notificationIds: string[] } | { about: About } | { everything: true }

/** What is read here needs no mail any more, and no push. */
export async function markRead(tx: WorkspaceTransaction, read: Read): Promise<number> {
  let query = tx.sql
    .updateTable('notification')
    .set({ read_at: sql<Date>`clock_timestamp()`, mail_due_at: null, push_due_at: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberOf(tx))
    .where('read_at', 'is', null)
  if ('notificationIds' in read) query = query.where('notification_id', 'in', read.notificationIds)
  if ('about' in read)
    query = query.where('subject_kind', '=', read.about.subject).where('subject_id', '=', read.about.id)
  const { numUpdatedRows } = await query.executeTakeFirst()
  return Number(numUpdatedRows)
}
