import { sql } from 'kysely'
import type { Permission } from '../../contract/permissions.ts'
import { asMember, membersWhoSomewhere } from '../accounts/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { NotificationKind } from '../platform/notification-kind.ts'
import { type Registry, readSubjects } from './kinds.ts'

const AT_ONCE = 200
/** Where nobody knows when somebody is at work again, it is asked again so often. */
const ASKED_AGAIN_MINUTES = 15
/** What could not be sent for a day is too late to be news. */
const GIVEN_UP_AFTER_HOURS = 24

/** The members who are not at work now, and when they will be; null: nobody knows. */
export type OffDuty = (
  tx: WorkspaceTransaction,
  memberIds: readonly string[],
) => Promise<ReadonlyMap<string, Date | null>>

export type Channel = 'mail' | 'push'
const COLUMNS = {
  mail: { due: sql.ref('mail_due_at'), sent: sql.ref('mailed_at') },
  push: { due: sql.ref('push_due_at'), sent: sql.ref('pushed_at') },
} as const

export interface Due {
  notificationId: string
  memberId: string
  userId: string
  kind: NotificationKind
  news: string | null
  times: number
  /** Below the workspace's address. */
  path: string
  /** Null where the member did not ask for it, or there is none. */
  content: string | null
}

interface Row {
  notificationId: string
  memberId: string
  userId: string
  kind: string
  news: string | null
  times: number
  subject: string
  id: string
  withContent: boolean
  offShift: boolean
}

/**
 * What is to be sent now, taken before it is sent: a process that dies meanwhile loses a mail rather than sending it for ever.
 * Whoever is not at work is left in peace until they are: only what is urgent reaches them, and only if they want it.
 */
export async function takeDue(
  tx: WorkspaceTransaction,
  channel: Channel,
  { registry, offDuty }: { registry: Registry; offDuty: OffDuty },
): Promise<Due[]> {
  const rows = await dueRows(tx, channel)
  if (rows.length === 0) return []
  const away = await offDuty(tx, [...new Set(rows.map(({ memberId }) => memberId))])
  const waits = ({ memberId, kind, offShift }: Row) =>
    away.has(memberId) && !(offShift && registry.kinds.get(kind)?.urgent)
  for (const [memberId, some] of Map.groupBy(rows.filter(waits), (row) => row.memberId))
    await postpone(
      tx,
      channel,
      some.map(({ notificationId }) => notificationId),
      away.get(memberId) ?? null,
    )
  return present(
    tx,
    registry,
    await take(
      tx,
      channel,
      rows.filter((row) => !waits(row)),
    ),
  )
}

/** Served by notification_mail and notification_push, which hold only what waits. */
async function dueRows(tx: WorkspaceTransaction, channel: Channel): Promise<Row[]> {
  const { due } = COLUMNS[channel]
  const { rows } = await sql<Row>`
    select n.notification_id as "notificationId", n.member_id as "memberId", m.user_id as "userId", n.kind, n.news, n.times,
      n.subject_kind as subject, n.subject_id as id, coalesce(s.with_content, false) as "withContent",
      coalesce(s.off_shift, false) as "offShift"
    from (select * from notification where workspace_id = ${tx.workspaceId} and ${due} <= now()
        order by ${due} limit ${AT_ONCE} for update skip locked) n
      join member m on m.workspace_id = n.workspace_id and m.member_id = n.member_id
      left join notification_setting s on s.workspace_id = n.workspace_id and s.member_id = n.member_id and s.kind = n.kind
    order by n.at`.execute(tx.sql)
  return rows
}

/** Of those that were taken: what is still unread, to members who are still here. */
async function take(tx: WorkspaceTransaction, channel: Channel, rows: readonly Row[]): Promise<Row[]> {
  const { due, sent } = COLUMNS[channel]
  const { rows: taken } = await sql<{ id: string }>`
    update notification n set ${due} = null, ${sent} = now() from member m
    where n.workspace_id = ${tx.workspaceId}
      and n.notification_id = any(${rows.map(({ notificationId }) => notificationId)}::uuid[])
      and m.workspace_id = n.workspace_id and m.member_id = n.member_id
    returning case when n.read_at is null and m.state = 'active' then n.notification_id end as id`.execute(tx.sql)
  const wanted = new Set(taken.map(({ id }) => id))
  return rows.filter(({ notificationId }) => wanted.has(notificationId))
}

async function postpone(
  tx: WorkspaceTransaction,
  channel: Channel,
  ids: readonly string[],
  until: Date | null,
): Promise<void> {
  await sql`
    update notification
    set ${COLUMNS[channel].due} = greatest(now() + interval '1 minute',
      coalesce(${until}::timestamptz, now() + make_interval(mins => ${ASKED_AGAIN_MINUTES})))
    where workspace_id = ${tx.workspaceId} and notification_id = any(${[...ids]}::uuid[])`.execute(tx.sql)
}

async function present(tx: WorkspaceTransaction, registry: Registry, rows: readonly Row[]): Promise<Due[]> {
  const read = await readSubjects(tx, registry, rows)
  const may = await allowedBy(tx, registry, rows)
  const told: Due[] = []
  for (const [memberId, some] of Map.groupBy(rows, (row) => row.memberId)) {
    const seen = await asMember(tx, memberId, (theirs) => readSubjects(theirs, registry, some))
    for (const { subject, id, withContent, offShift: _, kind: name, ...row } of some) {
      const kind = registry.kinds.get(name)
      const { path, content, found } = seen({ subject, id })
      // What their role does not see any more, or is there and closed to them, is not told; what has gone is told as ever.
      if (kind && may(kind, memberId) && (found || !read({ subject, id }).found))
        told.push({ ...row, kind, path, content: withContent ? content : null })
    }
  }
  return told
}

/** A role may have changed while a mail waited for the next shift. */
async function allowedBy(
  tx: WorkspaceTransaction,
  { kinds }: Registry,
  rows: readonly Row[],
): Promise<(kind: NotificationKind, memberId: string) => boolean> {
  const members = new Map<Permission, ReadonlySet<string>>()
  for (const permission of new Set(rows.flatMap(({ kind }) => kinds.get(kind)?.permission ?? [])))
    members.set(permission, new Set(await membersWhoSomewhere(tx, permission)))
  return ({ permission }, memberId) => members.get(permission)?.has(memberId) ?? false
}

export async function tryAgain(
  tx: WorkspaceTransaction,
  channel: Channel,
  items: readonly Due[],
  minutes: number,
): Promise<void> {
  const { due, sent } = COLUMNS[channel]
  await sql`
    update notification set ${sent} = null, ${due} = now() + make_interval(mins => ${minutes})
    where workspace_id = ${tx.workspaceId} and notification_id = any(${items.map((one) => one.notificationId)}::uuid[])
      and read_at is null and at > now() - make_interval(hours => ${GIVEN_UP_AFTER_HOURS})`.execute(tx.sql)
}
