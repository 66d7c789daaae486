import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid } from '../../platform/errors.ts'

/** Events are read in pieces; one that concerns nobody of the system costs a row of the piece. */
const EVENTS_AT_ONCE = 500
const PIECES_MAX = 10
/** What may change what a system should know of somebody: who they are, what they are called, what they agreed to. */
const TYPES = [
  'person.begun',
  'person.changed',
  'person.field-set',
  'person.split',
  'persons.merged',
  'operation.undone',
  'link.made',
  'link.withdrawn',
  'identity.moved',
  'identity.cut',
  'contact.changed',
  'contact.deleted',
  'consent.recorded',
  'consent.withdrawn',
  'objection.made',
  'objection.lifted',
]

export interface ContactNews {
  externalId: string
  personId: string | null
  deleted: boolean
  at: Date
}

/**
 * Records of a system about whom something changed, in the order in which it did, each at its last change of the piece. The
 * cursor is a position of the trail: whoever has it has missed nothing before it.
 */
export async function contactChanges(
  tx: WorkspaceTransaction,
  { system, after, limit }: { system: string; after?: string | undefined; limit: number },
): Promise<{ items: ContactNews[]; nextCursor: string; more: boolean }> {
  if (after !== undefined && !/^\d{1,18}$/.test(after)) throw new Invalid('cursor-invalid')
  let cursor = after ?? '0'
  for (let piece = 0; piece < PIECES_MAX; piece++) {
    const events = await eventsAfter(tx, cursor)
    const items = await newsOf(tx, system, events)
    if (items.length <= limit) {
      cursor = events.at(-1)?.position ?? cursor
      const more = events.length === EVENTS_AT_ONCE
      if (items.length > 0 || !more)
        return { items: items.map(({ position: _, ...item }) => item), nextCursor: cursor, more }
      continue
    }
    const page = items.slice(0, limit)
    return {
      items: page.map(({ position: _, ...item }) => item),
      nextCursor: page.at(-1)?.position ?? cursor,
      more: true,
    }
  }
  return { items: [], nextCursor: cursor, more: true }
}

interface EventRow {
  position: string
  at: Date
  subjects: Record<string, string | string[]>
}

/** Served by event's primary key. */
async function eventsAfter(tx: WorkspaceTransaction, cursor: string): Promise<EventRow[]> {
  const { rows } = await sql<EventRow & { wanted: boolean }>`
    select position::text as position, at, subjects, type = any(${TYPES}::text[]) as wanted from event
    where workspace_id = ${tx.workspaceId} and position > ${cursor}::bigint order by position limit ${EVENTS_AT_ONCE}`.execute(
    tx.sql,
  )
  return rows.map(({ wanted, ...row }) => (wanted ? row : { ...row, subjects: {} }))
}

const idsOf = (subjects: EventRow['subjects'], names: readonly string[]): string[] =>
  names.flatMap((name) => subjects[name] ?? []).flat()

/** The last change of each record, in the order of those. Several records can be about one person. */
async function newsOf(
  tx: WorkspaceTransaction,
  system: string,
  events: readonly EventRow[],
): Promise<(ContactNews & { position: string })[]> {
  const persons = new Map<string, EventRow>()
  const authors = new Map<string, EventRow>()
  for (const event of events) {
    for (const id of idsOf(event.subjects, ['person', 'persons', 'from'])) persons.set(id, event)
    for (const id of idsOf(event.subjects, ['author', 'authors'])) authors.set(id, event)
  }
  if (persons.size === 0 && authors.size === 0) return []
  const { rows } = await sql<{
    author_id: string
    network_id: string
    person_id: string | null
    deleted: boolean
    about: string
  }>`
    with about as (
      select p.current_id as person_id, null::uuid as author_id, p.person_id as about from person p
        where p.workspace_id = ${tx.workspaceId} and p.person_id = any(${[...persons.keys()]}::uuid[])
      union all select null, id, id from unnest(${[...authors.keys()]}::uuid[]) as g(id))
    select a.author_id, a.network_id, a.person_id, c.deleted_at is not null as deleted, g.about
    from about g join author a on a.workspace_id = ${tx.workspaceId}
        and (a.author_id = g.author_id or a.person_id = g.person_id)
      join contact c on c.workspace_id = a.workspace_id and c.author_id = a.author_id
    where a.network = 'customer-number' and a.scope = ${system}`.execute(tx.sql)
  const last = new Map<string, ContactNews & { position: string }>()
  for (const row of rows) {
    const event = persons.get(row.about) ?? authors.get(row.about)
    const known = last.get(row.author_id)
    if (!event || (known && BigInt(known.position) >= BigInt(event.position))) continue
    const { position, at } = event
    last.set(row.author_id, { externalId: row.network_id, personId: row.person_id, deleted: row.deleted, at, position })
  }
  return [...last.values()].sort((one, other) => (BigInt(one.position) < BigInt(other.position) ? -1 : 1))
}
