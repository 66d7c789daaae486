import { CHARACTERS_READ_MAX, PARTS_READ_MAX } from '../draft.ts'
import { finding, type Span } from '../finding.ts'
import type { Check } from './check.ts'

/** Of the whole text, as the caller knows it, or of words that the brand says nothing of yet. */
export const findEmbargo: Check = (reading, { embargoes }) => {
  const { now, embargoUntil } = reading.draft.circumstances
  const waits = (until: Date, spans: readonly Span[]) =>
    finding('embargo', 'embargo', 'high', 'wait', { values: { until: until.toISOString() }, spans })
  return [
    ...(embargoUntil && embargoUntil > now ? [waits(embargoUntil, [])] : []),
    ...embargoes.flatMap(({ until, matches }) => {
      const spans = until > now ? matches(reading) : null
      return spans ? [waits(until, spans)] : []
    }),
  ]
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
