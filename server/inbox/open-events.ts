import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'

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
 * there. Of a list the rest goes; what was all about something closed goes whole. Who has one role everywhere hears all.
 */
export async function openEvents<Event extends { subjects: Subjects }>(
  tx: WorkspaceTransaction,
  events: readonly Event[],
): Promise<Event[]> {
  if (!tx.actor.reach || events.length === 0) return [...events]
  const seen = new Map<Kind, ReadonlySet<string>>()
  for (const kind of KINDS) seen.set(kind, await visible(tx, kind, events.flatMap(idsOf(kind))))
  return events.flatMap((event) => {
    let subjects: Subjects = event.subjects
    for (const kind of KINDS)
      for (const key of CLOSABLE[kind]) {
        const value = subjects[key]
        if (value === undefined) continue
        const open = [value].flat().filter((id) => seen.get(kind)?.has(id))
        if (open.length === 0 && value.length > 0) return []
        if (Array.isArray(value)) subjects = { ...subjects, [key]: open }
      }
    return [{ ...event, subjects }]
  })
}

const idsOf = (kind: Kind) => (event: { subjects: Subjects }) =>
  CLOSABLE[kind].flatMap((key) => event.subjects[key] ?? []) as string[]

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
