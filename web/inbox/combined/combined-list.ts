import { useInfiniteQuery } from '@tanstack/react-query'
import { apiOf } from '../../platform/api.ts'
import { type MyWorkspace, useMe } from '../../platform/session.ts'
import type { Conversation } from '../shapes.ts'
import { begun, type Feed, isOver, nextItems } from './feeds.ts'

const ROWS_AT_ONCE = 30
const PAGE_ROWS = 30

export type Shown = 'open' | 'waiting'
export interface CombinedItem {
  workspace: MyWorkspace
  conversation: Conversation
}

/** Workspaces whose inbox I may read now; each is asked by itself, with what I may do there. */
export const useInboxes = (): MyWorkspace[] =>
  useMe().workspaces.filter(({ closed, permissions }) => !closed && permissions.includes('inbox.read'))

const inputOf = (shown: Shown) =>
  shown === 'waiting'
    ? ({ state: 'open', waiting: 'yes', order: 'newest' } as const)
    : ({ state: 'open', order: 'newest' } as const)

/** All open conversations of these workspaces, newest first. */
export function useCombinedList(workspaces: readonly MyWorkspace[], shown: Shown) {
  const ids = workspaces.map(({ workspaceId }) => workspaceId)
  const query = useInfiniteQuery({
    queryKey: ['combined-inbox', shown, ...ids],
    initialPageParam: begun<Conversation>(ids),
    queryFn: ({ pageParam }: { pageParam: Feed<Conversation>[] }) =>
      nextItems(
        pageParam,
        (workspaceId, after) =>
          apiOf(workspaceId).inbox.conversations.list.call({
            ...inputOf(shown),
            limit: PAGE_ROWS,
            ...(after === undefined ? {} : { after }),
          }),
        ({ lastPostAt }) => lastPostAt,
        ROWS_AT_ONCE,
      ),
    getNextPageParam: ({ feeds }) => (isOver(feeds) ? undefined : feeds),
    // What stands there moves only when its reader asks.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
    refetchOnReconnect: false,
  })
  const byId = new Map(workspaces.map((workspace) => [workspace.workspaceId, workspace]))
  const items = (query.data?.pages ?? []).flatMap((page) =>
    page.items.flatMap(({ feedId, item }): CombinedItem[] => {
      const workspace = byId.get(feedId)
      return workspace ? [{ workspace, conversation: item }] : []
    }),
  )
  const failed = (query.data?.pages.at(-1)?.feeds ?? []).filter(({ failure }) => failure !== undefined)
  return { ...query, items, failed: failed.flatMap(({ id }) => byId.get(id)?.name ?? []) }
}
