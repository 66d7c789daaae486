import { CHARACTERS_READ_MAX, PARTS_READ_MAX } from '../draft.ts'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

export const findEmbargo: Check = ({ draft: { circumstances } }) => {
  const { now, embargoUntil } = circumstances
  if (!embargoUntil || embargoUntil <= now) return []
  return [finding('embargo', 'embargo', 'high', 'wait', { values: { until: embargoUntil.toISOString() } })]
}

/** A crisis stops what was prepared before it; an answer that somebody types now may be what is needed. */
export const findFreeze: Check = ({ draft }) => {
  const crisis = draft.circumstances.frozenBy
  if (crisis === null) return []
  const values = { crisis }
  if (draft.kind === 'post') return [finding('freeze', 'post', 'high', 'ask-crisis-lead', { values })]
  if (draft.origin !== 'typed') return [finding('freeze', 'prepared', 'high', 'ask-crisis-lead', { values })]
  return [finding('freeze', 'reply', 'low', 'ask-crisis-lead', { values })]
}

export const findAuthor: Check = ({ draft }) => {
  const { trained, maySpeak } = draft.circumstances.author
  return [
    ...(maySpeak ? [] : [finding('author', 'may-not-speak', 'high', 'hand-over')]),
    ...(trained ? [] : [finding('author', 'untrained', 'medium', 'finish-training')]),
  ]
}

/** What was not read is not judged, and nobody shall think that it was. */
export const findUnread: Check = ({ draft }) => {
  const longest = Math.max(
    draft.text.length,
    draft.title?.length ?? 0,
    ...draft.alternatives.map(({ length }) => length),
  )
  const most = Math.max(draft.links.length, draft.alternatives.length)
  return [
    ...(longest > CHARACTERS_READ_MAX
      ? [finding('unread', 'too-long', 'medium', 'shorten', { values: { max: CHARACTERS_READ_MAX, length: longest } })]
      : []),
    ...(most > PARTS_READ_MAX
      ? [finding('unread', 'too-many', 'medium', 'shorten', { values: { max: PARTS_READ_MAX, count: most } })]
      : []),
  ]
}
