import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { useApi } from '../platform/session.ts'
import { append, begin, mergeHead, replace, show } from './feed.ts'
import { useFeed, useFeeds } from './feeds.ts'
import { feedKeyOf, headQuery, isContinued, readOlder } from './reading.ts'
import type { Column } from './shapes.ts'

/** What a column shows, and how it goes on: what waits, what is older, everything anew. */
export function useColumnFeed(column: Column, onNew: () => void) {
  const api = useApi()
  const queries = useQueryClient()
  const feeds = useFeeds()
  const key = feedKeyOf(column)
  const feed = useFeed(key)
  const head = useQuery({ ...headQuery(api, column), enabled: !column.look.collapsed || feed === undefined })
  const { data } = head
  const latest = useRef(column)
  latest.current = column
  const tell = useRef(onNew)
  tell.current = onNew
  useEffect(() => {
    if (!data) return
    const before = feeds.get(key)
    if (!before) feeds.set(key, begin(data.items, data.cursor))
    else if (!latest.current.look.paused) {
      const after = replace(mergeHead(before, data.items, isContinued(latest.current)), data.gone)
      feeds.set(key, after)
      if (after.waitingIds.size > before.waitingIds.size) tell.current()
    }
  }, [data, feeds, key])
  useEffect(() => () => feeds.forget(key), [feeds, key])
  useGoingOn(column.look.paused, () => void head.refetch())

  const readAnew = useCallback(async () => {
    const { items, cursor } = await queries.fetchQuery({ ...headQuery(api, latest.current), staleTime: 0 })
    feeds.set(feedKeyOf(latest.current), begin(items, cursor))
  }, [api, feeds, queries])
  const showNew = useCallback(async () => {
    const now = feeds.get(key)
    const shown = now && show(now)
    if (shown) feeds.set(key, shown)
    else if (now) await readAnew()
  }, [feeds, key, readAnew])
  const reading = useRef(false)
  const showOlder = useCallback(async () => {
    const now = feeds.get(key)
    if (!now || reading.current) return
    reading.current = true
    try {
      const { items, cursor } = await readOlder(api, latest.current, now)
      feeds.change(key, (before) => append(before, items, cursor))
    } finally {
      reading.current = false
    }
  }, [api, feeds, key])
  return { feed, error: feed ? null : head.error, retry: () => void head.refetch(), showNew, showOlder }
}

/** What came while it was paused is looked for when it goes on. */
function useGoingOn(paused: boolean, goOn: () => void): void {
  const was = useRef(paused)
  const latest = useRef(goOn)
  latest.current = goOn
  useEffect(() => {
    if (was.current && !paused) latest.current()
    was.current = paused
  }, [paused])
}
