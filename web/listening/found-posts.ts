import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '../platform/session.ts'
import { type filtersOf, isRefused, postSearchOptions } from './post-search.ts'

/** The posts that a search finds, page by page, and how far it has come. */
export function useFoundPosts(filters: ReturnType<typeof filtersOf>) {
  const api = useApi()
  const queries = useQueryClient()
  const options = postSearchOptions(api, filters)
  const answer = useInfiniteQuery({
    ...options,
    placeholderData: keepPreviousData,
    retryOnMount: false,
    enabled: !isRefused(queries, options),
  })
  const posts = useMemo(() => answer.data?.pages.flatMap(({ items }) => items) ?? [], [answer.data])
  // Only the newest page again: what was read further down is asked for when one gets there.
  const restart = async () => {
    const first = await queries.fetchInfiniteQuery({ ...options, pages: 1, staleTime: 0 })
    queries.setQueryData(options.queryKey, { pages: first.pages.slice(0, 1), pageParams: first.pageParams.slice(0, 1) })
  }
  return { ...answer, posts, restart, last: answer.data?.pages.at(-1) ?? null }
}

export type FoundPosts = ReturnType<typeof useFoundPosts>
