import type { Judgement, QueuedPost, SortReport, Verdict } from './answers.ts'

/** A post on the screen of sorting. What has been sorted stays in its place, so that one can come back to it. */
export interface QueueItem {
  post: QueuedPost
  /** The reader's own, as far as the server has confirmed it. */
  sorted: { side: Verdict['side']; verdictId: string | null } | null
  /** A colleague said the opposite meanwhile. */
  conflict: Verdict | null
}

export interface QueueState {
  items: readonly QueueItem[]
  /** The post that is read. */
  index: number
}

export const EMPTY_QUEUE: QueueState = { items: [], index: 0 }

/** So many unsorted posts lie ahead before more are asked for. */
const AHEAD_MIN = 4

export const isOpen = ({ sorted }: QueueItem): boolean => sorted === null

export const openAhead = ({ items, index }: QueueState): QueueItem[] => items.slice(index).filter(isOpen)

export const needsMore = (state: QueueState): boolean => openAhead(state).length < AHEAD_MIN

export function withMore(state: QueueState, posts: readonly QueuedPost[]): QueueState {
  const known = new Set(state.items.map(({ post }) => post.postId))
  const fresh = posts.filter(({ postId }) => !known.has(postId))
  return { ...state, items: [...state.items, ...fresh.map((post) => ({ post, sorted: null, conflict: null }))] }
}

/** To the next one that nobody has sorted; past the end where there is none yet. */
export function passed(state: QueueState): QueueState {
  const next = state.items.findIndex((item, at) => at > state.index && isOpen(item))
  return { ...state, index: next < 0 ? state.items.length : next }
}

export const movedBy = ({ items, index }: QueueState, by: 1 | -1): number =>
  Math.max(0, Math.min(items.length - 1, index + by))

const changed = (state: QueueState, postId: string, change: (item: QueueItem) => QueueItem): QueueState => ({
  ...state,
  items: state.items.map((item) => (item.post.postId === postId ? change(item) : item)),
})

/** At once, before the server has answered. */
export const sortedAs = (state: QueueState, postId: string, side: Verdict['side']): QueueState =>
  passed(changed(state, postId, (item) => ({ ...item, sorted: { side, verdictId: null }, conflict: null })))

/** It did not happen, or was taken back: the post is there to be sorted again. */
export function reopened(state: QueueState, postId: string): QueueState {
  const index = state.items.findIndex(({ post }) => post.postId === postId)
  const open = changed(state, postId, (item) => ({ ...item, sorted: null, conflict: null }))
  return { ...open, index: index < 0 ? state.index : index }
}

/** What the server said: the verdict, a colleague's opposite one, and what it thinks now of the posts ahead. */
export function answered(state: QueueState, report: SortReport): QueueState {
  let next = state
  for (const { postId, outcome, verdict } of report.items) {
    if (outcome === 'conflict' || outcome === 'unknown') next = reopened(next, postId)
    if (outcome === 'conflict') next = changed(next, postId, (item) => ({ ...item, conflict: verdict }))
    else if (verdict)
      next = changed(next, postId, (item) => ({
        ...item,
        sorted: { side: verdict.side, verdictId: verdict.verdictId },
      }))
  }
  return rejudged(next, new Map(report.judged.map(({ postId, judgement }) => [postId, judgement])))
}

const rejudged = (state: QueueState, judged: ReadonlyMap<string, Judgement>): QueueState => ({
  ...state,
  items: state.items.map((item) => {
    const judgement = judged.get(item.post.postId)
    return judgement ? { ...item, post: { ...item.post, judgement } } : item
  }),
})
