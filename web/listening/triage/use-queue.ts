import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useApi } from '../../platform/session.ts'
import type { QueueOrder, Side, VerdictReason } from './answers.ts'
import {
  answered,
  EMPTY_QUEUE,
  movedBy,
  needsMore,
  openAhead,
  passed,
  type QueueState,
  reopened,
  sortedAs,
  withMore,
} from './queue-state.ts'

const ASKED_AT_ONCE = 8
/** The contract takes so many. */
const WITHOUT_MAX = 500
const JUDGED_AGAIN = 12

export interface Why {
  reason: VerdictReason | null
  words: string | null
}
export const NO_REASON: Why = { reason: null, words: null }

/** Posts to sort, one after the other (another order is another queue: give it a key); a verdict counts at once on the screen, and is taken back in the order of time. */
export function useQueue(topicId: string, order: QueueOrder) {
  const api = useApi()
  const [queue, setQueue] = useState<QueueState>(EMPTY_QUEUE)
  const [end, setEnd] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const [asked, setAsked] = useState(0)
  const latest = useRef(queue)
  latest.current = queue

  const wanting = !end && fault === null && needsMore(queue)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks when more are wanted; what is shown then is read from the ref.
  useEffect(() => {
    if (!wanting) return
    let current = true
    const without = latest.current.items.map(({ post }) => post.postId).slice(-WITHOUT_MAX)
    api.listening.triage.queue
      .call({ topicId, order, without, limit: ASKED_AT_ONCE })
      .then(({ items, more }) => {
        if (!current) return
        setQueue((before) => withMore(before, items))
        setEnd(items.length === 0 || !more)
        setAsked((count) => count + 1)
      })
      .catch((error: unknown) => current && setFault(error))
    return () => {
      current = false
    }
  }, [wanting, topicId, order, asked])

  const verdicts = useVerdicts(topicId, latest, setQueue)
  return {
    queue,
    isEnd: end,
    isPending: asked === 0 && fault === null,
    fault,
    retry: () => setFault(null),
    ...verdicts,
    skip: () => setQueue(passed),
    open: (index: number) => setQueue((before) => ({ ...before, index })),
    move: (by: 1 | -1) => setQueue((before) => ({ ...before, index: movedBy(before, by) })),
  }
}

type SetQueue = (change: (before: QueueState) => QueueState) => void

function useVerdicts(topicId: string, latest: { current: QueueState }, setQueue: SetQueue) {
  const api = useApi()
  const queries = useQueryClient()
  const [said, setSaid] = useState<Side | null>(null)
  /** What the reader did, the last at the end; its verdict's id comes with the answer. */
  const done = useRef<{ postId: string; verdictId: Promise<string | null> }[]>([])
  const learned = useCallback(
    () => void queries.invalidateQueries({ queryKey: api.listening.triage.key() }),
    [queries, api],
  )
  const sending = useMutation(api.listening.triage.sort.mutationOptions({ onSettled: learned }))
  const takingBack = useMutation(api.listening.triage.takeBack.mutationOptions({ onSettled: learned }))

  const sort = (side: Side, why: Why = NO_REASON) => {
    const { items, index } = latest.current
    const item = items[index]
    if (!item) return
    const { postId } = item.post
    const against = item.conflict?.verdictId ?? item.sorted?.verdictId ?? null
    const shown = openAhead({ items, index: index + 1 }).map(({ post }) => post.postId)
    setQueue((before) => sortedAs(before, postId, side))
    const sent = sending
      .mutateAsync({ topicId, posts: [{ postId, side, ...why, against }], shown: shown.slice(0, JUDGED_AGAIN) })
      .then((report) => {
        setQueue((before) => answered(before, report))
        const [told] = report.items
        return told?.outcome === 'sorted' ? (told.verdict?.verdictId ?? null) : null
      })
      .catch(() => {
        setQueue((before) => reopened(before, postId))
        return null
      })
    done.current.push({ postId, verdictId: sent })
    setSaid(side)
  }
  const undo = async () => {
    const last = done.current.pop()
    if (!last) return
    const verdictId = await last.verdictId
    if (verdictId === null) return
    await takingBack.mutateAsync({ topicId, verdictIds: [verdictId] })
    setQueue((before) => reopened(before, last.postId))
    setSaid(null)
  }
  return { said, sort, undo: () => void undo().catch(() => undefined) }
}
