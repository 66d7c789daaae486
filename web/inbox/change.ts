import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ConversationFilters } from '../../contract/inbox-conversations.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showDone, showUndo } from '../platform/undo.tsx'
import { applyChange, dropFromPages, itemsOf, type Pages, patchPages } from './list-cache.ts'
import { usePeopleHere, useTags } from './people-here.ts'
import { useReport } from './report.ts'
import type { Change, ChangeReport, Conversation, Opened } from './shapes.ts'
import { carryBack, takeBack } from './take-back.ts'
import { askReason } from './unanswered/asking.ts'

type Which = { conversationIds: string[] } | { filters: ConversationFilters }

/**
 * Assign, tag, snooze, close, reopen: on screen at once, then on the server; refused ones come back. What was done stands
 * in a message with the exact report, which can be taken back.
 */
export function useChanges() {
  const t = useTexts('inbox')
  const api = useApi()
  const { mutateAsync } = useMutation(api.inbox.conversations.change.mutationOptions())
  const queries = useQueryClient()
  const tags = useTags()
  const people = usePeopleHere()
  const report = useReport(people, tags)
  const listKey = api.inbox.conversations.list.key({ type: 'infinite' })
  const openedKey = (conversationId: string) => api.inbox.conversations.get.queryKey({ input: { conversationId } })

  const known = (ids: readonly string[]): Conversation[] => {
    const listed = queries.getQueriesData<Pages>({ queryKey: listKey }).flatMap(([, pages]) => itemsOf(pages))
    return ids.flatMap((id) => {
      const item = queries.getQueryData<Opened>(openedKey(id))?.conversation
      return item ?? listed.find(({ conversationId }) => conversationId === id) ?? []
    })
  }

  const showAtOnce = (ids: readonly string[], change: Change) => {
    const wanted = new Set(ids)
    const patch = (item: Conversation) => applyChange(item, change, tags, new Date())
    const before = queries.getQueriesData<Pages>({ queryKey: listKey })
    for (const [key, pages] of before) {
      if (!pages) continue
      const state = stateAskedFor(key)
      const patched = patchPages(pages, wanted, patch)
      // What left the state that is shown leaves the list; another assignee or tag stays where it is being read.
      const leaves = (item: Conversation) => wanted.has(item.conversationId) && state !== null && item.state !== state
      queries.setQueryData(key, dropFromPages(patched, leaves))
    }
    const opened = ids.map((id) => [openedKey(id), queries.getQueryData<Opened>(openedKey(id))] as const)
    for (const [key, one] of opened)
      if (one) queries.setQueryData<Opened>(key, { ...one, conversation: patch(one.conversation) })
    return () => {
      for (const [key, pages] of before) queries.setQueryData(key, pages)
      for (const [key, one] of opened) if (one) queries.setQueryData(key, one)
    }
  }

  const refresh = () => {
    void queries.invalidateQueries({ queryKey: api.inbox.conversations.count.key() })
    void queries.invalidateQueries({ queryKey: api.inbox.conversations.get.key() })
  }

  const closeWithReason = async (ids: string[]) => {
    const reason = await askReason(ids.length)
    if (reason) await run({ conversationIds: ids }, { change: 'close', reason })
  }

  /** Not known here as negative: asked for now, for these alone. */
  const askForReasons = ({ refused }: ChangeReport) => {
    const silent = refused.filter(({ because }) => because === 'needs-reason')
    if (silent.length > 0) void closeWithReason(silent.map(({ conversationId }) => conversationId))
  }

  /** Resolves when the server has done it; null: it refused, and everything is as it was. */
  const run = async (which: Which, change: Change): Promise<ChangeReport | null> => {
    const ids = 'conversationIds' in which ? which.conversationIds : []
    const before = known(ids)
    const restore = showAtOnce(ids, change)
    try {
      const done = await mutateAsync({ which, change })
      askForReasons(done)
      if (done.refused.length > 0 || !('conversationIds' in which))
        void queries.invalidateQueries({ queryKey: listKey })
      const message = report(done, change)
      if (done.changed.length === 0) showDone(message)
      else
        showUndo({
          message,
          undoLabel: t('undo'),
          undo: async () => {
            restore()
            await carryBack(
              takeBack(change, done.changed, before),
              (step) => mutateAsync({ which: { conversationIds: step.ids }, change: step.change }),
              (refused, back) => {
                showDone(report(refused, back))
                askForReasons(refused)
              },
            )
            void queries.invalidateQueries({ queryKey: listKey })
            refresh()
          },
        })
      return done
    } catch {
      // The refusal has been shown already, as every refused change is.
      restore()
      return null
    } finally {
      refresh()
    }
  }
  return { run, showAtOnce, known }
}

/** Which state a list was asked for: its query key carries the input. Null: all states. */
function stateAskedFor(key: readonly unknown[]): string | null {
  const { input } = (key[1] ?? {}) as { input?: { state?: string } }
  return input?.state ?? null
}
