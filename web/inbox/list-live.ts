import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ConversationFilters } from '../../contract/inbox-conversations.ts'
import { useLiveEvents, useLiveSignals } from '../platform/live.tsx'
import type { LiveEvent } from '../platform/live-channel.ts'
import { useApi } from '../platform/session.ts'
import { useThrottled } from '../platform/throttled.ts'
import { leaseOfSignal, mergeHead, type Pages, patchOfEvent, patchPages } from './list-cache.ts'
import { usePeopleHere, useTags } from './people-here.ts'
import { filtersOf, type InboxSearch, type Order, orderOf } from './search.ts'

/** In a storm one first page per so long, however many events arrive. */
const HEAD_EVERY_MS = 1_500
const HEAD_ROWS = 50
/** These change what a row says beyond what the event itself carries. */
const NEEDS_FRESH_ROWS = /^(conversation\.(opened|continued|reopened|answered-elsewhere|left-unanswered)|answer\.)/

/** Some orders know only what has a place in them. */
const NARROWED: Partial<Record<Order, ConversationFilters>> = {
  waiting: { waiting: 'yes' },
  negative: { unanswered: 'negative' },
  due: { due: 'any' },
}

/** Lists that were shown before: only patched meanwhile, they are put in order when one comes back. */
const shownBefore = new Set<string>()

/**
 * Keeps the shown list true without moving it: rows are patched where they stand, what is new is only counted, until
 * the reader asks for it. `listKey` is the key of the list's query.
 */
export function useListLive(search: InboxSearch, listKey: readonly unknown[]) {
  const api = useApi()
  const queries = useQueryClient()
  const tags = useTags()
  const people = usePeopleHere()
  /** Conversations that something happened to since the list was read. */
  const touched = useRef(new Set<string>())
  const [newIds, setNewIds] = useState<ReadonlySet<string>>(new Set())

  const shape = JSON.stringify(listKey)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs because another list is shown.
  useEffect(() => {
    setNewIds(new Set())
    touched.current.clear()
    if (shownBefore.has(shape)) void queries.invalidateQueries({ queryKey: listKey, exact: true })
    shownBefore.add(shape)
  }, [shape])

  const allLists = api.inbox.conversations.list.key({ type: 'infinite' })
  const patch = (ids: string[], by: Parameters<typeof patchPages>[2]) =>
    queries.setQueriesData<Pages>({ queryKey: allLists }, (pages) => pages && patchPages(pages, new Set(ids), by))

  const readHead = useThrottled(async () => {
    if (!queries.getQueryData(listKey)) return
    // Always by the newest post: whatever just happened stands at the top there, in whichever order the list is shown.
    const narrowed = NARROWED[orderOf(search)] ?? {}
    const input = { ...filtersOf(search), ...narrowed, order: 'newest' as const, limit: HEAD_ROWS }
    const head = await api.inbox.conversations.list.call(input).catch(() => null)
    const pages = queries.getQueryData<Pages>(listKey)
    if (!head || !pages) return
    const merged = mergeHead(pages, head.items)
    queries.setQueryData<Pages>(listKey, merged.pages)
    // A list that is not complete holds some of these further down; only what something happened to is new.
    const arrived = merged.newIds.filter((id) => touched.current.has(id) || !isMore(pages))
    if (arrived.length > 0) setNewIds((known) => new Set([...known, ...arrived]))
  }, HEAD_EVERY_MS)

  const onEvent = (event: LiveEvent) => {
    const { conversationId } = event.subjects
    if (typeof conversationId !== 'string') return
    touched.current.add(conversationId)
    const known = patchOfEvent(event, tags, new Date())
    if (known) patch([conversationId], known)
    if (!known || NEEDS_FRESH_ROWS.test(event.type)) readHead()
  }
  useLiveEvents('conversation.', onEvent)
  useLiveEvents('answer.', onEvent)
  // A name that is read after the post, or that was changed.
  useLiveEvents('author.', readHead)
  // When something is due is worked out a moment after what it follows from.
  useLiveSignals('clocks', ({ subjects: { conversationId, dueAt } }) => {
    if (conversationId) {
      touched.current.add(conversationId)
      patch([conversationId], (item) => ({ ...item, dueAt: dueAt ? new Date(dueAt) : null }))
    }
    readHead()
  })
  useLiveSignals('lease', ({ subjects }) => {
    const { conversationId } = subjects
    if (!conversationId) return
    patch([conversationId], (item) => ({
      ...item,
      lease: leaseOfSignal(subjects, people.nameOf, people.me, new Date()),
    }))
  })

  const show = useCallback(() => {
    setNewIds(new Set())
    touched.current.clear()
    // Only the first page is asked for again; the others follow as one scrolls.
    queries.setQueryData<Pages>(JSON.parse(shape), firstPage)
    return queries.invalidateQueries({ queryKey: JSON.parse(shape) as unknown[] })
  }, [queries, shape])
  return { newCount: newIds.size, show }
}

const firstPage = (pages: Pages | undefined): Pages | undefined =>
  pages && { pages: pages.pages.slice(0, 1), pageParams: pages.pageParams.slice(0, 1) }

const isMore = (pages: Pages): boolean => (pages.pages.at(-1)?.nextCursor ?? null) !== null
