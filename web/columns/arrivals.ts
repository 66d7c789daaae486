import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { SHOWN_MAX } from '../../contract/column-limits.ts'
import type { Api } from '../platform/api.ts'
import { failureOf } from '../platform/failures.ts'
import { useLiveEvents } from '../platform/live.tsx'
import { useApi, useMay } from '../platform/session.ts'
import { arrive, replace } from './feed.ts'
import type { Feeds } from './feeds.ts'
import { isEmpty, isTooMuch, Pending, putBack, take } from './pending.ts'
import { feedKeyOf, headQuery, isContinued, isOfPosts } from './reading.ts'
import type { Column, Item, Layout } from './shapes.ts'

/** In a storm everything that came since is asked for at once, so often at most. */
const EVERY_MS = 700
const AGAIN_MS = 4_000

interface Arrivals {
  layout: Layout
  feeds: Feeds
  /** So many new ones for a column. */
  onNew(column: Column, count: number): void
}

/**
 * One live stream for all columns: it says which posts and conversations something happened to, and once per burst the
 * server is asked in which columns of the layout they belong.
 */
export function useArrivals({ layout, feeds, onNew }: Arrivals): void {
  const api = useApi()
  const queries = useQueryClient()
  const mayReadInbox = useMay('inbox.read')
  const pending = useRef(new Pending())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const left = useRef(false)
  const latest = useRef({ layout, onNew })
  latest.current = { layout, onNew }
  useEffect(() => {
    left.current = false
    return () => {
      left.current = true
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [])

  const flush = async () => {
    const taken = take(pending.current)
    try {
      for (const id of await bringIn(api, feeds, latest.current, taken)) pending.current.heard.add(id)
    } catch (error) {
      // Somebody removed the layout: there is nothing to ask for any more.
      if (failureOf(error).code === 'layout-unknown') return null
      // Nothing is lost: it is asked for again, with what came meanwhile.
      putBack(pending.current, taken)
      return AGAIN_MS
    }
    return isEmpty(pending.current) ? null : EVERY_MS
  }
  const run = async () => {
    const again = await flush()
    timer.current = undefined
    if (again !== null && !left.current) timer.current = setTimeout(() => void run(), again)
  }
  const soon = () => {
    if (isTooMuch(pending.current)) {
      pending.current = new Pending()
      for (const column of latest.current.layout.columns)
        void queries.invalidateQueries({ queryKey: headQuery(api, column).queryKey })
    }
    timer.current ??= setTimeout(() => void run(), EVERY_MS)
  }
  const note = (into: Set<string>, ids: readonly string[]) => {
    for (const id of ids) into.add(id)
    if (ids.length > 0) soon()
  }
  const hasPosts = layout.columns.some(isOfPosts)
  const hasQueues = mayReadInbox && layout.columns.some(({ kind }) => kind === 'queue')
  const shownPosts = () => shownItems(layout, feeds).flatMap((item) => ('post' in item ? [item.post] : []))
  const onChanged = (ids: readonly string[]) => {
    const shown = new Set(shownPosts().map(({ postId }) => postId))
    note(
      pending.current.changed,
      ids.filter((id) => shown.has(id)),
    )
  }
  useLiveEvents('posts.', ({ type, subjects }) => {
    const ids = [subjects.posts ?? []].flat()
    if (type === 'posts.heard') note(pending.current.heard, hasPosts ? ids : [])
    else onChanged(ids)
  })
  useLiveEvents('post.label', ({ subjects }) => onChanged([subjects.post ?? []].flat()))
  // A stream tells who spoke by an id alone; handle and name are asked for afterwards.
  useLiveEvents('authors.profiled', () => {
    const nameless = shownPosts().filter(({ author }) => author.handle === null && author.name === null)
    onChanged(nameless.map(({ postId }) => postId))
  })
  const onConversation = ({ subjects }: { subjects: Record<string, string | string[]> }) =>
    note(pending.current.conversations, hasQueues ? [subjects.conversationId ?? []].flat() : [])
  useLiveEvents('conversation.', onConversation)
  useLiveEvents('answer.', onConversation)
}

const shownItems = ({ columns }: Layout, feeds: Feeds): Item[] =>
  columns.flatMap((column) => [...(feeds.get(feedKeyOf(column))?.items ?? [])])

/** Gives posts that have to be asked for once more. */
async function bringIn(
  api: Api,
  feeds: Feeds,
  at: Pick<Arrivals, 'layout' | 'onNew'>,
  taken: Pending,
): Promise<readonly string[]> {
  const [again] = await Promise.all([
    taken.heard.size + taken.changed.size > 0 ? bringPosts(api, feeds, at, taken) : [],
    taken.conversations.size > 0 ? bringConversations(api, feeds, at, taken) : undefined,
  ])
  return again
}

async function bringPosts(
  api: Api,
  feeds: Feeds,
  { layout, onNew }: Pick<Arrivals, 'layout' | 'onNew'>,
  taken: Pending,
): Promise<readonly string[]> {
  const { layoutId, columns } = layout
  const isCounted = (column: Column) => !isContinued(column) || feeds.get(feedKeyOf(column))?.onlyCounted !== false
  const counted = new Set(columns.filter(isCounted))
  const { matches, posts } = await api.columns.posts.call({
    layoutId,
    postIds: [...taken.heard],
    shownPostIds: [...taken.changed],
    countedColumnIds: [...counted].map(({ columnId }) => columnId),
  })
  const byId = new Map(posts.map((post) => [post.postId, post]))
  const changed = posts
    .filter(({ postId }) => taken.changed.has(postId))
    .map((post) => ({ id: post.postId, post: { ...post, spans: [], alike: NOBODY_ALIKE } }))
  const byColumn = Map.groupBy(matches, ({ columnId }) => columnId)
  const again: string[] = []
  for (const column of columns) {
    const key = feedKeyOf(column)
    const found = byColumn.get(column.columnId) ?? []
    if (found.length === 0 && changed.length === 0) continue
    await anotherTask()
    const items = found.flatMap(({ postId, spans }) => {
      const post = byId.get(postId)
      return post ? [{ id: postId, post: { ...post, spans, alike: NOBODY_ALIKE } }] : []
    })
    const ids = found.map(({ postId }) => postId)
    // It was only counted when this was asked, and has been read anew since: now its texts are wanted.
    if (counted.has(column) && !isCounted(column)) again.push(...ids)
    else addTo(feeds, column, ids, items, onNew)
    if (changed.length > 0) feeds.change(key, (feed) => replace(feed, changed))
  }
  return again
}

/** Each column is drawn in a task of its own: eight at once would let a key wait. */
const anotherTask = () => new Promise((resolve) => setTimeout(resolve, 0))

const NOBODY_ALIKE = { count: 0, more: false }

async function bringConversations(
  api: Api,
  feeds: Feeds,
  { layout, onNew }: Pick<Arrivals, 'layout' | 'onNew'>,
  taken: Pending,
): Promise<void> {
  const shown = new Set(shownItems(layout, feeds).map(({ id }) => id))
  const { matches, conversations } = await api.columns.conversations.call({
    layoutId: layout.layoutId,
    conversationIds: [...taken.conversations],
    shownConversationIds: [...taken.conversations].filter((id) => shown.has(id)).slice(0, SHOWN_MAX),
  })
  const items = conversations.map((conversation) => ({ id: conversation.conversationId, conversation }))
  const byColumn = Map.groupBy(matches, ({ columnId }) => columnId)
  for (const column of layout.columns) {
    if (column.kind !== 'queue') continue
    await anotherTask()
    feeds.change(feedKeyOf(column), (feed) => replace(feed, items))
    const ids = (byColumn.get(column.columnId) ?? []).map(({ conversationId }) => conversationId)
    addTo(feeds, column, ids, [], onNew)
  }
}

/** A paused column takes nothing in; it is read again when it goes on. */
function addTo(
  feeds: Feeds,
  column: Column,
  ids: readonly string[],
  items: readonly Item[],
  onNew: Arrivals['onNew'],
): void {
  const key = feedKeyOf(column)
  const before = feeds.get(key)
  if (column.look.paused || !before || ids.length === 0) return
  const after = arrive(before, ids, items, isContinued(column))
  feeds.set(key, after)
  const count = after.waitingIds.size - before.waitingIds.size
  if (count > 0) onNew(column, count)
}
