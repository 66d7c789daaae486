import { sql } from 'kysely'
import { everyWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { judgeShortly } from '../../relevance/index.ts'
import { learnBackground, takeDueBackground } from './background.ts'
import { letIn } from './inbox-effect.ts'
import { writeJudgements } from './judging.ts'
import { learnAnew } from './learning.ts'
import { readPosts } from './reading-posts.ts'
import { scorerOf } from './scorers.ts'
import { forgetLearnedOfRemoved } from './switching.ts'
import { LAST_ID, readLearning } from './topic-rows.ts'

const EVERY_MS = 1_000
/** Some 50 ms of work in a transaction of its own. */
const POSTS_PER_STEP = 400
const STEPS_MAX = 5

/** Keeps what topics have learned in step with posts, verdicts and queries. */
export const triageLoop = everyWorkspace(
  { name: 'listening.triage', everyMs: EVERY_MS, failed: 'what topics have learned could not be kept up' },
  keepUp,
)

/** One turn: a background, what has to be learned anew, and some posts that are to be judged again. */
export async function keepUp(services: Services, workspaceId: string, signal?: AbortSignal): Promise<boolean> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  let worked = false
  worked ||= await inWorkspace(forgetRemovedOnce)
  const due = await inWorkspace(takeDueBackground)
  if (due) await inWorkspace((tx) => learnBackground(tx, due))
  worked ||= due !== null
  for (let step = 0; step < STEPS_MAX && !signal?.aborted; step++) {
    if (!(await inWorkspace(learnOnce))) break
    worked = true
  }
  for (let step = 0; step < STEPS_MAX && !signal?.aborted; step++) {
    if (!(await inWorkspace(judgeAgainOnce))) break
    worked = true
  }
  return worked
}

/** Whoever removes a topic wants nothing kept of it. */
async function forgetRemovedOnce(tx: WorkspaceTransaction): Promise<boolean> {
  const { rows } = await sql<{ topic_id: string }>`
    select r.topic_id from topic_relevance r
      join topic t on t.workspace_id = r.workspace_id and t.topic_id = r.topic_id and t.removed_at is not null
    where r.workspace_id = ${tx.workspaceId} limit 1`.execute(tx.sql)
  const [row] = rows
  if (row) await forgetLearnedOfRemoved(tx, row.topic_id)
  return row !== undefined
}

/** A topic whose scorer is behind its verdicts, posts or query. */
async function learnOnce(tx: WorkspaceTransaction): Promise<boolean> {
  const { rows } = await sql<{ topic_id: string }>`
    select r.topic_id from topic_relevance r
      join topic t on t.workspace_id = r.workspace_id and t.topic_id = r.topic_id and t.removed_at is null
    where r.workspace_id = ${tx.workspaceId} and (r.version <> r.scorer_version or r.scorer_query <> t.version)
    order by r.topic_id limit 1 for update of r skip locked`.execute(tx.sql)
  const [row] = rows
  if (!row) return false
  await learnAnew(tx, await readLearning(tx, row.topic_id))
  return true
}

/** The next older posts of a topic whose scorer has changed; where it has come is written in the same transaction. */
async function judgeAgainOnce(tx: WorkspaceTransaction): Promise<boolean> {
  const { rows } = await sql<{ topic_id: string }>`
    select r.topic_id from topic_relevance r
      join topic t on t.workspace_id = r.workspace_id and t.topic_id = r.topic_id and t.removed_at is null
        and t.lookback_from is null
    where r.workspace_id = ${tx.workspaceId} and r.judging_from is not null and r.switched_on
      and r.version = r.scorer_version
    order by r.topic_id limit 1 for update of r skip locked`.execute(tx.sql)
  const [row] = rows
  if (!row) return false
  const topic = await readLearning(tx, row.topic_id)
  const before = sql`(${topic.judgingFrom}::timestamptz, ${topic.judgingPostId ?? LAST_ID}::uuid)`
  const mentions = await sql<{ post_id: string; published_at: Date }>`
    select post_id, published_at from mention where workspace_id = ${tx.workspaceId} and topic_id = ${topic.topicId}
      and (published_at, post_id) < ${before}
    order by published_at desc, post_id desc limit ${POSTS_PER_STEP}`.execute(tx.sql)
  const ids = mentions.rows.map((mention) => mention.post_id)
  const scorer = await scorerOf(tx, topic)
  if (scorer) {
    const read = await readPosts(tx, topic, ids)
    const judged = [...read].map(([postId, post]) => ({
      topicId: topic.topicId,
      postId,
      ...judgeShortly(scorer, post.features),
    }))
    await letIn(tx, topic, await writeJudgements(tx, judged))
  } else await unjudge(tx, topic.topicId, ids)
  const last = ids.length === POSTS_PER_STEP ? mentions.rows.at(-1) : undefined
  await sql`
    update topic_relevance set judging_from = ${last?.published_at ?? null}, judging_post_id = ${last?.post_id ?? null}
    where workspace_id = ${tx.workspaceId} and topic_id = ${topic.topicId}`.execute(tx.sql)
  return true
}

/** Nothing was learned, or everything was taken back: nobody thinks anything of these posts. */
async function unjudge(tx: WorkspaceTransaction, topicId: string, ids: readonly string[]): Promise<void> {
  await sql`update mention set relevance = null, judged_as = null where workspace_id = ${tx.workspaceId}
    and topic_id = ${topicId} and post_id = any(${ids}::uuid[]) and state = 'new' and relevance is not null`.execute(
    tx.sql,
  )
}
