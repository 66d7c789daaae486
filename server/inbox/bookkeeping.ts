/**
 * What a conversation is, worked out from the posts that belong to it. Pure: networks deliver late, twice and in any
 * order, so nothing here depends on how often or in which order posts were heard.
 *
 * A post of the customer is dealt with when it was known to us as we answered (`answeredBy`, an answer that did not
 * fail), when it was known as somebody closed the conversation (`settled`), or when we wrote in the network's own app
 * afterwards. A late post that nobody saw waits, however old it is; one that was dealt with and then edited into a negative
 * one waits anew, as if it had been said then (counting.ts).
 */
export interface BelongingPost {
  postId: string
  direction: 'in' | 'out'
  publishedAt: Date
  deleted: boolean
  /** Ours, sent from here. */
  deliveryId: string | null
  answeredBy: string | null
  settled: boolean
  /** Once it was understood as negative it stays so, until a person says otherwise. */
  negative: boolean
  /** When its author edited it into a negative one, after it was known. */
  turnedAt: Date | null
}

export interface Standing {
  lastPostId: string | null
  lastPostAt: Date | null
  postCount: number
  /** Oldest post of the customer that is not dealt with. */
  waitingSince: Date | null
  waiting: ReadonlySet<string>
  /** Oldest of these that is negative. */
  negativeSince: Date | null
  /** Newest answer of ours that still stands. */
  answeredAt: Date | null
  /** Nothing that the customer said is left. */
  allDeleted: boolean
}

export function standingOf(posts: BelongingPost[]): Standing {
  const ordered = posts.toSorted(byTime)
  const last = ordered.findLast((post) => !post.deleted) ?? ordered.at(-1)
  const ours = ordered.filter((post) => post.direction === 'out' && !post.deleted)
  const theirs = ordered.filter((post) => post.direction === 'in')
  const elsewhere = ours.findLast((post) => post.deliveryId === null)
  const waits = (post: BelongingPost): boolean =>
    !post.deleted &&
    post.answeredBy === null &&
    !post.settled &&
    (elsewhere === undefined || (post.turnedAt ?? post.publishedAt) > elsewhere.publishedAt)
  const waiting = theirs.filter(waits)
  // Whoever was answered and then turned on us waits for a second answer since then, not since they first asked.
  const since = ({ publishedAt, turnedAt }: BelongingPost): Date =>
    turnedAt && ours.some((our) => our.publishedAt >= publishedAt && our.publishedAt < turnedAt)
      ? turnedAt
      : publishedAt
  const oldest = (some: BelongingPost[]): Date | null =>
    some.map(since).reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null)
  return {
    lastPostId: last?.postId ?? null,
    lastPostAt: last?.publishedAt ?? null,
    postCount: ordered.length,
    waitingSince: oldest(waiting),
    waiting: new Set(waiting.map((post) => post.postId)),
    negativeSince: oldest(waiting.filter((post) => post.negative)),
    answeredAt: ours.at(-1)?.publishedAt ?? null,
    allDeleted: theirs.length > 0 && theirs.every((post) => post.deleted),
  }
}

/** By time, and by id where networks count in seconds. */
const byTime = (one: BelongingPost, other: BelongingPost): number =>
  one.publishedAt.getTime() - other.publishedAt.getTime() || (one.postId < other.postId ? -1 : 1)
