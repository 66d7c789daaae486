import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid } from '../platform/errors.ts'
import type { Actor } from '../platform/events.ts'

export interface TrailFilter {
  /** An event type, or the part before its dot. */
  type?: string | undefined
  subjectId?: string | undefined
  until?: Date | undefined
  after?: string | undefined
  limit: number
}

export interface TrailEntry {
  position: string
  eventId: string
  at: Date
  type: string
  actor: { kind: Actor['kind']; id: string | null; name: string | null }
  subjects: Record<string, string | string[]>
  codes: Record<string, string | number | boolean | null>
}

/**
 * The audit trail, newest first. There is no filter by actor and no count, so that it shows who did one thing and does
 * not add up what one person did. Served by event's primary key, or by event_type and event_subject.
 */
export async function readTrail(
  tx: WorkspaceTransaction,
  filter: TrailFilter,
): Promise<{ items: TrailEntry[]; nextCursor: string | null }> {
  if (filter.after !== undefined && !/^\d{1,19}$/.test(filter.after)) throw new Invalid('cursor-invalid')
  let query = tx.sql
    .selectFrom('event')
    .select(['position', 'event_id', 'at', 'type', 'actor_kind', 'actor_id', 'subjects', 'codes'])
    .where('workspace_id', '=', tx.workspaceId)
  if (filter.after) query = query.where('position', '<', filter.after)
  if (filter.type?.includes('.')) query = query.where('type', '=', filter.type)
  else if (filter.type) query = query.where('type', '>=', `${filter.type}.`).where('type', '<', `${filter.type}/`)
  if (filter.until) query = query.where('at', '<=', filter.until)
  if (filter.subjectId)
    query = query.where(
      'position',
      'in',
      tx.sql
        .selectFrom('event_subject')
        .select('position')
        .where('workspace_id', '=', tx.workspaceId)
        .where('subject_id', '=', filter.subjectId),
    )
  // Asked about a member, it tells of the membership; what lies with or was done by somebody is not lined up.
  if (filter.subjectId && (await isMember(tx, filter.subjectId)))
    query = query.where('type', '>=', 'member.').where('type', '<', 'member/')
  const rows = await query
    .orderBy('position', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const shown = rows.slice(0, filter.limit)
  const names = await actorNames(
    tx,
    shown.map((row) => row.actor_id).filter((id): id is string => id !== null),
  )
  const items = shown.map((row) => ({
    position: row.position,
    eventId: row.event_id,
    at: row.at,
    type: row.type,
    actor: {
      kind: row.actor_kind as Actor['kind'],
      id: row.actor_id,
      name: row.actor_id ? (names.get(row.actor_id) ?? null) : null,
    },
    subjects: row.subjects as TrailEntry['subjects'],
    codes: row.codes as TrailEntry['codes'],
  }))
  return { items, nextCursor: rows.length > filter.limit ? (shown.at(-1)?.position ?? null) : null }
}

const isMember = async (tx: WorkspaceTransaction, id: string): Promise<boolean> =>
  (await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', id)
    .executeTakeFirst()) !== undefined

async function actorNames(tx: WorkspaceTransaction, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const members = await tx.sql
    .selectFrom('member')
    .select(['member_id as id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', 'in', ids)
    .execute()
  const keys = await tx.sql
    .selectFrom('api_key')
    .select(['api_key_id as id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('api_key_id', 'in', ids)
    .execute()
  return new Map([...members, ...keys].map((row) => [row.id, row.name]))
}
