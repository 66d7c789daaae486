import type { Item } from './shapes.ts'

/**
 * What a column holds: the items that are shown, and what came since and waits behind a count. Nothing that is shown moves
 * until the reader asks, and nothing grows without end, however long a storm lasts.
 */
export interface Feed {
  items: readonly Item[]
  /** Newest first. Empty while `onlyCounted`. */
  waiting: readonly Item[]
  /** Ids of everything that waits, drawn or only counted. */
  waitingIds: ReadonlySet<string>
  /** More came than is kept to be shown: asking for it reads the list anew. */
  onlyCounted: boolean
  /** There are older ones. */
  hasMore: boolean
  /** Where older ones go on; null: nothing says. */
  cursor: string | null
}

/** So many that wait are held with their texts; beyond, they are counted. */
export const WAITING_MAX = 100
/** "1000+" is all that anybody wants to know. */
export const COUNTED_MAX = 1_000
const ITEMS_MAX = 400

const NOBODY_WAITS = { waiting: [], waitingIds: new Set<string>(), onlyCounted: false }

/** The first page, or the list read anew. */
export const begin = (items: readonly Item[], cursor: string | null): Feed => ({
  ...NOBODY_WAITS,
  items,
  cursor,
  hasMore: cursor !== null,
})

/** New items wait. `isKept` false: they are no more than counted, because the list has to be read anew anyway. */
export function arrive(feed: Feed, ids: readonly string[], items: readonly Item[], isKept: boolean): Feed {
  const known = idsOf(feed.items)
  const fresh = ids.filter((id) => !known.has(id) && !feed.waitingIds.has(id))
  const alike = isKept ? alikeOf(feed, items, fresh) : NONE_ALIKE
  const waits = fresh.filter((id) => !alike.folded.has(id))
  if (fresh.length === 0) return feed
  const waitingIds = new Set(feed.waitingIds)
  for (const id of waits) if (waitingIds.size < COUNTED_MAX) waitingIds.add(id)
  const drawn = items.filter(({ id }) => waits.includes(id))
  const onlyCounted =
    feed.onlyCounted || !isKept || drawn.length < waits.length || feed.waiting.length + drawn.length > WAITING_MAX
  const waiting = onlyCounted ? [] : [...drawn, ...feed.waiting].map(alike.counted).toSorted(newestFirst)
  return { ...feed, items: alike.any ? feed.items.map(alike.counted) : feed.items, waiting, waitingIds, onlyCounted }
}

/** What waited is shown; null: the list has to be read anew for it. */
export function show(feed: Feed): Feed | null {
  if (feed.onlyCounted) return null
  if (feed.waiting.length === 0) return feed
  const items = [...feed.waiting, ...feed.items].toSorted(newestFirst)
  const cut = items.length > ITEMS_MAX
  return {
    ...NOBODY_WAITS,
    items: items.slice(0, ITEMS_MAX),
    hasMore: feed.hasMore || cut,
    cursor: cut ? null : feed.cursor,
  }
}

/** The first page as it is now, read again because something may have been missed: what is not shown yet waits. */
export function mergeHead(feed: Feed, head: readonly Item[], isKept: boolean): Feed {
  const known = idsOf(feed.items)
  const ids = head.map(({ id }) => id).filter((id) => !known.has(id))
  const overlaps = feed.items.length === 0 || ids.length < head.length
  // Nothing of it is known: between the two more was missed than a page.
  return replace(arrive(feed, ids, head, isKept && overlaps), head)
}

/** Older ones below; a page may begin with what is shown already. */
export function append(feed: Feed, older: readonly Item[], cursor: string | null): Feed {
  const known = idsOf(feed.items)
  return {
    ...feed,
    items: [...feed.items, ...older.filter(({ id }) => !known.has(id))],
    cursor,
    hasMore: cursor !== null,
  }
}

/** Items as they are now, each where it stands. */
export function replace(feed: Feed, items: readonly Item[]): Feed {
  const now = new Map(items.map((item) => [item.id, item]))
  const changed = (item: Item): Item => asItWasMatched(item, now.get(item.id))
  if (!feed.items.some(({ id }) => now.has(id)) && !feed.waiting.some(({ id }) => now.has(id))) return feed
  return { ...feed, items: feed.items.map(changed), waiting: feed.waiting.map(changed) }
}

/** Why a post matched is known for the text that was searched, and how many say the same for the list it was found in. */
function asItWasMatched(item: Item, now: Item | undefined): Item {
  if (!now) return item
  if (!('post' in item) || !('post' in now)) return now
  const spans = now.post.text === item.post.text ? item.post.spans : []
  return { id: item.id, post: { ...now.post, spans, alike: item.post.alike } }
}

const NONE_ALIKE = { folded: new Set<string>(), any: false, counted: (item: Item) => item }

/** Posts that say the same as one that is shown or waits are counted with it, as the lists fold them. */
function alikeOf(feed: Feed, items: readonly Item[], fresh: readonly string[]) {
  const groups = new Map<string, number>()
  for (const item of [...feed.items, ...feed.waiting]) if ('post' in item) groups.set(item.post.groupId, 0)
  const folded = new Set<string>()
  for (const item of items) {
    if (!('post' in item) || !fresh.includes(item.id)) continue
    const others = groups.get(item.post.groupId)
    if (others === undefined) groups.set(item.post.groupId, 0)
    else {
      groups.set(item.post.groupId, others + 1)
      folded.add(item.id)
    }
  }
  if (folded.size === 0) return NONE_ALIKE
  const counted = (item: Item): Item => {
    const more = 'post' in item ? (groups.get(item.post.groupId) ?? 0) : 0
    if (more === 0 || !('post' in item)) return item
    const { alike } = item.post
    return { id: item.id, post: { ...item.post, alike: { ...alike, count: alike.count + more } } }
  }
  return { folded, any: true, counted }
}

const idsOf = (items: readonly Item[]): Set<string> => new Set(items.map(({ id }) => id))
const timeOf = (item: Item): number => {
  if ('post' in item) return item.post.publishedAt.getTime()
  return 'conversation' in item ? item.conversation.lastPostAt.getTime() : item.approval.askedAt.getTime()
}
const newestFirst = (one: Item, other: Item): number => timeOf(other) - timeOf(one)
