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
 * another one in each event: other rows say who wrote a certain answer, and whose pseudonym that event holds, and with it nothing
 * about any other. It depends on a key outside the database: whoever has the key can check one suspicion, and nobody can read
 * names back.
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

/** The next events in order. Returns how many were looked at; the place that was reached is kept with it. */
async function pseudonymise(tx: WorkspaceTransaction, before: Date, secrets: Secrets): Promise<number> {
  await sql`insert into staff_pseudonymisation (workspace_id) values (${tx.workspaceId}) on conflict do nothing`.execute(
    tx.sql,
  )
  // Two workers at once would pseudonymise pseudonyms; the second waits here and goes on behind the first.
  await sql`select from staff_pseudonymisation where workspace_id = ${tx.workspaceId} for update`.execute(tx.sql)
  const from = await reached(tx)
  const { rows } = await sql<OldEvent & { due: boolean }>`
    select position, event_id, actor_id, subjects::text as subjects, at < ${before} as due from event
    where workspace_id = ${tx.workspaceId} and position > ${from} order by position limit ${EVENTS_AT_ONCE}`.execute(
    tx.sql,
  )
  // A clock that was set back puts younger events between older ones: none is passed over.
  const young = rows.findIndex(({ due }) => !due)
  const batch = young === -1 ? rows : rows.slice(0, young)
  const until = batch.at(-1)?.position
  if (until === undefined) return 0
  const ids = await memberIdsOf(tx)
  const changes = batch.flatMap((event) => {
    const named = ids.filter((id) => event.actor_id === id || event.subjects.includes(id))
    const pseudonyms = named.map((id) => pseudonymOf(secrets, tx.workspaceId, id, event.event_id))
    return named.length === 0 ? [] : [{ position: event.position, ids: named, pseudonyms }]
  })
  await sql`select system.pseudonymise_staff(e.position - 1, e.position, e.ids, e.pseudonyms)
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as e(position bigint, ids uuid[], pseudonyms uuid[])`.execute(
    tx.sql,
  )
  await tx.sql
    .updateTable('staff_pseudonymisation')
    .set({ position: until })
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  return batch.length
}

interface OldEvent {
  position: string
  event_id: string
  actor_id: string | null
  subjects: string
}

async function memberIdsOf(tx: WorkspaceTransaction): Promise<string[]> {
  const members = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  return members.map(({ member_id }) => member_id)
}

/** An id of version 8 (RFC 9562: custom), which no id of ours has. */
export function pseudonymOf(secrets: Secrets, workspaceId: string, memberId: string, eventId: string): string {
  const hex = createHmac('sha256', secrets.derive('staff-events'))
    .update(JSON.stringify([workspaceId, memberId, eventId]))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const isPseudonym = (id: string): boolean => id[14] === '8'

/**
 * Who stands in these events, where it is a pseudonym. For counting how many people did something, so that one who stands there
 * by two pseudonyms is one: it is used in memory and shown nowhere.
 */
export async function behindPseudonyms(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  events: readonly { eventId: string; actorId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const hidden = events.filter(({ actorId }) => isPseudonym(actorId))
  if (hidden.length === 0) return new Map()
  const ids = await memberIdsOf(tx)
  return new Map(
    hidden.flatMap(({ eventId, actorId }) => {
      const member = ids.find((id) => pseudonymOf(secrets, tx.workspaceId, id, eventId) === actorId)
      return member === undefined ? [] : [[actorId, member] as const]
    }),
  )
}
