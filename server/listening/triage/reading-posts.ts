import { evaluate, type PreparedPost, type Span } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type Features, featuresOf, wordingOf } from '../../relevance/index.ts'
import { loadStored, type StoredPost } from '../stored-posts.ts'
import { type LearningTopic, queryOf } from './topic-rows.ts'

/** A post as its topic reads it. Always from the stored row: whoever reads it, and when, reads the same. */
export interface ReadPost {
  stored: StoredPost
  spans: readonly Span[]
  features: Features
  wording(): Map<string, string>
}

/** Tombstones and posts that are gone are absent: nothing is learned from them. */
export async function readPosts(
  tx: WorkspaceTransaction,
  topic: LearningTopic,
  postIds: readonly string[],
): Promise<Map<string, ReadPost>> {
  const stored = await loadStored(tx, placesOf(postIds), { withoutDeleted: true })
  return new Map(stored.map((post) => [post.row.post_id, readAs(topic, post, post.prepared())]))
}

/** Several topics read the same posts: each is taken apart once. */
export async function readForTopics(
  tx: WorkspaceTransaction,
  wanted: readonly { topic: LearningTopic; postId: string }[],
): Promise<{ topic: LearningTopic; postId: string; read: ReadPost }[]> {
  const ids = [...new Set(wanted.map(({ postId }) => postId))]
  const stored = await loadStored(tx, placesOf(ids), { withoutDeleted: true })
  const posts = new Map(stored.map((post) => [post.row.post_id, { post, prepared: post.prepared() }]))
  return wanted.flatMap(({ topic, postId }) => {
    const found = posts.get(postId)
    return found ? [{ topic, postId, read: readAs(topic, found.post, found.prepared) }] : []
  })
}

function readAs(topic: LearningTopic, stored: StoredPost, prepared: PreparedPost): ReadPost {
  const query = queryOf(topic)
  const spans = (query && evaluate(query, prepared)?.spans) ?? []
  return { stored, spans, features: featuresOf(prepared, spans), wording: () => wordingOf(prepared, spans) }
}

/** loadStored asks by id; the time is for those that go on from there. */
const placesOf = (postIds: readonly string[]) => postIds.map((postId) => ({ postId, publishedAt: new Date(0) }))
