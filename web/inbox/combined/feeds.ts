/**
 * One list out of many, newest first, by keyset: each feed is read page by page as far as the merged list has come, and never
 * by an offset. An item stands in the list only when no feed could still have a newer one.
 */
export interface Feed<Item> {
  id: string
  /** Read and not shown yet, newest first. */
  waiting: readonly Item[]
  /** Where its next page begins; undefined: nothing was read yet, null: it was read to its end. */
  cursor: string | null | undefined
  /** Why it could not be read; it is left out until somebody tries again. */
  failure?: unknown
}

export interface Page<Item> {
  items: readonly Item[]
  nextCursor: string | null
}

export type Read<Item> = (feedId: string, cursor: string | undefined) => Promise<Page<Item>>

export const begun = <Item>(ids: readonly string[]): Feed<Item>[] =>
  ids.map((id) => ({ id, waiting: [], cursor: undefined }))

interface Merged<Item> {
  items: { feedId: string; item: Item }[]
  feeds: Feed<Item>[]
}

/** At least one more item as long as there are any, at most `limit`. A feed that fails is left out; the others go on. */
export async function nextItems<Item>(
  feeds: readonly Feed<Item>[],
  read: Read<Item>,
  timeOf: (item: Item) => Date,
  limit: number,
): Promise<Merged<Item>> {
  let now = feeds.map((feed) => ({ ...feed }))
  const items: Merged<Item>['items'] = []
  while (items.length < limit) {
    now = await Promise.all(now.map((feed) => filled(feed, read)))
    const newest = now
      .filter(({ waiting }) => waiting.length > 0)
      .toSorted((one, other) => +timeOf(other.waiting[0] as Item) - +timeOf(one.waiting[0] as Item))[0]
    if (!newest) break
    items.push({ feedId: newest.id, item: newest.waiting[0] as Item })
    newest.waiting = newest.waiting.slice(1)
  }
  return { items, feeds: now }
}

const filled = async <Item>(feed: Feed<Item>, read: Read<Item>): Promise<Feed<Item>> => {
  if (feed.waiting.length > 0 || feed.cursor === null || feed.failure !== undefined) return feed
  try {
    const { items, nextCursor } = await read(feed.id, feed.cursor)
    return { ...feed, waiting: items, cursor: nextCursor }
  } catch (failure) {
    return { ...feed, failure }
  }
}

export const isOver = (feeds: readonly Feed<unknown>[]): boolean =>
  feeds.every(({ waiting, cursor, failure }) => waiting.length === 0 && (cursor === null || failure !== undefined))
