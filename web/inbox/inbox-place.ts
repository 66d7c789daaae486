import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useCommands } from '../platform/commands.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import { itemsOf, neighbourOf, type Pages } from './list-cache.ts'
import { listQuery } from './list-query.ts'
import type { InboxSearch } from './search.ts'

/** Whoever flies through the list with j asks for none of those in between. */
const NEIGHBOURS_AFTER_MS = 120

/** Where one is, and the ways from here. Filters stay in the address whatever is opened. */
export function useInboxPlace(search: InboxSearch, conversationId: string | null) {
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const items = () => itemsOf(queries.getQueryData<Pages>(listQuery(api, search).queryKey))
  const open = (id: string, replace = false) =>
    void navigate({ to: '/w/$slug/inbox/$conversationId', params: { slug, conversationId: id }, search, replace })
  const close = () => void navigate({ to: '/w/$slug/inbox', params: { slug }, search })
  return {
    open,
    close,
    search: (next: InboxSearch) =>
      conversationId
        ? void navigate({ to: '/w/$slug/inbox/$conversationId', params: { slug, conversationId }, search: next })
        : void navigate({ to: '/w/$slug/inbox', params: { slug }, search: next }),
    /** The one after or before the open one. */
    step: (by: 1 | -1) => {
      const shown = items()
      const at = shown.findIndex((item) => item.conversationId === conversationId)
      const next = at < 0 ? shown[0] : shown[at + by]
      if (next) open(next.conversationId, true)
    },
    /** Before `ids` leave the list: what is shown afterwards. Call it, change, then call what it gives. */
    goOn: (ids: readonly string[]) => {
      if (!conversationId || !ids.includes(conversationId)) return () => {}
      const next = neighbourOf(items(), new Set(ids), conversationId)
      return () => (next ? open(next, true) : close())
    },
  }
}

/** With a conversation open, j and k go from one to the next; without, they move the list's own cursor. */
export function useListKeys(place: ReturnType<typeof useInboxPlace>, conversationId: string | null): void {
  const t = useTexts('inbox')
  useShortcuts(
    t('conversation'),
    conversationId
      ? [
          { keys: 'j', label: t('key.next'), run: () => place.step(1) },
          { keys: 'k', label: t('key.previous'), run: () => place.step(-1) },
          { keys: 'escape', label: t('key.back'), run: place.close },
        ]
      : [],
  )
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const go = (search: InboxSearch) => void navigate({ to: '/w/$slug/inbox', params: { slug }, search })
  useCommands([
    { id: 'state-snoozed', label: t('command.snoozed'), run: () => go({ state: 'snoozed' }) },
    { id: 'state-closed', label: t('command.closed'), run: () => go({ state: 'closed' }) },
  ])
}

/** Before one asks for it: the next and the one before, so that j and k answer at once. */
export function useNeighbours(search: InboxSearch, conversationId: string | null): void {
  const api = useApi()
  const queries = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs because another conversation is shown.
  useEffect(() => {
    if (conversationId === null) return
    const timer = setTimeout(() => {
      const items = itemsOf(queries.getQueryData<Pages>(listQuery(api, search).queryKey))
      const at = items.findIndex((item) => item.conversationId === conversationId)
      for (const next of at < 0 ? [] : [items[at + 1], items[at - 1]])
        if (next)
          void queries.prefetchQuery(
            api.inbox.conversations.get.queryOptions({ input: { conversationId: next.conversationId } }),
          )
    }, NEIGHBOURS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [conversationId])
}

/** Closing takes the focused button away with its conversation: the keyboard goes on in the list, or in the next one. */
export function useKeptFocus(conversationId: string | null): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs because another conversation is shown.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== document.body && document.activeElement?.id !== 'work') return
      const next = document.querySelector<HTMLElement>('[role="listbox"][tabindex], [data-conversation]')
      next?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [conversationId])
}
