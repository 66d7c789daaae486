import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { withEverythingOpen } from '../platform/everything-open.ts'

/** What came through sources that are closed to somebody, by the names under which events have it. */
const CLOSABLE = {
  conversation: ['conversation', 'conversationId', 'conversations', 'conversationIds'],
  post: ['post', 'postId', 'posts', 'postIds'],
  delivery: ['delivery', 'deliveryId'],
} as const
type Kind = keyof typeof CLOSABLE
const KINDS = Object.keys(CLOSABLE) as Kind[]

type Subjects = Readonly<Record<string, string | readonly string[]>>

/**
 * Events as far as the actor of the transaction may hear of what they happened to: row-level security says which of it is
 * there. Of a list the rest goes; what was all about something closed goes whole. Who has one role everywhere hears all, but for
 * private posts where that role reads no inbox: those alone, because events outlive what they tell of.
 */
export async function openEvents<Event extends { subjects: Subjects }>(
  tx: WorkspaceTransaction,
  events: readonly Event[],
): Promise<Event[]> {
  const { reach, hidesPrivate } = tx.actor
  if (!(reach || hidesPrivate) || events.length === 0) return [...events]
  const isOpen = reach ? await visibleTo(tx, events) : await publicTo(tx, events)
  return events.flatMap((event) => {
    let subjects: Subjects = event.subjects
    for (const kind of KINDS)
      for (const key of CLOSABLE[kind]) {
        const value = subjects[key]
        if (value === undefined) continue
        const open = [value].flat().filter((id) => isOpen(kind, id))
        if (open.length === 0 && value.length > 0) return []
        if (Array.isArray(value)) subjects = { ...subjects, [key]: open }
      }
    return [{ ...event, subjects }]
  })
}

const idsOf = (kind: Kind) => (event: { subjects: Subjects }) =>
  CLOSABLE[kind].flatMap((key) => event.subjects[key] ?? []) as string[]

type IsOpen = (kind: Kind, id: string) => boolean

async function visibleTo(tx: WorkspaceTransaction, events: readonly { subjects: Subjects }[]): Promise<IsOpen> {
  const seen = new Map<Kind, ReadonlySet<string>>()
  for (const kind of KINDS) seen.set(kind, await visible(tx, kind, events.flatMap(idsOf(kind))))
  return (kind, id) => seen.get(kind)?.has(id) ?? false
}

/** Served by post's primary key. */
async function publicTo(tx: WorkspaceTransaction, events: readonly { subjects: Subjects }[]): Promise<IsOpen> {
  const ids = [...new Set(events.flatMap(idsOf('post')))]
  if (ids.length === 0) return () => true
  const { rows } = await withEverythingOpen(tx, (open) =>
    sql<{ id: string }>`select post_id as id from post where workspace_id = ${open.workspaceId}
      and post_id = any(${ids}::uuid[]) and visibility = 'private'`.execute(open.sql),
  )
  const hidden = new Set(rows.map((row) => row.id))
  return (kind, id) => kind !== 'post' || !hidden.has(id)
}

/** Served by the primary keys. */
async function visible(tx: WorkspaceTransaction, kind: Kind, ids: string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select ${sql.ref(`${kind}_id`)} as id from ${sql.table(kind)}
    where workspace_id = ${tx.workspaceId} and ${sql.ref(`${kind}_id`)} = any(${[...new Set(ids)]}::uuid[])`.execute(
    tx.sql,
  )
  return new Set(rows.map((row) => row.id))
}
