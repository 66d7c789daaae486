import type { AnswerEntry, EventEntry, NoteEntry, ThreadPost, TimelineEntry } from './shapes.ts'

/** From so many on, posts of others in a row are folded: they are context, not the matter. */
const FOLDED_FROM = 3
/** Said by what is shown already: posts, and answers with their delivery. */
const SAID_OTHERWISE = /^(conversation\.continued$|answer\.|note\.)/

export type ThreadEntry =
  | { kind: 'post'; key: string; at: Date; post: ThreadPost; answer: AnswerEntry | null; isNew: boolean }
  | { kind: 'others'; key: string; at: Date; posts: ThreadPost[] }
  | { kind: 'answer'; key: string; at: Date; answer: AnswerEntry; isNew: boolean }
  | { kind: 'note'; key: string; at: Date; note: NoteEntry }
  | { kind: 'events'; key: string; at: Date; events: EventEntry[] }

/** Versions are whole numbers as text. */
export const isAfter = (one: string, other: string): boolean => BigInt(one) > BigInt(other)

/**
 * Posts, answers on their way, notes and what happened, in one line of time. `sinceVersion`: what was said after it is
 * marked as new. `me`: one's own answers are no news.
 */
export function buildThread(
  posts: readonly ThreadPost[],
  timeline: readonly TimelineEntry[],
  sinceVersion: string,
  me: string,
): ThreadEntry[] {
  const answers = timeline.filter((entry) => entry.kind === 'answer')
  const answerOf = (post: ThreadPost) =>
    answers.find(({ delivery }) => delivery.deliveryId === post.deliveryId || delivery.postId === post.postId) ?? null
  const standing = new Set(posts.map(answerOf))
  const entries: ThreadEntry[] = posts.map((post) => ({
    kind: 'post',
    key: post.postId,
    at: post.publishedAt,
    post,
    answer: answerOf(post),
    isNew: post.version !== null && post.direction === 'in' && isAfter(post.version, sinceVersion),
  }))
  for (const entry of timeline) {
    if (entry.kind === 'note') entries.push({ kind: 'note', key: entry.noteId, at: entry.at, note: entry })
    if (entry.kind === 'answer' && !standing.has(entry)) entries.push(answerEntry(entry, sinceVersion, me))
    if (entry.kind === 'event' && !SAID_OTHERWISE.test(entry.type))
      entries.push({ kind: 'events', key: entry.position, at: entry.at, events: [entry] })
  }
  return fold(entries.toSorted((one, other) => one.at.getTime() - other.at.getTime()))
}

function answerEntry(answer: AnswerEntry, sinceVersion: string, me: string): ThreadEntry {
  const { delivery, version, at } = answer
  const isNew = isAfter(version, sinceVersion) && delivery.createdBy.id !== me && delivery.state !== 'cancelled'
  return { kind: 'answer', key: delivery.deliveryId, at, answer, isNew }
}

/** Events in a row stand in one place; posts of others in a row too, when there are many. */
function fold(entries: readonly ThreadEntry[]): ThreadEntry[] {
  const folded: ThreadEntry[] = []
  for (const entry of entries) {
    const last = folded.at(-1)
    if (entry.kind === 'events' && last?.kind === 'events') last.events.push(...entry.events)
    else if (isOthers(entry) && last?.kind === 'others') last.posts.push(entry.post)
    else if (isOthers(entry)) folded.push({ kind: 'others', key: entry.key, at: entry.at, posts: [entry.post] })
    else folded.push(entry.kind === 'events' ? { ...entry, events: [...entry.events] } : entry)
  }
  return folded.flatMap((entry) =>
    entry.kind === 'others' && entry.posts.length < FOLDED_FROM ? unfold(entry) : entry,
  )
}

const isOthers = (entry: ThreadEntry): entry is Extract<ThreadEntry, { kind: 'post' }> =>
  entry.kind === 'post' && !entry.post.ofThisConversation && entry.post.depth > 0

export const unfold = ({ posts }: { posts: ThreadPost[] }): ThreadEntry[] =>
  posts.map((post) => ({ kind: 'post', key: post.postId, at: post.publishedAt, post, answer: null, isNew: false }))

/** How much was said since: posts of the customer and answers of colleagues. */
export const countNews = (entries: readonly ThreadEntry[]): number =>
  entries.filter((entry) => (entry.kind === 'post' || entry.kind === 'answer') && entry.isNew).length
