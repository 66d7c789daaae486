import type { InfiniteData } from '@tanstack/react-query'
import type { LiveEvent } from '../platform/live-channel.ts'
import type { Change, Conversation, ConversationTag, Lease, ListPage } from './shapes.ts'

/**
 * The loaded pages of a list are patched where something changed and never asked for again as a whole: with thousands
 * of conversations and many events a second nothing else stays smooth, and nothing moves under the reader.
 */
export type Pages = InfiniteData<ListPage, string | undefined>
export type Patch = (conversation: Conversation) => Conversation

export function patchPages(pages: Pages, ids: ReadonlySet<string>, patch: Patch): Pages {
  const wanted = (item: Conversation) => ids.has(item.conversationId)
  if (!pages.pages.some(({ items }) => items.some(wanted))) return pages
  return mapItems(pages, (items) => items.map((item) => (wanted(item) ? patch(item) : item)))
}

/** Takes conversations out of the list; what stands below moves up, so only for what the reader did. */
export const dropFromPages = (pages: Pages, gone: (item: Conversation) => boolean): Pages =>
  mapItems(pages, (items) => items.filter((item) => !gone(item)))

function mapItems(pages: Pages, change: (items: Conversation[]) => Conversation[]): Pages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })) }
}

export const itemsOf = (pages: Pages | undefined): Conversation[] => pages?.pages.flatMap(({ items }) => items) ?? []

/** Takes over what a fresh first page says of rows that are shown; names those that are not shown yet. */
export function mergeHead(pages: Pages, head: readonly Conversation[]): { pages: Pages; newIds: string[] } {
  const fresh = new Map(head.map((item) => [item.conversationId, item]))
  const known = new Set(itemsOf(pages).map(({ conversationId }) => conversationId))
  return {
    pages: patchPages(pages, new Set(fresh.keys()), (item) => fresh.get(item.conversationId) ?? item),
    newIds: head.map(({ conversationId }) => conversationId).filter((id) => !known.has(id)),
  }
}

/** What a change by hand makes of a conversation, before the server has said so. */
export function applyChange(
  item: Conversation,
  change: Change,
  tags: readonly ConversationTag[],
  now: Date,
): Conversation {
  switch (change.change) {
    case 'assign':
      return { ...item, assignedMemberId: change.memberId, assignedTeamId: change.teamId }
    case 'tag':
      return { ...item, tags: changeTags(item.tags, change.add ?? [], change.remove ?? [], tags) }
    case 'close':
      return { ...item, state: 'closed', closedAt: now, snoozedUntil: null, waitingSince: null, negativeSince: null }
    case 'snooze':
      return { ...item, state: 'snoozed', snoozedUntil: change.until as Date, closedAt: null }
    case 'prioritise':
      return { ...item, priority: change.priority }
    case 'reopen':
      return { ...item, state: 'open', closedAt: null, snoozedUntil: null }
  }
}

/** The same for what somebody else did; null: the event does not say enough, ask. */
export function patchOfEvent(event: LiveEvent, tags: readonly ConversationTag[], now: Date): Patch | null {
  const { type, subjects, codes } = event
  const one = (name: string) => (typeof subjects[name] === 'string' ? subjects[name] : null)
  const many = (name: string) => [subjects[name] ?? []].flat()
  const by =
    (change: Change): Patch =>
    (item) =>
      applyChange(item, change, tags, now)
  if (type === 'conversation.assigned')
    return by({ change: 'assign', memberId: one('memberId'), teamId: one('teamId') })
  if (type === 'conversation.tagged') return by({ change: 'tag', add: many('added'), remove: many('removed') })
  if (type === 'conversation.closed') return by({ change: 'close' })
  if (type === 'conversation.left-unanswered') return (item) => ({ ...item, negativeSince: null })
  if (type === 'conversation.prioritised')
    return by({ change: 'prioritise', priority: codes.priority as Conversation['priority'] })
  if (type === 'conversation.snoozed' && typeof codes.until === 'string')
    return by({ change: 'snooze', until: new Date(codes.until) })
  return null
}

function changeTags(
  before: readonly ConversationTag[],
  add: readonly string[],
  remove: readonly string[],
  known: readonly ConversationTag[],
): ConversationTag[] {
  const kept = before.filter(({ tagId }) => !remove.includes(tagId))
  const added = known.filter(({ tagId }) => add.includes(tagId) && !kept.some((tag) => tag.tagId === tagId))
  return [...kept, ...added]
}

/** What the signal `lease` says: who writes now, or that nobody does. */
export function leaseOfSignal(
  subjects: Record<string, string>,
  nameOf: (memberId: string) => string | undefined,
  myMemberId: string,
  now: Date,
): Lease | null {
  const { holderId, holderKind, until } = subjects
  if (!holderId || !until) return null
  const kind = holderKind === 'bot' ? 'bot' : 'member'
  return {
    holder: { kind, id: holderId, name: nameOf(holderId) ?? '' },
    mine: holderId === myMemberId,
    takenAt: now,
    expiresAt: new Date(until),
  }
}

/** The one to go on with when `id` leaves the list: the next, else the one before; null: the list is done. */
export function neighbourOf(items: readonly Conversation[], ids: ReadonlySet<string>, id: string): string | null {
  const at = items.findIndex(({ conversationId }) => conversationId === id)
  if (at < 0) return null
  const stays = ({ conversationId }: Conversation) => !ids.has(conversationId)
  return (items.slice(at + 1).find(stays) ?? items.slice(0, at).findLast(stays))?.conversationId ?? null
}
