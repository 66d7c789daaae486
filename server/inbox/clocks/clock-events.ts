import type { ClockEvent } from '../../clocks/index.ts'
import type { StoredEvent } from '../../platform/event-log.ts'

/** Time that lies before every wait. */
export const FROM_THE_BEGINNING = Date.UTC(2000, 0, 1)

/** A crisis that a conversation is in, told from below. */
export interface CrisisSpan {
  conversationId: string
  crisisId: string
  begunAt: Date
  endedAt: Date | null
}

/** How a conversation came about, and how urgent it is now. */
interface Begun {
  opened_at: Date
  opened_because: string
  priority: string
}

/** A post of a conversation, as far as clocks ask. */
export interface PostFacts {
  conversation_id: string
  post_id: string
  direction: 'in' | 'out'
  published_at: Date
  heard_at: Date | null
  delivery_id: string | null
  language: string | null
  /** Not said to everybody. */
  is_private: boolean
}

export type EventFacts = Pick<StoredEvent, 'type' | 'at' | 'subjects' | 'codes'> & {
  conversation_id: string
  event_id: string
  /** Of an answer. */
  is_private: boolean
}

/** What happened to a conversation, in the words of clocks: who wrote when, who answered, and how it stood. In no order. */
export function clockEvents(row: Begun, posts: PostFacts[], trail: EventFacts[]): ClockEvent[] {
  const ours = [...answersOf(posts, trail), ...trail.flatMap(turnsOf)]
  return [...questionsOf(row, posts, ours), ...ours, ...standingsOf(row, trail)]
}

/**
 * A customer waits from when they wrote, not from when we heard of it. But what we heard of only after we had answered or
 * closed was not answered by that: its wait begins when it was heard. What was answered in the network's own app and heard
 * together with its question, as an account's past is when it is connected, was. And a post that an agent made a matter of the
 * inbox waits from then on.
 */
function questionsOf(row: Begun, posts: PostFacts[], ours: ClockEvent[]): ClockEvent[] {
  const begins = row.opened_because === 'agent' ? row.opened_at.getTime() : FROM_THE_BEGINNING
  const heardOf = new Map(posts.map(({ post_id, heard_at }) => [post_id, heard_at?.getTime() ?? FROM_THE_BEGINNING]))
  const acts = ours
    .filter(({ kind }) => kind === 'answered' || kind === 'closed')
    .map(({ id, at }) => ({ at, knownAt: Math.max(at, heardOf.get(id) ?? at) }))
  return posts
    .filter(({ direction }) => direction === 'in')
    .map(({ post_id, published_at, heard_at }) => {
      const published = Math.max(published_at.getTime(), begins)
      const heard = Math.max(published, heard_at?.getTime() ?? published)
      const isBehind = acts.some(({ at, knownAt }) => at >= published && knownAt < heard)
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
function standingsOf(row: Begun, trail: EventFacts[]): ClockEvent[] {
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

export const crisisEvents = ({ crisisId, begunAt, endedAt }: CrisisSpan): ClockEvent[] => [
  { id: crisisId, at: begunAt.getTime(), kind: 'crisis-begun', crisisId },
  ...(endedAt ? [{ id: `${crisisId}:ended`, at: endedAt.getTime(), kind: 'crisis-ended' as const, crisisId }] : []),
]
