import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import {
  BACKGROUND_POSTS_MAX,
  type Features,
  learningBackground,
  POSTS_KEPT_MAX,
  packedBackground,
} from '../../relevance/index.ts'
import { learnAnew } from './learning.ts'
import { readPosts } from './reading-posts.ts'
import { type LearningTopic, lockLearning, readLearning } from './topic-rows.ts'

/** With fewer there is nothing to say of how words go together. */
export const BACKGROUND_POSTS_MIN = 30
/** It is learned again when a topic has so many times the posts that it was learned from. */
const GROWTH = 1.5
/** Posts read and taken apart before others get their turn: some 10 ms. */
const POSTS_PER_TURN = 100
const LOOK_AGAIN = '10 minutes'

export interface DueBackground {
  topicId: string
  learnedQuery: number
}

/** A topic whose background may be due; it is looked at again in ten minutes. */
export async function takeDueBackground(tx: WorkspaceTransaction): Promise<DueBackground | null> {
  const { rows } = await sql<DueBackground>`
    update topic_relevance r set background_due_at = now() + ${LOOK_AGAIN}::interval
    where (r.workspace_id, r.topic_id) in (
      select d.workspace_id, d.topic_id from topic_relevance d
        join topic t on t.workspace_id = d.workspace_id and t.topic_id = d.topic_id and t.removed_at is null
          and t.lookback_from is null
      where d.workspace_id = ${tx.workspaceId}
        and (d.background_due_at <= now() or (d.background_posts > 0 and d.background_query not in (t.version, ${STALE})))
      order by d.background_due_at limit 1 for update of d skip locked)
    returning r.topic_id as "topicId", r.background_query as "learnedQuery"`.execute(tx.sql)
  return rows[0] ?? null
}

/** Stands for the query of a background that was learned from posts which are gone. */
export const STALE = -1

/**
 * Learns a background where there is reason to: there is none and there are posts enough, the query is another, the
 * topic has grown, or posts that it was learned from are gone. That takes about a second for 5,000 posts, in short turns;
 * nothing is locked meanwhile.
 */
export async function learnBackground(
  tx: WorkspaceTransaction,
  { topicId, learnedQuery }: DueBackground,
): Promise<void> {
  const topic = await readLearning(tx, topicId)
  const ids = await newestMentions(tx, topicId)
  if (!isWorthLearning(topic, ids.length, learnedQuery)) return
  await store(tx, topic, ids, await readInTurns(tx, topic, ids))
}

function isWorthLearning(topic: LearningTopic, posts: number, learnedQuery: number): boolean {
  if (posts < BACKGROUND_POSTS_MIN) return false
  const learned = topic.backgroundPosts
  return learned === 0 || learnedQuery !== topic.queryVersion || posts >= learned * GROWTH
}

/** The oldest of them first. Served by mention_topic. */
async function newestMentions(tx: WorkspaceTransaction, topicId: string): Promise<string[]> {
  const { rows } = await sql<{ post_id: string }>`
    select m.post_id from mention m join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id
      and p.deleted_at is null
    where m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId}
    order by m.published_at desc, m.post_id desc limit ${BACKGROUND_POSTS_MAX}`.execute(tx.sql)
  return rows.map((row) => row.post_id).reverse()
}

async function readInTurns(tx: WorkspaceTransaction, topic: LearningTopic, ids: string[]): Promise<Features[]> {
  const features: Features[] = []
  for (let start = 0; start < ids.length; start += POSTS_PER_TURN) {
    const some = ids.slice(start, start + POSTS_PER_TURN)
    const read = await readPosts(tx, topic, some)
    for (const id of some) {
      const post = read.get(id)
      if (post) features.push(post.features)
    }
    await nextTurn()
  }
  return features
}

async function store(
  tx: WorkspaceTransaction,
  topic: LearningTopic,
  ids: string[],
  features: Features[],
): Promise<void> {
  const learning = learningBackground(features)
  let step = learning.next()
  while (!step.done) {
    await nextTurn()
    step = learning.next()
  }
  const held = await lockLearning(tx, topic.topicId)
  // Emptied or forgotten meanwhile: what was read may be what had to go. It is looked at again.
  if (held.backgroundVersion !== topic.backgroundVersion) return
  const learnedQuery = (await someAreGone(tx, ids)) ? STALE : topic.queryVersion
  await sql`
    update topic_relevance set background = ${packedBackground(step.value)}, background_version = background_version + 1,
      background_posts = ${features.length}, background_query = ${learnedQuery}, background_learned_at = now(),
      line_posts = ${ids.slice(-POSTS_KEPT_MAX)}::uuid[]
    where workspace_id = ${tx.workspaceId} and topic_id = ${topic.topicId}`.execute(tx.sql)
  await learnAnew(tx, await readLearning(tx, topic.topicId))
}

/** While it was learned. */
async function someAreGone(tx: WorkspaceTransaction, ids: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{
    here: number
  }>`select count(*)::int as here from post where workspace_id = ${tx.workspaceId}
    and post_id = any(${ids}::uuid[]) and deleted_at is null`.execute(tx.sql)
  return (rows[0]?.here ?? 0) < ids.length
}
