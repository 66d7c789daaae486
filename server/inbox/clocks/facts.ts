import { sql } from 'kysely'
import { type ClockEvent, EVENTS_MAX } from '../../clocks/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import {
  type CrisisSpan,
  clockEvents,
  crisisEvents,
  type EventFacts,
  FROM_THE_BEGINNING,
  type PostFacts,
} from './clock-events.ts'

/** What clocks are read from: nothing that was ever worked out about time, only what happened and when. */
export interface Facts {
  conversationId: string
  authorId: string
  openedBecause: string
  sourceId: string | null
  network: string
  /** Now. */
  language: string | null
  /** From when on what was said last was in which language, oldest first. */
  languages: { at: number; language: string }[]
  priority: string
  memberId: string | null
  teamId: string | null
  /** Promises that a rule or somebody chose for it, oldest first. */
  chosen: { at: number; clockPolicyId: string }[]
  /** Segments as they were noted last; null: never. */
  segments: readonly string[] | null
  events: ClockEvent[]
  /** To which team it went when, oldest first. */
  teams: { at: number; teamId: string | null }[]
}

export type CrisesOf = (tx: WorkspaceTransaction, conversationIds: readonly string[]) => Promise<CrisisSpan[]>

/** Trail of a conversation that moves a clock. The rest (who wrote, who answered) follows from posts. */
export const CLOCK_EVENT_TYPES = [
  'conversation.closed',
  'conversation.reopened',
  'conversation.snoozed',
  'conversation.assigned',
  'conversation.prioritised',
  'conversation.segmented',
  'conversation.clock-chosen',
  'conversation.turn-taken',
  'answer.sent',
  'answer.removed',
]

interface ConversationFacts {
  conversation_id: string
  author_id: string
  source_id: string | null
  network: string
  language: string | null
  priority: string
  assigned_member_id: string | null
  assigned_team_id: string | null
  opened_at: Date
  opened_because: string
}

/** By primary keys and event_conversation: a handful of queries for all of them. */
export async function readFacts(
  tx: WorkspaceTransaction,
  conversationIds: readonly string[],
  crisesOf: CrisesOf,
): Promise<Facts[]> {
  const conversations = await tx.sql
    .selectFrom('conversation')
    .select([
      'conversation_id',
      'author_id',
      'source_id',
      'network',
      'language',
      'priority',
      'assigned_member_id',
      'assigned_team_id',
      'opened_at',
      'opened_because',
    ])
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', 'in', conversationIds)
    .execute()
  const posts = Map.groupBy(await readPosts(tx, conversationIds), (row) => row.conversation_id)
  const trail = Map.groupBy(await readTrail(tx, conversationIds), (row) => row.conversation_id)
  const crises = Map.groupBy(await crisesOf(tx, conversationIds), ({ conversationId }) => conversationId)
  return conversations.map((row) => {
    const id = row.conversation_id
    const facts = factsOf(row, posts.get(id) ?? [], trail.get(id) ?? [])
    return { ...facts, events: newest([...facts.events, ...(crises.get(id) ?? []).flatMap(crisisEvents)]) }
  })
}

/** Whoever floods a thread stops no clocks but the oldest ones of their own conversation. Room is left for what is noted yet. */
const newest = (events: ClockEvent[]): ClockEvent[] =>
  events.length < EVENTS_MAX ? events : events.toSorted((a, b) => a.at - b.at).slice(1 - EVENTS_MAX)

/** What its author or the network took away was never said; what we emptied after a time was. */
async function readPosts(tx: WorkspaceTransaction, conversationIds: readonly string[]): Promise<PostFacts[]> {
  const { rows } = await sql<PostFacts>`
    select cp.conversation_id, cp.post_id, cp.direction, cp.published_at, p.heard_at, cp.delivery_id, p.language,
      coalesce(p.visibility = 'private', false) as is_private
    from conversation_post cp
      left join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
    where cp.workspace_id = ${tx.workspaceId} and cp.conversation_id = any(${[...conversationIds]}::uuid[])
      and not (cp.deleted and coalesce(p.deleted_because, 'upstream') in ('upstream', 'author-gone'))`.execute(tx.sql)
  return rows
}

async function readTrail(tx: WorkspaceTransaction, conversationIds: readonly string[]): Promise<EventFacts[]> {
  const { rows } = await sql<EventFacts>`
    select e.conversation_id, e.event_id, e.type, e.at, e.subjects, e.codes,
      coalesce(d.visibility = 'private', false) as is_private
    from event e left join delivery d on e.type = 'answer.sent' and d.workspace_id = e.workspace_id
      and d.delivery_id = (e.subjects ->> 'deliveryId')::uuid
    where e.workspace_id = ${tx.workspaceId} and e.conversation_id = any(${[...conversationIds]}::text[])
      and e.type = any(${CLOCK_EVENT_TYPES}::text[]) order by e.position`.execute(tx.sql)
  return rows
}

function factsOf(row: ConversationFacts, posts: PostFacts[], trail: EventFacts[]): Facts {
  const last = (type: string) => trail.findLast((event) => event.type === type)
  const noted = last('conversation.segmented')?.subjects.segmentIds
  return {
    conversationId: row.conversation_id,
    authorId: row.author_id,
    openedBecause: row.opened_because,
    sourceId: row.source_id,
    network: row.network,
    language: row.language,
    languages: languagesOf(row, posts),
    priority: row.priority,
    memberId: row.assigned_member_id,
    teamId: row.assigned_team_id,
    chosen: trail.flatMap(({ type, at, subjects: { clockPolicyId } }) =>
      type === 'conversation.clock-chosen' && typeof clockPolicyId === 'string'
        ? [{ at: at.getTime(), clockPolicyId }]
        : [],
    ),
    segments: Array.isArray(noted) ? noted : null,
    events: clockEvents(row, posts, trail),
    teams: trail
      .filter(({ type }) => type === 'conversation.assigned')
      .map(({ at, subjects }) => ({
        at: at.getTime(),
        teamId: typeof subjects.teamId === 'string' ? subjects.teamId : null,
      })),
  }
}

/** As posts tell it; what nobody could tell then stays unknown. Where no post tells it, it was what it is. */
function languagesOf({ language }: ConversationFacts, posts: PostFacts[]): Facts['languages'] {
  const said = posts
    .filter((post) => post.direction === 'in')
    .flatMap((post) => (post.language === null ? [] : [{ at: post.published_at.getTime(), language: post.language }]))
    .sort((a, b) => a.at - b.at)
  if (said.length === 0 && language !== null) return [{ at: FROM_THE_BEGINNING, language }]
  return said.filter((one, place) => one.language !== said[place - 1]?.language)
}
