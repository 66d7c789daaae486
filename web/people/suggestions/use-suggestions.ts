import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useLayoutEffect, useRef, useState } from 'react'
import { failureOf } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi } from '../../platform/session.ts'
import type { Answer, Suggestion } from './shapes.ts'
import type { SuggestionView } from './states.ts'

const PAGE_SUGGESTIONS = 25
const NOBODY = new Set<string>()

/**
 * Suggestions one after the other. An answer counts at once on the screen and is sent meanwhile; one that is refused brings
 * its suggestion back. Answers are taken back in the order of time.
 */
export function useSuggestions(view: SuggestionView, first: string | null) {
  const api = useApi()
  const list = useInfiniteQuery(
    api.people.suggestions.list.infiniteOptions({
      input: (after: string | undefined) => ({ state: view, ...pageAfter(after, PAGE_SUGGESTIONS) }),
      ...byCursor,
    }),
  )
  const [opened, setOpened] = useState<string | null>(first)
  const { answered, ...answers } = useAnswers(setOpened)
  const all = list.data?.pages.flatMap((page) => page.items) ?? []
  const items = view === 'open' ? all.filter(({ suggestionId }) => !answered.has(suggestionId)) : all
  const index = Math.max(
    0,
    items.findIndex(({ suggestionId }) => suggestionId === opened),
  )
  const current = items[index] ?? null
  const settledElsewhere = useSettledElsewhere(items, current, answered, setOpened)
  const move = (by: 1 | -1) => {
    const next = items[index + by]
    if (next) setOpened(next.suggestionId)
    if (by === 1 && index + 2 >= items.length && list.hasNextPage)
      // A key that is held down would begin the same page anew each time.
      void list.fetchNextPage({ cancelRefetch: false })
  }
  return {
    list,
    items,
    current,
    open: setOpened,
    move,
    said: answers.said,
    settledElsewhere,
    /** What is shown may have been settled: the list knows. */
    refresh: () => void list.refetch(),
    answer: (given: Answer) => current?.state === 'open' && answers.give(current, given, items[index + 1] ?? null),
    undo: answers.undo,
    takeBack: answers.takeBack,
  }
}

/**
 * A colleague answers what stands open here, or it no longer holds: then the next one is shown and not the first. Returns the
 * suggestion that went, as long as the one that came for it is shown.
 */
function useSettledElsewhere(
  items: readonly Suggestion[],
  current: Suggestion | null,
  answered: ReadonlySet<string>,
  open: (suggestionId: string) => void,
): Suggestion | null {
  const shown = useRef<{ items: readonly Suggestion[]; current: Suggestion | null }>({ items: [], current: null })
  const [gone, setGone] = useState<{ suggestion: Suggestion; next: string | null } | null>(null)
  useLayoutEffect(() => {
    const before = shown.current
    shown.current = { items, current }
    const was = before.current
    if (was?.state !== 'open' || answered.has(was.suggestionId)) return
    const there = new Set(items.map(({ suggestionId }) => suggestionId))
    if (there.has(was.suggestionId)) return
    const behind = before.items.slice(before.items.indexOf(was) + 1)
    const next = behind.find(({ suggestionId }) => there.has(suggestionId)) ?? items[0] ?? null
    setGone({ suggestion: was, next: next?.suggestionId ?? null })
    if (next) {
      shown.current = { items, current: next }
      open(next.suggestionId)
    }
  }, [items, current, answered, open])
  return gone && gone.next === (current?.suggestionId ?? null) ? gone.suggestion : null
}

function useAnswers(open: (suggestionId: string | null) => void) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const [answered, setAnswered] = useState<ReadonlySet<string>>(NOBODY)
  const [said, setSaid] = useState<Answer | 'takeBack' | null>(null)
  /** What the reader did, the last at the end; whether it was taken is known later. */
  const given = useRef<{ suggestionId: string; sent: Promise<boolean> }[]>([])
  const onSettled = () => queries.invalidateQueries({ queryKey: api.people.key() })
  const { suggestions } = api.people
  const sending = {
    confirm: useMutation(suggestions.confirm.mutationOptions({ onSettled })),
    refuse: useMutation(suggestions.refuse.mutationOptions({ onSettled })),
    putOff: useMutation(suggestions.putOff.mutationOptions({ onSettled })),
  }
  const taking = useMutation(suggestions.takeBack.mutationOptions({ onSettled }))
  const showAgain = (suggestionId: string) => {
    setAnswered((before) => new Set([...before].filter((other) => other !== suggestionId)))
    open(suggestionId)
  }

  const give = ({ suggestionId }: Suggestion, answer: Answer, next: Suggestion | null) => {
    setAnswered((before) => new Set([...before, suggestionId]))
    open(next?.suggestionId ?? null)
    setSaid(answer)
    const sent = sending[answer]
      .mutateAsync({ suggestionId })
      .then(() => true)
      .catch((error: unknown) => {
        // A colleague was faster: the message says so, and there is nothing left to answer.
        if (failureOf(error).code !== 'suggestion-settled') showAgain(suggestionId)
        return false
      })
    given.current.push({ suggestionId, sent })
  }
  const takeBack = async (suggestionId: string) => {
    await taking.mutateAsync({ suggestionId })
    given.current = given.current.filter((other) => other.suggestionId !== suggestionId)
    showAgain(suggestionId)
    setSaid('takeBack')
  }
  const undo = async () => {
    const last = given.current.pop()
    if (last && (await last.sent)) await takeBack(last.suggestionId)
  }
  return {
    answered,
    give,
    said: said && t(`suggestions.done.${said}`),
    takeBack: (suggestionId: string) => void takeBack(suggestionId).catch(() => undefined),
    undo: () => void undo().catch(() => undefined),
  }
}
