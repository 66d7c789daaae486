import { sql } from 'kysely'
import type { Permission } from '../../contract/permissions.ts'
import { openEvents } from '../inbox/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid } from '../platform/errors.ts'
import type { Actor } from '../platform/events.ts'
import { namesOf, subjectNames } from './subject-names.ts'

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
  names: Record<string, string>
  codes: Record<string, string | number | boolean | null>
  content: 'none' | 'kept' | 'erased'
  said: string | null
}

/** What the reader may see of what the trail mentions. */
export interface Sight {
  events(type: string): boolean
  /** What the council alone is told: whose figures were looked at, when somebody passed a training. */
  isWithheld(type: string): boolean
  may(permission: Permission): boolean
}

/**
 * The audit trail, newest first. There is no filter by actor and no count, so that it shows who did one thing and does
 * not add up what one person did. Served by event's primary key, or by event_type and event_subject.
 */
export async function readTrail(
  tx: WorkspaceTransaction,
  filter: TrailFilter,
  sight: Sight,
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
  const page = rows.slice(0, filter.limit)
  // A page has gaps for whoever some of it is closed to; the cursor goes by what was read.
  const shown = await openEvents(
    tx,
    page
      .filter(({ type }) => !sight.isWithheld(type))
      .map((row) => ({ ...row, subjects: row.subjects as TrailEntry['subjects'] })),
  )
  const names = await actorNames(
    tx,
    shown.map((row) => row.actor_id).filter((id): id is string => id !== null),
  )
  const contents = await contentsOf(
    tx,
    shown.map((row) => row.event_id),
  )
  const named = await subjectNames(
    tx,
    shown.map((row) => row.subjects),
    sight.may,
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
    subjects: row.subjects,
    names: namesOf(row.subjects, named),
    codes: row.codes as TrailEntry['codes'],
    content: contents.get(row.event_id)?.content ?? ('none' as const),
    said: sight.events(row.type) ? (contents.get(row.event_id)?.said ?? null) : null,
  }))
  return { items, nextCursor: rows.length > filter.limit ? (page.at(-1)?.position ?? null) : null }
}

/** What was said with events, or that it was erased; those without content are absent. Served by event_subject's key. */
async function contentsOf(
  tx: WorkspaceTransaction,
  eventIds: string[],
): Promise<Map<string, { content: 'kept' | 'erased'; said: string | null }>> {
  const { rows } = await sql<{ event_id: string; content: 'kept' | 'erased'; said: string | null }>`
    select event_id, 'kept' as content, coalesce(content ->> 'reason', content ->> 'because') as said
    from event_content where workspace_id = ${tx.workspaceId} and event_id = any(${eventIds}::uuid[])
    union all
    select distinct s.subject_id, 'erased', null
    from event_subject s join event e on e.workspace_id = s.workspace_id and e.position = s.position
    where s.workspace_id = ${tx.workspaceId} and s.subject_id = any(${eventIds}::uuid[])
      and e.type = 'trail.content-erased'`.execute(tx.sql)
  return new Map(rows.map(({ event_id, content, said }) => [event_id, { content, said }]))
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
