import type { BelongingPost } from './bookkeeping.ts'
import type { StoredPost } from './stored-post.ts'

/** A post as the conversation counted it last. */
export interface KnownRow extends BelongingPost {
  conversationId: string
  contentHash: string
  /** bigint as text. */
  version: string
  language: string | null
}

export interface CountedPost extends BelongingPost {
  contentHash: string
  version: string
  language: string | null
}

export interface Change {
  /** echo: ours, sent from here, now heard; elsewhere: ours, written in the network's own app. */
  kind: 'post' | 'edit' | 'deletion' | 'return' | 'elsewhere' | 'echo'
  post: CountedPost
  /** It became negative by the edit, whatever dealt with it before. */
  turned?: true
}

export interface Counted {
  changes: Change[]
  /** Everything that belongs to the conversation now. */
  posts: CountedPost[]
  version: bigint
  /** How much of it came from the network. */
  heard: bigint
}

/**
 * Counts the differences between what the conversation knew and what is stored now. Everything that someone who writes
 * an answer should have seen makes a version of its own; the echo of our own answer does not, it was counted when it
 * was queued.
 */
export function countChanges(
  conversation: { version: string; heard_version: string },
  known: KnownRow[],
  stored: StoredPost[],
  deliveries: Map<string, string>,
): Counted {
  const posts = new Map<string, CountedPost>(known.map((row) => [row.postId, row]))
  const changes: Change[] = []
  let version = BigInt(conversation.version)
  let heard = BigInt(conversation.heard_version)
  for (const post of stored.toSorted((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime())) {
    const before = posts.get(post.postId)
    const deliveryId = deliveries.get(post.postId) ?? before?.deliveryId ?? null
    const kind = changeOf(before, post, deliveryId)
    if (!kind) continue
    if (kind !== 'echo') {
      version++
      heard++
    }
    const turned = kind === 'edit' && post.direction === 'in' && post.negative && before?.negative === false
    const counted: CountedPost = {
      postId: post.postId,
      direction: post.direction,
      publishedAt: post.publishedAt,
      deleted: post.deleted,
      contentHash: post.contentHash,
      language: post.language,
      deliveryId,
      answeredBy: turned ? null : (before?.answeredBy ?? null),
      settled: turned ? false : (before?.settled ?? post.automatic),
      negative: before?.negative || post.negative,
      turnedAt: turned ? (post.editedAt ?? post.publishedAt) : (before?.turnedAt ?? null),
      version: String(version),
    }
    posts.set(post.postId, counted)
    changes.push({ kind, post: counted, ...(turned ? { turned } : {}) })
  }
  return { changes, posts: [...posts.values()], version, heard }
}

function changeOf(before: CountedPost | undefined, post: StoredPost, deliveryId: string | null): Change['kind'] | null {
  if (!before) {
    if (deliveryId) return 'echo'
    return post.direction === 'out' ? 'elsewhere' : 'post'
  }
  // Ours was taken for one from the network's own app until its delivery was known, or was taken off the network.
  if (deliveryId)
    return before.deliveryId !== deliveryId ||
      before.deleted !== post.deleted ||
      before.contentHash !== post.contentHash
      ? 'echo'
      : null
  if (post.deleted !== before.deleted) return post.deleted ? 'deletion' : 'return'
  return post.contentHash === before.contentHash ? null : 'edit'
}
