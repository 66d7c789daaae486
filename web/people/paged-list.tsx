import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'

const ROW_PX = 56

interface PagedListProps<Item> {
  list: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>
  label: string
  idOf(item: Item): string
  row(item: Item): ReactNode
  onOpen(item: Item): void
  keptAs: string
  /** Where the list is empty. */
  nothing: ReactNode
}

/** The rows of a question that is answered page by page, and what stands there while there are none. */
export function PagedList<Item>({ list, nothing, ...rows }: PagedListProps<Item>) {
  if (list.error) return <QueryError error={list.error} onRetry={() => void list.refetch()} />
  if (list.isPending) return <RowSkeletons />
  const items = list.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return nothing
  return (
    <VirtualList<Item>
      {...rows}
      items={items}
      rowHeight={ROW_PX}
      hasMore={list.hasNextPage}
      onMore={() => void (list.isFetchingNextPage || list.fetchNextPage())}
    />
  )
}
