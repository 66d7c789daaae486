import type { Api } from '../platform/api.ts'
import { filtersOf, type InboxSearch, orderOf } from './search.ts'

const PAGE_ROWS = 50

/** The list of the address, page by page. */
export const listQuery = (api: Api, search: InboxSearch) =>
  api.inbox.conversations.list.infiniteOptions({
    input: (after: string | undefined) => ({
      ...filtersOf(search),
      order: orderOf(search),
      limit: PAGE_ROWS,
      ...(after === undefined ? {} : { after }),
    }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    // Live events keep it true; only the reader moves it.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: true,
    refetchOnReconnect: false,
  })

/** How many there are per state under the same filters; the counts of the state bar. */
export const countsQuery = (api: Api, search: InboxSearch) => {
  const { state: _, ...filters } = filtersOf(search)
  const input = { filters: (['open', 'snoozed', 'closed'] as const).map((state) => ({ ...filters, state })) }
  return api.inbox.conversations.count.queryOptions({ input, staleTime: 30_000 })
}
