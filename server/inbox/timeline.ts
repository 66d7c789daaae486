import { sql } from 'kysely'
import type { z } from 'zod'
import type { inbox } from '../../contract/inbox.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { StoredEvent } from '../platform/event-log.ts'
import { presentDeliveries } from '../publishing/index.ts'

type Conversation = z.output<NonNullable<(typeof inbox.conversations.get)['~orpc']['outputSchema']>>
export type TimelineEntry = Conversation['timeline'][number]

/** Of each kind the newest; together the newest. */
const ENTRIES_MAX = 300
/** Notes and answers are shown as themselves; so is what took a conversation off the list of negative ones. */
const SHOWN_ELSEWHERE = [
  'note.added',
  'note.edited',
  'note.removed',
  'answer.queued',
  // With the clocks.
  'conversation.segmented',
  'conversation.clock-chosen',
  'moderation.asked',
  'moderation.undo-asked',
]

/** What happened around the posts: notes, answers as they stand now, and the trail. Oldest first. */
export async function timelineOf(tx: WorkspaceTransaction, conversationId: string): Promise<TimelineEntry[]> {
  const entries = [
    ...(await notesOf(tx, conversationId)),
    ...(await answersOf(tx, conversationId)),
    ...(await eventsOf(tx, conversationId)),
  ]
  return entries.toSorted((a, b) => a.at.getTime() - b.at.getTime()).slice(-ENTRIES_MAX)
}

async function notesOf(tx: WorkspaceTransaction, conversationId: string): Promise<TimelineEntry[]> {
  const rows = await tx.sql
    .selectFrom('note')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(ENTRIES_MAX)
    .execute()
  return rows.map((row) => ({
    kind: 'note',
    at: row.created_at,
    noteId: row.note_id,
    memberId: row.member_id,
    text: row.text,
    mentions: row.mentions,
    editedAt: row.edited_at,
  }))
}

async function answersOf(tx: WorkspaceTransaction, conversationId: string): Promise<TimelineEntry[]> {
  const { rows } = await sql<{ delivery_id: string; closes: boolean; version: string; also: string[] }>`
    select a.delivery_id, a.closes, a.version, array(select other.conversation_id::text from answer other
      where other.workspace_id = a.workspace_id and other.delivery_id = a.delivery_id
        and other.conversation_id <> a.conversation_id) as also
    from answer a where a.workspace_id = ${tx.workspaceId} and a.conversation_id = ${conversationId}
    order by a.version desc limit ${ENTRIES_MAX}`.execute(tx.sql)
  const deliveries = await presentDeliveries(
    tx,
    rows.map((row) => row.delivery_id),
  )
  return deliveries.flatMap((delivery) => {
    const row = rows.find((one) => one.delivery_id === delivery.deliveryId)
    if (!row) return []
    return [
      {
        kind: 'answer',
        at: delivery.createdAt,
        delivery,
        closes: row.closes,
        version: row.version,
        alsoAnswers: row.also,
      },
    ]
  })
}

/** Served by event_conversation. */
async function eventsOf(tx: WorkspaceTransaction, conversationId: string): Promise<TimelineEntry[]> {
  const { rows } = await sql<{
    position: string
    at: Date
    type: string
    actor_kind: StoredEvent['actorKind']
    actor_id: string | null
    subjects: StoredEvent['subjects']
    codes: StoredEvent['codes']
    content: { reason?: unknown } | null
  }>`
    select e.position, e.at, e.type, e.actor_kind, e.actor_id, e.subjects, e.codes, ec.content
    from event e left join event_content ec on ec.workspace_id = e.workspace_id and ec.event_id = e.event_id
    where e.workspace_id = ${tx.workspaceId} and e.conversation_id = ${conversationId}
      and e.type <> all(${SHOWN_ELSEWHERE})
      and (e.type <> 'conversation.left-unanswered' or e.codes ->> 'how' = 'not-negative')
    order by e.position desc limit ${ENTRIES_MAX}`.execute(tx.sql)
  // What happened within a millisecond stays in its order.
  return rows.toReversed().map((row) => ({
    kind: 'event',
    at: row.at,
    position: row.position,
    type: row.type,
    actor: { kind: row.actor_kind, id: row.actor_id },
    subjects: row.subjects,
    codes: row.codes,
    reason: typeof row.content?.reason === 'string' ? row.content.reason : null,
  }))
}
