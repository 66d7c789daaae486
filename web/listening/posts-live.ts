import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLiveEvents } from '../platform/live.tsx'
import { useApi } from '../platform/session.ts'
import type { PostFilters } from './post-search.ts'
import type { FoundPost, Post } from './shapes.ts'

/** In a storm batches arrive many times a second; what is new is counted so often at most. */
const COUNT_EVERY_MS = 2_000
const COUNTED_POSTS = 100
/** Of those that are shown, at once. */
const REFRESHED_MAX = 50

type Pages = InfiniteData<{ items: FoundPost[] }>

/** How many posts have arrived that this list would show and does not. `reset` when they are shown. */
export function useNewPosts(filters: PostFilters, shown: readonly FoundPost[], shownAt: number) {
  const api = useApi()
  const [count, setCount] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const shape = JSON.stringify(filters)
  const latest = useRef({ filters, shape, shown, shownAt })
  latest.current = { filters, shape, shown, shownAt }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter begins to count anew.
  useEffect(() => setCount(0), [shape])
  useEffect(() => () => clearTimeout(timer.current), [])

  const look = async () => {
    timer.current = undefined
    const { filters: asked, shape: askedShape, shownAt: read } = latest.current
    // Nothing was found by it yet, or it was refused: there is nothing to be newer than.
    if (read === 0) return
    const { items } = await api.listening.posts.search.call({
      folded: !asked.groupId,
      ...asked,
      order: 'newest',
      limit: COUNTED_POSTS,
    })
    if (latest.current.shape !== askedShape) return
    // By usefulness a list does not say how far back it has been read; then what was heard since it was read is new.
    const heard = asked.order === 'useful' ? items.filter(({ heardAt }) => heardAt.getTime() > read) : items
    setCount(newAmong(heard, latest.current.shown, asked.order !== 'useful').length)
  }
  const lookSoon = () => {
    timer.current ??= setTimeout(() => void look().catch(() => undefined), COUNT_EVERY_MS)
  }
  useLiveEvents('posts.heard', lookSoon)
  // What arrived after the list was read and before anybody listened here is counted too: on coming back to a list, and on
  // opening one while its screen was still on its way.
  const isRead = shownAt > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another list is shown, and only then.
  useEffect(() => {
    if (isRead) lookSoon()
  }, [shape, isRead])
  return { count, reset: () => setCount(0) }
}

/** Found now, not shown, and not merely further down than the list was read. */
export function newAmong(found: readonly FoundPost[], shown: readonly FoundPost[], isByTime = true): FoundPost[] {
  const known = new Set(shown.map(({ postId }) => postId))
  const last = (isByTime ? shown.at(-1)?.publishedAt.getTime() : undefined) ?? Number.NEGATIVE_INFINITY
  return found.filter(({ postId, publishedAt }) => !known.has(postId) && publishedAt.getTime() >= last)
}

/** Edited and deleted posts, and authors whose names came later, change where they stand, without moving the others. */
export function usePostsInPlace(): void {
  const api = useApi()
  const queries = useQueryClient()
  const lists = () => queries.getQueriesData<Pages>({ queryKey: api.listening.posts.search.key({ type: 'infinite' }) })
  const refresh = async (isMeant: (post: FoundPost) => boolean) => {
    const shown = lists().flatMap(([, data]) => data?.pages.flatMap(({ items }) => items) ?? [])
    const wanted = [...new Set(shown.filter(isMeant).map(({ postId }) => postId))].slice(0, REFRESHED_MAX)
    const fresh = new Map<string, Post>()
    for (const post of await Promise.all(wanted.map((postId) => api.listening.posts.get.call({ postId }))))
      fresh.set(post.postId, post)
    if (fresh.size === 0) return
    for (const [key] of lists()) queries.setQueryData<Pages>(key, (data) => data && withFresh(data, fresh))
  }
  const onPosts = ({ subjects }: { subjects: Record<string, string | string[]> }) => {
    const postIds = new Set([subjects.posts ?? []].flat())
    void refresh(({ postId }) => postIds.has(postId)).catch(() => undefined)
  }
  useLiveEvents('posts.edited', onPosts)
  useLiveEvents('posts.deleted', onPosts)
  useLiveEvents('post.label', ({ subjects }) => onPosts({ subjects: { posts: subjects.post ?? [] } }))
  useLiveEvents('authors.profiled', () => void refresh(({ author }) => isNameless(author)).catch(() => undefined))
}

/** A stream tells who spoke by an id alone; handle and name are asked for afterwards. */
const isNameless = ({ handle, name }: FoundPost['author']): boolean => handle === null && name === null

/** Why a post matched is known for the text that was searched, not for the one that came after. */
export const withFresh = (data: Pages, fresh: ReadonlyMap<string, Post>): Pages => ({
  ...data,
  pages: data.pages.map((page) => ({
    ...page,
    items: page.items.map((post) => {
      const now = fresh.get(post.postId)
      return now ? { ...post, ...now, spans: now.text === post.text ? post.spans : [] } : post
    }),
  })),
})
