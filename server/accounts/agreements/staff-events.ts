import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NOTHING_DUE, type RetentionKind } from '../../platform/retention.ts'
import type { Secrets } from '../../platform/secrets.ts'

const EVENTS_AT_ONCE = 1_000
const DAYS = 90
/** The database refuses what is younger (migration 0060). */
const DAYS_MIN = 30

/**
 * Who did what is needed while it can be questioned; afterwards members stand in events by a pseudonym (GDPR Art. 4 no. 5). It is
 * another one each month, so that old work cannot be lined up per person, and depends on a key outside the database: whoever has
 * the key can check one suspicion, and nobody can read names back.
 */
export const staffEvents: RetentionKind = {
  kind: 'staff-events',
  defaultDays: DAYS,
  minDays: DAYS_MIN,
  maxDays: 1_095,
  because: 'accountability',
  async due(tx, before) {
    const from = await reached(tx)
    const { rows } = await sql<{ rows: string; oldest: Date | null }>`
      select count(*) as rows, min(at) as oldest from event
      where workspace_id = ${tx.workspaceId} and position > ${from} and at < ${before} and actor_kind = 'member'`.execute(
      tx.sql,
    )
    return { ...NOTHING_DUE, rows: Number(rows[0]?.rows ?? 0), oldest: rows[0]?.oldest ?? null }
  },
  step: (tx, before, { secrets }) => pseudonymise(tx, before, secrets),
}

async function reached(tx: WorkspaceTransaction): Promise<string> {
  const row = await tx.sql
    .selectFrom('staff_pseudonymisation')
    .select('position')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row?.position ?? '0'
}

/** The next events in order, of one month. Returns how many were looked at; the place that was reached is kept with it. */
async function pseudonymise(tx: WorkspaceTransaction, before: Date, secrets: Secrets): Promise<number> {
  await sql`insert into staff_pseudonymisation (workspace_id) values (${tx.workspaceId}) on conflict do nothing`.execute(
    tx.sql,
  )
  // Two workers at once would pseudonymise pseudonyms; the second waits here and goes on behind the first.
  await sql`select from staff_pseudonymisation where workspace_id = ${tx.workspaceId} for update`.execute(tx.sql)
  const from = await reached(tx)
  const { rows } = await sql<{ position: string; month: string; due: boolean }>`
    select position, to_char(at at time zone 'UTC', 'YYYY-MM') as month, at < ${before} as due from event
    where workspace_id = ${tx.workspaceId} and position > ${from} order by position limit ${EVENTS_AT_ONCE}`.execute(
    tx.sql,
  )
  const month = rows[0]?.due ? rows[0].month : null
  if (!month) return 0
  // A clock that was set back puts younger events between older ones: none is passed over.
  const other = rows.findIndex((row) => row.month !== month || !row.due)
  const batch = other === -1 ? rows : rows.slice(0, other)
  const until = batch.at(-1)?.position ?? from
  const members = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  const ids = members.map((member) => member.member_id)
  const pseudonyms = ids.map((memberId) => pseudonymOf(secrets, tx.workspaceId, memberId, month))
  await sql`select system.pseudonymise_staff(${from}::bigint, ${until}::bigint, ${ids}::uuid[], ${pseudonyms}::uuid[])`.execute(
    tx.sql,
  )
  await tx.sql
    .updateTable('staff_pseudonymisation')
    .set({ position: until })
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  return batch.length
}

/** An id of version 8 (RFC 9562: custom), which no id of ours has. */
export function pseudonymOf(secrets: Secrets, workspaceId: string, memberId: string, month: string): string {
  const hex = createHmac('sha256', secrets.derive('staff-events'))
    .update(JSON.stringify([workspaceId, memberId, month]))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Whose pseudonyms these are, of the months from `from` to `until`. For counting how many people did something, so that one who
 * stands there by two pseudonyms is one: it is used in memory and shown nowhere.
 */
export async function behindPseudonyms(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  from: Date,
  until: Date,
): Promise<ReadonlyMap<string, string>> {
  const members = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  const months = monthsBetween(from, until)
  return new Map(
    members.flatMap(({ member_id }) =>
      months.map((month) => [pseudonymOf(secrets, tx.workspaceId, member_id, month), member_id] as const),
    ),
  )
}

function monthsBetween(from: Date, until: Date): string[] {
  const months: string[] = []
  for (
    let month = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth()));
    month <= until;
    month = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1))
  )
    months.push(month.toISOString().slice(0, 7))
  return months
}
