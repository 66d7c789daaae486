import { queryOptions } from '@tanstack/react-query'
import type { Api } from '../platform/api.ts'
import type { Feed } from './feed.ts'
import type { Column, Item, PostColumn } from './shapes.ts'

const PAGE = 40

interface Page {
  items: Item[]
  cursor: string | null
  /** No longer in the list, as they are now: those that are still shown say so. */
  gone: Item[]
}

/** What is asked for a column. Columns that show something else have another one. */
export const feedKeyOf = (column: Column): string => `${column.columnId} ${JSON.stringify(questionOf(column))}`

/** Only such a list can be continued at its top; of the others everything may stand elsewhere by now. */
export const isContinued = (column: Column): boolean => isOfPosts(column) && column.order === 'newest'

export const isOfPosts = (column: Column): column is PostColumn =>
  column.kind !== 'queue' && column.kind !== 'approvals'

export const postFiltersOf = (column: PostColumn) => ({
  ...column.filters,
  ...(column.kind === 'topic' && { topicId: column.topicId }),
  ...(column.kind === 'search' && { query: column.query }),
  ...(column.kind === 'person' && { personId: column.personId }),
  ...(column.kind === 'mentions' && { addressed: true }),
})

const questionOf = (column: Column) =>
  isOfPosts(column)
    ? { ...postFiltersOf(column), order: column.order, folded: true, limit: PAGE }
    : { ...column.filters, order: column.order, limit: PAGE }

/** A page of the list itself: the same that the search or the inbox would show. */
async function readPage(
  api: Api,
  column: Column,
  more: { after?: string; until?: Date },
  signal?: AbortSignal,
): Promise<Page> {
  const options = signal ? { signal } : {}
  if (column.kind === 'approvals') return readApprovals(api, more.after, options)
  if (column.kind === 'queue') {
    const { until: _, ...after } = more
    const asked = { ...column.filters, order: column.order, limit: PAGE, ...after }
    const { items, nextCursor } = await api.inbox.conversations.list.call(asked, options)
    const named = items.map((conversation) => ({ id: conversation.conversationId, conversation }))
    return { items: named, cursor: nextCursor, gone: [] }
  }
  const asked = { ...postFiltersOf(column), order: column.order, folded: true, limit: PAGE, ...more }
  const { items, nextCursor } = await api.listening.posts.search.call(asked, options)
  return { items: items.map((post) => ({ id: post.postId, post })), cursor: nextCursor, gone: [] }
}

/** What waits, and what was decided last. */
async function readApprovals(api: Api, after: string | undefined, options: { signal?: AbortSignal }): Promise<Page> {
  const { list } = api.publishing.approvals
  const [open, done] = await Promise.all([
    list.call({ show: 'open', limit: PAGE, ...(after ? { after } : {}) }, options),
    list.call({ show: 'done', limit: PAGE }, options),
  ])
  const named = (approvals: typeof open.items) => approvals.map((approval) => ({ id: approval.approvalId, approval }))
  return { items: named(open.items), cursor: open.nextCursor, gone: named(done.items) }
}

/**
 * The first page. It is read again when the line stood still for too long: everything of the workspace is made stale then
 * (web/platform/live.tsx), and what is new in it waits like everything that arrives.
 */
export const headQuery = (api: Api, column: Column) =>
  queryOptions({
    queryKey: [
      // What approvals do makes this stale (web/publishing/module.ts); posts and conversations come by arrivals.ts.
      ...(column.kind === 'approvals' ? api.publishing.approvals.list.key() : api.listening.posts.search.key()),
      'column',
      feedKeyOf(column),
    ],
    queryFn: ({ signal }) => readPage(api, column, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    // Whoever comes back begins with what is there now.
    gcTime: 0,
    refetchOnReconnect: false,
    retry: 1,
  })

/** Below the last one that is shown. Where the list was cut, its last post says where it goes on. */
export function readOlder(api: Api, column: Column, feed: Feed): Promise<Page> {
  if (feed.cursor !== null) return readPage(api, column, { after: feed.cursor })
  const last = feed.items.at(-1)
  const until = last && 'post' in last ? new Date(last.post.publishedAt.getTime() + 1) : undefined
  return readPage(api, column, until ? { until } : {})
}
