import { sql } from 'kysely'
import { type ClockEvent, EVENTS_MAX } from '../../clocks/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { StoredEvent } from '../../platform/event-log.ts'

/** What clocks are read from: nothing that was ever worked out about time, only what happened and when. */
export interface Facts {
  conversationId: string
  authorId: string
  openedBecause: string
  sourceId: string | null
  network: string
  language: string | null
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

/** A crisis that a conversation is in, told from below. */
export interface CrisisSpan {
  conversationId: string
  crisisId: string
  begunAt: Date
  endedAt: Date | null
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

/** Time that lies before every wait. */
export const FROM_THE_BEGINNING = Date.UTC(2000, 0, 1)

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
interface PostFacts {
  conversation_id: string
  post_id: string
  direction: 'in' | 'out'
  published_at: Date
  heard_at: Date | null
  delivery_id: string | null
  /** Not said to everybody. */
  is_private: boolean
}
type EventFacts = Pick<StoredEvent, 'type' | 'at' | 'subjects' | 'codes'> & {
  conversation_id: string
  event_id: string
  /** Of an answer. */
  is_private: boolean
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
    select cp.conversation_id, cp.post_id, cp.direction, cp.published_at, p.heard_at, cp.delivery_id,
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
  const ours = [...answersOf(posts, trail), ...trail.flatMap(turnsOf)]
  const noted = last('conversation.segmented')?.subjects.segmentIds
  return {
    conversationId: row.conversation_id,
    authorId: row.author_id,
    openedBecause: row.opened_because,
    sourceId: row.source_id,
    network: row.network,
    language: row.language,
    priority: row.priority,
    memberId: row.assigned_member_id,
    teamId: row.assigned_team_id,
    chosen: trail.flatMap(({ type, at, subjects: { clockPolicyId } }) =>
      type === 'conversation.clock-chosen' && typeof clockPolicyId === 'string'
        ? [{ at: at.getTime(), clockPolicyId }]
        : [],
    ),
    segments: Array.isArray(noted) ? noted : null,
    events: [...questionsOf(row, posts, ours), ...ours, ...standingsOf(row, trail)],
    teams: trail
      .filter(({ type }) => type === 'conversation.assigned')
      .map(({ at, subjects }) => ({
        at: at.getTime(),
        teamId: typeof subjects.teamId === 'string' ? subjects.teamId : null,
      })),
  }
}

/**
 * A customer waits from when they wrote, not from when we heard of it. But what we heard of only after we had answered or
 * closed was not answered by that: its wait begins when it was heard. And a post that an agent made a matter of the inbox
 * waits from then on.
 */
function questionsOf(row: ConversationFacts, posts: PostFacts[], ours: ClockEvent[]): ClockEvent[] {
  const begins = row.opened_because === 'agent' ? row.opened_at.getTime() : FROM_THE_BEGINNING
  const acts = ours.filter(({ kind }) => kind === 'answered' || kind === 'closed')
  return posts
    .filter(({ direction }) => direction === 'in')
    .map(({ post_id, published_at, heard_at }) => {
      const published = Math.max(published_at.getTime(), begins)
      const heard = Math.max(published, heard_at?.getTime() ?? published)
      const isBehind = acts.some(({ at }) => at >= published && at < heard)
      return { id: post_id, kind: 'customer-wrote', at: isBehind ? heard : published }
    })
}

/** From here: when the network took it. From the network's own app: when it was published. After it, it is the customer's turn. */
function answersOf(posts: PostFacts[], trail: EventFacts[]): ClockEvent[] {
  const sent = trail
    .filter(({ type }) => type === 'answer.sent')
    .map(({ subjects, at, is_private }) => ({
      id: String(subjects.deliveryId),
      at: at.getTime(),
      isPrivate: is_private,
    }))
  const elsewhere = posts
    .filter(({ direction, delivery_id }) => direction === 'out' && delivery_id === null)
    .map(({ post_id, published_at, is_private }) => ({
      id: post_id,
      at: published_at.getTime(),
      isPrivate: is_private,
    }))
  return [...sent, ...elsewhere].flatMap(({ id, at, isPrivate }): ClockEvent[] => [
    { id, at, kind: 'answered', as: isPrivate ? 'private' : 'public' },
    { id: `${id}:turn`, at, kind: 'waiting-begun' },
  ])
}

function turnsOf({ event_id: id, type, at: time, subjects, codes }: EventFacts): ClockEvent[] {
  const at = time.getTime()
  switch (type) {
    case 'conversation.closed':
      return [{ id, at, kind: 'closed' }]
    case 'conversation.reopened':
      return [
        { id, at, kind: 'reopened' },
        { id: `${id}:woken`, at, kind: 'woken' },
      ]
    case 'conversation.snoozed':
      return [{ id, at, kind: 'snoozed', until: Date.parse(String(codes.until)) }]
    case 'conversation.turn-taken':
      return [{ id, at, kind: codes.turn === 'customer' ? 'waiting-begun' : 'waiting-ended' }]
    case 'answer.removed':
      return [{ id, at, kind: 'answer-voided', answerId: String(subjects.deliveryId) }]
    default:
      return []
  }
}

/** What was first noted holds from the beginning: nobody looked before. */
function standingsOf(row: ConversationFacts, trail: EventFacts[]): ClockEvent[] {
  const prioritised = trail.filter(({ type }) => type === 'conversation.prioritised')
  const segmented = trail.filter(({ type }) => type === 'conversation.segmented')
  const before = prioritised[0] ? String(prioritised[0].codes.was ?? 'normal') : row.priority
  return [
    { id: 'priority', at: FROM_THE_BEGINNING, kind: 'changed', priority: before },
    ...prioritised.map(
      ({ event_id, at, codes }): ClockEvent => ({
        id: event_id,
        at: at.getTime(),
        kind: 'changed',
        priority: String(codes.priority),
      }),
    ),
    ...segmented.map(
      ({ event_id, at, subjects }, place): ClockEvent => ({
        id: event_id,
        at: place === 0 ? FROM_THE_BEGINNING : at.getTime(),
        kind: 'changed',
        segments: Array.isArray(subjects.segmentIds) ? subjects.segmentIds : [],
      }),
    ),
  ]
}

const crisisEvents = ({ crisisId, begunAt, endedAt }: CrisisSpan): ClockEvent[] => [
  { id: crisisId, at: begunAt.getTime(), kind: 'crisis-begun', crisisId },
  ...(endedAt ? [{ id: `${crisisId}:ended`, at: endedAt.getTime(), kind: 'crisis-ended' as const, crisisId }] : []),
]
