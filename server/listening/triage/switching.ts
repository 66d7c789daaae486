import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { letAllIn } from './inbox-effect.ts'
import { releasePosts } from './label-keeping.ts'
import { forgetRead, learnAnew, NEWEST_FIRST } from './learning.ts'
import { type LearningTopic, lockLearning, readLearning } from './topic-rows.ts'

export interface RelevanceChange {
  on?: boolean | undefined
  noise?: LearningTopic['noise'] | undefined
}

/** Switched off, everything is as if nothing had been learned; what was learned stays, and is caught up with when it is on again. */
export async function changeRelevance(
  tx: WorkspaceTransaction,
  topicId: string,
  change: RelevanceChange,
): Promise<void> {
  const before = await lockLearning(tx, topicId)
  const [on, noise] = [change.on ?? before.on, change.noise ?? before.noise]
  if (on === before.on && noise === before.noise) return
  const keptOut = (topic: RelevanceChange) => topic.on && topic.noise === 'kept-out'
  if (keptOut(before) && !keptOut({ on, noise })) await letAllIn(tx, before)
  await sql`
    update topic_relevance set switched_on = ${on}, noise = ${noise},
      judging_from = ${on && !before.on ? NEWEST_FIRST : before.judgingFrom},
      judging_post_id = ${on && !before.on ? null : before.judgingPostId}
    where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}`.execute(tx.sql)
  tx.record({ type: 'topic.relevance-changed', subjects: { topic: topicId }, codes: { on, noise } })
}

/** Everything from the posts and verdicts that are here now: the background too, within seconds. */
export async function retrainTopic(tx: WorkspaceTransaction, topicId: string): Promise<void> {
  await lockLearning(tx, topicId)
  await sql`
    update topic_relevance set background = null, background_version = background_version + 1, background_posts = 0,
      line_posts = '{}', background_due_at = '-infinity'
    where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}`.execute(tx.sql)
  forgetRead([topicId])
  await learnAnew(tx, await readLearning(tx, topicId))
  tx.record({ type: 'topic.relearned', subjects: { topic: topicId } })
}

/** As if nobody had ever sorted a post of this topic. Returns how many verdicts went. */
export async function forgetLearned(tx: WorkspaceTransaction, topicId: string): Promise<number> {
  const postIds = await holdSorted(tx, topicId)
  const topic = await lockLearning(tx, topicId)
  if (topic.on && topic.noise === 'kept-out') await letAllIn(tx, topic)
  return deleteLearned(tx, topicId, postIds)
}

/** Whoever removes a topic wants nothing kept of it. */
export async function forgetLearnedOfRemoved(tx: WorkspaceTransaction, topicId: string): Promise<number> {
  return deleteLearned(tx, topicId, await holdSorted(tx, topicId))
}

async function holdSorted(tx: WorkspaceTransaction, topicId: string): Promise<string[]> {
  const { rows } = await sql<{ post_id: string }>`
    select p.post_id from post p where p.workspace_id = ${tx.workspaceId} and p.post_id in (
      select post_id from verdict where workspace_id = ${tx.workspaceId} and topic_id = ${topicId})
    order by p.post_id for update`.execute(tx.sql)
  return rows.map((row) => row.post_id)
}

async function deleteLearned(tx: WorkspaceTransaction, topicId: string, postIds: string[]): Promise<number> {
  const gone = await sql`delete from verdict where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}`.execute(
    tx.sql,
  )
  await sql`delete from relevance_hint where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}`.execute(tx.sql)
  await releasePosts(tx, postIds)
  await sql`
    with held as materialized (
      select post_id from mention where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
        and post_id = any(${postIds}::uuid[]) order by post_id for update)
    update mention m set state = 'new', relevance = null, judged_as = null from held
    where m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId} and m.post_id = held.post_id`.execute(tx.sql)
  await sql`delete from topic_relevance where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}`.execute(
    tx.sql,
  )
  forgetRead([topicId])
  const verdicts = Number(gone.numAffectedRows ?? 0n)
  tx.record({ type: 'topic.relevance-forgotten', subjects: { topic: topicId }, codes: { verdicts } })
  return verdicts
}
